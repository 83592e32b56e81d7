"""Brings a saved work back: has its pictures read by the worker, and puts it together when all are there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.document import Content, DocumentStyle, Work
from desktop_app.messages import Event, Failed, PictureLoaded, ReadPicture, Role, StyleFileLoaded
from desktop_app.panels.shelf_model import ShelfItem
from desktop_app.panels.style_shelf import StyleShelf
from desktop_app.session import SavedWork
from desktop_app.style_keeper import StyleKeeper
from desktop_app.worker import WorkerThread

_CONTENT = -1


@dataclass
class _Loading:
    saved: SavedWork
    jobs: dict[int, int] = field(default_factory=dict)  # job number: the place of a style, or _CONTENT
    content: Content | None = None
    styles: dict[int, DocumentStyle] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


class WorkLoader(QObject):
    """Loads one work at a time; another one takes its place."""

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
            self._read(_CONTENT, Role.CONTENT, saved.content)
        for place, style in enumerate(saved.styles):
            if style.path:
                self._read(place, Role.SHELF, style.path)
                continue
            item = self._shelf.shelf.library_item(style.name)
            if item is None:
                loading.missing.append(style.title or style.name)
            else:
                loading.styles[place] = DocumentStyle(item.title, item.source, style.weight, item.image)
        self._finish()

    def stop(self) -> None:
        """Forget what is being loaded: the user has opened something else."""
        self._loading = None

    def _read(self, place: int, role: Role, path: str) -> None:
        assert self._loading is not None
        job = self._worker.next_job()
        self._loading.jobs[job] = place
        self._worker.submit(ReadPicture(job, role, Path(path)))

    @Slot(object)
    def _receive(self, event: Event) -> None:
        loading = self._loading
        if loading is None or event.job not in loading.jobs:
            return
        place = loading.jobs.pop(event.job)
        match event:
            case PictureLoaded():
                if place == _CONTENT:
                    loading.content = Content(event.picture, event.path, event.image)
                else:
                    self._take_style(place, ShelfItem("", "", event.picture, event.image, event.path))
            case StyleFileLoaded():
                image = QImage.fromData(event.thumbnail)
                self._take_style(place, ShelfItem(event.name, event.artist, event.path, image))
            case Failed():
                path = loading.saved.content if place == _CONTENT else loading.saved.styles[place].path
                loading.missing.append(Path(path).name)
            case _:
                pass
        self._finish()

    def _take_style(self, place: int, item: ShelfItem) -> None:
        assert self._loading is not None
        saved = self._loading.saved.styles[place]
        item = replace(item, title=saved.title or item.title)
        item = self._shelf.add(item)
        self._loading.styles[place] = DocumentStyle(item.title, item.source, saved.weight, item.image, item.path)

    def _finish(self) -> None:
        loading = self._loading
        if loading is None or loading.jobs:
            return
        self._loading = None
        styles = [loading.styles[place] for place in sorted(loading.styles)]
        if styles and not any(style.weight for style in styles):
            styles = [replace(style, weight=1.0) for style in styles]
        self.loaded.emit(Work(loading.content, tuple(styles), loading.saved.settings), loading.missing)
