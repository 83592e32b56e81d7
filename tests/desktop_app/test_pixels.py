"""Pictures become images of Qt and come back, however their pixels lie in memory."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.pixels import to_image, to_picture
from engine.api import Picture


@pytest.mark.parametrize("has_alpha", [False, True])
@pytest.mark.parametrize("order", ["rows", "planes"])
def test_a_picture_comes_back_as_it_was(order: str, has_alpha: bool) -> None:
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (5, 7, 3), np.uint8)
    if order == "planes":  # as torch hands a result over
        pixels = np.ascontiguousarray(pixels.transpose(2, 0, 1)).transpose(1, 2, 0)
    alpha = random.integers(0, 255, (5, 7), np.uint8) if has_alpha else None
    image = to_image(Picture(pixels, alpha))
    assert image.hasAlphaChannel() == has_alpha
    again = to_picture(image, "again")
    assert np.array_equal(again.pixels, pixels)
    assert (again.alpha is None) == (alpha is None)
    if alpha is not None and again.alpha is not None:
        assert np.array_equal(again.alpha, alpha)
