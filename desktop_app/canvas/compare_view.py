"""The photo and its repainting, one on each side of a divider that can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.canvas.compare_painting import checkerboard, draw_part, paint_divider, paint_focus, paint_label
from desktop_app.canvas.comparison import Comparison
from desktop_app.canvas.scaled_pictures import ScaledPictures
from desktop_app.canvas.viewport import ZOOM_STEP, CanvasView, Sight, Viewport
from desktop_app.theme import GRID

MARGIN = 2 * GRID
KEY_STEP = 0.02
LARGE_KEY_STEP = 0.1
GRAB_DISTANCE = 16


class CompareView(QWidget):
    """Shows the content image left of the divider and the result right of it, or both side by side.

    The picture is fitted until the wheel, a pinch or a shortcut enlarges it. Drag anywhere, or use the arrow keys, to
    move the divider; enlarged, drag the divider's handle for that, and anywhere else to move the picture.
    ``set_original_shown`` covers the result for a moment. A comparison takes the place of both for a while.
    """

    sight_changed = Signal(object)  # Sight
    divider_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: QImage | None = None
        self._result: QImage | None = None
        self._comparison: Comparison | None = None
        self._full_size = QSize()
        self._scaled = ScaledPictures()
        self._divider = 0.5
        self._original_shown = False
        self._is_dragging = False
        self._panned_from: QPointF | None = None
        self._is_side_by_side = False
        self.viewport = Viewport()
        self._sight = Sight(0)
        self._closer: dict[str, QImage] = {}
        self._closer_part = QRectF()
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
    def comparison(self) -> Comparison | None:
        return self._comparison

    @property
    def _has_two(self) -> bool:
        return self._comparison is not None or self._result is not None

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
        self._closer.clear()
        size = full_size or (QSize() if image is None else image.size())
        if size != self.viewport.picture:
            self.viewport.fit()
        self.viewport.picture = self._full_size = size
        self.viewport.actual = 1 / self.devicePixelRatioF()
        self._announce_sight()
        self.update()

    def set_result(self, image: QImage | None) -> None:
        self._result = image
        self._closer.clear()
        self.update()

    def set_comparison(self, comparison: Comparison | None) -> None:
        """Show two other pictures in the place of the content image and the result; None ends that."""
        if self._comparison is None and comparison is None:
            return
        self._comparison = None
        self.viewport.picture = self._full_size
        if comparison is not None:
            if self._full_size.isEmpty():
                self.viewport.picture = comparison.left.size()
            self._comparison = comparison.fitted_to(self.viewport.picture)
        self._retranslate()
        self._changed_view()

    def set_closer_look(self, content: QImage, result: QImage, part: QRectF) -> None:
        """Show a part (0..1 each way) of both pictures from images of its own, as sharp as the screen; until another
        result comes.
        """
        self._closer = {"content": content, "result": result}
        self._closer_part = part
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

    @property
    def view(self) -> CanvasView:
        return self.viewport.view(self._divider)

    def set_view(self, view: CanvasView) -> None:
        self.viewport.show(view)
        self.move_divider(view.divider)
        self._changed_view()

    def fit(self) -> None:
        """Show the whole picture."""
        self.viewport.fit()
        self._changed_view()

    def show_actual_size(self) -> None:
        """Show one pixel of the picture as one pixel of the screen."""
        self._zoom_to(self.viewport.actual, QRectF(self._space()).center())

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
        self._announce_sight()
        self.update()

    def _announce_sight(self) -> None:
        rect = self.viewport.rect(self._space())
        side = round(max(rect.width(), rect.height()) * self.devicePixelRatioF())
        part = None if self.viewport.is_fitted else self.viewport.seen(self._space(), self._pane())
        sight = Sight(side, part)
        if sight != self._sight and side > 0:
            self._sight = sight
            self.sight_changed.emit(sight)

    def _divider_x(self) -> float:
        rect = self.picture_rect()
        return rect.left() + self._divider * rect.width()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = self.picture_rect()
        left, right = self._pictures()
        if left[1] is None or rect.isEmpty():
            return
        self._paint_picture(painter, *left, rect)
        if right[1] is not None and self._is_side_by_side:
            painter.translate(self.width() - self._pane().width(), 0)
            self._paint_picture(painter, *(left if self._original_shown else right), rect)
            painter.resetTransform()
        elif right[1] is not None and not self._original_shown:
            x = self._divider_x()
            painter.save()
            painter.setClipRect(QRectF(x, rect.top(), rect.right() + 1 - x, rect.height()))
            self._paint_picture(painter, *right, rect)
            painter.restore()
            paint_divider(painter, rect, x, is_active=self.hasFocus() or self._is_dragging)
        if self.hasFocus() and (right[1] is None or self._is_side_by_side or self._original_shown):
            paint_focus(painter, rect)  # there is no handle that could show it
        if right[1] is not None:
            self._paint_labels(painter, rect)

    def _pictures(self) -> tuple[tuple[str, QImage | None], tuple[str, QImage | None]]:
        """Return what is shown left and right, each with the name that its scaled copy is kept under."""
        if self._comparison is not None:
            return ("left", self._comparison.left), ("right", self._comparison.right)
        return ("content", self._content), ("result", self._result)

    def _paint_labels(self, painter: QPainter, rect: QRect) -> None:
        left, right = self.tr("Original"), self.tr("Result")
        if self._comparison is not None:
            left, right = self._comparison.left_label, self._comparison.right_label
        elif not (self._is_dragging or self._original_shown):
            return
        share = 1.0 if self._is_side_by_side or self._original_shown else 0.5
        paint_label(painter, rect, left, Qt.AlignmentFlag.AlignLeft, share)
        if self._original_shown:
            return
        if self._is_side_by_side:
            rect = rect.translated(self.width() - self._pane().width(), 0)
        paint_label(painter, rect, right, Qt.AlignmentFlag.AlignRight, share)

    def _paint_picture(self, painter: QPainter, name: str, image: QImage | None, seen: QRect) -> None:
        """Paint what is seen of a picture, over a checkerboard where it is transparent."""
        if image is None:
            return
        if image.hasAlphaChannel():
            painter.fillRect(seen, checkerboard())
        if self.viewport.is_fitted:
            painter.drawPixmap(seen.topLeft(), self._scaled.pixmap(name, image, seen.size(), self.devicePixelRatioF()))
            return
        whole = self.viewport.rect(self._space())
        ratio = self.devicePixelRatioF()
        # Pixels of the picture on pixels of the screen, or what is sharp gets blurred.
        whole.moveTo(round(whole.x() * ratio) / ratio, round(whole.y() * ratio) / ratio)
        draw_part(painter, image, whole, QRectF(seen))
        closer = self._closer.get(name)
        if closer is not None:
            part = self._closer_part
            place = QRectF(
                whole.x() + part.x() * whole.width(),
                whole.y() + part.y() * whole.height(),
                part.width() * whole.width(),
                part.height() * whole.height(),
            )
            draw_part(painter, closer, place, QRectF(seen) & place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._announce_sight()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (is_left and self._moves_picture(event.position())):
            self._panned_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif is_left and self._has_two and not self._is_side_by_side:
            self._is_dragging = True
            self._drag_to(event.position().x())

    def _moves_picture(self, point: QPointF) -> bool:
        """Whether a drag from here moves the picture, not the divider."""
        is_divided = self._has_two and not self._is_side_by_side
        return not self.viewport.is_fitted and not (is_divided and abs(point.x() - self._divider_x()) < GRAB_DISTANCE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned_from is not None:
            moved = event.position() - self._panned_from
            self._panned_from = event.position()
            self.viewport.pan_by(moved.x(), moved.y(), self._space())
            self._changed_view()
        elif self._is_dragging:
            self._drag_to(event.position().x())
        elif self._moves_picture(event.position()):
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._has_two:
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
        if not self.viewport.picture.isEmpty() and event.angleDelta().y():
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
        name = self.tr("Photo and result")
        if self._comparison is not None:
            name = self.tr("{left} and {right}").format(
                left=self._comparison.left_label, right=self._comparison.right_label
            )
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("The arrow keys move the divider; hold Space to see the original."))
        self.update()
