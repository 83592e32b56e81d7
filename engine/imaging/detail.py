"""Bringing fine detail of the content image back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.imaging.color import luminance

_RADIUS_SHARE = 0.01
_EDGE_VARIANCE = 0.02**2


def restore_detail(stylized: NDArray[np.float32], content: NDArray[np.float32], amount: float) -> NDArray[np.float32]:
    """Add what is finer than the edges in the content image's luminance to the stylised picture.

    Both are H x W x 3 in 0..1; ``amount`` 0 changes nothing. The base that detail is measured against follows edges
    (He, Sun and Tang, "Guided image filtering", 2013), so that none get a halo.
    """
    if amount == 0:
        return stylized
    light = luminance(content)
    radius = max(2, round(_RADIUS_SHARE * max(light.shape)))
    mean = _box_mean(light, radius)
    variance = _box_mean(light * light, radius) - mean * mean
    share = (variance / (variance + _EDGE_VARIANCE)).astype(np.float32)
    base = _box_mean(share, radius) * light + _box_mean(mean - share * mean, radius)
    return (stylized + np.float32(amount) * (light - base)[..., None]).clip(0, 1).astype(np.float32)


def _box_mean(values: NDArray[np.floating], radius: int) -> NDArray[np.float32]:
    """Return the mean over a square window, by running sums, with repeated borders: time does not depend on the
    radius.
    """
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (radius + 1, radius)
        sums = np.cumsum(np.pad(values, padding, mode="edge"), axis=axis, dtype=np.float64)
        length = values.shape[axis]
        upper = np.take(sums, range(2 * radius + 1, 2 * radius + 1 + length), axis)
        lower = np.take(sums, range(length), axis)
        values = ((upper - lower) / (2 * radius + 1)).astype(np.float32)
    return values
