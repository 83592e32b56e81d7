"""A field with the styles of a mix at its corners: where the point lies says how strong each is."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme import GRID, current_theme

CORNER_RADIUS = 14
POINT_RADIUS = 8
KEY_STEP = 0.05


def corners(count: int) -> list[tuple[float, float]]:
    """Return where ``count`` styles lie: two on a line, more on a circle, in -1..1, the first at the top (or left)."""
    if count == 2:
        return [(-1.0, 0.0), (1.0, 0.0)]
    angles = [2 * math.pi * number / count - math.pi / 2 for number in range(count)]
    return [(math.cos(angle), math.sin(angle)) for angle in angles]


def weights_at(x: float, y: float, count: int) -> list[float]:
    """Return the weights of ``count`` styles at a place: 1 and 0 at a corner, equal in the middle; they add up to 1.

    Each falls with the square of the distance to its corner (Shepard, "A two-dimensional interpolation function for
    irregularly-spaced data", 1968).
    """
    distances = [(x - corner_x) ** 2 + (y - corner_y) ** 2 for corner_x, corner_y in corners(count)]
    if min(distances) < 1e-3:
        return [1.0 if distance == min(distances) else 0.0 for distance in distances]
    inverse = [1 / distance for distance in distances]
    return [value / sum(inverse) for value in inverse]


def place_of(weights: list[float]) -> tuple[float, float]:
    """Return a place for weights: the corners' mean, each as heavy as its style."""
    total = sum(weights) or 1.0
    places = corners(len(weights))
    return (
        sum(weight * x for weight, (x, _) in zip(weights, places, strict=True)) / total,
        sum(weight * y for weight, (_, y) in zip(weights, places, strict=True)) / total,
    )


class MixPad(QWidget):
    """Drag the point, or move it with the arrow keys; a double-click puts it in the middle."""

    weights_changed = Signal(list)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._place = (0.0, 0.0)
        self._is_dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._retranslate()

    def sizeHint(self) -> QSize:
        return QSize(20 * GRID, (6 if len(self._images) == 2 else 17) * GRID)

    def set_styles(self, images: list[QImage], weights: list[float]) -> None:
        """Show a mix. While the point is dragged it stays under the pointer."""
        if len(images) != len(self._images):
            self.updateGeometry()
        self._images = images
        if not self._is_dragging:
            self._place = place_of(weights) if weights else (0.0, 0.0)
        self.update()

    @property
    def place(self) -> tuple[float, float]:
        return self._place

    def point_of(self, place: tuple[float, float]) -> QPointF:
        """Return where a place in -1..1 lies in the widget."""
        reach_x, reach_y = self._reach()
        return QPointF(self.width() / 2 + place[0] * reach_x, self.height() / 2 + place[1] * reach_y)

    def _reach(self) -> tuple[float, float]:
        margin = CORNER_RADIUS + 2
        reach_y = self.height() / 2 - margin
        return (self.width() / 2 - margin if len(self._images) == 2 else reach_y), max(1.0, reach_y)

    def _move_to(self, x: float, y: float) -> None:
        if len(self._images) == 2:
            y = 0.0
        length = math.hypot(x, y)
        if length > 1:
            x, y = x / length, y / length
        self._place = (x, y)
        self.weights_changed.emit(weights_at(x, y, len(self._images)))
        self.update()

    def _drag_to(self, point: QPointF) -> None:
        reach_x, reach_y = self._reach()
        self._move_to((point.x() - self.width() / 2) / reach_x, (point.y() - self.height() / 2) / reach_y)

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._is_dragging = True
            self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._drag_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        if self._is_dragging:
            self._is_dragging = False
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._move_to(0.0, 0.0)
        self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-KEY_STEP, 0.0),
            Qt.Key.Key_Right: (KEY_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -KEY_STEP),
            Qt.Key.Key_Down: (0.0, KEY_STEP),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self._move_to(self._place[0] + step[0], self._place[1] + step[1])
        self.released.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        places = [self.point_of(corner) for corner in corners(max(2, len(self._images)))]
        painter.setPen(QPen(QColor(theme.hover), 2))
        for number, place in enumerate(places):
            painter.drawLine(place, places[(number + 1) % len(places)])
        for image, place in zip(self._images, places, strict=False):
            self._paint_corner(painter, image, place)
        painter.setPen(QPen(QColor(theme.panel), 2))
        painter.setBrush(QColor(theme.accent if self.hasFocus() or self._is_dragging else theme.text))
        painter.drawEllipse(self.point_of(self._place), POINT_RADIUS, POINT_RADIUS)

    def _paint_corner(self, painter: QPainter, image: QImage, place: QPointF) -> None:
        frame = QRectF(place.x() - CORNER_RADIUS, place.y() - CORNER_RADIUS, 2 * CORNER_RADIUS, 2 * CORNER_RADIUS)
        path = QPainterPath()
        path.addEllipse(frame)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(frame, QColor(current_theme().raised))
        if not image.isNull():
            side = min(image.width(), image.height())
            source = QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
            painter.drawImage(frame, image, source)
        painter.restore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setToolTip(
            self.tr("Drag the point towards the style that should be stronger. Double-click for equal parts.")
        )
        self.setAccessibleName(self.tr("Mix of styles"))
