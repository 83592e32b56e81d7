"""Masks: grey pictures that say where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.api import Picture, PictureError
from engine.imaging.color import luminance
from engine.imaging.reading import read_picture
from engine.imaging.resizing import Box


@dataclass(frozen=True, eq=False)
class Mask:
    """A grey picture of any size, white being inside: ``values`` is H x W uint8. It stretches over the picture it is
    for.
    """

    values: NDArray[np.uint8]

    def at(self, width: int, height: int, box: Box | None = None) -> NDArray[np.float32]:
        """Return the mask for a picture of ``width`` x ``height`` pixels, or for a box of it: h x w in 0..1."""
        left, top, right, bottom = box or (0, 0, width, height)
        own_height, own_width = self.values.shape
        if (own_width, own_height) == (width, height):
            return np.divide(self.values[top:bottom, left:right], 255, dtype=np.float32)
        across, down = own_width / width, own_height / height
        source = left * across, top * down, right * across, bottom * down
        resized = Image.fromarray(self.values).resize(
            (right - left, bottom - top), Image.Resampling.BILINEAR, box=source
        )
        return np.divide(np.asarray(resized), 255, dtype=np.float32)


def read_mask(source: Path | Picture) -> Mask:
    """Read a mask. Transparent places count as black. Raises PictureError if the file cannot be read, or if nothing in
    it is white or grey.
    """
    picture = source if isinstance(source, Picture) else read_picture(source)
    values = np.rint(luminance(picture.pixels.astype(np.float32))).clip(0, 255)
    if picture.alpha is not None:
        values = np.rint(values * picture.alpha / 255)
    if not values.any():
        raise PictureError(
            "The mask {name} is all black, so nothing would be painted. Paint white where the style should be.",
            name=picture.name,
        )
    return Mask(values.astype(np.uint8))
