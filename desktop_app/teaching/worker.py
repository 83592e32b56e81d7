"""The thread in which works are looked at and styles are learnt, beside the worker that paints the previews."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QLockFile, QObject, QThread, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.messages import Failed, Source, Stopped
from desktop_app.panels.thumbnails import make_square
from desktop_app.pixels import to_image, to_picture
from desktop_app.teaching.folders import keep_picture, training_lock
from desktop_app.teaching.messages import (
    EstimateTime,
    ExamineWorks,
    LearningWent,
    LearnStyle,
    LossesFound,
    StyleLearnt,
    TeachEvent,
    TeachRequest,
    TimeEstimated,
    WorkExamined,
    WorksExamined,
)
from desktop_app.worker import UNEXPECTED
from engine.api import Cancelled, CancelToken, DeviceError, EngineError, ModelError, PictureError, TrainingError
from engine.imaging import READABLE_SUFFIXES, resize_picture
from engine.styles import StyleLibrary
from engine.styles.works import examine_work
from engine.train_request import (
    TrainControl,
    TrainEstimate,
    TrainProgress,
    TrainProgressCallback,
    TrainRequest,
    TrainResult,
)
from engine.training.tuning_plan import checkpoint_folder
from engine.training.unfinished import loss_history

THUMBNAIL_SIDE = 112

log = logging.getLogger(__name__)


class Trainer(Protocol):
    """What the thread needs of the engine."""

    def estimate(self, request: TrainRequest, control: TrainControl) -> TrainEstimate: ...

    def learn(
        self, request: TrainRequest, on_progress: TrainProgressCallback, control: TrainControl, library: StyleLibrary
    ) -> TrainResult: ...


class EngineTrainer:
    """The real one. Importing torch takes seconds."""

    def estimate(self, request: TrainRequest, control: TrainControl) -> TrainEstimate:
        from engine.training.fine_tuning import estimate

        return estimate(request, control)

    def learn(
        self, request: TrainRequest, on_progress: TrainProgressCallback, control: TrainControl, library: StyleLibrary
    ) -> TrainResult:
        from engine.training.fine_tuning import fine_tune

        return fine_tune(request, on_progress, control, library=library)


class TrainingWorker(QObject):
    """Lives in the training thread. Whatever happens to a request, an event with its job number comes back."""

    reported = Signal(object)

    def __init__(self, trainer: Trainer, library: StyleLibrary, stopping: threading.Event) -> None:
        super().__init__()
        self._trainer = trainer
        self._library = library
        self._stopping = stopping

    @Slot(object)
    def handle(self, request: TeachRequest) -> None:
        """Carry out one request."""
        if self._stopping.is_set():
            return
        # An exception that leaves a slot in another thread is printed and otherwise lost.
        try:
            self.reported.emit(self._carry_out(request))
        except Cancelled:
            self.reported.emit(Stopped(request.job))
        except EngineError as error:
            log.warning("%s failed: %s", type(request).__name__, error, exc_info=error.__cause__)
            is_fault = isinstance(error, ModelError | DeviceError)
            self.reported.emit(Failed(request.job, error.template, error.values, is_fault))
        except Exception as error:
            log.exception("%s failed", type(request).__name__)
            self.reported.emit(Failed(request.job, UNEXPECTED, {"reason": type(error).__name__}, is_fault=True))

    def _carry_out(self, request: TeachRequest) -> TeachEvent:
        match request:
            case ExamineWorks():
                return self._examine(request)
            case EstimateTime():
                request.control.raise_if_cancelled()
                return TimeEstimated(request.job, self._trainer.estimate(request.request, request.control))
            case LearnStyle():
                return self._learn(request)

    def _examine(self, request: ExamineWorks) -> WorksExamined:
        count_of_works = 0
        for path in _files_of(request.sources):
            count_of_works += 1
            request.control.raise_if_cancelled()
            work = examine_work(path)
            thumbnail = QImage()
            if work.picture is not None:
                thumbnail = make_square(to_image(resize_picture(work.picture, 2 * THUMBNAIL_SIDE)), THUMBNAIL_SIDE)
            self.reported.emit(WorkExamined(request.job, path, thumbnail, work.pattern, work.problem))
        return WorksExamined(request.job, count_of_works)

    def _learn(self, request: LearnStyle) -> StyleLearnt:
        work = _with_opened(request)
        folder = checkpoint_folder(work)
        with _locked(work.name, folder):
            replaced = _Replaced(self._library)
            if work.resume:
                self.reported.emit(LossesFound(request.job, tuple(loss_history(folder, _newest_step(folder)))))

            def tell(progress: TrainProgress) -> None:
                if progress.stage == "Saving" and work.overwrite:
                    replaced.take_out(work.name)
                self.reported.emit(_as_event(request.job, progress))

            try:
                result = self._trainer.learn(work, tell, request.control, self._library)
            except BaseException:
                replaced.put_back()
                raise
        folder.with_name(folder.name + ".lock").unlink(missing_ok=True)
        return StyleLearnt(request.job, result, replaced.path, replaced.kept)


class _Replaced:
    """The style whose place a new one takes: put aside, so that undo can bring it back."""

    def __init__(self, library: StyleLibrary) -> None:
        self._library = library
        self.path: Path | None = None
        self.kept: Path | None = None

    def take_out(self, name: str) -> None:
        style = self._library.namesake(name)
        if style is not None and style.path is not None and not style.built_in:
            self.kept, self.path = self._library.discard(style.path), style.path

    def put_back(self) -> None:
        if self.kept is not None and self.path is not None:
            self._library.restore(self.kept, self.path)


@contextmanager
def _locked(name: str, folder: Path) -> Iterator[None]:
    try:
        lock = training_lock(folder)
    except OSError as error:
        raise TrainingError(
            "The checkpoint cannot be written into {folder} ({reason}). Make room or choose another folder.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
        raise TrainingError("{name} is being learnt in another window. Choose another name, or wait.", name=name)
    try:
        yield
    finally:
        lock.unlock()


def _files_of(sources: Sequence[Source]) -> Iterator[Path]:
    """Yield the files, those in folders, and a file for pixels that have none."""
    for source in sources:
        if isinstance(source, QImage):
            if source.isNull():
                raise PictureError(
                    "The clipboard holds a picture that cannot be read. Save it as a file and open that."
                )
            yield keep_picture(to_picture(source, ""))
        elif source.is_dir():
            yield from sorted(path for path in source.rglob("*") if path.suffix.lower() in READABLE_SUFFIXES)
        else:
            yield source


def _with_opened(request: LearnStyle) -> TrainRequest:
    """Return what is to be learnt with the picture that is open, if that has no file."""
    work = request.request
    if request.opened is None:
        return work
    path = keep_picture(request.opened)
    photos = work.photos if work.content is not None else (*work.photos, path)
    return dataclasses.replace(work, photos=photos, previews=work.previews or (path,))


def _newest_step(folder: Path) -> int:
    steps = [path.stem.removeprefix("step-") for path in folder.glob("step-*.safetensors")]
    return max((int(step) for step in steps if step.isdecimal()), default=0)


def _as_event(job: int, progress: TrainProgress) -> LearningWent:
    previews = tuple(to_image(picture) for picture in progress.previews)
    base = tuple(to_image(picture) for picture in progress.base_previews)
    return LearningWent(job, dataclasses.replace(progress, previews=(), base_previews=()), previews, base)


class TrainingThread(QObject):
    """The window's side: numbers the jobs, hands requests over, and passes the events on.

    ``reported`` is emitted, with an event, in the thread this object lives in; receivers are bound slots.
    """

    reported = Signal(object)
    _submitted = Signal(object)

    def __init__(self, trainer: Trainer, library: StyleLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._controls: dict[int, CancelToken] = {}
        self._is_held = False
        self._stopping = threading.Event()
        self._thread = QThread()
        self._thread.setObjectName("training")
        self._worker = TrainingWorker(trainer, library, self._stopping)
        self._worker.moveToThread(self._thread)
        self._submitted.connect(self._worker.handle)
        self._worker.reported.connect(self._receive)

    @property
    def is_running(self) -> bool:
        return self._thread.isRunning()

    def next_job(self) -> int:
        return next(self._numbers)

    def submit(self, request: TeachRequest) -> None:
        """Queue a request. After :meth:`stop` nothing is accepted any more."""
        if self._stopping.is_set():
            return
        self._controls[request.job] = request.control
        self.set_held(self._is_held)
        if not self._thread.isRunning():
            self._thread.start()
        self._submitted.emit(request)

    def set_held(self, is_held: bool) -> None:
        """Let a training rest between two steps, because something of the window is more urgent."""
        self._is_held = is_held
        for control in self._controls.values():
            if isinstance(control, TrainControl):
                control.hold() if is_held else control.release()

    @Slot()
    def stop(self) -> None:
        """Cancel everything, then wait until the thread has ended; a training leaves its checkpoint."""
        self._stopping.set()
        for control in self._controls.values():
            control.cancel()
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _receive(self, event: TeachEvent) -> None:
        if not isinstance(event, WorkExamined | LearningWent | LossesFound):
            self._controls.pop(event.job, None)
        if not self._stopping.is_set():
            self.reported.emit(event)
