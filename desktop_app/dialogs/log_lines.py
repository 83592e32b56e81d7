"""The lines of the log as a list to look at: the newest ones, of a level or above."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics

from desktop_app.log_tail import LogLine
from desktop_app.theme import current_theme

MOST_LINES = 20_000
_WIDEST = 2_000  # letters; a longer line is cut off on the screen, and copied whole


class LogLines(QAbstractListModel):
    """Forgets the oldest lines beyond ``MOST_LINES``."""

    def __init__(self) -> None:
        super().__init__()
        self._all: deque[LogLine] = deque(maxlen=MOST_LINES)
        self._shown: list[LogLine] = []
        self._level = logging.NOTSET
        self._font: QFont = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._size = QSize()

    def add(self, lines: Sequence[LogLine]) -> None:
        overflowing = len(self._all) + len(lines) > MOST_LINES
        self._all.extend(lines)
        new = [line for line in lines if line.level >= self._level]
        if overflowing or not self._shown or self._is_wider(new):
            self._show_all()  # the size of every line changes, or the first ones go
        elif new:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(new) - 1)
            self._shown += new
            self.endInsertRows()

    def set_level(self, level: int) -> None:
        """Show reports of this level of :mod:`logging` and above."""
        self._level = level
        self._show_all()

    def text(self, rows: Sequence[int] | None = None) -> str:
        """Return these rows, or all that are shown, as text."""
        lines = self._shown if rows is None else [self._shown[row] for row in rows]
        return "\n".join(line.text for line in lines)

    def _is_wider(self, lines: Sequence[LogLine]) -> bool:
        return any(self._width(line) > self._size.width() for line in lines)

    def _width(self, line: LogLine) -> int:
        return (min(len(line.text), _WIDEST) + 2) * QFontMetrics(self._font).horizontalAdvance("M")

    def _show_all(self) -> None:
        self.beginResetModel()
        self._shown = [line for line in self._all if line.level >= self._level]
        longest = max(self._shown, key=lambda line: len(line.text), default=LogLine("", 0))
        self._size = QSize(self._width(longest), QFontMetrics(self._font).height() + 4)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: ARG002
        return len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return line.text[:_WIDEST]
            case Qt.ItemDataRole.ForegroundRole if line.level >= logging.WARNING:
                theme = current_theme()
                return QColor(theme.error if line.level >= logging.ERROR else theme.accent)
            case Qt.ItemDataRole.FontRole:
                return self._font
            case Qt.ItemDataRole.SizeHintRole:
                return self._size
            case _:
                return None
