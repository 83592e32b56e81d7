"""The sliders of the window. Each is one line of ``CONTROLS``."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.document import Document, StyleSettings
from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.panels.value_slider import ValueSlider
from desktop_app.theme import GRID
from engine.api import STYLE_SCALE_RANGE

_STEPS_PER_DOUBLING = 50


def _fraction(position: int) -> float:
    return position / 100


def _percent_text(position: int) -> str:
    return f"{position} %"


def _scale(position: int) -> float:
    return 2.0 ** (position / _STEPS_PER_DOUBLING)


def _scale_text(position: int) -> str:
    return f"{_scale(position):.2f} ×"


@dataclass(frozen=True)
class Control:
    """A slider for one field of ``StyleSettings``: its texts, its positions, and what a position means."""

    field: str
    name: str
    explanation: str
    minimum: int = 0
    maximum: int = 100
    value_of: Callable[[int], float] = _fraction
    text_of: Callable[[int], str] = _percent_text
    position_of: Callable[[float], float] = (100.0).__mul__
    unit: float = 100.0
    """What is typed is divided by this."""


CONTROLS = (
    Control(
        "strength",
        QT_TRANSLATE_NOOP("Controls", "Strength"),
        QT_TRANSLATE_NOOP("Controls", "How far the photo is repainted. Double-click for the full style."),
    ),
    Control(
        "keep_color",
        QT_TRANSLATE_NOOP("Controls", "Keep colour"),
        QT_TRANSLATE_NOOP(
            "Controls", "How much of the photo's own colours stays. Double-click for the painting's colours."
        ),
    ),
    Control(
        "detail",
        QT_TRANSLATE_NOOP("Controls", "Detail"),
        QT_TRANSLATE_NOOP("Controls", "Brings fine detail of the photo back. Double-click for none."),
    ),
    Control(
        "style_scale",
        QT_TRANSLATE_NOOP("Controls", "Brush size"),
        QT_TRANSLATE_NOOP("Controls", "How large the strokes are. Double-click for the usual size."),
        round(_STEPS_PER_DOUBLING * math.log2(STYLE_SCALE_RANGE[0])),
        round(_STEPS_PER_DOUBLING * math.log2(STYLE_SCALE_RANGE[1])),
        _scale,
        _scale_text,
        lambda value: _STEPS_PER_DOUBLING * math.log2(value),
        1.0,
    ),
)


class Controls(QWidget):
    """Binds the sliders to the document, both ways."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.sliders: dict[str, ValueSlider] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        defaults = StyleSettings()
        for control in CONTROLS:
            default = round(control.position_of(getattr(defaults, control.field)))
            slider = ValueSlider(control.minimum, control.maximum, default)
            slider.set_value_text(control.text_of(default))
            slider.value_changed.connect(partial(self._moved, control))
            slider.value_typed.connect(partial(self._typed, control))
            slider.released.connect(document.finish_gesture)
            self.sliders[control.field] = slider
            layout.addWidget(slider)
        document.settings_changed.connect(self._follow)
        self._retranslate()

    def _moved(self, control: Control, position: int) -> None:
        self.sliders[control.field].set_value_text(control.text_of(position))
        self._document.set_setting(control.field, control.value_of(position))

    def _typed(self, control: Control, text: str) -> None:
        """Take a value that was typed, as near as the slider goes; what is no number changes nothing."""
        try:
            value = float(text.strip().rstrip("%×xX ").replace(",", ".")) / control.unit
        except ValueError:
            return
        low, high = control.value_of(control.minimum), control.value_of(control.maximum)
        if math.isfinite(value):
            self._document.set_setting(control.field, min(high, max(low, value)))

    def _follow(self) -> None:
        for control in CONTROLS:
            position = round(control.position_of(getattr(self._document.settings, control.field)))
            slider = self.sliders[control.field]
            with QSignalBlocker(slider.slider):  # a value between two positions must stay what it is
                slider.slider.setValue(position)
            slider.set_value_text(control.text_of(position))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for control in CONTROLS:
            self.sliders[control.field].set_texts(
                QCoreApplication.translate("Controls", control.name),
                QCoreApplication.translate("Controls", control.explanation),
            )
