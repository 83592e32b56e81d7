"""Other sizes, and alpha composed away."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.api import Picture


def resize_to(picture: Picture, width: int, height: int) -> Picture:
    """Return the picture at another size, by Lanczos' filter; alpha too. The same picture if it has that size."""
    if (picture.width, picture.height) == (width, height):
        return picture

    def resized(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.asarray(Image.fromarray(values).resize((width, height), Image.Resampling.LANCZOS)).copy()

    alpha = None if picture.alpha is None else resized(picture.alpha)
    return dataclasses.replace(picture, pixels=resized(picture.pixels), alpha=alpha)


def resize_picture(picture: Picture, max_side: int) -> Picture:
    """Return the picture with its longer side limited to ``max_side`` pixels; smaller ones stay as they are."""
    factor = max_side / max(picture.width, picture.height)
    if factor >= 1:
        return picture
    return resize_to(picture, max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))


def compose_over_white(picture: Picture) -> NDArray[np.uint8]:
    """Return the pixels, H x W x 3, as they look on white paper."""
    if picture.alpha is None:
        return picture.pixels
    alpha = picture.alpha.astype(np.uint16)[..., None]
    composed = picture.pixels * alpha + 255 * (255 - alpha)
    return ((composed + 127) // 255).astype(np.uint8)
