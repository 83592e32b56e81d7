"""A stroke of the brush in a mask: pure arithmetic on pixels, in the rectangle that it touches and nowhere else."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.imaging import Box

_FAINTEST_PRESSURE = 0.02


@dataclass(frozen=True)
class Brush:
    """``diameter`` is in pixels of the mask; ``hardness`` (0..1) is how much of the radius is full, ``opacity`` (0..1)
    how much a stroke changes at most. With a pen, pressure makes the brush smaller, or fainter, or both.
    """

    diameter: float
    hardness: float = 0.7
    opacity: float = 1.0
    erases: bool = False
    pressure_sizes: bool = True
    pressure_fades: bool = False


@dataclass(frozen=True)
class _Touch:
    x: float
    y: float
    radius: float
    amount: float


class Stroke:
    """Paints into ``values`` (H x W uint8) in place. Going twice over a place in one stroke changes it no further."""

    def __init__(self, values: NDArray[np.uint8], brush: Brush) -> None:
        self._values = values
        self._brush = brush
        self._before = values.copy()
        self._cover = np.zeros(values.shape, np.float32)
        self._last: _Touch | None = None

    def move_to(self, x: float, y: float, pressure: float = 1.0) -> Box | None:
        """Paint from the last place to (x, y), in pixels of the mask. Return what changed, if anything."""
        brush = self._brush
        pressure = min(1.0, max(_FAINTEST_PRESSURE, pressure))
        radius = max(0.5, brush.diameter / 2 * (pressure if brush.pressure_sizes else 1.0))
        touch = _Touch(x, y, radius, pressure if brush.pressure_fades else 1.0)
        start = self._last or touch
        self._last = touch
        # A long way slantwise has a large rectangle, most of it untouched: it is gone in steps.
        count = max(1, math.ceil(math.hypot(x - start.x, y - start.y) / max(32.0, 2 * radius)))
        boxes = [
            self._paint(_between(start, touch, number / count), _between(start, touch, (number + 1) / count))
            for number in range(count)
        ]
        return joined([box for box in boxes if box is not None])

    def _paint(self, start: _Touch, end: _Touch) -> Box | None:
        height, width = self._values.shape
        reach = max(start.radius, end.radius) + 1
        left, top = (max(0, math.floor(min(ends) - reach)) for ends in ((start.x, end.x), (start.y, end.y)))
        right = min(width, math.ceil(max(start.x, end.x) + reach))
        bottom = min(height, math.ceil(max(start.y, end.y) + reach))
        if left >= right or top >= bottom:
            return None
        place = slice(top, bottom), slice(left, right)
        cover = self._cover[place]
        np.maximum(cover, _coverage(start, end, self._brush.hardness, (left, top, right, bottom)), out=cover)
        before = self._before[place].astype(np.float32)
        target = np.float32(0 if self._brush.erases else 255)
        before += (target - before) * (cover * np.float32(self._brush.opacity))
        self._values[place] = np.rint(before).astype(np.uint8)
        return left, top, right, bottom


def _between(start: _Touch, end: _Touch, share: float) -> _Touch:
    def mixed(one: float, other: float) -> float:
        return one + (other - one) * share

    return _Touch(
        mixed(start.x, end.x),
        mixed(start.y, end.y),
        mixed(start.radius, end.radius),
        mixed(start.amount, end.amount),
    )


def _coverage(start: _Touch, end: _Touch, hardness: float, box: Box) -> NDArray[np.float32]:
    """Return how much of each pixel of a box a round brush covers on its way, h x w in 0..1."""
    left, top, right, bottom = box
    x = np.arange(left, right, dtype=np.float32)[None, :] + np.float32(0.5 - start.x)
    y = np.arange(top, bottom, dtype=np.float32)[:, None] + np.float32(0.5 - start.y)
    across, down = end.x - start.x, end.y - start.y
    length = across * across + down * down
    radius: float | NDArray[np.float32] = end.radius
    amount: float | NDArray[np.float32] = end.amount
    if length > 1e-9:
        along = ((x * np.float32(across / length)) + (y * np.float32(down / length))).clip(0, 1)
        x = x - along * np.float32(across)
        y = y - along * np.float32(down)
        if (start.radius, start.amount) != (end.radius, end.amount):
            radius = np.float32(start.radius) + along * np.float32(end.radius - start.radius)
            amount = np.float32(start.amount) + along * np.float32(end.amount - start.amount)
    distance = np.sqrt(x * x + y * y)
    soft = np.maximum(radius * np.float32(1 - hardness), np.float32(1))
    share = ((radius + np.float32(0.5) - distance) / soft).clip(0, 1)
    if hardness < 1:
        share = share * share * (3 - 2 * share)
    return np.asarray(share * amount, np.float32)


def joined(boxes: list[Box]) -> Box | None:
    """Return the box around boxes; None of none."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
