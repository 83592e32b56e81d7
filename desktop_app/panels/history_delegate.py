"""How an entry of the history looks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.history import HistoryEntry
from desktop_app.theme import GRID, current_theme
from desktop_app.work_words import settings_in_words, styles_in_words

THUMBNAIL = 9 * GRID
HEIGHT = THUMBNAIL + 2 * GRID
CURRENT_ROLE = Qt.ItemDataRole.UserRole + 1  # whether the entry is what is open
RADIUS = 6


class HistoryDelegate(QStyledItemDelegate):
    """A thumbnail with three lines beside it: styles, settings, time. The one that is open has a line of the accent
    colour, the selected ones a frame.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return QSize(THUMBNAIL, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: HistoryEntry = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        # The attributes of an option are not declared in PySide6's stubs.
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        card = rect.adjusted(GRID, 2, -GRID, -2)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(card, RADIUS, RADIUS)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            is_selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(QPen(QColor(theme.accent if is_selected else theme.muted), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card, RADIUS, RADIUS)
        frame = QRect(card.left() + GRID // 2, rect.top() + GRID, THUMBNAIL, THUMBNAIL)
        path = QPainterPath()
        path.addRoundedRect(frame, RADIUS - 2, RADIUS - 2)
        painter.setClipPath(path)
        painter.drawImage(frame, entry.thumbnail)
        is_current = bool(index.data(CURRENT_ROLE))
        if is_current:
            painter.fillRect(QRect(frame.left(), frame.top(), GRID // 2, frame.height()), QColor(theme.accent))
        painter.setClipping(False)
        text = QRect(frame.right() + GRID, frame.top(), card.right() - frame.right() - 2 * GRID, frame.height() // 3)
        for line, color in zip(lines_of(entry), (theme.text, theme.muted, theme.muted), strict=True):
            painter.setPen(QColor(theme.accent if is_current and color == theme.text else color))
            words = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            text.translate(0, text.height())
        painter.restore()


def lines_of(entry: HistoryEntry) -> tuple[str, str, str]:
    """Return styles, settings and time of an entry in words."""
    time = f"{entry.time:%H:%M}"
    content = entry.work.content
    name = content.picture.name if content is not None else ""
    return (
        styles_in_words(entry.work),
        settings_in_words(entry.work.settings),
        f"{time} · {name}" if name else time,
    )
