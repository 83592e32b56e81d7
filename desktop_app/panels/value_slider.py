"""A slider with its name and its value, which can also be typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSlider, QStyle, QStyleOptionSlider, QVBoxLayout, QWidget

from desktop_app.theme import GRID, styled

REST_MILLISECONDS = 600  # keys and the wheel that follow each other faster are one change


class ResettingSlider(QSlider):
    """Goes where it is clicked, and back to its default on a double-click."""

    def __init__(self, minimum: int, maximum: int, default: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._default = default
        self.setRange(minimum, maximum)
        self.setValue(default)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only a slider that has been clicked: else the wheel scrolls the panel it is in."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()
        event.accept()


class ValueEdit(QLineEdit):
    """A value that looks like a label until it is clicked; Escape and nonsense bring the old text back."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        styled(self, "value")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(9 * GRID)
        self._shown = ""
        self.editingFinished.connect(self._finish)

    def show_text(self, text: str) -> None:
        """Show a value, unless one is being typed."""
        self._shown = text
        if not self.isModified():
            self.setText(text)

    def _finish(self) -> None:
        text, was_typed = self.text(), self.isModified()
        self.setModified(False)
        self.setText(self._shown)
        if was_typed and text != self._shown:
            self.typed.emit(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.selectAll)  # after the click has placed its cursor


class ValueSlider(QWidget):
    """Name on the left, value on the right, slider below."""

    value_changed = Signal(int)
    value_typed = Signal(str)
    released = Signal()  # a change is complete: the mouse let go, the keys rest, a value was typed

    def __init__(self, minimum: int, maximum: int, default: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = ResettingSlider(minimum, maximum, default)
        self.value_edit = ValueEdit()
        self._name = QLabel()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self.released)
        row = QHBoxLayout()
        row.addWidget(self._name)
        row.addStretch()
        row.addWidget(self.value_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.slider)
        self._name.setBuddy(self.slider)
        self.slider.valueChanged.connect(self._changed)
        self.slider.sliderReleased.connect(self.released)
        self.value_edit.typed.connect(self._typed)

    @property
    def name(self) -> str:
        return self._name.text()

    @property
    def value_text(self) -> str:
        return self.value_edit.text()

    def set_texts(self, name: str, explanation: str) -> None:
        self._name.setText(name)
        self.setToolTip(explanation)
        for widget in (self.slider, self.value_edit):
            widget.setAccessibleName(name)
            widget.setAccessibleDescription(explanation)

    def set_value_text(self, text: str) -> None:
        self.value_edit.show_text(text)

    def _changed(self, position: int) -> None:
        self.value_changed.emit(position)
        if not self.slider.isSliderDown():
            self._rest.start()

    def _typed(self, text: str) -> None:
        self.value_typed.emit(text)
        self.released.emit()
