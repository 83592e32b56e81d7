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
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.canvas.viewport import ZOOM_STEP, Viewport
from desktop_app.theme import GRID, current_theme

MARGIN = 2 * GRID
KEY_STEP = 0.02
LARGE_KEY_STEP = 0.1
HANDLE_RADIUS = 14
GRAB_DISTANCE = 16


class CompareView(QWidget):
    """Shows the content image left of the divider and the result right of it, or both side by side.

    The picture is fitted until the wheel, a pinch or a shortcut enlarges it. Drag anywhere, or use the arrow keys, to
    move the divider; enlarged, drag the divider's handle for that, and anywhere else to move the picture.
    ``set_original_shown`` covers the result for a moment.
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
        self._panned_from: QPointF | None = None
        self._is_side_by_side = False
        self.viewport = Viewport()
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

    @property
    def is_side_by_side(self) -> bool:
        return self._is_side_by_side

    @property
    def scale(self) -> float:
        """Pixels of the screen for each pixel of the picture."""
        rect = self.viewport.rect(self._space())
        if rect.isEmpty():
            return 1.0
        return rect.width() * self.devicePixelRatioF() / self.viewport.picture.width()

    def set_content(self, image: QImage | None, full_size: QSize | None = None) -> None:
        """Show another content image, fitted; the result of the old one goes. ``full_size`` is that of the picture if
        ``image`` is a smaller copy of it.
        """
        self._content = image
        self._result = None
        size = full_size or (QSize() if image is None else image.size())
        if size != self.viewport.picture:
            self.viewport.fit()
        self.viewport.picture = size
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

    def set_side_by_side(self, side_by_side: bool) -> None:
        """Show the content image and the result beside each other, or divided."""
        self._is_side_by_side = side_by_side
        self._changed_view()

    def fit(self) -> None:
        """Show the whole picture."""
        self.viewport.fit()
        self._changed_view()

    def show_actual_size(self) -> None:
        """Show one pixel of the picture as one pixel of the screen."""
        self._zoom_to(1 / self.devicePixelRatioF(), QRectF(self._space()).center())

    def zoom_in(self) -> None:
        self._zoom_by(ZOOM_STEP, QRectF(self._space()).center())

    def zoom_out(self) -> None:
        self._zoom_by(1 / ZOOM_STEP, QRectF(self._space()).center())

    def picture_rect(self) -> QRect:
        """Where the picture (side by side: the left one) is seen, in points; empty without a picture."""
        rect = self.viewport.rect(self._space())
        return rect.toAlignedRect() if self.viewport.is_fitted else rect.toAlignedRect() & self._pane()

    def _pane(self) -> QRect:
        """The part of the view for one picture: all of it, or the left half."""
        if not self._is_side_by_side:
            return self.rect()
        return QRect(0, 0, (self.width() - GRID) // 2, self.height())

    def _space(self) -> QRect:
        """The part of the pane that a fitted picture may use."""
        return self._pane().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _zoom_to(self, scale: float, at: QPointF) -> None:
        self.viewport.zoom_to(scale, at, self._space())
        self._changed_view()

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        self.viewport.zoom_by(factor, at, self._space())
        self._changed_view()

    def _changed_view(self) -> None:
        self._announce_side()
        self.update()

    def _announce_side(self) -> None:
        rect = self.viewport.rect(self._space())
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
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = self.picture_rect()
        if self._content is None or rect.isEmpty():
            return
        self._paint_picture(painter, "content", self._content, rect)
        if self._result is not None and self._is_side_by_side:
            painter.translate(self.width() - self._pane().width(), 0)
            shown = ("content", self._content) if self._original_shown else ("result", self._result)
            self._paint_picture(painter, *shown, rect)
            painter.resetTransform()
        elif self._result is not None and not self._original_shown:
            x = self._divider_x()
            painter.save()
            painter.setClipRect(QRectF(x, rect.top(), rect.right() + 1 - x, rect.height()))
            self._paint_picture(painter, "result", self._result, rect)
            painter.restore()
            self._paint_divider(painter, rect, x)
        if self._result is not None and (self._is_dragging or self._original_shown):
            self._paint_label(painter, rect, self.tr("Original"), Qt.AlignmentFlag.AlignLeft)
            if not self._original_shown:
                self._paint_label(painter, rect, self.tr("Result"), Qt.AlignmentFlag.AlignRight)

    def _paint_picture(self, painter: QPainter, name: str, image: QImage, seen: QRect) -> None:
        """Paint what is seen of a picture, over a checkerboard where it is transparent."""
        if image.hasAlphaChannel():
            painter.fillRect(seen, checkerboard())
        if self.viewport.is_fitted:
            painter.drawPixmap(seen.topLeft(), self._pixmap(name, image, seen))
            return
        whole = self.viewport.rect(self._space())
        across, down = image.width() / whole.width(), image.height() / whole.height()
        source = QRectF(
            (seen.x() - whole.x()) * across, (seen.y() - whole.y()) * down, seen.width() * across, seen.height() * down
        )
        painter.drawImage(QRectF(seen), image, source)

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
        is_left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (is_left and self._moves_picture(event.position())):
            self._panned_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif is_left and self._result is not None and not self._is_side_by_side:
            self._is_dragging = True
            self._drag_to(event.position().x())

    def _moves_picture(self, point: QPointF) -> bool:
        """Whether a drag from here moves the picture, not the divider."""
        is_divided = self._result is not None and not self._is_side_by_side
        return not self.viewport.is_fitted and not (is_divided and abs(point.x() - self._divider_x()) < GRAB_DISTANCE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned_from is not None:
            moved = event.position() - self._panned_from
            self._panned_from = event.position()
            self.viewport.pan_by(moved.x(), moved.y(), self._space())
            self.update()
        elif self._is_dragging:
            self._drag_to(event.position().x())
        elif self._moves_picture(event.position()):
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._result is not None:
            near = not self._is_side_by_side and abs(event.position().x() - self._divider_x()) < GRAB_DISTANCE
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._is_dragging = False
        if self._panned_from is not None:
            self._panned_from = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; one notch is one step."""
        if self._content is not None and event.angleDelta().y():
            self._zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), self._in_left_pane(event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_by(1 + event.value(), self._in_left_pane(event.position()))
            return True
        return super().event(event)

    def _in_left_pane(self, point: QPointF) -> QPointF:
        """Return the point of the left picture that is under this one of the right picture."""
        right = self.width() - self._pane().width()
        return QPointF(point.x() - right, point.y()) if self._is_side_by_side and point.x() >= right else point

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
