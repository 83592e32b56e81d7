"""Styles that the project draws itself, from random numbers: what paintings do not show, printing and paper and ink.

Each function fills a square with one technique and one palette; the picture has no subject, only the hand.
"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Palette = NDArray[np.uint8]
"""N x 3 colours from dark to light, N at least 5."""

_Draw = Callable[[int, Palette, np.random.Generator], Image.Image]


def procedural_style(name: str, seed: int, side: int) -> NDArray[np.uint8]:
    """Draw a style: ``side`` x ``side`` x 3, the same for the same arguments.

    ``name`` is a key of PROCEDURAL_STYLES (KeyError otherwise), ``side`` at least 32 pixels. Strokes have the same size
    in pixels at every side.
    """
    draw = PROCEDURAL_STYLES[name]
    random = np.random.default_rng((seed, len(name), *name.encode()))
    image = draw(side, _palette(random), random).convert("RGB")
    return np.asarray(image).copy()


def _palette(random: np.random.Generator) -> Palette:
    """Choose seven colours from dark to light: neighbours of one hue, with an opposite one now and then."""
    hue = random.uniform()
    spread = random.choice([0.04, 0.1, 0.2, 0.4])
    saturation = random.uniform(0.15, 0.95)
    dark, light = random.uniform(0.03, 0.3), random.uniform(0.75, 1.0)
    colors = []
    for brightness in np.linspace(dark, light, 7):
        shifted = hue + random.normal(0, spread) + (0.5 if random.random() < 0.2 else 0)
        fresh = saturation * random.uniform(0.6, 1.1) * (1 - 0.4 * brightness)
        colors.append(colorsys.hsv_to_rgb(shifted % 1, float(np.clip(fresh, 0, 1)), float(brightness)))
    return (np.array(colors) * 255).round().astype(np.uint8)


def _noise(side: int, size: float, random: np.random.Generator, octaves: int = 3) -> NDArray[np.floating]:
    """Smooth noise in 0..1, blobs of about ``size`` pixels and finer."""
    total = np.zeros((side, side), np.float32)
    for octave in range(octaves):
        cells = max(2, round(side / (size / 2**octave)) + 1)
        grid = Image.fromarray(random.random((cells, cells)).astype(np.float32))
        total += np.asarray(grid.resize((side, side), Image.Resampling.BICUBIC)) / 2**octave
    low, high = np.percentile(total, (1, 99))
    return ((total - low) / max(high - low, 1e-6)).clip(0, 1).astype(np.float32)


def _color(palette: Palette, tone: float) -> tuple[int, int, int]:
    """The colour of a tone in 0..1, dark to light."""
    red, green, blue = palette[int(np.clip(tone * len(palette), 0, len(palette) - 1))]
    return int(red), int(green), int(blue)


def _tinted(tones: NDArray[np.floating], palette: Palette) -> Image.Image:
    """Tones in 0..1 to a picture, through a palette without steps."""
    places = np.linspace(0, 1, len(palette))
    channels = [np.interp(tones, places, palette[:, channel]) for channel in range(3)]
    return Image.fromarray(np.stack(channels, -1).round().astype(np.uint8))


def _grained(image: Image.Image, amount: float, random: np.random.Generator, size: int = 1) -> Image.Image:
    """Add the grain of paper or canvas; ``amount`` in levels of 255."""
    side = image.width
    cells = -(-side // size)
    grain = random.normal(0, amount, (cells, cells)).repeat(size, 0).repeat(size, 1)[:side, :side]
    return Image.fromarray((np.asarray(image).astype(np.float32) + grain[..., None]).clip(0, 255).astype(np.uint8))


def _grid(side: int) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    return x, y


def _turned(side: int, angle: float) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Coordinates in pixels along and across a direction in radians."""
    x, y = _grid(side)
    return x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)


