"""Large pictures in pieces: tiles with a margin that the result does not use."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from engine.imaging import Box

STRIDE = 8
"""Tiles begin at multiples of this, so that the feature maps of a tile lie on those of the whole."""


class Tile(NamedTuple):
    """``core`` is the part of the result that a tile makes, ``outer`` what it looks at for that: the core and its
    margins, as far as there is picture.
    """

    core: Box
    outer: Box

    @property
    def origin(self) -> tuple[int, int]:
        """Row and column of the picture where the tile begins."""
        return self.outer[1], self.outer[0]

    def inner(self) -> tuple[slice, slice]:
        """Return where the core lies in the tile: rows, columns."""
        left, top = self.core[0] - self.outer[0], self.core[1] - self.outer[1]
        return slice(top, top + self.core[3] - self.core[1]), slice(left, left + self.core[2] - self.core[0])


def _cuts(start: int, end: int, side: int) -> list[int]:
    """Cut what is between two places into equal parts of at most about ``side``, at multiples of the stride."""
    length = end - start
    count = max(1, -(-length // side))
    return [start + min(length, round(length * number / count / STRIDE) * STRIDE) for number in range(count)] + [end]


def tiles_of(width: int, height: int, box: Box, side: int, margin: int) -> Iterator[Tile]:
    """Yield the tiles of a box of a picture, row by row: cores of about ``side`` pixels, margins of ``margin``. The
    margin and where the box begins are multiples of 8.
    """
    columns, rows = _cuts(box[0], box[2], side), _cuts(box[1], box[3], side)
    for top, bottom in itertools.pairwise(rows):
        for left, right in itertools.pairwise(columns):
            outer = (
                max(0, left - margin),
                max(0, top - margin),
                min(width, right + margin),
                min(height, bottom + margin),
            )
            yield Tile((left, top, right, bottom), outer)
