"""From the engine's pictures to Qt's images and back."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from engine.api import Picture


def to_image(picture: Picture) -> QImage:
    """Return a QImage that owns its pixels (RGB888, or RGBA8888 where the picture has alpha)."""
    if picture.alpha is None:
        pixels = np.ascontiguousarray(picture.pixels)
        image = QImage(pixels.data, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    else:
        pixels = np.ascontiguousarray(np.dstack((picture.pixels, picture.alpha)))  # which keeps the order it is given
        image = QImage(pixels.data, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGBA8888)
    return image.copy()  # the array ends with this function


def to_picture(image: QImage, name: str) -> Picture:
    """Return the pixels of an image that is not null; alpha is kept where it says something."""
    converted = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    pixels = rows[:, : 4 * converted.width()].reshape(converted.height(), converted.width(), 4)
    alpha = pixels[..., 3].copy()
    return Picture(pixels[..., :3].copy(), alpha=None if (alpha == 255).all() else alpha, name=name)
