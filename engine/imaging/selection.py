"""Selecting parts of a picture: by colour, and with edges that follow the picture's own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.imaging.color import luminance
from engine.imaging.masks import Mask

_LARGEST_DISTANCE = 160.0
"""Of two colours in OpenCV's Lab, at which a tolerance of 1 ends."""

_EPSILON = 1e-4
_STEEPNESS = 2.5


def select_color(
    pixels: NDArray[np.uint8], x: int, y: int, tolerance: float, *, contiguous: bool = True
) -> NDArray[np.uint8]:
    """Return where H x W x 3 sRGB pixels look like those around (x, y): H x W, 255 where they do.

    ``tolerance`` is 0..1; ``contiguous`` selects only what is connected with the place.
    """
    import cv2  # a tenth of a second that the start of the window can do without

    height, width = pixels.shape[:2]
    lab = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2LAB).astype(np.float32)
    around = lab[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2]
    distance = np.linalg.norm(lab - around.mean((0, 1)), axis=2)
    reach = max(tolerance * _LARGEST_DISTANCE, float(distance[y, x]), 1.0)
    inside = (distance <= reach).astype(np.uint8)
    if contiguous:
        found = np.zeros((height + 2, width + 2), np.uint8)  # OpenCV wants a border
        cv2.floodFill(inside, found, (x, y), 1, flags=4 | cv2.FLOODFILL_MASK_ONLY | (1 << 8))
        inside = found[1:-1, 1:-1]
    return np.asarray(cv2.GaussianBlur(inside * np.uint8(255), (0, 0), 0.7), np.uint8)


def grow_mask(mask: Mask, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a small mask at the size of H x W x 3 pixels, its edges moved to the edges of the picture: H x W.

    By the guided filter (He, Sun and Tang, "Guided image filtering", 2013).
    """
    import cv2

    height, width = pixels.shape[:2]
    coarse = mask.at(width, height)
    guide = np.divide(luminance(pixels.astype(np.float32)), 255, dtype=np.float32)
    radius = max(1, round(2 * width / mask.values.shape[1]))

    def mean(values: NDArray[np.floating]) -> NDArray[np.float32]:
        return np.asarray(cv2.blur(values, (2 * radius + 1, 2 * radius + 1)), np.float32)

    mean_guide, mean_mask = mean(guide), mean(coarse)
    slope = (mean(guide * coarse) - mean_guide * mean_mask) / (mean(guide * guide) - mean_guide**2 + _EPSILON)
    filtered = mean(slope) * guide + mean(mean_mask - slope * mean_guide)
    steep = ((filtered - 0.5) * _STEEPNESS + 0.5).clip(0, 1)
    return np.rint(steep * 255).astype(np.uint8)
