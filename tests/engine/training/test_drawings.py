"""The content images that training draws itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.training.data import ContentData
from engine.training.drawings import drawing


@given(seed=st.integers(0, 2**31), side=st.integers(32, 96))
def test_a_drawing_is_a_picture_and_always_the_same(seed: int, side: int) -> None:
    picture = drawing(seed, side)
    assert picture.shape == (side, side, 3)
    assert picture.dtype == np.uint8
    assert np.array_equal(picture, drawing(seed, side))


def test_most_drawings_have_flat_places_and_sharp_edges() -> None:
    flat, sharp = 0, 0
    for seed in range(40):
        steps = np.abs(np.diff(drawing(seed, 96).astype(int).mean(2), axis=1))
        flat += int(np.median(steps) < 3)
        sharp += int(steps.max() > 40)
    assert flat > 25
    assert sharp > 20


def test_photos_are_mixed_with_as_many_drawings_as_are_wanted(tmp_path) -> None:
    Image.new("RGB", (64, 64), (10, 200, 30)).save(tmp_path / "photo.png")

    def shares(share: float) -> float:
        data = ContentData(tmp_path, 0, drawing_share=share)
        samples = [data.sample(step, 0, 32) for step in range(60)]
        return sum((sample != (10, 200, 30)).any() for sample in samples) / len(samples)

    assert shares(0) == 0
    assert shares(1) > 0.9
    assert 0.2 < shares(0.5) < 0.8
