"""The results that stood for a moment, to go back to, or to hold two of them against each other."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.document import Document, Work
from desktop_app.exporting import Exporter
from desktop_app.messages import PreviewReady
from desktop_app.preview import PreviewScheduler
from engine.api import SURVEY_SIDE, Picture

STANDING_MILLISECONDS = 1500
THUMBNAIL_SIDE = 144  # in pixels: sharp at 72 points on a high-resolution screen
BUDGET = 512 * 2**20
"""Bytes for the previews, and for the pictures of works that are no longer open."""


@dataclass(frozen=True, eq=False)
class HistoryEntry:
    """A work, the preview of its result (at most SURVEY_SIDE pixels on its longer side), and when it was made."""

    work: Work
    image: QImage
    thumbnail: QImage
    time: datetime
    is_exported: bool = False


class History(QObject):
    """Keeps each result that stays unchanged for a moment, or is exported; no result twice. When the budget is used up
    the oldest go.
    """

    changed = Signal()
    _prepared = Signal(object)  # HistoryEntry, from the thread that made its small pictures

    def __init__(
        self, document: Document, preview: PreviewScheduler, exporter: Exporter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._preview = preview
        self._entries: list[HistoryEntry] = []
        self._image: QImage | None = None  # the result on show
        self._exporting: tuple[Work, QImage | None] | None = None
        self._preparer = ThreadPoolExecutor(1, "history")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STANDING_MILLISECONDS)
        self._timer.timeout.connect(self._keep_standing)
        self._prepared.connect(self._take)
        document.content_changed.connect(self._forget_image)
        document.content_changed.connect(self._stay_within_budget)
        document.restyled.connect(self._forget_image)
        document.changed.connect(self._timer.stop)
        preview.ready.connect(self._show)
        preview.failed.connect(self._forget_image)
        exporter.running_changed.connect(self._follow_export)
        exporter.exported.connect(self._keep_exported)

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """Newest first."""
        return tuple(self._entries)

    @property
    def current(self) -> HistoryEntry | None:
        """The entry of what is open, if there is one."""
        return self._entry_of(self._document.work)

    @property
    def image(self) -> QImage | None:
        """The result of what is open, once it is on show."""
        return None if self._preview.is_drafting else self._image

    def go_back_to(self, entry: HistoryEntry) -> None:
        """Open the work of an entry, as a step that can be undone."""
        if entry is not self.current:
            self._document.open_work(entry.work, "history")

    def remove(self, entries: Collection[HistoryEntry]) -> None:
        self._entries = [each for each in self._entries if each not in entries]
        self.changed.emit()

    def clear(self) -> None:
        self.remove(self.entries)

    def bring_back(self, entries: Collection[HistoryEntry]) -> None:
        """Put entries back that were removed."""
        for entry in entries:
            self._insert(entry)
        self._stay_within_budget()
        self.changed.emit()

    def close(self) -> None:
        """Wait for the thread that makes small pictures."""
        self._timer.stop()
        self._preparer.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _show(self, event: PreviewReady) -> None:
        self._image = event.image
        self._timer.start()

    @Slot()
    def _forget_image(self) -> None:
        self._image = None
        self._timer.stop()

    @Slot()
    def _keep_standing(self) -> None:
        if self.image is not None and self._document.is_complete:
            self._keep(self._document.work, self.image)

    @Slot(bool)
    def _follow_export(self, running: bool) -> None:
        self._exporting = (self._document.work, self.image) if running else None

    @Slot()
    def _keep_exported(self) -> None:
        if self._exporting is None:
            return
        work, image = self._exporting
        if image is None and work is self._document.work:
            image = self.image  # its preview came while it was exported
        if image is not None:
            self._keep(work, image, is_exported=True)

    def _keep(self, work: Work, image: QImage, *, is_exported: bool = False) -> None:
        self._preparer.submit(self._prepare, work, image, is_exported)

    def _prepare(self, work: Work, image: QImage, is_exported: bool) -> None:
        """In a thread of its own: making a large picture small takes longer than the window may stand still."""
        if max(image.width(), image.height()) > SURVEY_SIDE:
            image = image.scaled(
                SURVEY_SIDE, SURVEY_SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        time = datetime.now(UTC).astimezone()
        self._prepared.emit(HistoryEntry(work, image, _thumbnail(image), time, is_exported))

    @Slot(object)
    def _take(self, entry: HistoryEntry) -> None:
        self._insert(entry)
        self._stay_within_budget()
        self.changed.emit()

    def _insert(self, entry: HistoryEntry) -> None:
        """Put an entry in its place by time. One of the same result stays where it is and gets the larger picture."""
        known = self._entry_of(entry.work)
        if known is None:
            self._entries.append(entry)
            self._entries.sort(key=lambda each: each.time, reverse=True)
            return
        best = max(known, entry, key=lambda each: each.image.width())
        self._entries[self._entries.index(known)] = replace(
            known,
            image=best.image,
            thumbnail=best.thumbnail,
            is_exported=known.is_exported or entry.is_exported,
        )

    def _entry_of(self, work: Work) -> HistoryEntry | None:
        return next((entry for entry in self._entries if entry.work.look == work.look), None)

    @Slot()
    def _stay_within_budget(self) -> None:
        count = len(self._entries)
        while len(self._entries) > 1 and self._bytes() > BUDGET:
            self._entries.pop()
        if len(self._entries) != count:
            self.changed.emit()

    def _bytes(self) -> int:
        held: dict[int, int] = {}
        for entry in self._entries:
            held |= _pictures(entry.work)
        for number in _pictures(self._document.work):
            held.pop(number, None)  # in memory anyway
        previews = sum(entry.image.sizeInBytes() + entry.thumbnail.sizeInBytes() for entry in self._entries)
        return previews + sum(held.values())


def _pictures(work: Work) -> dict[int, int]:
    """Return how many bytes each picture and each mask of a work takes, by its identity."""
    sources = [style.source for style in work.all_styles]
    if work.content is not None:
        sources.append(work.content.picture)
    pictures = {
        id(source): source.pixels.nbytes + (0 if source.alpha is None else source.alpha.nbytes)
        for source in sources
        if isinstance(source, Picture)
    }
    return pictures | {id(region.mask): region.mask.bytes_held for region in work.regions}


def _thumbnail(image: QImage) -> QImage:
    """Return the middle of an image as a small square."""
    scaled = image.scaled(
        THUMBNAIL_SIDE,
        THUMBNAIL_SIDE,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (scaled.width() - THUMBNAIL_SIDE) // 2, (scaled.height() - THUMBNAIL_SIDE) // 2
    return scaled.copy(QRect(left, top, THUMBNAIL_SIDE, THUMBNAIL_SIDE))
