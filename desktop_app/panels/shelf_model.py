"""What lies on the shelf: pictures opened in this session first, then the styles of the library."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from desktop_app.panels.thumbnails import Source, read_thumbnail
from desktop_app.settings import Settings
from engine.api import Picture
from engine.styles import StyleInformation

RECENT_KEPT = 24
ITEM_FORMAT = "application/x-scumble-shelf-item"

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class ShelfItem:
    """A style to choose. ``source`` is what the engine is given, ``path`` where a picture was read from.

    ``picture`` shows a style that is there for this session only, and ``information`` what is known of one in the
    library.
    """

    title: str
    artist: str
    source: Path | str | Picture
    picture: QImage = field(default_factory=QImage)
    path: Path | None = None
    information: StyleInformation | None = None

    @property
    def is_built_in(self) -> bool:
        return self.information is not None and self.information.built_in

    @property
    def is_own(self) -> bool:
        """Whether it is in the user's library, to be renamed and deleted."""
        return self.information is not None and not self.information.built_in

    @property
    def key(self) -> str:
        """What the settings remember the style by: its file, which stays the same under another name. Else empty."""
        if self.information is None or self.information.path is None:
            return ""
        return f"{'built-in' if self.information.built_in else 'own'}:{self.information.path.name}"

    @property
    def thumbnail(self) -> Source:
        """The picture of the style, not decoded yet where it comes from a file."""
        return self.picture if self.information is None else self.information.thumbnail

    @cached_property
    def image(self) -> QImage:
        """The picture of the style, which may be null."""
        return self.picture if self.information is None else read_thumbnail(self.information.thumbnail)

    def is_same_as(self, other: ShelfItem) -> bool:
        if isinstance(self.source, Picture) and isinstance(other.source, Picture):
            return self.source.digest == other.source.digest
        return type(self.source) is type(other.source) and self.source == other.source


def item_of_style(style: StyleInformation) -> ShelfItem:
    """Return the shelf item of a style in the library.

    A built-in style is known by its name everywhere; one of the user's by its file, for its name may change while it
    is in use.
    """
    source = style.name if style.built_in or style.path is None else style.path
    return ShelfItem(style.name, style.artist, source, information=style)


