"""How a region looks in the list."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.theme import GRID, current_theme

THUMBNAIL = 5 * GRID
HEIGHT = THUMBNAIL + GRID + GRID // 2
RADIUS = 6
_BOX = 2 * GRID
_Index = QModelIndex | QPersistentModelIndex


class RegionDelegate(QStyledItemDelegate):
    """A box to switch it, its mask, and two lines: the name, and what it is painted in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(THUMBNAIL, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        # The attributes of an option are not declared in PySide6's stubs.
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        card = rect.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.hover if is_selected else theme.raised))
            painter.drawRoundedRect(card, RADIUS, RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card, RADIUS, RADIUS)
        _paint_box(painter, box_of(rect), is_on)
        frame = _frame_of(rect)
        painter.setOpacity(1.0 if is_on else 0.45)
        _paint_mask(painter, frame, index.data(Qt.ItemDataRole.DecorationRole))
        painter.setOpacity(1.0)
        text = self._text_of(rect)
        for role, color, part in (
            (Qt.ItemDataRole.DisplayRole, theme.text if is_on else theme.muted, 0),
            (Qt.ItemDataRole.StatusTipRole, theme.muted, 1),
        ):
            painter.setPen(QColor(color))
            line = QRect(text.left(), text.top() + part * text.height() // 2, text.width(), text.height() // 2)
            words = painter.fontMetrics().elidedText(index.data(role), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def _text_of(self, rect: QRect) -> QRect:
        left = _frame_of(rect).right() + GRID
        return QRect(left, rect.top() + GRID // 2, rect.right() - left - GRID // 2, rect.height() - GRID)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: ARG002
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        text = self._text_of(rect)
        editor.setGeometry(text.adjusted(-GRID // 2, 0, 0, 0))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Switch a region by a click on its box, or by Space."""
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        is_click = isinstance(event, QMouseEvent) and box_of(rect).adjusted(-GRID, -GRID, GRID, GRID).contains(
            event.position().toPoint()
        )
        if is_click and event.type() is QEvent.Type.MouseButtonDblClick:
            return True
        if is_click and event.type() is QEvent.Type.MouseButtonRelease:
            return _switch(model, index)
        if event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:  # pyright: ignore
            return _switch(model, index)
        return False


def _switch(model: QAbstractItemModel, index: _Index) -> bool:
    is_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    wanted = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
    return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


def box_of(rect: QRect) -> QRect:
    """Return where in a row the box is that switches the region."""
    return QRect(rect.left() + GRID, rect.center().y() - _BOX // 2, _BOX, _BOX)


def _frame_of(rect: QRect) -> QRect:
    return QRect(box_of(rect).right() + GRID, rect.center().y() - THUMBNAIL // 2, THUMBNAIL, THUMBNAIL)


def _paint_box(painter: QPainter, box: QRect, is_on: bool) -> None:
    theme = current_theme()
    painter.setPen(QPen(QColor(theme.accent if is_on else theme.muted), 1.5))
    painter.setBrush(QColor(theme.accent) if is_on else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
    if is_on:
        painter.setPen(QPen(QColor(theme.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = box.left(), box.top()
        painter.drawLine(x + 4, y + 8, x + 7, y + 11)
        painter.drawLine(x + 7, y + 11, x + 12, y + 5)


def _paint_mask(painter: QPainter, frame: QRect, mask: QImage) -> None:
    """Paint a mask, fitted into a square. The rest has none: it is all that is left."""
    theme = current_theme()
    if mask.isNull():
        painter.setPen(QPen(QColor(theme.muted), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(3, 3, -3, -3), 3, 3)
        return
    size = mask.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, max(1, size.width()), max(1, size.height()))
    place.moveCenter(frame.center())
    painter.drawImage(place, mask)
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)


def paint_gap(painter: QPainter, y: int) -> None:
    """Show before which row something that is dragged will lie."""
    painter.fillRect(QRect(GRID, max(0, y - 1), painter.device().width() - 2 * GRID, 3), QColor(current_theme().accent))
    painter.end()
