"""Brings a saved work back: has its pictures and masks read by the worker, and puts it together when all are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.messages import Event, Failed, MaskLoaded, PictureLoaded, ReadMask, ReadPicture, Role, StyleFileLoaded
from desktop_app.panels.shelf_model import ShelfItem
from desktop_app.panels.style_shelf import StyleShelf
from desktop_app.region_mask import RegionMask, mask_size
from desktop_app.session import SavedRegion, SavedStyle, SavedWork
from desktop_app.style_keeper import StyleKeeper
from desktop_app.work import Content, DocumentRegion, DocumentStyle, Work
from desktop_app.worker import WorkerThread

_REST = -1  # in the place of the number of a region
_LARGEST_SIDE_OF_NOTHING = 1024
Place = tuple[str, int, int]
"""``content``, ``mask`` or ``style``; the number of the region, or _REST; the number of the style."""


@dataclass
class _Loading:
    saved: SavedWork
    jobs: dict[int, Place] = field(default_factory=dict)
    content: Content | None = None
    styles: dict[Place, DocumentStyle] = field(default_factory=dict)
    masks: dict[int, RegionMask] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def mix(self, region: int) -> tuple[SavedStyle, ...]:
        return self.saved.styles if region == _REST else self.saved.regions[region].styles

    def path(self, place: Place) -> str:
        kind, region, number = place
        match kind:
            case "content":
                return self.saved.content
            case "mask":
                return self.saved.regions[region].mask
            case _:
                return self.mix(region)[number].path


class WorkLoader(QObject):
    """Loads one work at a time; another one takes its place. What cannot be read is left out, and said: a region whose
    mask is gone comes back with an empty one.
    """

    loaded = Signal(object, object)  # Work, names (list of str) of what could not be read

    def __init__(self, worker: WorkerThread, keeper: StyleKeeper, shelf: StyleShelf, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._keeper = keeper
        self._shelf = shelf
        self._loading: _Loading | None = None
        worker.reported.connect(self._receive)
        keeper.filled.connect(self._begin)

    @property
    def is_loading(self) -> bool:
        return self._loading is not None

    def load(self, saved: SavedWork) -> None:
        self._loading = _Loading(saved)
        if self._keeper.is_filled:
            self._begin()

    @Slot()
    def _begin(self) -> None:
        """Styles are looked for on the shelf, so that it must have been filled."""
        loading = self._loading
        if loading is None:
            return
        saved = loading.saved
        if saved.content:
            self._read(("content", _REST, 0), Role.CONTENT)
        self._begin_mix(_REST, saved.styles)
        for number, region in enumerate(saved.regions):
            self._begin_mix(number, region.styles)
            if region.mask:
                job = self._worker.next_job()
                loading.jobs[job] = ("mask", number, 0)
                self._worker.submit(ReadMask(job, Path(region.mask)))
        self._finish()

    def _begin_mix(self, region: int, styles: Sequence[SavedStyle]) -> None:
        assert self._loading is not None
        for number, style in enumerate(styles):
            place = ("style", region, number)
            if style.path:
                self._read(place, Role.SHELF)
                continue
            item = self._shelf.shelf.item_of_library(style.name)
            if item is None:
                self._loading.missing.append(style.title or style.name)
            else:
                self._loading.styles[place] = DocumentStyle(item.title, item.source, style.weight, item.image)

    def stop(self) -> None:
        """Forget what is being loaded: the user has opened something else."""
        self._loading = None

    def _read(self, place: Place, role: Role) -> None:
        assert self._loading is not None
        job = self._worker.next_job()
        self._loading.jobs[job] = place
        self._worker.submit(ReadPicture(job, role, Path(self._loading.path(place))))

    @Slot(object)
    def _receive(self, event: Event) -> None:
        loading = self._loading
        if loading is None or event.job not in loading.jobs:
            return
        place = loading.jobs.pop(event.job)
        match event:
            case PictureLoaded():
                if place[0] == "content":
                    loading.content = Content(event.picture, event.path, event.image)
                else:
                    self._take_style(place, ShelfItem("", "", event.picture, event.image, event.path))
            case StyleFileLoaded():
                image = QImage.fromData(event.thumbnail)
                self._take_style(place, ShelfItem(event.name, event.artist, event.path, image))
            case MaskLoaded():
                loading.masks[place[1]] = event.mask
            case Failed():
                name = Path(loading.path(place)).name
                loading.missing.append(loading.saved.regions[place[1]].name if place[0] == "mask" else name)
            case _:
                pass
        self._finish()

    def _take_style(self, place: Place, item: ShelfItem) -> None:
        assert self._loading is not None
        saved = self._loading.mix(place[1])[place[2]]
        item = replace(item, title=saved.title or item.title)
        item = self._shelf.add(item)
        self._loading.styles[place] = DocumentStyle(item.title, item.source, saved.weight, item.image, item.path)

    def _finish(self) -> None:
        loading = self._loading
        if loading is None or loading.jobs:
            return
        self._loading = None
        content, saved = loading.content, loading.saved
        regions = tuple(_region(loading, number, region) for number, region in enumerate(saved.regions))
        work = Work(content, _mix(loading, _REST), saved.settings, regions, saved.paints_rest)
        self.loaded.emit(work, list(dict.fromkeys(loading.missing)))


def _mix(loading: _Loading, region: int) -> tuple[DocumentStyle, ...]:
    places = [("style", region, number) for number in range(len(loading.mix(region)))]
    styles = [loading.styles[place] for place in places if place in loading.styles]
    if any(style.weight for style in styles):
        return tuple(styles)
    return tuple(replace(style, weight=1.0) for style in styles)


def _region(loading: _Loading, number: int, saved: SavedRegion) -> DocumentRegion:
    mask = loading.masks.get(number)
    if mask is None:
        content = loading.content
        side = _LARGEST_SIDE_OF_NOTHING
        size = (side, side) if content is None else mask_size(content.picture.width, content.picture.height)
        mask = RegionMask.empty(*size)
    return DocumentRegion(saved.name, mask, _mix(loading, number), saved.strength, saved.keep_color, saved.is_on)
