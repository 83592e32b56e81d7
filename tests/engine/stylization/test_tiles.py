"""Where tiles lie, for any picture."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.stylization.tiles import STRIDE, tiles_of


@given(
    width=st.integers(1, 700),
    height=st.integers(1, 700),
    side=st.integers(64, 400),
    margin=st.integers(0, 12).map(lambda steps: steps * STRIDE),
    corner=st.tuples(st.integers(0, 80), st.integers(0, 80)),
)
def test_cores_cover_every_pixel_once_and_margins_reach_as_far_as_there_is_picture(
    width: int, height: int, side: int, margin: int, corner: tuple[int, int]
) -> None:
    left_start, top_start = min(8 * corner[0], width - 1) // 8 * 8, min(8 * corner[1], height - 1) // 8 * 8
    covered = np.zeros((height, width), int)
    for tile in tiles_of(width, height, (left_start, top_start, width, height), side, margin):
        left, top, right, bottom = tile.core
        covered[top:bottom, left:right] += 1
        assert right - left <= side + STRIDE
        assert bottom - top <= side + STRIDE
        assert tile.outer == (
            max(0, left - margin),
            max(0, top - margin),
            min(width, right + margin),
            min(height, bottom + margin),
        )
        assert all(start % STRIDE == 0 for start in tile.origin)
        rows, columns = tile.inner()
        assert (rows.start + tile.outer[1], columns.start + tile.outer[0]) == (top, left)
        assert (rows.stop - rows.start, columns.stop - columns.start) == (bottom - top, right - left)
    assert (covered[top_start:, left_start:] == 1).all()
    assert covered.sum() == (height - top_start) * (width - left_start)
