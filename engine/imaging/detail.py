"""Bringing fine detail of the content image back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.imaging.color import luminance

_RADIUS_SHARE = 0.01
_EDGE_VARIANCE = 0.02**2


class DetailBase(NamedTuple):
    """What detail is measured against: luminance times ``share`` plus ``offset``, both h x w, for a picture of any
    size.
    """

    share: NDArray[np.float32]
    offset: NDArray[np.float32]


def detail_base(content: NDArray[np.float32]) -> DetailBase:
    """Look where the edges of a content image (H x W x 3 in 0..1, or a smaller copy of it) are.

    He, Sun and Tang, "Guided image filtering", 2013: a base that follows edges, so that none get a halo; found on a
    small copy for large pictures as in He and Sun, "Fast guided filter", 2015.
    """
    light = luminance(content)
    radius = max(2, round(_RADIUS_SHARE * max(light.shape)))
    mean = _box_mean(light, radius)
    variance = _box_mean(light * light, radius) - mean * mean
    share = (variance / (variance + _EDGE_VARIANCE)).astype(np.float32)
    return DetailBase(_box_mean(share, radius), _box_mean(mean - share * mean, radius))


def restore_detail(
    stylized: NDArray[np.float32], content: NDArray[np.float32], amount: float, base: DetailBase
) -> NDArray[np.float32]:
    """Add what is finer than the edges in the content image's luminance to the stylised picture.

    Both are H x W x 3 in 0..1, ``base`` is of their size; ``amount`` 0 changes nothing.
    """
    if amount == 0:
        return stylized
    light = luminance(content)
    fine = light - (base.share * light + base.offset)
    return (stylized + np.float32(amount) * fine[..., None]).clip(0, 1).astype(np.float32)


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
