"""What the tests of the window share: a stand-in for the engine, pictures, and synthetic drags."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget

from engine.api import CancelToken, Picture, Progress, ProgressCallback, StylizeRequest, StylizeResult
from engine.imaging import resize_picture
from engine.styles import StyleInformation, write_style_file


class InvertingStylizer:
    """Returns the inverted content image. With ``hold`` cleared it waits, polling the cancel token like the engine."""

    def __init__(self) -> None:
        self.requests: list[StylizeRequest] = []
        self.threads: list[threading.Thread] = []
        self.hold = threading.Event()
        self.hold.set()
        self.started = threading.Event()
        self.failure: Exception | None = None
        self.model_hash = "0" * 64

    def style_tensors(self, picture: Picture) -> dict[str, NDArray]:
        self.threads.append(threading.current_thread())
        if self.failure is not None:
            raise self.failure
        return {"code": np.array([picture.width, picture.height], np.float32)}

    def stylize(
        self,
        request: StylizeRequest,
        on_progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> StylizeResult:
        self.requests.append(request)
        self.threads.append(threading.current_thread())
        self.started.set()
        if on_progress is not None:
            on_progress(Progress("stylize", 0.25, seconds_left=12.0))
        while not self.hold.wait(0.005):
            if cancel is not None:
                cancel.raise_if_cancelled()
        if self.failure is not None:
            raise self.failure
        content = request.content
        assert isinstance(content, Picture)
        if request.max_side is not None:
            content = resize_picture(content, request.max_side)
        left, top, right, bottom = request.crop or (0, 0, content.width, content.height)
        alpha = None if content.alpha is None else content.alpha[top:bottom, left:right]
        result = Picture(255 - content.pixels[top:bottom, left:right], alpha, content.exif, content.name)
        return StylizeResult(result, seconds=0.0, device="cpu")


def save_picture(path: Path, width: int = 60, height: int = 40, seed: int = 1) -> Path:
    """Write a picture of smooth random colours."""
    small = np.random.default_rng(seed).integers(0, 256, (4, 6, 3), dtype=np.uint8)
    Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC).save(path)
    return path


def save_style(path: Path, name: str, description: str = "", value: float = 0.0, thumbnail: bytes = b"") -> Path:
    """Write a style file."""
    information = StyleInformation(
        name=name,
        artist="An Artist",
        description=description,
        licence="CC0",
        created="2026-01-01T00:00:00+00:00",
        source="made for a test",
        base_model="0" * 64,
        thumbnail=thumbnail,
    )
    write_style_file(path, information, {"code": np.full(4, value, np.float32)})
    return path


def mime_of_files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def mime_of_image(image: QImage) -> QMimeData:
    data = QMimeData()
    data.setImageData(image)
    return data


def drag_over(widget: QWidget, data: QMimeData, x: int, y: int = 50) -> bool:
    """Send what Qt sends when something is dragged to a place; return whether the widget takes it."""
    actions, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(x, y), actions, data, button, none)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDragMoveEvent(QPoint(x, y), actions, data, button, none))
    return enter.isAccepted()


def drop(widget: QWidget, data: QMimeData, x: int, y: int = 50) -> None:
    """Drag something over a widget and let it go."""
    assert drag_over(widget, data, x, y)
    event = QDropEvent(
        QPointF(x, y), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)
