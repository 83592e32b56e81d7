"""The open work: a content image, the styles it is painted in, and the settings. Knows nothing of widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.api import Picture, StyleChoice, StylizeRequest


@dataclass(frozen=True, eq=False)
class DocumentStyle:
    """One style of the mix. ``source`` goes to the engine: a picture, a style file, or a name in the library."""

    title: str
    source: Path | str | Picture
    weight: float = 1.0


@dataclass(frozen=True)
class StyleSettings:
    """How the styles are applied; names, ranges and defaults are those of :class:`engine.api.StylizeRequest`."""

    strength: float = 1.0
    keep_color: float = 0.0
    detail: float = 0.0
    style_scale: float = 1.0


class Document(QObject):
    """The model behind the window. Every change emits ``changed``, and one signal that says what changed."""

    changed = Signal()
    content_changed = Signal()
    styles_changed = Signal()
    settings_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content: Picture | None = None
        self._content_path: Path | None = None
        self._styles: tuple[DocumentStyle, ...] = ()
        self._settings = StyleSettings()

    @property
    def content(self) -> Picture | None:
        return self._content

    @property
    def content_path(self) -> Path | None:
        """Where the content image was read from; None for one that was pasted."""
        return self._content_path

    @property
    def styles(self) -> tuple[DocumentStyle, ...]:
        return self._styles

    @property
    def settings(self) -> StyleSettings:
        return self._settings

    @property
    def is_complete(self) -> bool:
        """Whether there is something to stylise, and a style."""
        return self._content is not None and bool(self._styles)

    def set_content(self, picture: Picture, path: Path | None = None) -> None:
        self._content = picture
        self._content_path = path
        self.content_changed.emit()
        self.changed.emit()

    def set_styles(self, styles: tuple[DocumentStyle, ...]) -> None:
        self._styles = styles
        self.styles_changed.emit()
        self.changed.emit()

    def set_setting(self, name: str, value: float) -> None:
        """Set one field of :class:`StyleSettings`. Setting the value it has already changes nothing."""
        if getattr(self._settings, name) == value:
            return
        self._settings = replace(self._settings, **{name: value})
        self.settings_changed.emit()
        self.changed.emit()

    def request(self, max_side: int | None = None) -> StylizeRequest | None:
        """Return what the engine shall do, or None as long as the content image or the style is missing."""
        if self._content is None or not self._styles:
            return None
        return StylizeRequest(
            content=self._content,
            styles=tuple(StyleChoice(style.source, style.weight) for style in self._styles),
            strength=self._settings.strength,
            keep_color=self._settings.keep_color,
            detail=self._settings.detail,
            style_scale=self._settings.style_scale,
            max_side=max_side,
        )

    def suggested_name(self) -> str:
        """Return the name (without suffix) that an export is offered under: ``<content>__<style>``."""
        parts = [self._content.name if self._content else "", *(style.title for style in self._styles)]
        name = "__".join(part for part in parts if part)
        safe = "".join("_" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in name).strip(" .")
        return safe or "scumble"
