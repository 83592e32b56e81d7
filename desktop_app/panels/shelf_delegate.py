"""How a style looks on the shelf."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.icons import icon_pixmap
from desktop_app.panels.shelf_model import ShelfItem, ShelfModel
from desktop_app.panels.thumbnails import Thumbnails
from desktop_app.theme import GRID, current_theme

THUMBNAIL = 88
RADIUS = 6
BORDER = 4  # room for the frame of the chosen one
ITEM_SIZE = QSize(THUMBNAIL + 2 * GRID, THUMBNAIL + 5 * GRID)
_STAR = 2 * GRID
_ICON = 4 * GRID


class StyleDelegate(QStyledItemDelegate):
    """Paints a rounded thumbnail with the name below it; the chosen one wears the accent colour."""

    def __init__(self, model: ShelfModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._icons: dict[tuple[str, str, int, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return ITEM_SIZE

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: ShelfItem = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        # The attributes of an option are not declared in PySide6's stubs.
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        is_focused = bool(state & QStyle.StateFlag.State_HasFocus)
        ratio = painter.device().devicePixelRatioF()
        frame = QRect(rect.left() + GRID, rect.top() + BORDER, THUMBNAIL, THUMBNAIL)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thumbnail = self._thumbnails.square(item.thumbnail, round(THUMBNAIL * ratio), RADIUS * ratio)
        if thumbnail is None or thumbnail.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
            icon = self._icon("painting", theme.muted, _ICON, ratio)
            painter.drawPixmap(frame.center() - QPoint(_ICON // 2, _ICON // 2), icon)
        else:
            painter.drawPixmap(frame, thumbnail)
        if self._model.is_favourite(item):
            self._paint_star(painter, frame, ratio)
        if is_chosen or is_hovered or is_focused:
            painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.muted), 3 if is_chosen else 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-2, -2, 2, 2), RADIUS + 2, RADIUS + 2)
        painter.setPen(QColor(theme.text if is_chosen or is_hovered else theme.muted))
        text = QRect(rect.left() + 2, frame.bottom() + GRID // 2, rect.width() - 4, 3 * GRID)
        title = painter.fontMetrics().elidedText(item.title, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, title)
        painter.restore()

    def _paint_star(self, painter: QPainter, frame: QRect, ratio: float) -> None:
        place = QRect(frame.right() - _STAR - GRID // 2, frame.top() + GRID // 2, _STAR, _STAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))  # the star must be seen on any picture
        painter.drawEllipse(place.adjusted(-2, -2, 2, 2))
        painter.drawPixmap(place.topLeft(), self._icon("star", "#ffffff", _STAR, ratio))

    def _icon(self, name: str, color: str, side: int, ratio: float) -> QPixmap:
        key = (name, color, side, ratio)
        if key not in self._icons:
            self._icons[key] = icon_pixmap(name, QColor(color), side, ratio)
        return self._icons[key]
