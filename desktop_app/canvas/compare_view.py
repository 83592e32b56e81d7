"""The photo and its repainting, one on each side of a divider that can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme import GRID, current_theme

MARGIN = 2 * GRID
KEY_STEP = 0.02
LARGE_KEY_STEP = 0.1
HANDLE_RADIUS = 14
GRAB_DISTANCE = 16


class CompareView(QWidget):
    """Shows the content image left of the divider and the result right of it, both fitted to the view.

    Drag anywhere, or use the arrow keys, to move the divider; ``set_original_shown`` covers the result for a moment.
    """

    side_changed = Signal(int)  # the longer side of the picture on the screen, in device pixels
    divider_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: QImage | None = None
        self._result: QImage | None = None
        self._scaled: dict[str, QPixmap] = {}
        self._divider = 0.5
        self._original_shown = False
        self._is_dragging = False
        self._side = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._retranslate()

    @property
    def divider(self) -> float:
        """Where the divider is, as a fraction of the picture's width."""
        return self._divider

    @property
    def is_original_shown(self) -> bool:
        return self._original_shown

    @property
    def content(self) -> QImage | None:
        return self._content

    @property
    def result(self) -> QImage | None:
        return self._result

    def set_content(self, image: QImage | None) -> None:
        """Show another content image; the result of the old one goes."""
        self._content = image
        self._result = None
        self._scaled.clear()
        self._announce_side()
        self.update()

    def set_result(self, image: QImage | None) -> None:
        self._result = image
        self._scaled.pop("result", None)
        self.update()

    def set_original_shown(self, shown: bool) -> None:
        if shown != self._original_shown:
            self._original_shown = shown
            self.update()

    def move_divider(self, fraction: float) -> None:
        fraction = min(1.0, max(0.0, fraction))
        if fraction != self._divider:
            self._divider = fraction
            self.divider_moved.emit(fraction)
            self.update()

    def picture_rect(self) -> QRect:
        """Where the picture lies, in points; empty without a picture."""
        if self._content is None:
            return QRect()
        space = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if space.isEmpty():
            return QRect()
        size = self._content.size().scaled(space.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        rect = QRect(0, 0, size.width(), size.height())
        rect.moveCenter(space.center())
        return rect

    def _announce_side(self) -> None:
        rect = self.picture_rect()
        side = round(max(rect.width(), rect.height()) * self.devicePixelRatioF())
        if side != self._side and side > 0:
            self._side = side
            self.side_changed.emit(side)

    def _pixmap(self, name: str, image: QImage, rect: QRect) -> QPixmap:
        """Return an image scaled once to the pixels of the screen: scaling at every repaint is slow, and aliases."""
        ratio = self.devicePixelRatioF()
        size = QSize(max(1, round(rect.width() * ratio)), max(1, round(rect.height() * ratio)))
        pixmap = self._scaled.get(name)
        if pixmap is None or pixmap.size() != size:
            mode = Qt.TransformationMode.SmoothTransformation
            pixmap = QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
            pixmap.setDevicePixelRatio(ratio)
            self._scaled[name] = pixmap
        return pixmap

    def _divider_x(self) -> float:
        rect = self.picture_rect()
        return rect.left() + self._divider * rect.width()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.picture_rect()
        if self._content is None or rect.isEmpty():
            return
        if self._content.hasAlphaChannel() or (self._result is not None and self._result.hasAlphaChannel()):
            painter.fillRect(rect, checkerboard())
        painter.drawPixmap(rect.topLeft(), self._pixmap("content", self._content, rect))
        if self._result is not None and not self._original_shown:
            x = self._divider_x()
            painter.save()
            painter.setClipRect(QRectF(x, rect.top(), rect.right() + 1 - x, rect.height()))
            if self._result.hasAlphaChannel():
                painter.fillRect(rect, checkerboard())
            painter.drawPixmap(rect.topLeft(), self._pixmap("result", self._result, rect))
            painter.restore()
            self._paint_divider(painter, rect, x)
        if self._result is not None and (self._is_dragging or self._original_shown):
            self._paint_label(painter, rect, self.tr("Original"), Qt.AlignmentFlag.AlignLeft)
            if not self._original_shown:
                self._paint_label(painter, rect, self.tr("Result"), Qt.AlignmentFlag.AlignRight)

    def _paint_divider(self, painter: QPainter, rect: QRect, x: float) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 90), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
        painter.setPen(QPen(QColor(255, 255, 255, 230), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
        center = QPointF(x, rect.center().y())
        focused = self.hasFocus() or self._is_dragging
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
        painter.setBrush(QColor(current_theme().accent) if focused else QColor(255, 255, 255, 235))
        painter.drawEllipse(center, HANDLE_RADIUS, HANDLE_RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_theme().on_accent) if focused else QColor(40, 40, 40))
        for direction in (-1, 1):
            tip = center + QPointF(direction * 9, 0)
            painter.drawPolygon(
                QPolygonF([tip, tip + QPointF(-direction * 5, 4.5), tip + QPointF(-direction * 5, -4.5)])
            )

    def _paint_label(self, painter: QPainter, rect: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        metrics = painter.fontMetrics()
        pill = QRectF(0, 0, metrics.horizontalAdvance(text) + 2 * GRID, metrics.height() + GRID)
        pill.moveTop(rect.top() + GRID)
        if side is Qt.AlignmentFlag.AlignLeft:
            pill.moveLeft(rect.left() + GRID)
        else:
            pill.moveRight(rect.right() - GRID)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._announce_side()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._result is not None:
            self._is_dragging = True
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._drag_to(event.position().x())
        elif self._result is not None:
            near = abs(event.position().x() - self._divider_x()) < GRAB_DISTANCE
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._is_dragging = False
        self.update()

    def _drag_to(self, x: float) -> None:
        rect = self.picture_rect()
        if rect.width() > 0:
            self.move_divider((x - rect.left()) / rect.width())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = LARGE_KEY_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else KEY_STEP
        match event.key():
            case Qt.Key.Key_Left:
                self.move_divider(self._divider - step)
            case Qt.Key.Key_Right:
                self.move_divider(self._divider + step)
            case Qt.Key.Key_Home:
                self.move_divider(0.0)
            case Qt.Key.Key_End:
                self.move_divider(1.0)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_dragging = False
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Photo and result"))
        self.setAccessibleDescription(self.tr("The arrow keys move the divider; hold Space to see the original."))
        self.update()


def checkerboard() -> QBrush:
    """Return the pattern that shows through where a picture is transparent."""
    tile = QPixmap(2 * GRID, 2 * GRID)
    tile.fill(QColor("#9a9a9a"))
    painter = QPainter(tile)
    painter.fillRect(0, 0, GRID, GRID, QColor("#868686"))
    painter.fillRect(GRID, GRID, GRID, GRID, QColor("#868686"))
    painter.end()
    return QBrush(tile)
