"""Content images that the project draws itself: flat shapes, letters, thin lines and smooth skies.

Photos have hardly any of these, yet logos, comics, posters and renderings are made of them; and on nothing do halos and
lost lines show as plainly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_ENLARGED = 2
"""Drawn so much larger and shrunk: that makes the edges smooth."""

_LETTERS = "ABCDEFGHKLMNPRSTUVWXYZabcdefghkmnprstuvwxyz0123456789&?!"


def drawing(seed: int, side: int) -> NDArray[np.uint8]:
    """Return a content image, ``side`` x ``side`` x 3, the same for the same arguments; ``side`` at least 32 pixels."""
    random = np.random.default_rng((seed, 7))
    large = side * _ENLARGED
    image = _background(large, random)
    pen = ImageDraw.Draw(image)
    if random.random() < 0.25:
        pen.rectangle((0, 0, int(large * random.uniform(0.25, 0.75)), large), fill=_color(random))
    for _ in range(int(random.integers(0, 7))):
        _shape(pen, large, random)
    for _ in range(int(random.integers(0, 9))):
        _line(pen, large, random)
    for _ in range(int(random.integers(0, 4))):
        _letters(pen, large, random)
    if random.random() < 0.25:
        image = image.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 4)))
    pixels = np.asarray(image.resize((side, side), Image.Resampling.LANCZOS)).astype(np.float32)
    if random.random() < 0.3:
        pixels += random.normal(0, random.uniform(1, 6), pixels.shape)
    return pixels.round().clip(0, 255).astype(np.uint8)


def _color(random: np.random.Generator) -> tuple[int, int, int]:
    grey, tint = random.uniform(0, 255), random.uniform(0, 90)
    red, green, blue = (grey + random.normal(0, tint, 3)).clip(0, 255).astype(int)
    return int(red), int(green), int(blue)


def _background(side: int, random: np.random.Generator) -> Image.Image:
    """A flat colour, or one that turns slowly into another, as skies do."""
    first, second = (np.array(_color(random), np.float32) for _ in range(2))
    if random.random() < 0.5:
        second = first
    angle = random.uniform(0, 2 * np.pi)
    across = np.linspace(-1, 1, side, dtype=np.float32)
    share = 0.5 + 0.5 * (np.cos(angle) * across[None] + np.sin(angle) * across[:, None]) / np.sqrt(2)
    pixels = first + share[..., None] * (second - first)
    return Image.fromarray(pixels.round().astype(np.uint8))


def _point(side: int, random: np.random.Generator) -> tuple[float, float]:
    x, y = random.uniform(-0.1 * side, 1.1 * side, 2)
    return float(x), float(y)


def _shape(pen: ImageDraw.ImageDraw, side: int, random: np.random.Generator) -> None:
    outline = _color(random) if random.random() < 0.3 else None
    width = int(random.integers(2, 9))
    x, y = _point(side, random)
    radius = side * random.uniform(0.04, 0.4)
    kind = random.random()
    if kind < 0.35:
        height = radius * random.uniform(0.5, 1.5)
        pen.ellipse((x - radius, y - height, x + radius, y + height), fill=_color(random), outline=outline, width=width)
    elif kind < 0.6:
        height = radius * random.uniform(0.3, 1.5)
        pen.rectangle(
            (x - radius, y - height, x + radius, y + height), fill=_color(random), outline=outline, width=width
        )
    else:
        corners = [_point(side, random) for _ in range(int(random.integers(3, 7)))]
        pen.polygon(corners, fill=_color(random), outline=outline, width=width)


def _line(pen: ImageDraw.ImageDraw, side: int, random: np.random.Generator) -> None:
    points = [_point(side, random) for _ in range(int(random.integers(2, 5)))]
    pen.line(points, fill=_color(random), width=int(random.integers(1, 10)), joint="curve")


def _letters(pen: ImageDraw.ImageDraw, side: int, random: np.random.Generator) -> None:
    count = int(random.integers(1, 10))
    text = "".join(_LETTERS[int(place)] for place in random.integers(0, len(_LETTERS), count))
    font = ImageFont.load_default(size=side * float(random.uniform(0.05, 0.35)))
    x, y = _point(side, random)
    pen.text((x, y), text, fill=_color(random), font=font)
