"""A look at the open picture in the style under the pointer, without touching the work."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop_app.document import Document
from desktop_app.messages import Event, Failed, PreviewReady, RenderPreview, Stopped
from desktop_app.opening import style_of_item
from desktop_app.panels.peek_popup import PeekPopup
from desktop_app.panels.shelf_model import ShelfItem
from desktop_app.panels.style_shelf import StyleShelf
from desktop_app.preview import PreviewScheduler
from desktop_app.worker import WorkerThread
from engine.api import CancelToken, StylizeRequest

DELAY_MILLISECONDS = 350
RENDERED_SIDE = 400
"""Larger than it is shown, in pixels: at a size too small, strokes would look far coarser than they will be."""
KEPT = 64


class StylePeek(QObject):
    """Renders what the pointer rests on, after everything that the work itself needs.

    One render runs at a time. It is cancelled when the pointer leaves, or when the work changes; what was rendered is
    kept as long as the photo stays.
    """

    def __init__(
        self,
        *,
        document: Document,
        worker: WorkerThread,
        preview: PreviewScheduler,
        shelf: StyleShelf,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._document = document
        self._worker = worker
        self._preview = preview
        self._shelf = shelf
        self.popup = PeekPopup(parent)
        self._item: ShelfItem | None = None
        self._running: RenderPreview | None = None
        self._images: OrderedDict[StylizeRequest, QImage] = OrderedDict()
        self._failed: StylizeRequest | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        shelf.hovered.connect(self._follow)
        preview.busy_changed.connect(self._look_again)
        document.changed.connect(self._give_way)
        document.content_changed.connect(self._images.clear)
        document.regions_changed.connect(self._images.clear)  # their requests would hold every mask there was
        worker.reported.connect(self._receive)

    @Slot(object)
    def _follow(self, item: ShelfItem | None) -> None:
        if item is not self._item:
            self._item = item
            self._stop()
            self.popup.hide()
            self._timer.stop()
            if item is not None:
                self._timer.start()

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel.cancel()

    @Slot()
    def _give_way(self) -> None:
        """The work goes first; what is under the pointer is looked at again when its preview is done."""
        self._stop()
        self.popup.hide()
        if self._item is not None:
            self._timer.start()

    @Slot(bool)
    def _look_again(self, is_busy: bool) -> None:
        if not is_busy and not self._timer.isActive():
            self._look()

    @Slot()
    def _look(self) -> None:
        request = self._request()
        if request is None or self._item is None or self._timer.isActive():
            return
        if request in self._images:
            self._show(self._images[request])
        elif self._running is None and not self._preview.is_busy and request != self._failed:
            self._running = RenderPreview(self._worker.next_job(), request, CancelToken())
            self._worker.submit(self._running)
        elif self._preview.is_busy:
            self._timer.start()

    def _request(self) -> StylizeRequest | None:
        content = self._document.content
        if self._item is None or content is None:
            return None
        side = min(RENDERED_SIDE, max(content.width, content.height))
        return self._document.request(side, [style_of_item(self._item)])

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if self._running is None or event.job != self._running.job:
            return
        if not isinstance(event, PreviewReady | Failed | Stopped):
            return
        request, self._running = self._running.request, None
        if isinstance(event, PreviewReady) and request.content is self._document.content:
            self._images[request] = event.image
            while len(self._images) > KEPT:
                self._images.popitem(last=False)
        elif isinstance(event, Failed):
            self._failed = request  # choosing the style will say why
        self._look()

    def _show(self, image: QImage) -> None:
        row = self._shelf.shelf.row_of(self._item)
        if self._item is None or row < 0:
            return
        rect = self._shelf.visualRect(self._shelf.shelf.index(row, 0))
        corner = self._shelf.viewport().mapTo(self._window, QPoint(0, 0))
        self.popup.show_at(image, self._item.title, QRect(rect.topLeft() + corner, rect.size()))
