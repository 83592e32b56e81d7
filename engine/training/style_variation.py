"""Many styles from few paintings: a hundred pictures have a hundred hands, and what learns them must hold for others.

Each function takes and returns H x W x 3 uint8 pixels of one size and draws what it needs from ``random``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Pixels = NDArray[np.uint8]

_MESH_CELLS = 6


def vary_colors(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """Another palette: mixed channels, other curves, other saturation, now and then a negative or a single scale of
    colours.
    """
    x = pixels.astype(np.float32) / 255
    if random.random() < 0.4:
        x = x[..., random.permutation(3)]
    if random.random() < 0.4:
        mix = np.eye(3) + random.normal(0, 0.35, (3, 3))
        x = (x - 0.5) @ mix.T.astype(np.float32) + np.float32(0.5) + random.normal(0, 0.1, 3).astype(np.float32)
        x = x.clip(0, 1)
    if random.random() < 0.4:
        x = x ** np.exp(random.uniform(-0.7, 0.7, 3)).astype(np.float32)
    if random.random() < 0.3:
        gray = x.mean(-1, keepdims=True)
        x = gray + (x - gray) * np.float32(random.uniform(0.0, 2.0))
    if random.random() < 0.1:
        x = 1 - x
    if random.random() < 0.1:
        scale = random.uniform(0, 1, (int(random.integers(3, 7)), 3))
        scale = scale[np.argsort(scale.sum(1))]
        tones = x.mean(-1).clip(0, 1)
        x = np.stack([np.interp(tones, np.linspace(0, 1, len(scale)), scale[:, c]) for c in range(3)], -1)
    return (x.clip(0, 1) * 255).round().astype(np.uint8)


def bend(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """Other forms: the picture pulled about on a coarse mesh."""
    image = Image.fromarray(pixels)
    width, height = image.size
    n = _MESH_CELLS
    x, y = np.meshgrid(np.linspace(0, width, n + 1), np.linspace(0, height, n + 1))
    amount = random.uniform(0.2, 0.5) * np.array([width, height]) / n
    moved = np.stack([x, y], -1) + random.uniform(-1, 1, (n + 1, n + 1, 2)) * amount
    moved = moved.clip(0, np.array([width, height]))
    mesh = []
    for row in range(n):
        for column in range(n):
            box = tuple(
                round(v) for v in (x[row, column], y[row, column], x[row + 1, column + 1], y[row + 1, column + 1])
            )
            corners = [(row, column), (row + 1, column), (row + 1, column + 1), (row, column + 1)]
            mesh.append((box, tuple(float(v) for corner in corners for v in moved[corner])))
    return np.asarray(image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC))


def mix_bands(pixels: Pixels, other: Pixels, random: np.random.Generator) -> Pixels:
    """The forms of one picture with the texture of another."""
    radius = float(np.exp(random.uniform(np.log(1.5), np.log(10))))
    forms = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(radius))).astype(np.float32)
    blurred = np.asarray(Image.fromarray(other).filter(ImageFilter.GaussianBlur(radius))).astype(np.float32)
    texture = (other.astype(np.float32) - blurred) * random.uniform(0.7, 1.5)
    if random.random() < 0.5:
        texture = texture.mean(-1, keepdims=True)
    return (forms + texture).clip(0, 255).round().astype(np.uint8)


def _oil(image: Image.Image, random: np.random.Generator) -> Image.Image:
    return image.filter(ImageFilter.ModeFilter(int(random.choice([5, 7, 9]))))


def _flat_colors(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """A few flat colours, of their own or any, with an outline now and then."""
    count = int(random.integers(3, 12))
    smooth = image.filter(ImageFilter.GaussianBlur(float(random.uniform(0.5, 4))))
    flat = smooth.quantize(count, Image.Quantize.MEDIANCUT)
    if random.random() < 0.5:
        colors = random.integers(0, 256, (count, 3))
        flat.putpalette(bytes(colors.astype(np.uint8).flatten().tolist()))
    result = flat.convert("RGB")
    if random.random() < 0.5:
        edges = np.asarray(result.convert("L").filter(ImageFilter.FIND_EDGES))
        lines = Image.fromarray(np.where(edges < 40, 255, 0).astype(np.uint8))
        size = int(random.choice([1, 3, 5]))
        if size > 1:  # some versions of Pillow divide by zero at 1
            lines = lines.filter(ImageFilter.MinFilter(size))
        result = ImageChops.multiply(result, lines.convert("RGB"))
    return result


def _pencil(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """Lines where the tones change, on paper."""
    gray = ImageOps.grayscale(image)
    blurred = np.asarray(gray.filter(ImageFilter.GaussianBlur(float(random.uniform(1.5, 5))))).astype(np.float32)
    tones = (np.asarray(gray).astype(np.float32) + 4) / (blurred + 4)
    tones = (tones.clip(0, 1) ** random.uniform(2, 8)) * 255
    grain = random.normal(0, random.uniform(0, 14), tones.shape)
    drawing = Image.fromarray((tones + grain).clip(0, 255).astype(np.uint8))
    dark, light = (tuple(int(v) for v in random.integers(*limits, 3)) for limits in ((0, 110), (170, 256)))
    return ImageOps.colorize(drawing, dark, light)


def _washes(image: Image.Image, random: np.random.Generator) -> Image.Image:
    smooth = image
    for _ in range(int(random.integers(2, 5))):
        smooth = smooth.filter(ImageFilter.MedianFilter(5))
    grain = random.normal(0, random.uniform(2, 10), (image.height // 2 + 1, image.width // 2 + 1))
    grain = grain.repeat(2, 0).repeat(2, 1)[: image.height, : image.width, None]
    return Image.fromarray((np.asarray(smooth) + grain).clip(0, 255).astype(np.uint8))


def _blocks(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """Brush marks of one size laid over the picture, each of the colour below it and a little off."""
    pixels = np.asarray(image)
    height, width = pixels.shape[:2]
    size = float(np.exp(random.uniform(np.log(4), np.log(14))))
    result = image.filter(ImageFilter.GaussianBlur(size / 2))
    long = random.uniform(1, 4)
    angle_scale = random.uniform(0, 2)
    base_angle = random.uniform(0, np.pi)
    gray = np.asarray(ImageOps.grayscale(image).filter(ImageFilter.GaussianBlur(3))).astype(np.float32)
    gradient_y, gradient_x = np.gradient(gray)
    along = np.arctan2(gradient_y, gradient_x) + np.pi / 2
    follow = random.random() < 0.6
    draw = ImageDraw.Draw(result)
    for _ in range(min(900, int(2.5 * width * height / (size * size * long)))):
        x, y = int(random.integers(width)), int(random.integers(height))
        angle = along[y, x] if follow else base_angle + angle_scale * random.normal()
        dx, dy = np.cos(angle) * size * long / 2, np.sin(angle) * size * long / 2
        color = tuple(int(v) for v in (pixels[y, x] + random.normal(0, 14)).clip(0, 255))
        draw.line((x - dx, y - dy, x + dx, y + dy), color, max(1, round(size)))
    return result


def _relief(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """Light from one side on thick paint."""
    gray = np.asarray(ImageOps.grayscale(image).filter(ImageFilter.GaussianBlur(float(random.uniform(0.5, 2)))))
    gradient_y, gradient_x = np.gradient(gray.astype(np.float32))
    angle = random.uniform(0, 2 * np.pi)
    light = (gradient_x * np.cos(angle) + gradient_y * np.sin(angle)) * random.uniform(1, 6)
    return Image.fromarray((np.asarray(image) + light[..., None]).clip(0, 255).astype(np.uint8))


_TECHNIQUES: tuple[Callable[[Image.Image, np.random.Generator], Image.Image], ...] = (
    _oil,
    _flat_colors,
    _pencil,
    _washes,
    _blocks,
    _relief,
)


def paint_over(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """Turn a photo (or a painting) into something like a picture made by hand, by one or two simple techniques."""
    image = Image.fromarray(pixels)
    for index in random.permutation(len(_TECHNIQUES))[: 1 + int(random.random() < 0.4)]:
        image = _TECHNIQUES[index](image, random)
    return np.asarray(image)
