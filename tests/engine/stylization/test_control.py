"""Control without any training: strength, style scale and blends of the real base model do what their names say."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
import torch

import resources
from engine.api import Picture, StyleChoice, StylizeRequest
from engine.imaging import luminance, read_picture, resize_to
from engine.losses import style_loss
from engine.networks.perceptual import PerceptualNetwork
from engine.networks.weights import load_weights
from engine.stylization import Stylizer
from engine.training.procedural_styles import procedural_style
from tests.engine.stylization.pictures import difference

_BUILT_IN = ("Olive Trees", "Woodcut", "Pen and Ink", "The Scream", "Water Lilies")
_DRAWN = ("hatching", "halftone", "stained glass", "mosaic")


@pytest.fixture(scope="module")
def stylizer() -> Stylizer:
    return Stylizer(device="cpu")


@pytest.fixture(scope="module")
def photo() -> Picture:
    return resize_to(read_picture(resources.SAMPLES / "landscape.jpg"), 320, 208)


@pytest.fixture(autouse=True)
def _no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def test_the_distance_to_the_style_falls_with_strength(stylizer: Stylizer, photo: Picture) -> None:
    perceptual = load_weights(PerceptualNetwork(), resources.PERCEPTUAL_NETWORK).eval()

    def seen(picture: Picture) -> list[torch.Tensor]:
        return perceptual(torch.from_numpy(picture.pixels.copy()).permute(2, 0, 1)[None].float() / 255)

    curves = []
    for name in _DRAWN:
        style = Picture(procedural_style(name, 3, 320))
        results = [
            stylizer.stylize(StylizeRequest(photo, (StyleChoice(style),), strength=strength)).picture
            for strength in (0, 0.25, 0.5, 0.75, 1)
        ]
        curves.append([float(style_loss(seen(result), seen(style))) for result in results])
    mean = np.mean(curves, 0)
    assert (np.diff(mean) < -0.01).all()
    assert mean[-1] < 0.7 * mean[0]
    # No single style turns back by more than a twentieth.
    assert (np.diff(curves, axis=1) < 0.05).all()


def _mean_frequency(picture: Picture) -> float:
    """The mean spatial frequency of luminance, in cycles per pixel, weighted by power; the picture's large forms do
    not count.
    """
    light = luminance(picture.pixels.astype(np.float32))
    height, width = light.shape
    window = np.hanning(height)[:, None] * np.hanning(width)
    power = np.abs(np.fft.fft2((light - light.mean()) * window)) ** 2
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width))
    counted = frequency > 0.03
    return float((power * frequency)[counted].sum() / power[counted].sum())


def test_a_larger_style_scale_makes_larger_strokes(stylizer: Stylizer, photo: Picture) -> None:
    ratios = []
    for style in _BUILT_IN:
        frequencies = [
            _mean_frequency(stylizer.stylize(StylizeRequest(photo, (StyleChoice(style),), style_scale=scale)).picture)
            for scale in (1, 2, 4)
        ]
        assert frequencies[1] < 1.1 * frequencies[0], style
        assert frequencies[2] < 0.82 * frequencies[0], style
        ratios.append((frequencies[1] / frequencies[0], frequencies[2] / frequencies[0]))
    # One style may hardly change between two scales; all together they do.
    assert np.mean(ratios, 0)[0] < 0.95
    assert np.mean(ratios, 0)[1] < 0.7


@pytest.mark.parametrize(("first", "second"), [("Woodcut", "Water Lilies"), ("The Scream", "Pen and Ink")])
def test_two_styles_blend_without_a_jump(stylizer: Stylizer, photo: Picture, first: str, second: str) -> None:
    results = [
        stylizer.stylize(StylizeRequest(photo, (StyleChoice(first, 1 - share), StyleChoice(second, share)))).picture
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1)
    ]
    whole_way = difference(results[0], results[-1])
    assert whole_way > 10
    from_first = [difference(results[0], result) for result in results]
    to_second = [difference(result, results[-1]) for result in results]
    assert from_first == sorted(from_first)
    assert to_second == sorted(to_second, reverse=True)
    assert max(difference(*pair) for pair in itertools.pairwise(results)) < 0.5 * whole_way
