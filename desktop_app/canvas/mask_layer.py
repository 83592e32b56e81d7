"""What lies over the picture while a mask is painted: its colour, the ring of the brush, and the hand's strokes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_app.canvas.compare_painting import paint_focus
from desktop_app.canvas.compare_view import CompareView
from engine.imaging import Box

OPACITY = 0.5
_RING_WIDTH = 3
_COMMANDS = {
    Qt.Key.Key_BracketLeft: "smaller",
    Qt.Key.Key_BracketRight: "larger",
    Qt.Key.Key_B: "brush",
    Qt.Key.Key_E: "erase",
    Qt.Key.Key_X: "swap",
    Qt.Key.Key_Escape: "leave",
}

Values = NDArray[np.uint8]


class MaskLayer(QWidget):
    """Lies over the whole comparison, hidden until there is something to paint on.

    Places are told in pixels of the mask. The arrays that are shown are those that are painted in, not copies:
    :meth:`values_changed` says where.
    """

    pressed = Signal(QPointF, float, Qt.KeyboardModifier)  # place, pressure 0..1, keys held
    moved = Signal(QPointF, float)
    released = Signal()
    commanded = Signal(str)

    def __init__(self, compare: CompareView) -> None:
        super().__init__(compare)
        self._compare = compare
        self._values: Values | None = None
        self._image = QImage()
        self._hints: Values | None = None
        self._hint_image = QImage()
        self._color: QColor | None = QColor("#e03030")
        self._hint_colors: tuple[QColor, ...] = ()
        self._diameter = 0.0
        self._pointer: QPointF | None = None
        self._is_painting = False
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        compare.sight_changed.connect(self.update)
        compare.installEventFilter(self)
        self.hide()
        self._retranslate()

    @property
    def is_painting(self) -> bool:
        """Whether a button or the tip of a pen is down."""
        return self._is_painting

    def show_mask(self, values: Values | None, color: QColor | None) -> None:
        """Show H x W values in a colour, or in none; None shows nothing."""
        self._values, self._color = values, color
        self._image = QImage()
        if values is not None and color is not None:
            self._image = _indexed(values, [_shade(color, OPACITY * value / 255) for value in range(256)])
        self.update()

    def show_hints(self, hints: Values | None, colors: Sequence[QColor] = ()) -> None:
        """Show strokes of another kind over the mask: H x W, 0 for none, else the number of their colour."""
        self._hints = hints
        shades = [0] + [_shade(color, 0.65) for color in colors]
        self._hint_image = QImage() if hints is None else _indexed(hints, shades + [0] * (256 - len(shades)))
        self.update()

    def values_changed(self, box: Box) -> None:
        """Repaint a box of the mask."""
        self.update(self._on_screen(box))

    def set_ring(self, diameter: float) -> None:
        """Show how large the brush is, in pixels of the mask; 0 for no brush."""
        self._update_ring()
        self._diameter = diameter
        self._update_ring()

    # From the mask to the screen and back

    def _place_of_mask(self) -> QTransform:
        """Return what maps pixels of the mask to points of the screen."""
        whole = self._compare.whole_rect()
        if self._values is None or whole.isEmpty():
            return QTransform()
        height, width = self._values.shape
        transform = QTransform.fromTranslate(whole.x(), whole.y())
        return transform.scale(whole.width() / width, whole.height() / height)

    def _on_screen(self, box: Box) -> QRect:
        left, top, right, bottom = box
        rect = self._place_of_mask().mapRect(QRectF(left, top, right - left, bottom - top))
        return rect.toAlignedRect().adjusted(-2, -2, 2, 2)

    def _in_mask(self, point: QPointF) -> QPointF:
        inverse, _ = self._place_of_mask().inverted()
        return inverse.map(self._compare.in_left_pane(point))

    def _ring(self) -> QRectF:
        if self._pointer is None:
            return QRectF()
        radius = self._diameter / 2 * self._place_of_mask().m11()
        return QRectF(self._pointer.x() - radius, self._pointer.y() - radius, 2 * radius, 2 * radius)

    def _update_ring(self) -> None:
        if self._pointer is not None:
            self.update(self._ring().toAlignedRect().adjusted(-_RING_WIDTH, -_RING_WIDTH, _RING_WIDTH, _RING_WIDTH))

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture = self._compare.picture_rect()
        # A little more than is seen, or the edges of a part would differ from the same place in the whole.
        seen = event.rect().adjusted(-4, -4, 4, 4) & picture
        transform = self._place_of_mask()
        inverse, possible = transform.inverted()
        if self._values is not None and possible and not seen.isEmpty():
            painter.setClipRect(picture)
            # Where a mask is made smaller nobody sees the difference, and it takes a third of the time.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, transform.m11() > 1)
            source = inverse.mapRect(QRectF(seen))
            for image in (self._image, self._hint_image):
                if not image.isNull():
                    painter.drawImage(QRectF(seen), image, source)
            painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            paint_focus(painter, picture)
        ring = self._ring()
        if not ring.isEmpty():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, width in ((QColor(0, 0, 0, 160), 3.0), (QColor(255, 255, 255), 1.2)):
                painter.setPen(QPen(color, width))
                painter.drawEllipse(ring)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press(event.position(), 1.0, event.modifiers())
        else:
            event.ignore()  # the middle button moves the picture

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position(), 1.0)
        if not self._is_painting and event.buttons():
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._release()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._compare.wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):  # a pinch enlarges the picture
            return self._compare.event(event)
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        match event.type():
            case QEvent.Type.TabletPress if event.button() is Qt.MouseButton.LeftButton:
                self._press(event.position(), event.pressure(), event.modifiers())
            case QEvent.Type.TabletMove:
                self._move(event.position(), event.pressure() if self._is_painting else 1.0)
            case QEvent.Type.TabletRelease if event.button() is Qt.MouseButton.LeftButton:
                self._release()
            case _:
                event.ignore()  # the buttons of a pen do what those of a mouse do
                return
        event.accept()

    def _press(self, point: QPointF, pressure: float, keys: Qt.KeyboardModifier) -> None:
        self._follow(point)
        self._is_painting = True
        self.pressed.emit(self._in_mask(point), pressure, keys)

    def _move(self, point: QPointF, pressure: float) -> None:
        self._follow(point)
        if self._is_painting:
            self.moved.emit(self._in_mask(point), pressure)

    def _release(self) -> None:
        if self._is_painting:
            self._is_painting = False
            self.released.emit()

    def _follow(self, point: QPointF) -> None:
        self._update_ring()
        self._pointer = QPointF(point)
        self._update_ring()

    def leaveEvent(self, event: QEvent) -> None:
        self._update_ring()
        self._pointer = None
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = _COMMANDS.get(Qt.Key(event.key()))
        if command is None or event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            super().keyPressEvent(event)
        else:
            self.commanded.emit(command)

    def hideEvent(self, event: QHideEvent) -> None:
        self._release()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._compare.rect())
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Mask of the region"))
        self.setAccessibleDescription(
            self.tr("Paint with the pointer. The keys [ and ] change the size, E erases, X swaps, Esc ends.")
        )


def _shade(color: QColor, opacity: float) -> int:
    return QColor(color.red(), color.green(), color.blue(), round(255 * opacity)).rgba()


def _indexed(values: Values, shades: Sequence[int]) -> QImage:
    """Return an image that shares its memory with the values: what is painted in them is seen at the next repaint."""
    height, width = values.shape
    image = QImage(values.data, width, height, values.strides[0], QImage.Format.Format_Indexed8)
    image.setColorTable(list(shades))
    return image
