"""The content images made of leaves: their like of photos, and where they are practised on."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.training.artist_data import ArtistContent
from engine.training.leaves import leaves


@given(seed=st.integers(0, 2**31), side=st.integers(32, 96))
def test_leaves_are_a_picture_and_always_the_same(seed: int, side: int) -> None:
    picture = leaves(seed, side)
    assert picture.shape == (side, side, 3)
    assert picture.dtype == np.uint8
    assert np.array_equal(picture, leaves(seed, side))


def test_like_photos_they_have_few_large_steps_and_many_small_ones() -> None:
    steps = np.concatenate([np.diff(leaves(seed, 96).astype(float).mean(2), axis=1).ravel() for seed in range(20)])
    kurtosis = np.mean((steps - steps.mean()) ** 4) / steps.var() ** 2
    assert kurtosis > 8  # noise has 3
    assert np.std([leaves(seed, 96).mean() for seed in range(20)]) > 10  # no two are alike


def test_they_are_practised_on_only_where_there_are_no_photos(tmp_path) -> None:
    Image.new("RGB", (300, 300), (200, 30, 30)).save(tmp_path / "red.png")
    own = ArtistContent(tmp_path, seed=0)
    crops = [own.sample(step, 0, 64) for step in range(60)]
    assert sum(bool((crop == (200, 30, 30)).all()) for crop in crops) > 40  # the others are drawings
    without = ArtistContent(None, seed=0)
    assert len({without.sample(step, 0, 64).tobytes() for step in range(40)}) == 40
    assert [picture.shape for picture in without.held_out(6, 64)] == [(64, 64, 3)] * 6
