"""Small pictures of styles and photos, made behind the window, and so many of them kept as a screen can show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

from desktop_app.background import BackgroundThread
from desktop_app.pixels import to_image
from engine.api import EngineError
from engine.imaging import longer_side, read_picture

KEPT = 400
LARGEST_SIDE = 2048
"""A thumbnail of more pixels a side is not decoded: style files come from anywhere."""

LARGEST_PHOTO = 8192
"""A photo of more pixels a side is not read for its thumbnail: that takes seconds, and memory that painting needs."""

Source = bytes | QImage | Path


class Thumbnails(QObject):
    """Squares, made when they are asked for, the last wish first. ``ready`` says that one more is there.

    A source is the bytes of a thumbnail, an image, or the path of a photo.
    """

    ready = Signal()

    def __init__(self, background: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._pixmaps: OrderedDict[tuple[object, int], QPixmap] = OrderedDict()
        self._expected: OrderedDict[tuple[object, int], Callable[[], QImage]] = OrderedDict()
        self._made: tuple[object, int] | None = None

    def square(self, source: Source, side: int, radius: float = 0.0) -> QPixmap | None:
        """Return a pixmap of ``side`` pixels each way, its corners rounded by ``radius`` pixels (null if the picture
        cannot be read), None until it is made.
        """
        key = (source.cacheKey() if isinstance(source, QImage) else source, side)
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
        elif key != self._made:
            self._expected.setdefault(key, partial(make_square, source, side, radius))
            if len(self._expected) > KEPT:
                self._expected.popitem(last=False)
            self._make_next()
        return pixmap

    def _make_next(self) -> None:
        if self._made is None and self._expected:
            key, make = self._expected.popitem()
            self._made = key
            self._background.submit(make, partial(self._keep, key), partial(self._give_up, key), can_be_dropped=True)

    def _keep(self, key: tuple[object, int], image: QImage) -> None:
        self._made = None
        self._make_next()
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
    match source:
        case QImage():
            image = source
        case Path():
            image = _read_photo(source, side)
        case _:
            image = read_thumbnail(source)
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


def _read_photo(path: Path, side: int) -> QImage:
    longer = longer_side(path)
    if longer is None or longer > LARGEST_PHOTO:
        return QImage()
    return to_image(read_picture(path, side))


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
