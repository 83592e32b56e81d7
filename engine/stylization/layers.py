"""From a request to layers: which style is painted where, and how much of each pixel it gets."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.api import StyleGradient
from engine.imaging import Box, Mask
from engine.stylization.style_codes import MixedStyle


class Share(Protocol):
    """Something that says for each pixel how much it is inside: h x w in 0..1, as :meth:`Mask.at` does."""

    def at(self, width: int, height: int, box: Box | None = None) -> NDArray[np.float32]: ...


@dataclass(frozen=True, eq=False)
class Ramp:
    """One band of a gradient: 1 where ``position`` (h x w in 0..1 along the gradient) is ``place``, falling to 0 at the
    next places, which are ``step`` away.
    """

    position: Share
    place: float
    step: float

    def at(self, width: int, height: int, box: Box | None = None) -> NDArray[np.float32]:
        distance = np.abs(self.position.at(width, height, box) - np.float32(self.place))
        return (1 - distance / np.float32(self.step)).clip(0, 1)


@dataclass(frozen=True)
class _Linear:
    angle: float

    def at(self, width: int, height: int, box: Box | None = None) -> NDArray[np.float32]:
        x, y = _centered(width, height, box)
        dx, dy = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        reach = (abs(dx) * width + abs(dy) * height) / 2
        return ((x * dx + y * dy) / (2 * reach) + 0.5).clip(0, 1).astype(np.float32)


@dataclass(frozen=True)
class _Radial:
    def at(self, width: int, height: int, box: Box | None = None) -> NDArray[np.float32]:
        x, y = _centered(width, height, box)
        return (np.hypot(x, y) / (math.hypot(width, height) / 2)).clip(0, 1).astype(np.float32)


def _centered(width: int, height: int, box: Box | None) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    left, top, right, bottom = box or (0, 0, width, height)
    x = np.arange(left, right, dtype=np.float32) + np.float32(0.5 - width / 2)
    y = np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - height / 2)
    return x[None, :], y[:, None]


def gradient_ramps(gradient: StyleGradient, count: int, read: Callable[[StyleGradient], Mask]) -> list[Ramp]:
    """Return one band for each of ``count`` styles; they add up to 1 everywhere."""
    position: Share = read(gradient) if gradient.kind == "mask" else _Radial()
    if gradient.kind == "linear":
        position = _Linear(gradient.angle)
    step = 1 / (count - 1)
    return [Ramp(position, number * step, step) for number in range(count)]


@dataclass(frozen=True, eq=False)
class PlannedLayer:
    """A style where it is painted. ``group`` numbers what is looked at as one when statistics are taken: the bands
    of a gradient together, each region by itself.
    """

    style: MixedStyle
    strength: float
    keep_color: float
    group: int
    shares: tuple[Share, ...] = ()
    covered_by: tuple[Share, ...] = ()


@dataclass(frozen=True, eq=False)
class Plan:
    """All layers of a request; ``kept`` is what nothing may paint on, ``only`` what alone may be painted on."""

    layers: tuple[PlannedLayer, ...]
    kept: Share | None = None
    only: Share | None = None

    @property
    def is_plain(self) -> bool:
        """Whether there is one layer and every pixel is all its own."""
        layer = self.layers[0]
        bare = not layer.shares and not layer.covered_by and self.kept is None and self.only is None
        return len(self.layers) == 1 and bare

    def is_like(self, other: Plan) -> bool:
        """Whether another plan paints the same. Ramps are made anew for each plan, so gradients are never alike."""

        def settings(plan: Plan) -> list[object]:
            layers = [(x.strength, x.keep_color, x.group, x.shares, x.covered_by) for x in plan.layers]
            return [layers, plan.kept, plan.only]

        return settings(self) == settings(other) and all(
            np.array_equal(ours.style.code, theirs.style.code) and ours.style.changes == theirs.style.changes
            for ours, theirs in zip(self.layers, other.layers, strict=True)
        )

    def places(self, group: int) -> tuple[Share | None, ...]:
        """Return all that decides where a group of layers is painted: a key for what was found there."""
        layers = [layer for layer in self.layers if layer.group == group]
        return (
            *(share for layer in layers for share in (*layer.shares, None, *layer.covered_by)),
            self.kept,
            self.only,
        )

    def shares(self, width: int, height: int, box: Box | None = None) -> NDArray[np.float32]:
        """Return how much of each pixel each layer paints, L x h x w; what is left to 1 stays unpainted."""
        found: dict[Share, NDArray[np.float32]] = {}

        def at(share: Share) -> NDArray[np.float32]:
            if share not in found:
                found[share] = share.at(width, height, box)
            return found[share]

        left, top, right, bottom = box or (0, 0, width, height)
        allowed = np.ones((bottom - top, right - left), np.float32)
        if self.kept is not None:
            allowed = allowed * (1 - at(self.kept))
        if self.only is not None:
            allowed = allowed * at(self.only)
        result = []
        for layer in self.layers:
            share = allowed
            for factor in layer.shares:
                share = share * at(factor)
            for cover in layer.covered_by:
                share = share * (1 - at(cover))
            result.append(share)
        return np.stack(result)


def group_shares(layers: Sequence[PlannedLayer], shares: NDArray[np.float32]) -> dict[int, NDArray[np.float32]]:
    """Return the shares, h x w, of each group of layers together."""
    groups: dict[int, NDArray[np.float32]] = {}
    for layer, share in zip(layers, shares, strict=True):
        groups[layer.group] = groups[layer.group] + share if layer.group in groups else share
    return groups


def normalized_shares(shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return shares that add up to 1 everywhere, as the generator wants them. Where nothing is painted it does not
    matter whose a pixel is: the first layer's.
    """
    total = shares.sum(0)
    empty = total < 1e-4
    normalized = (shares / np.where(empty, 1, total)).astype(np.float32)
    normalized[:, empty] = 0
    normalized[0, empty] = 1
    return normalized
