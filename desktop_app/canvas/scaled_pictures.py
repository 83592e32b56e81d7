"""Pictures at the size they have on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap


class ScaledPictures:
    """Scales each picture once: doing it at every repaint is slow, and aliases. Keeps one for each name."""

    def __init__(self) -> None:
        self._pixmaps: dict[str, tuple[int, QPixmap]] = {}

    def pixmap(self, name: str, image: QImage, size: QSize, ratio: float) -> QPixmap:
        """Return an image scaled to ``size`` points with ``ratio`` pixels of the screen each."""
        pixels = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        key, pixmap = self._pixmaps.get(name, (0, QPixmap()))
        if key != image.cacheKey() or pixmap.size() != pixels:
            mode = Qt.TransformationMode.SmoothTransformation
            pixmap = QPixmap.fromImage(image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[name] = image.cacheKey(), pixmap
        return pixmap
