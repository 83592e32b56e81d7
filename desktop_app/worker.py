"""The thread in which all slow work is done: reading pictures, loading torch, previews, exports."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.export_work import ExportWork, Painter, ProgressReporter, export_picture
from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.messages import (
    ComputerExamined,
    Device,
    EngineReady,
    Event,
    ExamineComputer,
    ExportFinished,
    ExportPicture,
    Failed,
    LoadEngine,
    MakeStyle,
    MaskLoaded,
    PictureLoaded,
    PreviewReady,
    ProgressMade,
    ReadMask,
    ReadPicture,
    RenderPreview,
    Request,
    RunTask,
    Stopped,
    StyleFileLoaded,
    StyleMade,
)
from desktop_app.pixels import to_image, to_picture
from desktop_app.queueing.running import PlaceError, run_task
from desktop_app.region_mask import read_region_mask
from engine.api import (
    Cancelled,
    CancelToken,
    ComputeOptions,
    DeviceError,
    EngineError,
    ModelError,
    Picture,
    PictureError,
    ResultError,
)
from engine.imaging import read_picture, resize_part, resize_picture
from engine.installation import damage
from engine.styles import STYLE_SUFFIX, StyleEncoder, read_style_information, style_of_picture
from engine.torch_libraries import load_torch_libraries

SCREEN_SIDE = 2560  # the content image is shown at most this large, in pixels on its longer side
UNEXPECTED = QT_TRANSLATE_NOOP(
    "engine", "Something unexpected went wrong ({reason}). The log file says more: choose Help > Show Log."
)
OUT_OF_MEMORY = QT_TRANSLATE_NOOP(
    "engine", "There is not enough memory for this picture. Close other programs, or use a smaller picture."
)

_NICENESS = 10
PATIENCE_MILLISECONDS = 500

log = logging.getLogger(__name__)


class StylizerLike(StyleEncoder, Painter, Protocol):
    """What the worker needs of :class:`engine.stylization.Stylizer`."""


@dataclass(frozen=True)
class LoadedEngine:
    """A stylizer, the name of the device it runs on, why that is not a faster one, and all devices that work."""

    stylizer: StylizerLike
    device: str
    notes: tuple[str, ...] = ()
    devices: tuple[Device, ...] = ()


EngineLoader = Callable[[ComputeOptions], LoadedEngine]


def load_engine(options: ComputeOptions) -> LoadedEngine:
    """Import torch, choose a device and load the base model. Takes seconds; raises :class:`EngineError`."""
    load_torch_libraries()  # or the window would stand still while torch is imported
    from engine.device import available_devices
    from engine.stylization import Stylizer

    stylizer = Stylizer(options=options)
    devices = tuple(Device(str(choice.device), choice.name) for choice in available_devices())
    return LoadedEngine(stylizer, stylizer.device_label, stylizer.notes, devices)


class Worker(QObject):
    """Lives in the worker thread. Whatever happens to a request, an event with its job number comes back."""

    reported = Signal(object)

    def __init__(self, loader: EngineLoader, stopping: threading.Event) -> None:
        super().__init__()
        self._loader = loader
        self._stopping = stopping
        self._stylizer: StylizerLike | None = None
        self.can_be_left = True

    @Slot()
    def give_way(self) -> None:
        """Leave the processor to other threads. Linux does not follow Qt's priorities, but knows how nice a thread is,
        and those that torch starts from it.
        """
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)

    @Slot(object)
    def handle(self, request: Request) -> None:
        """Carry out one request."""
        if self._stopping.is_set():
            return
        self.can_be_left = isinstance(request, LoadEngine | ReadPicture)
        # An exception that leaves a slot in a worker thread is printed and otherwise lost.
        try:
            self.reported.emit(self._carry_out(request))
        except Cancelled:
            self.reported.emit(Stopped(request.job))
        except EngineError as error:
            is_fault = isinstance(error, ModelError | DeviceError | ResultError)
            is_place = isinstance(error, PlaceError)
            self.reported.emit(Failed(request.job, error.template, error.values, is_fault, is_place))
        except MemoryError:
            log.exception("Out of memory")
            self.reported.emit(Failed(request.job, OUT_OF_MEMORY, is_fault=True))
        except Exception as error:
            log.exception("%s failed", type(request).__name__)
            told = damage() or EngineError(UNEXPECTED, reason=type(error).__name__)
            self.reported.emit(Failed(request.job, told.template, told.values, is_fault=True))

    def _carry_out(self, request: Request) -> Event:  # noqa: PLR0911 (one for each kind of request)
        match request:
            case LoadEngine():
                return self._load_engine(request)
            case ReadPicture():
                return self._read(request)
            case ReadMask():
                return self._read_mask(request)
            case MakeStyle():
                return self._make_style(request)
            case RenderPreview():
                return self._preview(request)
            case ExportPicture():
                return self._export(request)
            case ExamineComputer():
                return self._examine(request)
            case RunTask():
                return run_task(request, self._loaded_stylizer(), self._reporter(request.job))

    def _load_engine(self, request: LoadEngine) -> EngineReady:
        engine = self._loader(request.options)  # where that fails, the one there is goes on
        self._stylizer = engine.stylizer
        return EngineReady(request.job, engine.device, engine.notes, engine.devices)

    def _examine(self, request: ExamineComputer) -> ComputerExamined:
        from engine.doctor import examine, report

        request.cancel.raise_if_cancelled()
        findings = examine(request.options, request.cancel)
        return ComputerExamined(request.job, findings, report(findings))

    def _read(self, request: ReadPicture) -> PictureLoaded | StyleFileLoaded:
        source = request.source
        if isinstance(source, QImage):
            picture, path = _picture_of(source, request.name), None
        elif source.suffix.lower() == STYLE_SUFFIX:
            style = read_style_information(source)
            return StyleFileLoaded(request.job, request.role, style.name, style.artist, source, style.thumbnail)
        else:
            picture, path = read_picture(source), source
        _ = picture.digest  # computed here once, so that the window does not have to
        return PictureLoaded(request.job, request.role, picture, path, to_image(resize_picture(picture, SCREEN_SIDE)))

    def _read_mask(self, request: ReadMask) -> MaskLoaded:
        source = request.source
        picture = _picture_of(source, request.name) if isinstance(source, QImage) else read_picture(source)
        return MaskLoaded(request.job, read_region_mask(picture, request.size), picture.name)

    def _make_style(self, request: MakeStyle) -> StyleMade:
        information, tensors = style_of_picture(self._loaded_stylizer(), request.picture)
        return StyleMade(request.job, information, tensors)

    def _preview(self, request: RenderPreview) -> PreviewReady:
        request.cancel.raise_if_cancelled()
        started = time.perf_counter()
        result = self._loaded_stylizer().stylize(request.request, cancel=request.cancel)
        seconds = time.perf_counter() - started
        content, crop = request.request.content, request.request.crop
        if crop is None or not isinstance(content, Picture):
            return PreviewReady(request.job, to_image(result.picture), seconds)
        part = resize_part(content, request.request.max_side, crop)
        return PreviewReady(request.job, to_image(result.picture), seconds, to_image(part))

    def _export(self, request: ExportPicture) -> ExportFinished:
        work = ExportWork(
            request.request, request.path, request.overwrite, request.quality, request.size, request.keeps_details
        )
        reporter = self._reporter(request.job)
        width, height = export_picture(self._loaded_stylizer(), work, reporter, request.cancel)
        return ExportFinished(request.job, request.path, width, height)

    def _reporter(self, job: int) -> ProgressReporter:
        return ProgressReporter(lambda progress: self.reported.emit(ProgressMade(job, progress)))

    def _loaded_stylizer(self) -> StylizerLike:
        if self._stylizer is None:
            raise ModelError("The base model is not loaded. Install Scumble again, then run: scumble doctor")
        return self._stylizer


def _picture_of(image: QImage, name: str) -> Picture:
    if image.isNull():
        raise PictureError("The clipboard holds a picture that cannot be read. Save it as a file and open that.")
    return to_picture(image, name)


_left_behind: dict[QThread, Worker] = {}
"""Threads that went on when their window was closed. Nobody may delete them while they run: that aborts the process."""


def is_one_left_behind() -> bool:
    """Whether a thread still runs whose window is closed."""
    return any(thread.isRunning() for thread in _left_behind)


class WorkerThread(QObject):
    """The window's side of the worker: numbers the jobs, hands requests over, and passes the events on.

    ``reported`` is emitted, with an event, in the thread this object lives in. The receiver must be a bound slot of a
    QObject: with PySide6 a lambda or a plain function would run in the thread of the sender. One that ``gives_way``
    works when others have nothing to do.
    """

    reported = Signal(object)
    _submitted = Signal(object)

    def __init__(
        self, loader: EngineLoader = load_engine, parent: QObject | None = None, *, gives_way: bool = False
    ) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._tokens: dict[int, CancelToken] = {}
        self._stopping = threading.Event()
        self._thread = QThread()
        self._thread.setObjectName("worker")
        self._priority = QThread.Priority.LowPriority if gives_way else QThread.Priority.InheritPriority
        self._worker = Worker(loader, self._stopping)
        self._worker.moveToThread(self._thread)
        if gives_way:
            self._thread.started.connect(self._worker.give_way)
        self._submitted.connect(self._worker.handle)
        self._worker.reported.connect(self._receive)

    @property
    def is_running(self) -> bool:
        return self._thread.isRunning()

    def next_job(self) -> int:
        return next(self._numbers)

    def submit(self, request: Request) -> None:
        """Queue a request. After :meth:`stop` nothing is accepted any more."""
        if self._stopping.is_set():
            return
        if isinstance(request, RenderPreview | ExportPicture | ExamineComputer | RunTask):
            self._tokens[request.job] = request.cancel
        if not self._thread.isRunning():
            self._thread.start(self._priority)
        self._submitted.emit(request)

    def stop(self) -> None:
        """Cancel everything and wait until the thread has ended.

        Importing torch and decoding a huge picture cannot be cancelled, and lose nothing: for these it waits a moment.
        The thread is never terminated, which can leave torch locked: while :func:`is_one_left_behind`, the process must
        end without it.
        """
        if self._stopping.is_set() and self._thread in _left_behind:
            return
        self._stopping.set()
        for token in self._tokens.values():
            token.cancel()
        self._thread.quit()
        while not self._thread.wait(PATIENCE_MILLISECONDS):
            if self._worker.can_be_left:
                log.info("Closed while something was read")
                _left_behind[self._thread] = self._worker
                return

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if not isinstance(event, ProgressMade):
            self._tokens.pop(event.job, None)
        if not self._stopping.is_set():
            self.reported.emit(event)
