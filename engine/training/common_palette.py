"""Works of one artist in the colours of one of them.

A hand has one palette. Held against works of several as they are, pictures would come nearest to all of them with spots
of all their colours, on faces and skies too. The mean of several palettes is greyer than each, and no work has it: so
it is that of the most typical work, to which the colours of all others have to be moved least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.api import Picture, PictureError
from engine.imaging import compose_over_white, read_picture, resize_picture
from engine.networks.color_transfer import color_matrix, color_quantiles, color_statistics, sample_pixels
from engine.networks.generator import move_colors
from engine.networks.style_code import SplitCode
from engine.training.data import picture_of, to_tensor

_LOOKED_AT_SIDE = 256
_SAMPLE_STRIDE = 4


class _Colors(NamedTuple):
    palette: SplitCode
    sample: Tensor


class CommonPalette:
    """Brings pictures of the works at ``paths`` to the most typical palette of those whose numbers are ``looked_at``.
    The work that has it stays as it is, and so does one work alone.
    """

    def __init__(self, paths: Sequence[Path], looked_at: Iterable[int]) -> None:
        self._paths = list(paths)
        self._found: dict[int, _Colors | None] = {}
        self._common: SplitCode | None = None
        if len(self._paths) > 1:
            found = [colors.palette for colors in map(self._colors, looked_at) if colors is not None]
            if found:
                self._common = most_typical(found)

    def recolored(self, pixels: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
        """Return a part of work ``number``, H x W x 3, in the colours of all."""
        colors = self._colors(number % len(self._paths)) if self._common is not None else None
        if self._common is None or colors is None or colors.palette is self._common:
            return pixels
        moved = move_colors(to_tensor([pixels]), colors.palette, colors.sample, self._common)
        return picture_of(moved[0]).pixels

    def _colors(self, number: int) -> _Colors | None:
        """Return the colours of a work; None if it cannot be read, which is told elsewhere."""
        if number not in self._found:
            try:
                small = resize_picture(read_picture(self._paths[number], _LOOKED_AT_SIDE), _LOOKED_AT_SIDE)
            except PictureError:
                self._found[number] = None
            else:
                self._found[number] = _colors_of(small)
        return self._found[number]


def _colors_of(picture: Picture) -> _Colors:
    image = to_tensor([compose_over_white(picture)])
    sample = sample_pixels(image)
    palette = SplitCode(*color_statistics(image), [], color_quantiles(sample))
    return _Colors(palette, sample[..., ::_SAMPLE_STRIDE].contiguous())


def most_typical(palettes: Sequence[SplitCode]) -> SplitCode:
    """Return the palette to which the colours of all the others have to be moved least, on average."""
    means = torch.cat([palette.color_mean for palette in palettes])
    covariances = torch.cat([palette.color_covariance for palette in palettes])
    way = [
        float(_moved_by(means, covariances, mean, covariance))
        for mean, covariance in zip(means, covariances, strict=True)
    ]
    return palettes[way.index(min(way))]


def _moved_by(means: Tensor, covariances: Tensor, mean: Tensor, covariance: Tensor) -> Tensor:
    """Return how far colours of K palettes (K x 3, K x 3 x 3) are moved to get those of one (3, 3 x 3), on average: the
    root of the mean square over each, then the mean.
    """
    change = color_matrix(covariances, covariance.expand_as(covariances)) - torch.eye(3)
    spread = (change @ covariances @ change.mT).diagonal(dim1=1, dim2=2).sum(1)
    return (spread + (means - mean).square().sum(1)).clamp_min(0).sqrt().mean()
