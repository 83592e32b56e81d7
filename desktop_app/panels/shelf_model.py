"""What lies on the shelf: pictures opened in this session first, then the styles of the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from engine.api import Picture
from engine.styles import StyleInformation


@dataclass(frozen=True, eq=False)
class ShelfItem:
    """A style to choose. ``source`` is what the engine is given, ``path`` where a picture was read from; ``image`` may
    be null when there is no thumbnail.
    """

    title: str
    artist: str
    source: Path | str | Picture
    image: QImage
    path: Path | None = None

    def is_same_as(self, other: ShelfItem) -> bool:
        if isinstance(self.source, Picture) and isinstance(other.source, Picture):
            return self.source.digest == other.source.digest
        return type(self.source) is type(other.source) and self.source == other.source


def item_of_style(style: StyleInformation) -> ShelfItem:
    """Return the shelf item of a style in the library."""
    return ShelfItem(style.name, style.artist, style.name, QImage.fromData(style.thumbnail))


class ShelfModel(QAbstractListModel):
    """A list of shelf items; ``UserRole`` gives the item itself."""

    def __init__(self) -> None:
        super().__init__()
        self._session: list[ShelfItem] = []
        self._library: list[ShelfItem] = []

    def set_library(self, items: list[ShelfItem]) -> None:
        self.beginResetModel()
        self._library = items
        self.endResetModel()

    def add(self, item: ShelfItem) -> int:
        """Put an item at the start, unless the same picture is there already. Return its row."""
        for row in range(self.rowCount()):
            if self.item(row).is_same_as(item):
                return row
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._session.insert(0, item)
        self.endInsertRows()
        return 0

    def item(self, row: int) -> ShelfItem:
        return [*self._session, *self._library][row]

    def first_library_row(self) -> int:
        """Return the row of the library's first style (equal to ``rowCount()`` if it is empty)."""
        return len(self._session)

    def library_row(self, title: str) -> int:
        """Return the row of a style of the library, or of its first one (``rowCount()`` if the library is empty)."""
        rows = (row for row, item in enumerate(self._library) if item.title == title)
        return self.first_library_row() + next(rows, 0)

    def library_items(self) -> list[ShelfItem]:
        return list(self._library)

    def library_item(self, title: str) -> ShelfItem | None:
        return next((item for item in self._library if item.title == title), None)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: ARG002
        return len(self._session) + len(self._library)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.item(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return item.title
            case Qt.ItemDataRole.ToolTipRole:
                return f"{item.title}\n{item.artist}" if item.artist else item.title
            case Qt.ItemDataRole.UserRole:
                return item
            case _:
                return None
