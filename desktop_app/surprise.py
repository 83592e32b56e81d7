"""Proposes what nobody has asked for: a mix of styles from the library, with mild settings."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import QObject, Slot

from desktop_app.document import Document, DocumentStyle, StyleSettings
from desktop_app.opening import style_of_item
from desktop_app.panels.shelf_model import ShelfItem
from desktop_app.panels.style_shelf import StyleShelf

LARGEST_PROPOSAL = 3
_KEEP_COLOR = (0.0, 0.0, 0.0, 0.3, 0.6)
_STYLE_SCALES = (0.75, 1.0, 1.0, 1.5)


class Surprise(QObject):
    """``random`` is for tests."""

    def __init__(
        self, document: Document, shelf: StyleShelf, random: Random | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._shelf = shelf
        self._random = random or Random()

    @Slot()
    def propose(self) -> None:
        """Paint in other styles of the library, as one step. An empty library changes nothing."""
        items = self._shelf.shelf.items_of_library()
        if not items:
            return
        before = {style.title for style in self._document.styles}
        chosen = self._choose(items)
        while len(items) > 1 and {item.title for item in chosen} == before:
            chosen = self._choose(items)
        styles = [self._weighed(item) for item in chosen]
        settings = StyleSettings(
            strength=self._random.randint(70, 100) / 100,
            keep_color=self._random.choice(_KEEP_COLOR),
            detail=self._random.randint(0, 30) / 100,
            style_scale=self._random.choice(_STYLE_SCALES),
        )
        self._document.set_look(styles, settings)

    def _choose(self, items: list[ShelfItem]) -> list[ShelfItem]:
        return self._random.sample(items, self._random.randint(1, min(LARGEST_PROPOSAL, len(items))))

    def _weighed(self, item: ShelfItem) -> DocumentStyle:
        style = style_of_item(item)
        weight = self._random.randint(3, 10) / 10
        return DocumentStyle(style.title, style.source, weight, style.image, style.path)
