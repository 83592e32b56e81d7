"""Content images made of leaves: things of all sizes that lie over each other, shaded and grained, as photos have them.

Lee, Mumford and Huang, "Occlusion models for natural images", IJCV 2001: discs whose sizes follow a power law, laid one
over the other, have the statistics of photos. So whoever has no photos at hand can still practise on their like.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

_ENLARGED = 2
"""Drawn so much larger and shrunk: that makes the edges smooth."""

_SMALLEST = 0.02
_LARGEST = 0.4
"""Radii of the leaves, in parts of the side."""

_CORNERS = 24


def leaves(seed: int, side: int) -> NDArray[np.uint8]:
    """Return a content image, ``side`` x ``side`` x 3, the same for the same arguments; ``side`` at least 32 pixels."""
    random = np.random.default_rng((seed, 8))
    large = side * _ENLARGED
    palette = _palette(random)
    grain = _grain(large, random)
    pixels = _ground(large, palette, grain, random)
    count = int(random.integers(40, 180))
    # A power law, drawn by its inverse. Large ones first, mostly, as otherwise nothing small is left to be seen.
    power = random.uniform(0.2, 1.2)
    low, high = _LARGEST**-power, _SMALLEST**-power
    radii = large * (low + random.random(count) * (high - low)) ** (-1 / power)
    order = np.argsort(-radii * random.uniform(0.15, 1.0, count))
    for radius in radii[order]:
        _lay(pixels, float(radius), palette, grain, random)
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).resize((side, side), Image.Resampling.LANCZOS)
    if random.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.5)))
    return np.asarray(image)


def _palette(random: np.random.Generator) -> NDArray[np.float32]:
    """Some colours that go together: each a tone of grey, tinted by one of two hues. N x 3 in 0..255."""
    count = int(random.integers(4, 10))
    tones = random.uniform(10, 245, (count, 1))
    hues = random.normal(0, random.uniform(10, 60), (2, 3))
    tints = hues[random.integers(0, 2, count)] + random.normal(0, 12, (count, 3))
    return (tones + tints - tints.mean(1, keepdims=True)).clip(0, 255).astype(np.float32)


def _grain(side: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Noise whose strength falls with its frequency, as that of surfaces does: side x side, deviation 1, seamless."""
    down, across = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    stretch = np.exp(random.uniform(-1.2, 1.2))  # fur, bark and water have a direction
    frequency = np.hypot(down * stretch, across / stretch)
    frequency[0, 0] = np.inf
    spectrum = np.fft.rfft2(random.standard_normal((side, side))) / frequency ** random.uniform(0.6, 1.6)
    noise = np.fft.irfft2(spectrum, (side, side))
    return (noise / noise.std()).astype(np.float32)


def _ground(
    side: int, palette: NDArray[np.float32], grain: NDArray[np.float32], random: np.random.Generator
) -> NDArray[np.float32]:
    """A colour that turns into another from top to bottom, a little grained."""
    first, second = palette[random.integers(0, len(palette), 2)]
    share = np.linspace(0, 1, side, dtype=np.float32)[:, None, None]
    return first + share * (second - first) + grain[..., None] * np.float32(random.uniform(0, 12))


def _lay(
    pixels: NDArray[np.float32],
    radius: float,
    palette: NDArray[np.float32],
    grain: NDArray[np.float32],
    random: np.random.Generator,
) -> None:
    """Lay one leaf over ``pixels``."""
    side = len(pixels)
    middle = random.uniform(-0.1 * side, 1.1 * side, 2)
    outline = _outline(radius, random) + middle
    left, top = (max(0, int(value)) for value in outline.min(0))
    right, bottom = (min(side, int(value) + 1) for value in outline.max(0))
    if right - left < 2 or bottom - top < 2:
        return
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).polygon([(float(x - left), float(y - top)) for x, y in outline], fill=255)
    height, width = bottom - top, right - left
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None]
    angle, shade = random.uniform(0, 2 * np.pi), random.uniform(0, 45)
    light = (np.cos(angle) * across + np.sin(angle) * down) * np.float32(shade)
    if random.random() < 0.4:  # rounded: darker towards its borders
        light = light - (across**2 + down**2) * np.float32(random.uniform(0, 40))
    shift = random.integers(0, side, 2)
    texture = grain.take(np.arange(shift[0], shift[0] + height), 0, mode="wrap")
    texture = texture.take(np.arange(shift[1], shift[1] + width), 1, mode="wrap")
    tone = light + texture * np.float32(random.choice((0.0, random.uniform(0, 10), random.uniform(0, 35))))
    color = palette[int(random.integers(len(palette)))] + np.float32(random.normal(0, 8, 3))
    inside = np.asarray(mask)[..., None] > 0
    place = pixels[top:bottom, left:right]
    np.copyto(place, color + tone[..., None], where=inside)


def _outline(radius: float, random: np.random.Generator) -> NDArray[np.floating]:
    """Return the corners of a leaf around (0, 0), N x 2 (x, y): round, long, cornered or ragged."""
    turns = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    kind = random.random()
    if kind < 0.3:
        turns = np.sort(random.uniform(0, 2 * np.pi, int(random.integers(3, 8))))
    reach = np.full(len(turns), radius)
    if 0.3 <= kind < 0.6:
        waves = sum(random.normal(0, 0.25 / n) * np.sin(n * turns + random.uniform(0, 7)) for n in range(2, 7))
        reach = radius * (1 + waves).clip(0.2, None)
    long = np.exp(random.uniform(0, 1.6))
    corners = np.stack([reach * np.cos(turns) * np.sqrt(long), reach * np.sin(turns) / np.sqrt(long)], 1)
    angle = random.uniform(0, np.pi)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return corners @ turn.T