def _nearest(
    side: int, points: NDArray[np.floating], random: np.random.Generator, wobble: float
) -> tuple[NDArray[np.intp], NDArray[np.floating]]:
    """Which point each pixel is nearest to, and how much farther the second nearest one is, in pixels."""
    x, y = _grid(side)
    x = x + wobble * (_noise(side, 24, random) - 0.5)
    y = y + wobble * (_noise(side, 24, random) - 0.5)
    first = np.full((side, side), np.inf, np.float32)
    second = first.copy()
    index = np.zeros((side, side), np.intp)
    for number, (left, top) in enumerate(points):
        distance = np.hypot(x - left, y - top)
        nearer = distance < first
        second = np.where(nearer, first, np.minimum(second, distance))
        index[nearer] = number
        first = np.minimum(first, distance)
    return index, second - first


def _scattered(side: int, spacing: float, random: np.random.Generator) -> NDArray[np.floating]:
    """Points about ``spacing`` pixels apart, at most some two hundred."""
    spacing = max(spacing, side / 13)
    count = max(2, round(side / spacing))
    corners = np.stack(np.meshgrid(np.arange(count), np.arange(count)), -1).reshape(-1, 2)
    return ((corners + random.uniform(0.1, 0.9, corners.shape)) * side / count).astype(np.float32)


def _strokes(
    side: int,
    palette: Palette,
    random: np.random.Generator,
    *,
    length: float,
    width: float,
    direction: NDArray[np.floating],
    coverage: float = 2.5,
    background: Image.Image | None = None,
) -> Image.Image:
    """Lay brush strokes over a picture along a field of directions in radians."""
    tones = _noise(side, side / 3, random)
    image = _tinted(tones, palette) if background is None else background
    draw = ImageDraw.Draw(image)
    count = min(4000, round(coverage * side * side / (length * width)))
    starts = random.uniform(-length / 2, side + length / 2, (count, 2))
    for left, top in starts:
        row, column = int(np.clip(top, 0, side - 1)), int(np.clip(left, 0, side - 1))
        angle = direction[row, column] + random.normal(0, 0.12)
        bend = random.normal(0, 0.25)
        reach = length * random.uniform(0.5, 1.3)
        points = [(left, top)]
        for _ in range(3):
            left, top = left + reach / 3 * math.cos(angle), top + reach / 3 * math.sin(angle)  # noqa: PLW2901
            points.append((left, top))
            angle += bend
        tone = tones[row, column] + random.normal(0, 0.16)
        draw.line(points, _color(palette, tone), max(1, round(width * random.uniform(0.6, 1.3))), joint="curve")
    return image


