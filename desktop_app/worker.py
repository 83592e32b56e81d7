"""The thread in which all slow work is done: reading pictures, loading torch, previews, exports."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtGui import QImage

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
    PictureLoaded,
    PreviewReady,
    ProgressMade,
    ReadPicture,
    RenderPreview,
    Request,
    Stopped,
    StyleFileLoaded,
    StyleMade,
)
from desktop_app.pixels import to_image, to_picture
from engine.api import (
    Cancelled,
    CancelToken,
    ComputeOptions,
    DeviceError,
    EngineError,
    ModelError,
    Picture,
    PictureError,
    Progress,
    ProgressCallback,
    ResultError,
    StylizeRequest,
    StylizeResult,
    describe_request,
)
from engine.imaging import (
    check_output,
    check_side,
    read_picture,
    resize_part,
    resize_picture,
    resize_to,
    write_picture,
)
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
_SECONDS_BETWEEN_PROGRESS = 0.05

log = logging.getLogger(__name__)


class StylizerLike(StyleEncoder, Protocol):
    """What the worker needs of :class:`engine.stylization.Stylizer`."""

    def stylize(
        self,
        request: StylizeRequest,
        on_progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> StylizeResult: ...


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

    @Slot(object)
    def handle(self, request: Request) -> None:
        """Carry out one request."""
        if self._stopping.is_set():
            return
        # An exception that leaves a slot in a worker thread is printed and otherwise lost.
        try:
            self.reported.emit(self._carry_out(request))
        except Cancelled:
            self.reported.emit(Stopped(request.job))
        except EngineError as error:
            is_fault = isinstance(error, ModelError | DeviceError | ResultError)
            self.reported.emit(Failed(request.job, error.template, error.values, is_fault))
        except MemoryError:
            log.exception("Out of memory")
            self.reported.emit(Failed(request.job, OUT_OF_MEMORY, is_fault=True))
        except Exception as error:
            log.exception("%s failed", type(request).__name__)
            told = damage() or EngineError(UNEXPECTED, reason=type(error).__name__)
            self.reported.emit(Failed(request.job, told.template, told.values, is_fault=True))

    def _carry_out(self, request: Request) -> Event:
        match request:
            case LoadEngine():
                return self._load_engine(request)
            case ReadPicture():
                return self._read(request)
            case MakeStyle():
                return self._make_style(request)
            case RenderPreview():
                return self._preview(request)
            case ExportPicture():
                return self._export(request)
            case ExamineComputer():
                return self._examine(request)

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
            if source.isNull():
                raise PictureError(
                    "The clipboard holds a picture that cannot be read. Save it as a file and open that."
                )
            picture, path = to_picture(source, request.name), None
        elif source.suffix.lower() == STYLE_SUFFIX:
            style = read_style_information(source)
            return StyleFileLoaded(request.job, request.role, style.name, style.artist, source, style.thumbnail)
        else:
            picture, path = read_picture(source), source
        _ = picture.digest  # computed here once, so that the window does not have to
        return PictureLoaded(request.job, request.role, picture, path, to_image(resize_picture(picture, SCREEN_SIDE)))

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
        check_output(request.path, request.overwrite)
        if request.size is not None:
            check_side(request.path, max(request.size))
        reporter = _ProgressReporter(request.job, self.reported.emit)
        stylized = _at_size(request.request, request.size)
        result = self._loaded_stylizer().stylize(stylized, reporter, request.cancel)
        request.cancel.raise_if_cancelled()
        write_picture(
            result.picture if request.keeps_details else replace(result.picture, exif=None),
            request.path,
            overwrite=request.overwrite,
            quality=request.quality,
            description=describe_request(stylized) if request.keeps_details else None,
        )
        return ExportFinished(request.job, request.path, result.picture.width, result.picture.height)

    def _loaded_stylizer(self) -> StylizerLike:
        if self._stylizer is None:
            raise ModelError("The base model is not loaded. Install Scumble again, then run: scumble doctor")
        return self._stylizer


def _at_size(request: StylizeRequest, size: tuple[int, int] | None) -> StylizeRequest:
    """Return what gives a result of this size. A photo is enlarged before it is painted, so that strokes are sharp."""
    content = request.content
    if size is None or not isinstance(content, Picture) or size == (content.width, content.height):
        return request
    if max(size) < max(content.width, content.height):
        return replace(request, max_side=max(size))
    return replace(request, content=resize_to(content, *size))


class _ProgressReporter:
    """Passes progress on, but not more often than a screen can show."""

    def __init__(self, job: int, emit: Callable[[Event], None]) -> None:
        self._job = job
        self._emit = emit
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_PROGRESS or progress.fraction >= 1:
            self._last = now
            self._emit(ProgressMade(self._job, progress))


class WorkerThread(QObject):
    """The window's side of the worker: numbers the jobs, hands requests over, and passes the events on.

    ``reported`` is emitted, with an event, in the thread this object lives in. The receiver must be a bound slot of a
    QObject: with PySide6 a lambda or a plain function would run in the thread of the sender.
    """

    reported = Signal(object)
    _submitted = Signal(object)

    def __init__(self, loader: EngineLoader = load_engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._tokens: dict[int, CancelToken] = {}
        self._stopping = threading.Event()
        self._thread = QThread()
        self._thread.setObjectName("worker")
        self._worker = Worker(loader, self._stopping)
        self._worker.moveToThread(self._thread)
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
        if isinstance(request, RenderPreview | ExportPicture | ExamineComputer):
            self._tokens[request.job] = request.cancel
        if not self._thread.isRunning():
            self._thread.start()
        self._submitted.emit(request)

    def stop(self) -> None:
        """Cancel everything, then wait until the thread has ended. Never terminates it: that can leave torch locked."""
        self._stopping.set()
        for token in self._tokens.values():
            token.cancel()
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if not isinstance(event, ProgressMade):
            self._tokens.pop(event.job, None)
        if not self._stopping.is_set():
            self.reported.emit(event)
