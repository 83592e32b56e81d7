"""Has the jobs of the queue done, one after the other, in a worker of their own."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop_app.exporting import Exporter
from desktop_app.messages import EngineReady, Event, Failed, LoadEngine, ProgressMade, RunTask, Stopped, TaskFinished
from desktop_app.notifications import Stopwatch
from desktop_app.preferences import Preferences
from desktop_app.preview import PreviewScheduler
from desktop_app.queueing.hold import Hold
from desktop_app.queueing.jobs import Job, State
from desktop_app.queueing.queue import Queue
from desktop_app.worker import EngineLoader, WorkerThread
from engine.api import Cancelled, CancelToken, ComputeOptions

LOOK_MILLISECONDS = 50
_SPEEDS_KEPT = 20
_LEAST_FRACTION = 0.2
"""How far a job must be before its own time says anything about the others."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Summary:
    """What came of the ``jobs`` that were done since the queue was empty last, in so many seconds."""

    jobs: tuple[Job, ...]
    seconds: float

    def count(self, state: State) -> int:
        return sum(job.state is state for job in self.jobs)

    @property
    def is_complete(self) -> bool:
        """Whether nothing failed or was left out."""
        return all(job.state is not State.FAILED and not job.notes for job in self.jobs)


class QueueRunner(QObject):
    """Runs whenever something waits, unless it is paused. The preview and an export of the window have priority: the
    running job is held at its next step while they work.

    When the place of the results is full or gone, or the engine cannot be loaded, the queue pauses: ``problem``.
    """

    changed = Signal()  # running, paused or held
    resumed = Signal()
    progressed = Signal()
    finished = Signal(object)  # Summary: nothing waits any more
    failed = Signal(object)  # Failed: why the queue has paused

    def __init__(
        self,
        queue: Queue,
        load: EngineLoader,
        *,
        preview: PreviewScheduler,
        exporter: Exporter,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._preview = preview
        self._exporter = exporter
        self._preferences = preferences
        self.worker = WorkerThread(load, self, gives_way=True)
        self.problem: Failed | None = None
        self.fraction = 0.0  # of the running job
        self._is_paused = False
        self._is_closed = False
        self._loading: LoadEngine | None = None
        self._loaded: ComputeOptions | None = None
        self._request: RunTask | None = None
        self._number = 0
        self._hold = Hold()
        self._finished_numbers: list[int] = []
        self._seconds: deque[float] = deque(maxlen=_SPEEDS_KEPT)
        self._job_time = Stopwatch()
        self._run_time = Stopwatch()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        preview.busy_changed.connect(self._look)
        exporter.running_changed.connect(self._look)
        self.worker.reported.connect(self._receive)
        # Queued: whoever shows the queue must have followed one change before this makes the next.
        for signal in (queue.inserted, queue.changed, queue.removed):
            signal.connect(self._go_on, Qt.ConnectionType.QueuedConnection)

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    @property
    def is_running(self) -> bool:
        """Whether a job is being done, or the engine loaded for it."""
        return self._request is not None or self._loading is not None

    @property
    def is_held(self) -> bool:
        """Whether the preview or an export has priority just now."""
        return self._request is not None and not self._is_paused and self._hold.is_held

    @property
    def running_number(self) -> int:
        """The number of the running job, 0 if there is none."""
        return self._number if self._request is not None else 0

    @property
    def total_fraction(self) -> float:
        """How much of all jobs in the list is finished, 0..1."""
        running = self.fraction if self._request is not None else 0.0
        return (len(self._queue) - self._queue.unfinished + running) / len(self._queue) if len(self._queue) else 0.0

    @property
    def seconds_left(self) -> float | None:
        """For all jobs, as far as the last ones tell; None before there is anything to tell by."""
        if self._seconds:
            each = sum(self._seconds) / len(self._seconds)
        elif self._request is not None and self.fraction >= _LEAST_FRACTION:
            each = (self._job_time.seconds - self._hold.seconds) / self.fraction
        else:
            return None
        return max(0.0, each * (self._queue.unfinished - self.fraction))

    # What the user asks for

    @Slot()
    def pause(self) -> None:
        self._set_paused(True)

    @Slot()
    def resume(self) -> None:
        self.problem = None
        self.resumed.emit()
        self._set_paused(False)
        self._go_on()

    def _set_paused(self, paused: bool) -> None:
        if paused != self._is_paused:
            self._is_paused = paused
            self._look()
            self.changed.emit()

    def stop_job(self) -> None:
        """Stop the running job; the others go on."""
        if self._request is not None:
            self._request.cancel.cancel()

    def remove(self, numbers: list[int]) -> None:
        """Take jobs out of the queue; the running one is stopped."""
        if self.running_number in numbers:
            self.stop_job()
        self._queue.remove(numbers)

    def close(self) -> None:
        """Cancel, and wait for the worker. What ran waits again at the next start."""
        self._is_closed = True
        self._timer.stop()
        self.worker.stop()

    # How it goes on

    @Slot()
    def _go_on(self) -> None:
        if self._is_closed or self._is_paused or self.is_running:
            return
        job = self._queue.next_waiting()
        if job is None:
            self._finish()
            return
        options = self._preferences.settings.compute_options()
        if not self._finished_numbers:
            self._run_time = Stopwatch()
        if options != self._loaded:
            self._loading = LoadEngine(self.worker.next_job(), options)
            self.worker.submit(self._loading)
        else:
            self._number, self.fraction = job.number, 0.0
            self._job_time, self._hold = Stopwatch(), Hold()
            taken = self._queue.results_of(job.task.target.batch)
            self._request = RunTask(self.worker.next_job(), job.task, self._hold, CancelToken(), taken)
            self._look()
            self._timer.start()
            self._queue.set(job.number, state=State.RUNNING)
            self.worker.submit(self._request)
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        """Hold the running job, or let it go on. Nothing says that the preview rests, so it is looked at."""
        held = self._is_paused or self._preview.is_busy or self._exporter.is_running
        if held != self._hold.is_held:
            self._hold.set_held(held)
            self.changed.emit()

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if self._is_closed:
            return
        if self._loading is not None and event.job == self._loading.job:
            self._take_engine(event, self._loading.options)
        elif self._request is not None and event.job == self._request.job:
            if isinstance(event, ProgressMade):
                self.fraction = event.progress.fraction
                self.progressed.emit()
            else:
                self._take_result(event)

    def _take_engine(self, event: Event, options: ComputeOptions) -> None:
        self._loading = None
        if isinstance(event, EngineReady):
            self._loaded = options
        elif isinstance(event, Failed):
            self._stop_at(event)
        self.changed.emit()
        self._go_on()

    def _take_result(self, event: Event) -> None:
        number = self._number
        self._request, self.fraction = None, 0.0
        self._timer.stop()
        if isinstance(event, Failed) and event.is_place:
            self._stop_at(event)
            self._queue.set(number, state=State.WAITING)
        else:
            self._finished_numbers.append(number)
            self._write_down(number, event)
        self.changed.emit()
        self._go_on()

    def _write_down(self, number: int, event: Event) -> None:
        match event:
            case TaskFinished(was_there=True):
                self._queue.set(number, state=State.SKIPPED, path=str(event.path))
            case TaskFinished():
                self._seconds.append(event.seconds)
                self._queue.set(
                    number, state=State.DONE, path=str(event.path), seconds=event.seconds, notes=event.failed
                )
            case Failed():
                self._queue.set(number, state=State.FAILED, template=event.template, values=event.values)
            case Stopped():
                self._queue.set(number, state=State.FAILED, template=Cancelled().template)
            case _:
                log.error("A job of the queue ended with %s", type(event).__name__)

    def _stop_at(self, event: Failed) -> None:
        self.problem = event
        self._is_paused = True
        self.failed.emit(event)

    def _finish(self) -> None:
        numbers, self._finished_numbers = self._finished_numbers, []
        jobs = [job for job in map(self._queue.find, numbers) if job is not None]
        if jobs:
            self.finished.emit(Summary(tuple(jobs), self._run_time.seconds))
