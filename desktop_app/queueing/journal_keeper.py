"""Keeps the queue on the disk, so that a quit or a crash loses none of it, and the pictures that came from no file."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.document import Work
from desktop_app.panels.message_bar import MessageBar
from desktop_app.queueing.jobs import Job, works_of
from desktop_app.queueing.journal import JournalText, Recovered, read_journal
from desktop_app.queueing.queue import Queue
from desktop_app.queueing.runner import QueueRunner
from desktop_app.session import SavedWork, drop_unused_pictures, is_on_disk, save_work
from engine.files import write_beside

READ_MILLISECONDS = 300
SAVE_MILLISECONDS = 1000
JOURNAL = "queue.jsonl"

log = logging.getLogger(__name__)


class JournalKeeper(QObject):
    """Reads the journal behind the window, then writes it a moment after each change, and when it is told to close.

    Jobs that were not finished wait, and the queue is paused. ``folder`` None keeps nothing beyond this window.
    """

    restored = Signal()
    _read = Signal(object)  # Recovered
    _kept = Signal()
    _failed = Signal(str)
    _not_added = Signal(str)

    def __init__(
        self,
        folder: Path | None,
        *,
        queue: Queue,
        runner: QueueRunner,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._runner = runner
        self._messages = messages
        self._folder = folder
        self._temporary: Path | None = None
        self._text = JournalText()
        self._is_restored = folder is None
        self._keeps_pictures = False  # what a damaged journal needs is not known
        self._has_complained = False
        self._keeping: list[tuple[Future[SavedWork], Callable[[SavedWork], None]]] = []
        self._writer = ThreadPoolExecutor(1, "queue")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MILLISECONDS)
        self._timer.timeout.connect(self.save)
        self._read.connect(self._restore)
        self._kept.connect(self._hand_over)
        self._failed.connect(self._complain)
        self._not_added.connect(self._tell_not_added)
        for signal in (queue.inserted, queue.removed, queue.reordered, queue.changed, runner.changed):
            signal.connect(self._follow)
        self._reading: Future[Recovered] | None = None
        if folder is not None:  # the window comes first
            QTimer.singleShot(READ_MILLISECONDS, self, self._begin)

    @property
    def is_restored(self) -> bool:
        return self._is_restored

    @Slot()
    def _begin(self) -> None:
        if self._folder is not None and self._reading is None:
            self._reading = self._writer.submit(self._read_journal, self._folder)

    def _read_journal(self, folder: Path) -> Recovered:
        """In the writer's thread, before anything is written."""
        recovered = Recovered()
        try:
            recovered = read_journal(folder / JOURNAL)
        except Exception:
            log.exception("Cannot read the queue in %s", folder)
        self._read.emit(recovered)
        return recovered

    @Slot(object)
    def _restore(self, recovered: Recovered) -> None:
        if self._is_restored:
            return
        self._is_restored = True
        self._keeps_pictures = recovered.is_damaged
        if any(not job.state.is_finished for job in recovered.jobs):
            self._runner.pause()
        self._queue.restore(recovered.jobs)
        if recovered.is_damaged:
            self._messages.show_message(
                "error",
                lambda: self.tr(
                    "The queue of last time cannot be read completely; the file is kept beside as {name}."
                ).format(name=f"{JOURNAL}.bak"),
            )
        self.restored.emit()

    # Works that are added

    def keep(self, work: Work, take: Callable[[SavedWork], None]) -> None:
        """Call ``take`` with the work as it is kept: at once, or when pictures that came from no file are written."""
        if is_on_disk(work):
            take(save_work(work, Path()))
            return
        if self._folder is None and self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="scumble-queue-"))
        folder = self._folder or self._temporary
        assert folder is not None
        future = self._writer.submit(self._keep, work, folder)
        self._keeping.append((future, take))
        future.add_done_callback(self._say_kept)

    def _say_kept(self, _future: Future[SavedWork]) -> None:
        """In the writer's thread."""
        self._kept.emit()

    def _keep(self, work: Work, folder: Path) -> SavedWork:
        """In the writer's thread."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return save_work(work, folder)
        except Exception as error:
            log.exception("Cannot keep a picture in %s", folder)
            self._not_added.emit(getattr(error, "strerror", None) or type(error).__name__)
            raise

    @Slot()
    def _hand_over(self) -> None:
        """Hand over what is written, in the order it came."""
        while self._keeping:
            future, take = self._keeping[0]
            if not future.done():
                return
            self._keeping.pop(0)
            if future.exception() is None:
                take(future.result())

    # The journal

    @Slot()
    def _follow(self) -> None:
        if self._folder is not None and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def save(self) -> None:
        """Have the journal written, behind the window."""
        self._timer.stop()
        if self._folder is None:
            return
        if not self._is_restored:
            self._timer.start()
            return
        self._writer.submit(self._write, tuple(self._queue), self._runner.is_paused, self._folder)

    def _write(self, jobs: tuple[Job, ...], is_paused: bool, folder: Path) -> None:
        """In the writer's thread, one at a time."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_beside(folder / JOURNAL, self._text.encode(jobs, is_paused=is_paused))
        except OSError as error:
            log.warning("Cannot save the queue to %s: %s", folder, error)
            self._failed.emit(error.strerror or type(error).__name__)
        except Exception as error:
            log.exception("Cannot save the queue to %s", folder)
            self._failed.emit(type(error).__name__)

    @Slot(str)
    def _complain(self, reason: str) -> None:
        if not self._has_complained:
            self._has_complained = True
            self._messages.show_message(
                "error",
                lambda: self.tr("The queue cannot be kept for the next start ({reason}). Free some space.").format(
                    reason=reason
                ),
            )

    @Slot(str)
    def _tell_not_added(self, reason: str) -> None:
        self._messages.show_message(
            "error",
            lambda: self.tr(
                "The picture cannot be kept, so it is not in the queue ({reason}). Free some space, and try again."
            ).format(reason=reason),
        )

    def close(self) -> None:
        """Save what is not saved yet, and wait for it. Pictures that no job needs any more are deleted."""
        self._begin()
        if self._reading is not None and not self._is_restored:
            self._restore(self._reading.result())
        for future, _ in self._keeping:
            future.exception()
        self._hand_over()
        if self._timer.isActive():
            self.save()
        self._timer.stop()
        self._writer.shutdown(wait=True)
        folder = self._folder
        if folder is not None and not self._keeps_pictures:
            works = [work for job in self._queue for work in works_of(job.task)]
            try:
                drop_unused_pictures(folder, works)
            except OSError as error:
                log.warning("Cannot tidy %s: %s", folder, error)
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
