"""What a work is, in words: its styles with their shares, and its settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop_app.document import DocumentStyle, StyleSettings, Work
from desktop_app.panels.controls import CONTROLS


def mix_in_words(styles: Sequence[DocumentStyle]) -> str:
    """Return ``Olive Trees`` or ``Olive Trees 70 %, Waves 30 %``."""
    total = sum(style.weight for style in styles)

    def words(style: DocumentStyle) -> str:
        return f"{style.title} {round(100 * style.weight / total)} %" if len(styles) > 1 else style.title

    return ", ".join(words(style) for style in styles)


def styles_in_words(work: Work) -> str:
    """Return the mix of the whole picture, and those of the regions: ``Olive Trees | Sky: Waves``."""
    parts = [mix_in_words(work.styles)] if work.paints_rest else []
    parts += [f"{region.name}: {mix_in_words(region.styles)}" for region in work.regions if region.is_painted]
    return " | ".join(part for part in parts if part)


def settings_in_words(settings: StyleSettings) -> str:
    """Return the strength, and every other setting that is not as it was at first: ``Strength 80 %, Detail 20 %``."""
    usual = StyleSettings()
    parts = []
    for control in CONTROLS:
        value = getattr(settings, control.field)
        if control.field == "strength" or value != getattr(usual, control.field):
            name = QCoreApplication.translate("Controls", control.name)
            parts.append(f"{name} {control.text_of(round(control.position_of(value)))}")
    return ", ".join(parts)


def differences_in_words(work: Work, other: Work) -> str:
    """Return what a work has that another one has not: its styles, its settings; else the name of its photo."""
    parts = [
        words
        for words, others in (
            (styles_in_words(work), styles_in_words(other)),
            (settings_in_words(work.settings), settings_in_words(other.settings)),
        )
        if words != others
    ]
    if not parts and work.content is not None:
        parts = [work.content.picture.name]
    return " · ".join(parts)
