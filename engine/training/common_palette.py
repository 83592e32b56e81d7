"""Works of one artist in the colours that they have on average.

A hand has one palette. Held against works of several as they are, pictures would come nearest to all of them with spots
of all their colours, on faces and skies too.
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
from engine.networks.color_transfer import color_quantiles, color_statistics, sample_pixels
from engine.networks.generator import move_colors
from engine.networks.style_code import SplitCode
from engine.training.data import picture_of, to_tensor

_LOOKED_AT_SIDE = 256
_SAMPLE_STRIDE = 4


class _Colors(NamedTuple):
    palette: SplitCode
    sample: Tensor


class CommonPalette:
    """Brings pictures of the works at ``paths`` to the mean palette of those whose numbers are ``looked_at``. One work
    alone stays as it is.
    """

    def __init__(self, paths: Sequence[Path], looked_at: Iterable[int]) -> None:
        self._paths = list(paths)
        self._found: dict[int, _Colors | None] = {}
        self._common: SplitCode | None = None
        if len(self._paths) > 1:
            palettes = [colors.palette for colors in map(self._colors, looked_at) if colors is not None]
            if palettes:
                means, covariances, _, quantiles = zip(*palettes, strict=True)
                self._common = SplitCode(
                    torch.stack(means).mean(0),
                    torch.stack(covariances).mean(0),
                    [],
                    torch.stack(quantiles).mean(0),
                )

    def recolored(self, pixels: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
        """Return a part of work ``number``, H x W x 3, in the colours of all."""
        colors = self._colors(number % len(self._paths)) if self._common is not None else None
        if self._common is None or colors is None:
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
