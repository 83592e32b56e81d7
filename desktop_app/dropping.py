"""Drops beside the canvas and the shelf, where nothing else takes them."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.canvas.canvas import Canvas
from desktop_app.document import Document
from desktop_app.incoming import brings_pictures, pictures_in, what_is_dragged
from desktop_app.messages import Role


class DropsElsewhere(QObject):
    """What is dropped on such a widget goes where a paste would: the photo first, then a painting.

    The canvas says so while it is dragged.
    """

    def __init__(self, widget: QWidget, canvas: Canvas, document: Document) -> None:
        super().__init__(widget)
        self._canvas = canvas
        self._document = document
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def _role(self) -> Role:
        return Role.CONTENT if self._document.content is None else Role.STYLE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter:
                entering = cast("QDragEnterEvent", event)
                if brings_pictures(entering.mimeData()):
                    entering.acceptProposedAction()
                    self._canvas.overlay.show_drag(self._role(), what_is_dragged(entering.mimeData()))
                return True
            case QEvent.Type.DragLeave:
                self._canvas.overlay.hide_drag()
                return True
            case QEvent.Type.Drop:
                dropping = cast("QDropEvent", event)
                self._canvas.overlay.hide_drag()
                dropping.acceptProposedAction()
                self._canvas.dropped.emit(self._role(), pictures_in(dropping.mimeData()))
                return True
            case _:
                return super().eventFilter(watched, event)