def _hatching(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    tones = _noise(side, side / 2.5, random)
    paper = np.broadcast_to(palette[-1].astype(np.float32), (side, side, 3)).copy()
    spacing, angle = random.uniform(5, 10), random.uniform(0, math.pi)
    for layer in range(3):
        _, across = _turned(side, angle + layer * random.uniform(0.6, 1.2))
        across = across + 2.5 * _noise(side, 40, random)
        thickness = (0.75 - layer * 0.22 - tones).clip(0, 1) * 0.9
        line = (np.abs((across / spacing) % 1 - 0.5) * 2 < thickness).astype(np.float32)
        line *= 0.55 + 0.45 * _noise(side, 6, random)
        ink = palette[min(layer, 1)].astype(np.float32)
        paper += (ink - paper) * line[..., None]
    return _grained(Image.fromarray(paper.astype(np.uint8)), 4, random).filter(ImageFilter.GaussianBlur(0.5))


def _halftone(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    spacing = random.uniform(6, 12)
    paper = np.broadcast_to(palette[-1].astype(np.float32), (side, side, 3)).copy()
    for layer, angle in enumerate(random.uniform(0, math.pi) + np.array([0.0, 0.52, 1.05])):
        along, across = _turned(side, angle)
        cell_x, cell_y = (along / spacing) % 1 - 0.5, (across / spacing) % 1 - 0.5
        radius = (0.72 - 0.72 * _noise(side, side / 2.5, random)).clip(0.05, 0.62)
        dot = ((radius - np.hypot(cell_x, cell_y)) * spacing + 0.5).clip(0, 1)
        paper += (palette[layer * 2].astype(np.float32) - paper) * dot[..., None] * 0.85
    return Image.fromarray(paper.astype(np.uint8))


def _stained_glass(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    points = _scattered(side, random.uniform(24, 48), random)
    index, gap = _nearest(side, points, random, wobble=8)
    tones = random.uniform(0.15, 1.0, len(points))[index] + 0.25 * (_noise(side, 12, random) - 0.5)
    glass = np.asarray(_tinted(tones.clip(0, 1).astype(np.float32), palette)).astype(np.float32)
    lead = ((gap - random.uniform(2, 4)) / 2).clip(0, 1)[..., None]
    return Image.fromarray((palette[0] * 0.4 * (1 - lead) + glass * lead).astype(np.uint8))


def _ink_wash(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    wash = _noise(side, side / 2, random)
    edge = np.zeros_like(wash)
    for level in random.uniform(0.2, 0.8, 3):
        layer = wash + 0.18 * (_noise(side, 30, random) - 0.5)
        edge += np.exp(-(((layer - level) / 0.018) ** 2)) * 0.35 + (layer < level) * 0.22
    tones = (0.98 - edge + 0.06 * (_noise(side, 4, random) - 0.5)).clip(0, 1).astype(np.float32)
    gray = palette[[0, 1, -1]].mean(1, keepdims=True)
    ink = (palette[[0, 1, -1]] * 0.35 + gray * 0.65).round().astype(np.uint8)
    return _grained(_tinted(tones, ink), 3, random, 2)


def _paper_cut(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    image = np.broadcast_to(palette[-1].astype(np.float32), (side, side, 3)).copy()
    heights = _noise(side, side / random.uniform(1.5, 3.5), random, octaves=2)
    for layer, level in enumerate(np.linspace(0.85, 0.15, len(palette) - 1)):
        inside = (heights < level).astype(np.float32)
        shadow = Image.fromarray((inside * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(4))
        dark = np.pad(np.asarray(shadow).astype(np.float32) / 255, 3, mode="edge")[:-6, :-6]
        image *= 1 - 0.45 * (dark * (1 - inside))[..., None]
        image += (palette[-2 - layer % (len(palette) - 1)].astype(np.float32) - image) * inside[..., None]
    return _grained(Image.fromarray(image.clip(0, 255).astype(np.uint8)), 5, random)


def _mosaic(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    tile = random.uniform(8, 16)
    angle = (_noise(side, side, random, 1) - 0.5) * 2
    x, y = _grid(side)
    bent_x, bent_y = x + 40 * angle, y + 40 * _noise(side, side, random, 1)
    column, row = np.floor(bent_x / tile).astype(int), np.floor(bent_y / tile).astype(int)
    tones = _noise(side, side / 3, random)
    jitter = random.normal(0, 0.14, (512, 512))[row % 512, column % 512]
    stones = np.asarray(_tinted((tones + jitter).clip(0, 1).astype(np.float32), palette)).astype(np.float32)
    gap_x, gap_y = np.abs(bent_x / tile % 1 - 0.5), np.abs(bent_y / tile % 1 - 0.5)
    stone = ((0.5 - np.maximum(gap_x, gap_y)) * tile - 0.6).clip(0, 1)[..., None]
    grout = palette[int(random.choice([0, -1]))] * 0.8
    return Image.fromarray((grout * (1 - stone) + stones * stone).astype(np.uint8))


def _pointillism(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    tones = _noise(side, side / 3, random)
    image = _tinted(tones * 0.5 + 0.5, palette)
    draw = ImageDraw.Draw(image)
    radius = random.uniform(1.6, 3.6)
    for left, top in random.uniform(0, side, (min(6000, round(1.6 * side * side / radius**2 / math.pi)), 2)):
        tone = tones[int(top), int(left)] + random.normal(0, 0.22)
        size = radius * random.uniform(0.7, 1.3)
        draw.ellipse((left - size, top - size, left + size, top + size), _color(palette, tone))
    return image


def _short_strokes(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    direction = _noise(side, side / 1.5, random, 2) * math.tau
    return _lit(
        _strokes(
            side,
            palette,
            random,
            length=random.uniform(16, 30),
            width=random.uniform(3, 6),
            direction=direction.astype(np.float32),
        ),
        random,
    )


def _swirls(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    x, y = _grid(side)
    direction = np.zeros((side, side), np.float32)
    nearest = np.full((side, side), np.inf, np.float32)
    for left, top in random.uniform(0, side, (5, 2)):
        distance = np.hypot(x - left, y - top)
        around = np.arctan2(y - top, x - left) + math.pi / 2
        direction = np.where(distance < nearest, around, direction).astype(np.float32)
        nearest = np.minimum(nearest, distance)
    return _strokes(side, palette, random, length=26, width=random.uniform(2.5, 4), direction=direction)


def _lit(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """Raise the paint: light falls on the slopes of its brightness."""
    gray = np.asarray(image.convert("L")).astype(np.float32)
    slope = gray - np.roll(gray, (1, 1), (0, 1))
    light = random.uniform(0.15, 0.4) * slope.clip(-60, 60)
    return Image.fromarray((np.asarray(image).astype(np.float32) + light[..., None]).clip(0, 255).astype(np.uint8))


def _palette_knife(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    angle = random.uniform(0, math.pi)
    direction = np.full((side, side), angle, np.float32) + 0.8 * (_noise(side, side / 2, random) - 0.5)
    return _lit(
        _strokes(side, palette, random, length=40, width=random.uniform(10, 16), direction=direction, coverage=4),
        random,
    )


def _watercolor(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    image = np.full((side, side, 3), 250.0, np.float32)
    for _ in range(7):
        field = _noise(side, side / random.uniform(1.5, 4), random, 4)
        level = random.uniform(0.45, 0.7)
        body = ((field - level) / 0.02).clip(0, 1)
        rim = np.exp(-(((field - level - 0.01) / 0.02) ** 2))
        pigment = (body * random.uniform(0.25, 0.6) + 0.3 * rim) * (0.75 + 0.5 * _noise(side, 5, random))
        color = palette[int(random.integers(0, len(palette) - 1))].astype(np.float32) / 255
        image *= 1 - pigment.clip(0, 1)[..., None] * (1 - color)
    return _grained(Image.fromarray(image.clip(0, 255).astype(np.uint8)), 3, random, 2)


def _woodcut(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    tones = _noise(side, side / 2, random)
    along, across = _turned(side, random.uniform(0, math.pi))
    spacing = random.uniform(6, 11)
    wave = (across + 14 * _noise(side, side / 3, random) + 2 * np.sin(along / 9)) / spacing
    carved = (np.abs(wave % 1 - 0.5) * 2 < tones * 1.1 - 0.05).astype(np.float32)
    ink, paper = palette[0] * 0.6, palette[int(random.choice([-1, -2]))]
    print_ = ink * (1 - carved[..., None]) + paper * carved[..., None]
    return _grained(Image.fromarray(print_.astype(np.uint8)), 8, random).filter(ImageFilter.GaussianBlur(0.6))


def _marbling(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    x, y = _grid(side)
    for _ in range(3):
        x = x + side / 5 * (_noise(side, side / 2, random, 2) - 0.5)
        y = y + side / 5 * (_noise(side, side / 2, random, 2) - 0.5)
    bands = np.sin((x * random.uniform(0.5, 1) + y) * math.tau / random.uniform(18, 36))
    veins = np.exp(-((bands / 0.12) ** 2))
    tones = (0.5 + 0.5 * bands * (0.6 + 0.4 * _noise(side, side / 4, random)) - 0.4 * veins).clip(0, 1)
    return _tinted(tones.astype(np.float32), palette)


def _facets(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    points = _scattered(side, random.uniform(26, 50), random)
    index, gap = _nearest(side, points, random, wobble=0)
    slope_x, slope_y = random.normal(0, 0.006, (2, len(points)))
    x, y = _grid(side)
    shade = slope_x[index] * (x - points[index, 0]) + slope_y[index] * (y - points[index, 1])
    tones = (random.uniform(0.1, 0.95, len(points))[index] + shade).clip(0, 1)
    edge = 0.25 * np.exp(-((gap / 1.5) ** 2))
    return _grained(_tinted((tones - edge).clip(0, 1).astype(np.float32), palette), 5, random)


def _crayon(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    tones = _noise(side, side / 3, random)
    image = np.broadcast_to(palette[-1].astype(np.float32), (side, side, 3)).copy()
    paper = random.random((side, side)).astype(np.float32)
    for layer in range(4):
        along, across = _turned(side, random.uniform(0, math.pi))
        line = 0.5 + 0.5 * np.sin((across + 6 * _noise(side, 50, random)) * math.tau / random.uniform(5, 9))
        held = (line * (0.35 + 0.65 * np.abs(tones - layer / 4 < 0.4)) > paper * 1.1).astype(np.float32)
        held *= (0.5 + 0.5 * np.sin(along / 37 + layer)) * 0.7 + 0.2
        image += (palette[layer + 1].astype(np.float32) - image) * held[..., None] * 0.8
    return Image.fromarray(image.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))


def _weave(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    x, y = _grid(side)
    spacing = random.uniform(5, 9)
    warp, weft = np.sin(x * math.pi / spacing), np.sin(y * math.pi / spacing)
    over = (np.floor(x / spacing) + np.floor(y / spacing)) % 2 == 0
    relief = np.where(over, np.abs(warp), np.abs(weft))
    rows = random.uniform(0, 1, 4096)[np.floor(np.where(over, x, y + 2048 * spacing) / spacing).astype(int) % 4096]
    tones = _noise(side, side / 2.5, random) * 0.7 + rows * 0.3
    colors = np.asarray(_tinted(tones.clip(0, 1).astype(np.float32), palette)).astype(np.float32)
    return _grained(Image.fromarray((colors * (0.45 + 0.55 * relief)[..., None]).astype(np.uint8)), 6, random)


def _spatter(side: int, palette: Palette, random: np.random.Generator) -> Image.Image:
    image = Image.new("RGB", (side, side), _color(palette, random.choice([0.0, 0.99])))
    draw = ImageDraw.Draw(image)
    for _ in range(round(side * side / 260)):
        left, top = random.uniform(-20, side + 20, 2)
        points = [(left, top)]
        angle, reach = random.uniform(0, math.tau), random.exponential(14)
        for _ in range(6):
            angle += random.normal(0, 0.5)
            left, top = left + reach * math.cos(angle), top + reach * math.sin(angle)
            points.append((left, top))
        color = _color(palette, random.random())
        draw.line(points, color, max(1, round(random.exponential(1.6))), joint="curve")
        for x, y in random.normal((left, top), 12, (4, 2)):
            size = random.exponential(1.8)
            draw.ellipse((x - size, y - size, x + size, y + size), color)
    return image


PROCEDURAL_STYLES: Mapping[str, _Draw] = {
    "hatching": _hatching,
    "halftone": _halftone,
    "stained glass": _stained_glass,
    "ink wash": _ink_wash,
    "paper cut": _paper_cut,
    "mosaic": _mosaic,
    "pointillism": _pointillism,
    "short strokes": _short_strokes,
    "swirls": _swirls,
    "palette knife": _palette_knife,
    "watercolor": _watercolor,
    "woodcut": _woodcut,
    "marbling": _marbling,
    "facets": _facets,
    "crayon": _crayon,
    "weave": _weave,
    "spatter": _spatter,
}
