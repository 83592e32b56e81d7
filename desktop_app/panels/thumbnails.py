"""Small pictures of styles, made behind the window, and so many of them kept as a screen can show."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

from desktop_app.background import BackgroundThread
from engine.api import EngineError

KEPT = 400
LARGEST_SIDE = 2048
"""A thumbnail of more pixels a side is not decoded: style files come from anywhere."""

Source = bytes | QImage


class Thumbnails(QObject):
    """Squares of one size, made when they are asked for the first time. ``ready`` says that some more are there."""

    ready = Signal()

    def __init__(self, background: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._pixmaps: OrderedDict[tuple[object, int], QPixmap] = OrderedDict()
        self._expected: set[tuple[object, int]] = set()

    def square(self, source: Source, side: int, radius: float = 0.0) -> QPixmap | None:
        """Return a pixmap of ``side`` pixels each way, its corners rounded by ``radius`` pixels (null if the picture
        cannot be read), None until it is made.
        """
        key = (source.cacheKey() if isinstance(source, QImage) else source, side)
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
        elif key not in self._expected:
            self._expected.add(key)
            make = partial(make_square, source, side, radius)
            self._background.submit(make, partial(self._keep, key), partial(self._give_up, key), can_be_dropped=True)
        return pixmap

    def _keep(self, key: tuple[object, int], image: QImage) -> None:
        self._expected.discard(key)
        self._pixmaps[key] = QPixmap.fromImage(image)
        while len(self._pixmaps) > KEPT:
            self._pixmaps.popitem(last=False)
        self.ready.emit()

    def _give_up(self, key: tuple[object, int], error: EngineError) -> None:  # noqa: ARG002 (it is in the log)
        self._keep(key, QImage())


def make_square(source: Source, side: int, radius: float = 0.0) -> QImage:
    """Return the middle of a picture, ``side`` x ``side`` pixels, with rounded corners; a null image if it cannot be
    read.
    """
    image = source if isinstance(source, QImage) else read_thumbnail(source)
    if image.isNull():
        return image
    scaled = image.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    square = scaled.copy(QRect((scaled.width() - side) // 2, (scaled.height() - side) // 2, side, side))
    return _rounded(square, radius) if radius else square


def _rounded(image: QImage, radius: float) -> QImage:
    """Return an image without its corners. Clipping each time it is painted would take ten times as long."""
    rounded = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(image.rect(), radius, radius)
    painter.end()
    return rounded


def read_thumbnail(data: bytes) -> QImage:
    """Decode the thumbnail of a style file; a null image if it is none, or far larger than a thumbnail is."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or size.expandedTo(QSize(LARGEST_SIDE, LARGEST_SIDE)) != QSize(LARGEST_SIDE, LARGEST_SIDE):
        return QImage()
    return reader.read()
