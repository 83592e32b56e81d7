"""Decides when the preview is rendered: the newest request wins, and nothing is rendered twice."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.document import Document
from desktop_app.messages import Event, Failed, PreviewReady, RenderPreview, Stopped
from desktop_app.worker import WorkerThread
from engine.api import CancelToken, StylizeRequest

MAXIMUM_SIDE = 1024
SIDE_STEP = 64  # so that a window being resized does not ask for a new size at every pixel
SLOW_SECONDS = 0.15
SLOW_DELAY_MILLISECONDS = 80


class PreviewScheduler(QObject):
    """Turns changes of the document into preview requests, one at a time.

    While a render runs only the newest request is kept. A render whose content image or style is no longer the
    document's is cancelled and its result dropped; one that only has an older setting is shown, so that the picture
    follows a slider.
    """

    ready = Signal(object)  # PreviewReady
    failed = Signal(object)  # Failed
    busy_changed = Signal(bool)

    def __init__(self, document: Document, worker: WorkerThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._side = MAXIMUM_SIDE
        self._running: RenderPreview | None = None
        self._last: StylizeRequest | None = None
        self._is_stale = False
        self._last_seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SLOW_DELAY_MILLISECONDS)
        self._timer.timeout.connect(self._start)
        document.content_changed.connect(self._drop_running)
        document.styles_changed.connect(self._drop_running)
        document.changed.connect(self._schedule)
        worker.reported.connect(self._receive)

    @property
    def is_busy(self) -> bool:
        return self._running is not None or self._timer.isActive()

    def set_canvas_side(self, side: int) -> None:
        """Set the longer side, in device pixels, that the picture has on the canvas."""
        rounded = min(MAXIMUM_SIDE, max(SIDE_STEP, -(-side // SIDE_STEP) * SIDE_STEP))
        if rounded != self._side:
            self._side = rounded
            self._schedule()

    @Slot()
    def _drop_running(self) -> None:
        if self._running is not None:
            self._running.cancel.cancel()
            self._is_stale = True

    @Slot()
    def _schedule(self) -> None:
        if self._running is not None or self._timer.isActive():
            return  # the newest request is made when this one has ended
        if self._last_seconds > SLOW_SECONDS:
            self._timer.start()
        else:
            self._start()

    @Slot()
    def _start(self) -> None:
        content = self._document.content
        request = None
        if content is not None:
            request = self._document.request(min(self._side, max(content.width, content.height)))
        if request is None or request == self._last:
            self.busy_changed.emit(False)
            return
        self._last = request
        self._is_stale = False
        self._running = RenderPreview(self._worker.next_job(), request, CancelToken())
        self.busy_changed.emit(True)
        self._worker.submit(self._running)

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if self._running is None or event.job != self._running.job:
            return
        if not isinstance(event, PreviewReady | Failed | Stopped):
            return
        self._running = None
        if isinstance(event, PreviewReady):
            self._last_seconds = event.seconds
        if not self._is_stale:
            if isinstance(event, PreviewReady):
                self.ready.emit(event)
            elif isinstance(event, Failed):
                self.failed.emit(event)
        self._start()
