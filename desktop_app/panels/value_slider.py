"""A slider with its name and its value."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QStyle, QStyleOptionSlider, QVBoxLayout, QWidget

from desktop_app.theme import styled


class ResettingSlider(QSlider):
    """Goes where it is clicked, and back to its default on a double-click."""

    def __init__(self, minimum: int, maximum: int, default: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._default = default
        self.setRange(minimum, maximum)
        self.setValue(default)
        self.setPageStep(max(1, (maximum - minimum) // 10))

    def reset(self) -> None:
        self.setValue(self._default)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            handle = self.style().subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
            )
            if not handle.contains(event.position().toPoint()):
                span = self.width() - handle.width()
                position = round(event.position().x() - handle.width() / 2)
                self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), position, span))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()
        event.accept()


class ValueSlider(QWidget):
    """Name on the left, value on the right, slider below."""

    value_changed = Signal(int)

    def __init__(self, minimum: int, maximum: int, default: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = ResettingSlider(minimum, maximum, default)
        self._name = QLabel()
        self._value = styled(QLabel(), "muted")
        row = QHBoxLayout()
        row.addWidget(self._name)
        row.addStretch()
        row.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.slider)
        self._name.setBuddy(self.slider)
        self.slider.valueChanged.connect(self.value_changed)

    @property
    def name(self) -> str:
        return self._name.text()

    @property
    def value_text(self) -> str:
        return self._value.text()

    def set_texts(self, name: str, explanation: str) -> None:
        self._name.setText(name)
        self.setToolTip(explanation)
        self.slider.setAccessibleName(name)
        self.slider.setAccessibleDescription(explanation)

    def set_value_text(self, text: str) -> None:
        self._value.setText(text)
