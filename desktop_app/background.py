"""A thread for short work on the disk, beside the worker: it must not wait until an export is done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar, cast

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop_app.worker import UNEXPECTED
from engine.api import EngineError

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    number: int
    work: Callable[[], object]
    can_be_dropped: bool


@dataclass(frozen=True)
class _Outcome:
    number: int
    value: object = None
    error: EngineError | None = None


class _Hand(QObject):
    """Lives in the thread and does one job after the other."""

    done = Signal(object)

    def __init__(self, stopping: threading.Event) -> None:
        super().__init__()
        self._stopping = stopping

    @Slot(object)
    def carry_out(self, job: _Job) -> None:
        if job.can_be_dropped and self._stopping.is_set():
            return
        # An exception that leaves a slot in another thread is printed and otherwise lost.
        try:
            outcome = _Outcome(job.number, value=job.work())
        except EngineError as error:
            outcome = _Outcome(job.number, error=error)
        except Exception as error:
            log.exception("Background work failed")
            outcome = _Outcome(job.number, error=EngineError(UNEXPECTED, reason=type(error).__name__))
        self.done.emit(outcome)

    @Slot()
    def finish(self) -> None:
        QThread.currentThread().quit()


class BackgroundThread(QObject):
    """Does jobs in the order they come; each calls back in the thread this object lives in."""

    _submitted = Signal(object)
    _finishing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._answers: dict[int, tuple[Callable[[object], None], Callable[[EngineError], None]]] = {}
        self._stopping = threading.Event()
        self._thread = QThread()
        self._thread.setObjectName("background")
        self._hand = _Hand(self._stopping)
        self._hand.moveToThread(self._thread)
        self._submitted.connect(self._hand.carry_out)
        self._finishing.connect(self._hand.finish)
        self._hand.done.connect(self._receive)

    @property
    def is_running(self) -> bool:
        return self._thread.isRunning()

    def submit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[EngineError], None],
        *,
        can_be_dropped: bool = False,
    ) -> None:
        """Queue a job. ``done`` gets what it returned, ``failed`` its error; neither is called after :meth:`stop`.

        A job that ``can_be_dropped`` (reading, not writing) is left undone if the window closes first.
        """
        if self._stopping.is_set():
            return
        number = next(self._numbers)
        self._answers[number] = cast("Callable[[object], None]", done), failed
        if not self._thread.isRunning():
            self._thread.start()
        self._submitted.emit(_Job(number, work, can_be_dropped))

    @Slot()
    def stop(self) -> None:
        """Wait until what was begun, and everything that writes, is done."""
        if not self._stopping.is_set():
            self._stopping.set()
            self._finishing.emit()
        if self._thread.isRunning():
            self._thread.wait()

    @Slot(object)
    def _receive(self, outcome: _Outcome) -> None:
        done, failed = self._answers.pop(outcome.number)
        if self._stopping.is_set():
            return
        if outcome.error is None:
            done(outcome.value)
        else:
            failed(outcome.error)
