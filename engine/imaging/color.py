"""Keeping the colours of the content image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)


def luminance(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """H x W x 3 in 0..1 to H x W."""
    return pixels @ _LUMINANCE


def keep_color(
    stylized: NDArray[np.float32], content: NDArray[np.float32], amount: float | NDArray[np.floating]
) -> NDArray[np.float32]:
    """Give the stylised picture the hue and saturation of the content image, keeping its own luminance.

    Both are H x W x 3 in 0..1; ``amount``, one number or H x W x 1, is 0 where nothing changes and 1 where all colour
    is kept.
    """
    if not np.any(amount):
        return stylized
    shift = luminance(stylized) - luminance(content)
    colored = (content + shift[..., None]).clip(0, 1)
    return np.asarray(stylized + amount * (colored - stylized), np.float32)
