"""Decides when the preview is rendered: the newest request wins, and nothing is rendered twice."""

from __future__ import annotations

import dataclasses
import math

from PySide6.QtCore import QObject, QRectF, QTimer, Signal, Slot

from desktop_app.canvas.viewport import Sight
from desktop_app.document import Document
from desktop_app.messages import Event, Failed, PreviewReady, RenderPreview, Stopped
from desktop_app.worker import WorkerThread
from engine.api import SURVEY_SIDE, CancelToken, StylizeRequest
from engine.imaging import limited_size

SIDE_STEP = 64  # so that a window being resized does not ask for a new size at every pixel
SLOW_SECONDS = 0.15
SLOW_DELAY_MILLISECONDS = 80
REST_MILLISECONDS = 150
AROUND = 48
"""So many pixels more than are seen are rendered each way, for a small pan to find something there."""


class PreviewScheduler(QObject):
    """Turns changes of the document into preview requests, one at a time.

    While a render runs only the newest request is kept. A render whose content image or style is no longer the
    document's is cancelled and its result dropped; one that only has an older setting is shown, so that the picture
    follows a slider. Such drafts are of the canvas's size. Once nothing has changed for a moment, what is seen is
    rendered as it will be exported: a part of a larger result, or strokes as small as those of the survey.
    """

    ready = Signal(object)  # PreviewReady
    closer_ready = Signal(object, QRectF)  # PreviewReady, the part of the picture it shows, 0..1 each way
    failed = Signal(object)  # Failed
    busy_changed = Signal(bool)

    def __init__(self, document: Document, worker: WorkerThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._sight = Sight(SURVEY_SIDE)
        self._is_fast = False
        self._is_hurried = False
        self._running: RenderPreview | None = None
        self._drafted: StylizeRequest | None = None
        self._refined: StylizeRequest | None = None
        self._is_stale = False
        self._last_seconds = 0.0
        self._timer = self._make_timer(SLOW_DELAY_MILLISECONDS)
        self._timer.timeout.connect(self._start)
        self._rest_timer = self._make_timer(REST_MILLISECONDS)
        self._rest_timer.timeout.connect(self._refine)
        document.content_changed.connect(self._drop_running)
        document.restyled.connect(self._drop_running)
        document.changed.connect(self._schedule)
        worker.reported.connect(self._receive)

    def _make_timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    @property
    def is_busy(self) -> bool:
        return self._running is not None or self._timer.isActive() or self._rest_timer.isActive()

    @property
    def is_drafting(self) -> bool:
        """Whether the result on show, if there is one, is that of an older setting."""
        return self._timer.isActive() or (self._running is not None and not self._is_refining)

    @Slot(object)
    def set_sight(self, sight: Sight) -> None:
        """Say what is seen of the picture on the canvas."""
        before, self._sight = self._draft_side(), sight
        if self._draft_side() != before:
            self._schedule()
        elif self._drafted is not None:
            self._drop_refinement()
            self._rest_timer.start()

    def _draft_side(self) -> int:
        largest = SURVEY_SIDE // 2 if self._is_fast or self._is_hurried else SURVEY_SIDE
        return min(largest, max(SIDE_STEP, -(-self._sight.side // SIDE_STEP) * SIDE_STEP))

    @property
    def _is_refining(self) -> bool:
        return self._running is not None and self._running.request == self._refined

    def set_quality(self, quality: str) -> None:
        """Render ``fine``, or ``fast``: drafts of half the side, in a quarter of the time, and nothing closer."""
        self._is_fast = quality == "fast"
        self._schedule()

    @Slot(bool)
    def set_hurried(self, hurried: bool) -> None:
        """Render small drafts, as ``fast`` does, for as long as a brush is moving."""
        self._is_hurried = hurried
        self._schedule()

    def render_again(self) -> None:
        """Render what is open although nothing of it changed: the engine did."""
        self._drafted = self._refined = None
        self._schedule()

    @Slot()
    def _drop_running(self) -> None:
        """Cancel what is rendered, and forget what was: its result is no longer on show."""
        if self._running is not None:
            self._running.cancel.cancel()
            self._is_stale = True
        self._drafted = self._refined = None

    def _drop_refinement(self) -> None:
        self._rest_timer.stop()
        if self._running is not None and self._is_refining:
            self._running.cancel.cancel()
            self._is_stale = True
            self._refined = None

    @Slot()
    def _schedule(self) -> None:
        self._drop_refinement()
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
            request = self._document.request(min(self._draft_side(), max(content.width, content.height)))
        if request is None or request == self._drafted:
            self.busy_changed.emit(False)
            if request is not None:
                self._rest_timer.start()
            return
        self._drafted = request
        self._refined = None
        self.busy_changed.emit(True)
        self._submit(request)

    @Slot()
    def _refine(self) -> None:
        request = self._refinement()
        if self._running is None and request is not None and request != self._refined:
            self._refined = request
            self._submit(request)

    def _submit(self, request: StylizeRequest) -> None:
        self._is_stale = False
        self._running = RenderPreview(self._worker.next_job(), request, CancelToken())
        self._worker.submit(self._running)

    def _refinement(self) -> StylizeRequest | None:
        """Return what shows more than the draft; None if nothing does."""
        content, draft = self._document.content, self._drafted
        if content is None or draft is None or draft.max_side is None or self._is_fast:
            return None
        longest = max(content.width, content.height)
        part = self._sight.part
        if part is None:
            side = min(longest, max(SURVEY_SIDE, self._sight.side))
            return dataclasses.replace(draft, max_side=side) if side > draft.max_side else None
        side = min(longest, self._sight.side)
        if side <= draft.max_side:
            return None
        width, height = limited_size(content.width, content.height, side)
        crop = (
            max(0, math.floor(part.left() * width) - AROUND),
            max(0, math.floor(part.top() * height) - AROUND),
            min(width, math.ceil(part.right() * width) + AROUND),
            min(height, math.ceil(part.bottom() * height) + AROUND),
        )
        return dataclasses.replace(draft, max_side=side, crop=crop)

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if self._running is None or event.job != self._running.job:
            return
        if not isinstance(event, PreviewReady | Failed | Stopped):
            return
        request, is_draft = self._running.request, not self._is_refining
        self._running = None
        if isinstance(event, PreviewReady) and is_draft:
            self._last_seconds = event.seconds
        if not self._is_stale:
            if isinstance(event, PreviewReady):
                self._show(event, request)
            elif isinstance(event, Failed) and is_draft:
                self.failed.emit(event)
        self._start()

    def _show(self, event: PreviewReady, request: StylizeRequest) -> None:
        content = self._document.content
        if request.crop is None or content is None:
            self.ready.emit(event)
            return
        width, height = limited_size(content.width, content.height, request.max_side)
        left, top, right, bottom = request.crop
        part = QRectF(left / width, top / height, (right - left) / width, (bottom - top) / height)
        self.closer_ready.emit(event, part)
