"""The measures of artefacts tell good pictures from spoiled ones; the controls of the benchmark are real."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.benchmark.artefacts import MEASURES, Pixels, border, edge_picture, flat_picture, grid, halo, unsteadiness
from engine.benchmark.reference import MicroAST
from engine.stylization import Stylizer


def _textured(pixels: Pixels, seed: int = 0) -> Pixels:
    """Random strokes, coarse and fine, which are no artefacts."""
    random = np.random.default_rng(seed)
    side = pixels.shape[0]
    coarse = random.normal(0, 10, (side // 12, side // 12)).repeat(12, 0).repeat(12, 1)
    fine = random.normal(0, 6, (side, side))
    texture = np.zeros((side, side))
    texture[: coarse.shape[0], : coarse.shape[1]] += coarse
    return (pixels + (texture + fine)[..., None]).clip(0, 255).astype(np.uint8)


def test_grid_sees_a_pattern_in_strokes_and_none_where_none_is() -> None:
    good = _textured(flat_picture().pixels)
    assert grid(good) < 1.5
    for period in (2, 4, 8):
        spoiled = good.astype(int)
        spoiled[:, ::period] += 8
        assert grid(spoiled.clip(0, 255).astype(np.uint8)) > 2


def test_halo_sees_lines_along_an_edge() -> None:
    good = edge_picture().pixels
    assert halo(good) == 0
    assert halo(_textured(good)) < 0.2
    middle = good.shape[1] // 2
    spoiled = good.astype(int)
    spoiled[:, middle : middle + 5] += 60
    assert halo(spoiled.clip(0, 255).astype(np.uint8)) > 0.4


def test_border_sees_a_frame() -> None:
    good = _textured(flat_picture().pixels)
    assert border(good) < 3
    spoiled = good.astype(int)
    spoiled[:, :8] += 30
    assert border(spoiled.clip(0, 255).astype(np.uint8)) > 5


def test_unsteadiness_is_the_mean_difference() -> None:
    flat = flat_picture().pixels
    assert unsteadiness(flat, flat) == 0
    assert unsteadiness(flat, flat + np.uint8(7)) == 7


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_has_a_control_that_fails_it(measure) -> None:
    stylizer = Stylizer(device="cpu")
    assert measure.measure(stylizer, "Olive Trees") < measure.control(stylizer, "Olive Trees")
    assert measure.control(stylizer, "Olive Trees") > measure.limit


def test_the_yardstick_has_the_layers_of_a_network_that_paints() -> None:
    image = torch.rand(1, 3, 64, 80)
    assert MicroAST().eval()(image).shape == image.shape
