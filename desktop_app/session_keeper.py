"""Keeps the open work on the disk, so that nothing is lost by a quit or a crash, and remembers the works before it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot

from desktop_app.canvas.compare_view import CompareView
from desktop_app.canvas.viewport import CanvasView
from desktop_app.document import Document, Work
from desktop_app.panels.message_bar import MessageBar
from desktop_app.session import (
    LARGEST_RECENT,
    SavedWork,
    SessionError,
    drop_unused_pictures,
    read_works,
    save_work,
    works_as_bytes,
)
from desktop_app.work_loader import WorkLoader
from engine.files import write_beside

SAVE_MILLISECONDS = 1000
log = logging.getLogger(__name__)


class SessionKeeper(QObject):
    """Saves a moment after each change and when it is told to close, in a thread of its own. ``folder`` None keeps
    nothing; so does a folder that another window uses already.
    """

    _failed = Signal(str)

    def __init__(
        self,
        folder: Path | None,
        *,
        document: Document,
        compare: CompareView,
        loader: WorkLoader,
        messages: MessageBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lock: QLockFile | None = None
        self._document = document
        self._compare = compare
        self._loader = loader
        self._view = CanvasView()  # of the work that is being loaded
        self._messages = messages
        self._folder = None if folder is None else self._locked(folder)
        self._recent: list[SavedWork] = []  # only ever replaced, so that any thread may look at it
        self._saved: SavedWork | None = None
        self._is_restoring = False
        self._has_complained = False
        self._writer = ThreadPoolExecutor(1, "session")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MILLISECONDS)
        self._timer.timeout.connect(self.save)
        self._failed.connect(self._complain)
        loader.loaded.connect(self._take)
        document.changed.connect(self._follow)
        compare.sight_changed.connect(self._follow_view)
        compare.divider_moved.connect(self._follow_view)
        self._read_recent()

    def _locked(self, folder: Path) -> Path | None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("Cannot make %s: %s", folder, error)
            return folder  # the first save says so
        self._lock = QLockFile(str(folder / "lock"))
        self._lock.setStaleLockTime(0)  # one of a crashed process is found by its number, not by its age
        if not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError:
            log.warning("Another window keeps its work in %s; this one keeps none", folder)
            return None
        return folder

    @property
    def recent(self) -> tuple[SavedWork, ...]:
        """The works opened lately, newest first."""
        return tuple(self._recent)

    @property
    def folder(self) -> Path | None:
        """Where the work is kept; None if it is not."""
        return self._folder

    @property
    def _path(self) -> Path | None:
        return None if self._folder is None else self._folder / "session.json"

    @property
    def _recent_path(self) -> Path | None:
        return None if self._folder is None else self._folder / "recent.json"

    def _read_recent(self) -> None:
        if self._recent_path is None:
            return
        try:
            self._recent = read_works(self._recent_path)[:LARGEST_RECENT]
        except SessionError as error:
            log.warning("The recent works are forgotten: %s", error)

    def restore(self) -> None:
        """Bring back what was open last time."""
        if self._path is None:
            return
        try:
            works = read_works(self._path)
        except SessionError:
            name = f"{self._path.name}.bak"
            self._messages.show_message(
                "error",
                lambda: self.tr("What was open last time cannot be read; the file is kept beside as {name}.").format(
                    name=name
                ),
            )
            return
        if works and not works[0].is_empty:
            self._saved = works[0]
            self._is_restoring = True
            self._load(works[0])

    def open_recent(self, number: int) -> None:
        """Open one of the recent works in the place of what is open."""
        self._is_restoring = False
        self._load(self._recent[number])

    def _load(self, saved: SavedWork) -> None:
        self._view = saved.view
        self._loader.load(saved)

    def clear_recent(self) -> None:
        """Forget the works opened lately. What is open is remembered again when it changes."""
        self._recent = []
        if self._folder is not None:
            self._writer.submit(self._write_no_recent, self._folder)

    @Slot(object, object)
    def _take(self, work: Work, missing: list[str]) -> None:
        is_restoring, self._is_restoring = self._is_restoring, False
        names = ", ".join(missing)
        if missing and work.content is None and (not is_restoring or not work.styles):
            self._messages.show_message(
                "error",
                lambda: self.tr("Not found any more: {names}. What is open stays as it is.").format(names=names),
            )
            return
        if is_restoring:
            self._document.restore(work)
        else:
            self._document.open_work(work)
        self._compare.set_view(self._view)
        if missing:
            self._messages.show_message(
                "error", lambda: self.tr("Not found any more: {names}. The rest is as it was.").format(names=names)
            )

    @Slot()
    def _follow(self) -> None:
        self._loader.stop()
        if self._folder is not None:
            self._timer.start()

    @Slot()
    def _follow_view(self) -> None:
        if self._folder is not None and self._document.content is not None:
            self._timer.start()

    @Slot()
    def save(self) -> None:
        """Have everything written, behind the window."""
        self._timer.stop()
        if self._folder is not None:
            self._writer.submit(self._write, self._document.work, self._compare.view, self._folder)

    def _write(self, work: Work, view: CanvasView, folder: Path) -> None:
        """In the writer's thread, one at a time."""
        with self._complaints(folder):
            folder.mkdir(parents=True, exist_ok=True)
            saved = self._saved = replace(save_work(work, folder), view=view)
            write_beside(folder / "session.json", works_as_bytes([saved]))
            if saved.content and saved.styles:
                others = [each for each in self._recent if each.content != saved.content]
                self._recent = [saved, *others][:LARGEST_RECENT]
            write_beside(folder / "recent.json", works_as_bytes(self._recent))
            drop_unused_pictures(folder, [saved, *self._recent])

    def _write_no_recent(self, folder: Path) -> None:
        """In the writer's thread, after whatever was still to be written."""
        with self._complaints(folder):
            self._recent = []
            write_beside(folder / "recent.json", works_as_bytes([]))
            if self._saved is not None:
                drop_unused_pictures(folder, [self._saved])

    @contextmanager
    def _complaints(self, folder: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            log.warning("Cannot save the session to %s: %s", folder, error)
            self._failed.emit(error.strerror or type(error).__name__)
        except Exception as error:
            log.exception("Cannot save the session to %s", folder)
            self._failed.emit(type(error).__name__)

    @Slot(str)
    def _complain(self, reason: str) -> None:
        if not self._has_complained:
            self._has_complained = True
            self._messages.show_message(
                "error",
                lambda: self.tr(
                    "What is open cannot be kept for the next start ({reason}). "
                    "Free some space, or check the folder {folder}."
                ).format(reason=reason, folder=self._folder),
            )

    def close(self) -> None:
        """Save what is not saved yet, and wait for it."""
        if self._timer.isActive():
            self.save()
        self._writer.shutdown(wait=True)
        if self._lock is not None:
            self._lock.unlock()
