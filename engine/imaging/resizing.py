"""Other sizes, and alpha composed away."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.api import Picture

_ROWS_AT_ONCE = 16

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""


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
    return resize_to(picture, *limited_size(picture.width, picture.height, max_side))


def limited_size(width: int, height: int, max_side: int | None) -> tuple[int, int]:
    """Return the size of a picture whose longer side is limited to ``max_side`` pixels (None: not at all)."""
    factor = 1 if max_side is None else max_side / max(width, height)
    return (width, height) if factor >= 1 else (max(1, round(width * factor)), max(1, round(height * factor)))


def resize_part(picture: Picture, max_side: int | None, box: Box) -> Picture:
    """Return a box of what :func:`resize_picture` would make of the picture, without making the rest."""
    width, height = limited_size(picture.width, picture.height, max_side)
    across, down = picture.width / width, picture.height / height
    left, top, right, bottom = box
    source = left * across, top * down, right * across, bottom * down
    size = right - left, bottom - top

    def resized(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.asarray(Image.fromarray(values).resize(size, Image.Resampling.LANCZOS, box=source)).copy()

    alpha = None if picture.alpha is None else resized(picture.alpha)
    return dataclasses.replace(picture, pixels=resized(picture.pixels), alpha=alpha)


def compose_over_white(picture: Picture) -> NDArray[np.uint8]:
    """Return the pixels, H x W x 3, as they look on white paper."""
    if picture.alpha is None:
        return picture.pixels
    alpha = picture.alpha.astype(np.uint16)[..., None]
    composed = picture.pixels * alpha + 255 * (255 - alpha)
    return ((composed + 127) // 255).astype(np.uint8)


def enlarge(values: NDArray[np.float32], width: int, height: int, box: Box) -> NDArray[np.float32]:
    """Return a box of a small picture's enlargement to ``width`` x ``height`` pixels.

    ``values`` is h x w or h x w x 3, smooth between its pixels (bicubic); the same pixel comes out whatever the box.
    """
    own_height, own_width = values.shape[:2]
    across, down = own_width / width, own_height / height
    left, top, right, bottom = box
    return resize_box(values, right - left, bottom - top, (left * across, top * down, right * across, bottom * down))


def shrink(
    pixels: NDArray[np.uint8], width: int, height: int, box: tuple[float, float, float, float] | None = None
) -> NDArray[np.float32]:
    """Return large H x W x 3 pixels, or a box of them (left, top, right, bottom), at a smaller size, in 0..1, without
    a second copy of them in memory.
    """
    own_height, own_width = pixels.shape[:2]
    left, above, right, below = box or (0, 0, own_width, own_height)
    down = (below - above) / height
    parts = []
    for top in range(0, height, _ROWS_AT_ONCE):
        bottom = min(height, top + _ROWS_AT_ONCE)
        first = max(0, int(above + (top - 4) * down))
        last = min(own_height, math.ceil(above + (bottom + 4) * down))
        strip = np.divide(pixels[first:last], 255, dtype=np.float32)
        rows = above + top * down - first, above + bottom * down - first
        parts.append(resize_box(strip, width, bottom - top, (left, rows[0], right, rows[1])))
    return np.concatenate(parts)


def resize_box(
    values: NDArray[np.float32], width: int, height: int, box: tuple[float, float, float, float]
) -> NDArray[np.float32]:
    """Return ``box`` (left, top, right, bottom, in pixels and parts of them) of h x w or h x w x 3 values at another
    size: bicubic, and of the mean over its area where it gets smaller. A box may reach beyond the values, which repeat
    at their edges.
    """
    own_height, own_width = values.shape[:2]
    # Pillow looks no farther than the box, so the box is made larger here, and the result cut.
    across, down = (box[2] - box[0]) / width, (box[3] - box[1]) / height
    more_x, more_y = math.ceil(4 * max(1, 1 / across)), math.ceil(4 * max(1, 1 / down))
    outer = (box[0] - more_x * across, box[1] - more_y * down, box[2] + more_x * across, box[3] + more_y * down)
    padding = [
        (max(0, math.ceil(-outer[1])), max(0, math.ceil(outer[3] - own_height))),
        (max(0, math.ceil(-outer[0])), max(0, math.ceil(outer[2] - own_width))),
    ]
    shifted = (
        outer[0] + padding[1][0],
        outer[1] + padding[0][0],
        outer[2] + padding[1][0],
        outer[3] + padding[0][0],
    )
    size = (width + 2 * more_x, height + 2 * more_y)
    planes = values[..., None] if values.ndim == 2 else values
    resized = [
        np.asarray(
            Image.fromarray(np.pad(planes[..., number], padding, mode="edge")).resize(
                size, Image.Resampling.BICUBIC, box=shifted
            )
        )[more_y : more_y + height, more_x : more_x + width]
        for number in range(planes.shape[2])
    ]
    return resized[0] if values.ndim == 2 else np.stack(resized, -1)
