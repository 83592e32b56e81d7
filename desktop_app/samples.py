"""The pictures and styles that show at once what Scumble does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop_app.canvas.canvas import Canvas
from desktop_app.canvas.start_hint import Sample
from desktop_app.dialog_opener import DialogOpener
from desktop_app.messages import Role
from desktop_app.opening import Opener
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.style_shelf import StyleShelf
from desktop_app.style_keeper import StyleKeeper
from resources import SAMPLES

SAMPLE_PHOTO = SAMPLES / "landscape.jpg"
SAMPLE_STYLE = "Olive Trees"
SAMPLES_OFFERED = (
    (SAMPLE_PHOTO, SAMPLE_STYLE),
    (SAMPLES / "still_life.jpg", "Stained Glass"),
    (SAMPLE_PHOTO, "Japanese Bridge"),
)
"""What the empty window offers; where a style is not in the library, the card shows another."""


class Samples(QObject):
    """Offers samples in the empty window and opens them."""

    def __init__(
        self,
        *,
        opener: Opener,
        keeper: StyleKeeper,
        shelf: StyleShelf,
        canvas: Canvas,
        dialogs: DialogOpener,
        messages: MessageBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._opener = opener
        self._keeper = keeper
        self._shelf = shelf
        self._canvas = canvas
        self._dialogs = dialogs
        self._messages = messages
        keeper.filled.connect(self._offer)
        canvas.sample_chosen.connect(self._open)
        dialogs.sample_chosen.connect(self._open)

    @Slot()
    def _offer(self) -> None:
        items = self._shelf.shelf.items_of_library()
        samples = []
        for number, (photo, title) in enumerate(SAMPLES_OFFERED[: len(items)]):
            samples.append(Sample(photo, self._shelf.shelf.item_of_library(title) or items[number]))
        self._canvas.start_hint.set_samples(samples)
        self._dialogs.set_samples(samples)

    @Slot(object)
    def _open(self, sample: Sample) -> None:
        self._opener.open_sources(Role.CONTENT, [sample.photo])
        self._shelf.choose_item(sample.style)

    @Slot()
    def open_first(self) -> None:
        """Open the sample photo in the sample style, or the first one of a library that lacks it."""
        self._opener.open_sources(Role.CONTENT, [SAMPLE_PHOTO])
        if self._keeper.is_filled:
            self._choose_style()
        else:
            self._keeper.filled.connect(self._choose_style)

    @Slot()
    def _choose_style(self) -> None:
        items = self._shelf.shelf.items_of_library()
        item = self._shelf.shelf.item_of_library(SAMPLE_STYLE) or next(iter(items), None)
        if item is not None:
            self._shelf.choose_item(item)
        else:
            self._messages.show_message(
                "information", lambda: self.tr("The library has no style. Drop a painting on the right half.")
            )
