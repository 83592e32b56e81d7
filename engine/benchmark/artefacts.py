"""What a painter's eye would not forgive, as numbers: grids, halos, frames and flicker; each with a control that fails.

Measures take and return plain numbers about H x W x 3 pixels in 0..255. A limit says what is still good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.api import Picture, StyleChoice, StylizeRequest
from engine.imaging import luminance, read_picture, resize_picture
from engine.stylization import Stylizer
from resources import SAMPLES

Pixels = NDArray[np.uint8]

_STYLES = ("Olive Trees", "Woodcut", "Water Lilies", "The Scream", "Pen and Ink", "Deluge")
_FLAT_SIDE = 384
_PERIOD = 8


def _light(pixels: Pixels) -> NDArray[np.float64]:
    return luminance(pixels.astype(np.float32)).astype(np.float64)


def grid(pixels: Pixels) -> float:
    """Return how far the frequencies of up-sampling (periods of 2, 4 and 8 pixels) stand out from their neighbours.

    ``pixels`` is a flat picture, stylised, at least 256 pixels a side. Ratio of amplitudes, the worst; half a level of
    255, which nobody sees, counts for nothing.
    """
    side = min(pixels.shape[:2]) // _PERIOD * _PERIOD
    light = _light(pixels[:side, :side])
    window = np.hanning(side)
    scale = 2 / window.sum() ** 2
    spectrum = scale * np.abs(np.fft.fft2((light - light.mean()) * window[:, None] * window[None]))
    worst = 0.0
    for profile in (spectrum[:3].max(0), spectrum[:, :3].max(1)):
        for number in range(1, _PERIOD // 2 + 1):
            place = number * side // _PERIOD
            around = [place + offset for offset in (*range(-9, -3), *range(4, 10))]
            floor = np.median([profile[index % side] for index in around])
            peak = max(profile[(place + offset) % side] for offset in (-1, 0, 1))
            worst = max(worst, float(peak / (floor + 0.5)))
    return worst


def halo(pixels: Pixels) -> float:
    """Return by how much of its height the step of an edge is overshot.

    ``pixels`` is :func:`edge_picture`, stylised: a dark half and a light one. 0 is a clean edge.
    """
    profile = _light(pixels)[16:-16].mean(0)
    middle = len(profile) // 2
    sides = profile[middle - 80 : middle - 32], profile[middle + 32 : middle + 80]
    dark, light = sorted(float(np.median(side)) for side in sides)
    near = profile[middle - 16 : middle + 16]
    overshoot = max(float(near.max()) - light, dark - float(near.min()), 0.0)
    return overshoot / max(light - dark, 8.0)


def border(pixels: Pixels) -> float:
    """Return how much the outermost 8 pixels differ from the inside, by how much parts of the inside differ.

    ``pixels`` is a flat picture, stylised. Up to about 2 is chance.
    """
    light = _light(pixels)
    band = 8
    inside = light[4 * band : -4 * band, 4 * band : -4 * band]
    lines = np.concatenate([
        inside[row : row + band].mean(1, keepdims=True).mean(0) for row in range(0, len(inside) - band, band)
    ])  # fmt: skip
    spread = float(np.std(lines)) + 1.0
    frames = light[:band].mean(), light[-band:].mean(), light[:, :band].mean(), light[:, -band:].mean()
    return max(abs(float(frame) - float(inside.mean())) for frame in frames) / spread


def unsteadiness(pixels: Pixels, again: Pixels) -> float:
    """Return the mean difference, in levels of 255, of two results that should be nearly the same."""
    return float(np.abs(pixels.astype(np.float32) - again.astype(np.float32)).mean())


def flat_picture() -> Picture:
    """A picture of nothing, in a middle colour."""
    return Picture(np.full((_FLAT_SIDE, _FLAT_SIDE, 3), (120, 132, 140), np.uint8))


def edge_picture() -> Picture:
    """A dark half and a light one."""
    pixels = np.full((_FLAT_SIDE, _FLAT_SIDE, 3), 70, np.uint8)
    pixels[:, _FLAT_SIDE // 2 :] = 185
    return Picture(pixels)


@dataclass(frozen=True)
class Measure:
    """``measure`` of a style must stay below ``limit``; ``control`` spoils a good result so that it must not."""

    name: str
    limit: float
    measure: Callable[[Stylizer, str], float]
    control: Callable[[Stylizer, str], float]


def _styled(stylizer: Stylizer, picture: Picture, style: str) -> Pixels:
    return stylizer.stylize(StylizeRequest(picture, (StyleChoice(style),))).picture.pixels


def _with_grid(pixels: Pixels) -> Pixels:
    spoiled = pixels.astype(np.int16)
    spoiled[::4] += 6
    return spoiled.clip(0, 255).astype(np.uint8)


def _with_halo(pixels: Pixels) -> Pixels:
    spoiled = pixels.astype(np.int16)
    middle = pixels.shape[1] // 2
    spoiled[:, middle : middle + 8] += 60
    spoiled[:, middle - 8 : middle] -= 60
    return spoiled.clip(0, 255).astype(np.uint8)


def _with_frame(pixels: Pixels) -> Pixels:
    spoiled = pixels.astype(np.int16)
    spoiled[:8] += 25
    spoiled[:, -8:] += 25
    return spoiled.clip(0, 255).astype(np.uint8)


def _photo() -> Picture:
    return resize_picture(read_picture(SAMPLES / "landscape.jpg"), 512)


def _shifted(stylizer: Stylizer, style: str) -> float:
    photo = _photo().pixels
    first, second = (_styled(stylizer, Picture(photo[:, start : start + 504]), style) for start in (0, 1))
    return unsteadiness(first[16:-16, 17:-16], second[16:-16, 16:-17])


def _noisy(stylizer: Stylizer, style: str) -> float:
    photo = _photo().pixels
    noise = np.random.default_rng(0).normal(0, 0.02 * 255, photo.shape)
    noisy = (photo + noise).clip(0, 255).astype(np.uint8)
    return unsteadiness(_styled(stylizer, Picture(photo), style), _styled(stylizer, Picture(noisy), style))


def _other_place(stylizer: Stylizer, style: str) -> float:
    """A control for steadiness: the same picture moved by as much as strokes are wide."""
    photo = _photo().pixels
    result = _styled(stylizer, Picture(photo), style)
    return unsteadiness(result[:, :-12], result[:, 12:])


MEASURES = (
    Measure(
        "grid",
        2.0,
        lambda stylizer, style: grid(_styled(stylizer, flat_picture(), style)),
        lambda stylizer, style: grid(_with_grid(_styled(stylizer, flat_picture(), style))),
    ),
    Measure(
        "halo",
        0.35,
        lambda stylizer, style: halo(_styled(stylizer, edge_picture(), style)),
        lambda stylizer, style: halo(_with_halo(_styled(stylizer, edge_picture(), style))),
    ),
    Measure(
        "border",
        3.0,
        lambda stylizer, style: border(_styled(stylizer, flat_picture(), style)),
        lambda stylizer, style: border(_with_frame(_styled(stylizer, flat_picture(), style))),
    ),
    Measure("shift by a pixel", 16.0, _shifted, _other_place),
    Measure("2 % noise", 16.0, _noisy, _other_place),
)


def measure_artefacts(device: str) -> None:
    """Print each measure over some built-in styles beside its limit and its control."""
    stylizer = Stylizer(device=device)
    print(f"\n{'artefact':>18}  {'mean':>6}  {'worst':>6}  {'limit':>6}  {'control':>8}   over {len(_STYLES)} styles")
    for measure in MEASURES:
        values = [measure.measure(stylizer, style) for style in _STYLES]
        control = float(np.mean([measure.control(stylizer, style) for style in _STYLES]))
        verdict = "" if np.mean(values) <= measure.limit < control else "   <-- beyond its limit, or a blind control"
        figures = f"{np.mean(values):6.2f}  {max(values):6.2f}  {measure.limit:6.2f}  {control:8.2f}"
        print(f"{measure.name:>18}  {figures}{verdict}", flush=True)
