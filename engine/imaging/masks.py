"""Masks: grey pictures that say where."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.api import Picture
from engine.imaging.color import luminance
from engine.imaging.reading import read_picture
from engine.imaging.resizing import resize_to


def read_mask(source: Path | Picture, width: int, height: int) -> NDArray[np.float32]:
    """Return a mask as H x W in 0..1, white being 1, resized to fit. Transparent places count as black.

    Raises PictureError if the file cannot be read.
    """
    picture = source if isinstance(source, Picture) else read_picture(source)
    picture = resize_to(picture, width, height)
    mask = luminance(np.divide(picture.pixels, 255, dtype=np.float32))
    if picture.alpha is not None:
        mask = mask * np.divide(picture.alpha, 255, dtype=np.float32)
    # The weights of the channels add up to one but for rounding; white must be exactly white.
    return np.where(mask > 1 - 1e-4, np.float32(1), mask).clip(0, 1).astype(np.float32)
