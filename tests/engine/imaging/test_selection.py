"""Selecting by colour, correcting the subject, and edges that follow the picture."""

from __future__ import annotations

import numpy as np
import pytest

from engine.imaging import Mask, SubjectHints, find_subject, grow_mask, select_color

_HEIGHT, _WIDTH = 90, 140


def _picture() -> np.ndarray:
    """Return a red disc and a red square, apart from each other, on green."""
    pixels = np.full((_HEIGHT, _WIDTH, 3), (60, 140, 70), np.uint8)
    pixels += np.random.default_rng(0).integers(0, 8, pixels.shape, dtype=np.uint8)
    pixels[_disc()] = (200, 40, 40)
    pixels[_square()] = (205, 45, 40)
    return pixels


def _disc() -> np.ndarray:
    y, x = np.mgrid[0:_HEIGHT, 0:_WIDTH]
    return np.hypot(x - 75, y - 45) < 22


def _square() -> np.ndarray:
    inside = np.zeros((_HEIGHT, _WIDTH), bool)
    inside[10:30, 10:30] = True
    return inside


def test_connected_places_of_a_colour_are_selected() -> None:
    selected = select_color(_picture(), 75, 45, 0.15)
    assert selected.dtype == np.uint8
    assert selected[_disc()].mean() > 235
    assert selected[_square()].max() == 0
    assert selected[60:, 110:].max() == 0


def test_or_all_places_of_that_colour() -> None:
    selected = select_color(_picture(), 75, 45, 0.15, contiguous=False)
    assert selected[_disc()].mean() > 235
    assert selected[_square()].mean() > 235
    assert selected[60:, 110:].max() == 0


@pytest.mark.parametrize(("x", "y"), [(0, 0), (_WIDTH - 1, _HEIGHT - 1)])
def test_a_corner_can_be_selected_and_no_tolerance_selects_something(x: int, y: int) -> None:
    assert select_color(_picture(), x, y, 0.0)[y, x] > 50
    assert select_color(_picture(), x, y, 0.1)[80, 130] == 255
    assert (select_color(_picture(), x, y, 1.0) == 255).all()


def test_hints_put_in_and_take_out() -> None:
    inside, outside = np.zeros((_HEIGHT, _WIDTH), np.uint8), np.zeros((_HEIGHT, _WIDTH), np.uint8)
    inside[60:66, 110:120] = 255
    outside[14:26, 14:26] = 255
    found = find_subject(_picture(), SubjectHints(Mask(inside), Mask(outside))).at(_WIDTH, _HEIGHT)
    assert found[63, 115] > 0.8
    assert found[20, 20] < 0.2
    assert found[_disc()].mean() > 0.8


def test_a_small_mask_grows_to_the_edges_of_the_picture() -> None:
    pixels = np.zeros((120, 160, 3), np.uint8)
    pixels[:, 83:] = 220  # within a cell of the small mask
    small = np.zeros((12, 16), np.uint8)
    small[:, 8:] = 255
    grown = grow_mask(Mask(small), pixels)
    assert grown.shape == (120, 160)
    assert grown[60, :78].max() < 60
    assert grown[60, 88:].min() > 195
    smooth = Mask(small).at(160, 120)[60] * 255
    wanted = np.where(np.arange(160) >= 83, 255, 0)
    assert np.abs(grown[60].astype(float) - wanted).mean() < np.abs(smooth - wanted).mean()