class ShelfModel(QAbstractListModel):
    """The items of one group that match a search; ``UserRole`` gives the item itself.

    Group, order, favourites and what was used last are kept in the settings; ``arranged`` says that order or
    favourites have changed there.
    """

    arranged = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._session: list[ShelfItem] = []
        self._library: list[ShelfItem] = []
        self._shown: list[ShelfItem] = []
        self._search = ""
        self._digests: dict[str, str] = {}

    # What there is

    def set_library(self, items: Sequence[ShelfItem]) -> None:
        places = {key: place for place, key in enumerate(self._settings.shelf_order)}
        # Sorting is stable: what was never moved stays in the order of the library, behind what was.
        self._library = sorted(items, key=lambda item: places.get(item.key, len(places)))
        self._refresh()

    def add(self, item: ShelfItem) -> ShelfItem:
        """Put an item at the start, unless the same picture is there already. Return the one that is there."""
        for there in (*self._session, *self._library):
            if there.is_same_as(item) or self.is_shown_by(there, item.source):
                return there
        self._session.insert(0, item)
        self._refresh()
        return item

    def remove(self, item: ShelfItem) -> None:
        """Take away what was there for this session."""
        self._session = [there for there in self._session if there is not item]
        self._refresh()

    def put_back(self, item: ShelfItem) -> None:
        self._session.insert(0, item)
        self._refresh()

    def remember_picture(self, key: str, picture: Picture) -> None:
        """Say that the style of this key was made from a picture, and is a new one, to be shown first."""
        self._digests[key] = picture.digest
        self.put_first(key)

    def put_first(self, key: str) -> None:
        self._settings.shelf_order[:] = [key, *(other for other in self._settings.shelf_order if other != key)]
        self.arranged.emit()

    def is_shown_by(self, item: ShelfItem, source: object) -> bool:
        """Whether a style of the open work is this item, or the picture that it was made from."""
        if isinstance(source, Picture):
            return source is item.source or (item.key in self._digests and self._digests[item.key] == source.digest)
        return item.source == source

    def item(self, row: int) -> ShelfItem:
        return self._shown[row]

    def row_of(self, item: ShelfItem | None) -> int:
        """Return where an item is shown, -1 if it is not. An item read anew is the same while its key is."""
        rows = (row for row, shown in enumerate(self._shown) if shown is item)
        row = next(rows, -1)
        if row < 0 and item is not None and item.key:
            row = next((row for row, shown in enumerate(self._shown) if shown.key == item.key), -1)
        return row

    def find(self, key: str) -> ShelfItem | None:
        """Return the style of the library with this key, whether it is shown or not."""
        return next((item for item in self._library if item.key == key), None)

    def same_as(self, item: ShelfItem) -> ShelfItem | None:
        """Return what is on the shelf and the same as this item, whether it is shown or not."""
        return next((there for there in (*self._session, *self._library) if there.is_same_as(item)), None)

    def item_of_library(self, title: str) -> ShelfItem | None:
        """Return the style of the library with this title, whether it is shown or not."""
        return next((item for item in self._library if item.title == title), None)

    def first_library_row(self) -> int:
        """Return the row of the first style shown that is in the library (``rowCount()`` if there is none)."""
        return next((row for row, item in enumerate(self._shown) if item.information is not None), len(self._shown))

    def items_of_library(self) -> list[ShelfItem]:
        return list(self._library)

    # Which of it is shown

    @property
    def group(self) -> str:
        return self._settings.shelf_group

    def set_group(self, group: str) -> None:
        if group != self._settings.shelf_group:
            self._settings.shelf_group = group
            self._refresh()

    @property
    def search(self) -> str:
        return self._search

    def set_search(self, text: str) -> None:
        """Show what has all these words in its title, its artist's name or its description; case and accents do not
        count.
        """
        self._search = text
        self._refresh()

    def _refresh(self) -> None:
        self.beginResetModel()
        words = _plain(self._search).split()
        self._shown = [item for item in self._of_group() if not words or _matches(item, words)]
        self.endResetModel()

    def _of_group(self) -> list[ShelfItem]:
        everything = [*self._session, *self._library]
        match self._settings.shelf_group:
            case "built-in":
                return [item for item in everything if item.is_built_in]
            case "own":
                return [item for item in everything if not item.is_built_in]
            case "recent":
                by_key = {item.key: item for item in self._library}
                return [by_key[key] for key in self._settings.shelf_recent if key in by_key]
            case "favourites":
                favourites = set(self._settings.shelf_favourites)
                return [item for item in everything if item.key in favourites]
            case _:
                return everything

    # What the user does with it

    def is_favourite(self, item: ShelfItem) -> bool:
        return bool(item.key) and item.key in self._settings.shelf_favourites

    def set_favourite(self, item: ShelfItem, value: bool) -> None:
        if not item.key:
            return
        others = [key for key in self._settings.shelf_favourites if key != item.key]
        self._settings.shelf_favourites[:] = [*others, item.key] if value else others
        if self.group == "favourites":
            self._refresh()
        else:
            row = self.row_of(item)
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self.arranged.emit()

    def mark_used(self, item: ShelfItem) -> None:
        """Remember what was used last. The group of it is not put in another order under the pointer."""
        if item.key:
            others = [key for key in self._settings.shelf_recent if key != item.key]
            self._settings.shelf_recent[:] = [item.key, *others][:RECENT_KEPT]

    @property
    def can_be_reordered(self) -> bool:
        return self.group != "recent"

    def move(self, row: int, gap: int) -> bool:
        """Move the item of a row into the gap before another row (``rowCount()``: to the end). Return if it moved."""
        if not self.can_be_reordered or not 0 <= row < len(self._shown) or gap in {row, row + 1}:
            return False
        item = self._shown[row]
        # What is not shown keeps its place: the item goes right before or behind its new neighbour.
        neighbour = self._shown[gap] if gap < len(self._shown) else self._shown[-1]
        items = self._session if item.information is None else self._library
        if neighbour not in items:
            return False  # what is there for this session stays in front
        items.remove(item)
        items.insert(items.index(neighbour) + (gap >= len(self._shown)), item)
        keys = dict.fromkeys(each.key for each in self._library)
        # Styles that are not there today may be tomorrow.
        self._settings.shelf_order[:] = keys | dict.fromkeys(self._settings.shelf_order)
        self._refresh()
        self.arranged.emit()
        return True

    # What a view asks

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: ARG002
        return len(self._shown)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() and self.can_be_reordered else flags

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(ITEM_FORMAT, str(indexes[0].row()).encode())
        return data

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.item(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return item.title
            case Qt.ItemDataRole.ToolTipRole:
                description = "" if item.information is None else item.information.description
                return "\n".join(text for text in (item.title, item.artist, description) if text)
            case Qt.ItemDataRole.UserRole:
                return item
            case _:
                return None


def _matches(item: ShelfItem, words: Sequence[str]) -> bool:
    description = "" if item.information is None else item.information.description
    text = _plain(f"{item.title} {item.artist} {description}")
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Return a text as it is searched: without accents, in small letters."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
