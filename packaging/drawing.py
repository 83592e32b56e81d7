"""What the scripts that draw the sample pictures share: noise, vectors, and the last steps from light to a JPEG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[Any]


def lattice_noise(points: Array, seed: int) -> Array:
    """Smooth noise in 0..1 at points in space, ... x 3, with features about one unit large."""
    low = np.floor(points)
    inside = points - low
    weight = inside * inside * (3 - 2 * inside)
    corner = low.astype(np.int64)
    total = np.zeros(points.shape[:-1], np.float32)
    for number in range(8):
        offset = np.array([number & 1, number >> 1 & 1, number >> 2 & 1])
        x, y, z = np.moveaxis(corner + offset, -1, 0)
        mixed = (x * 374761393 + y * 668265263 + z * 2147483647 + seed * 1274126177) & 0xFFFFFFFF
        mixed = ((mixed ^ (mixed >> 13)) * 1103515245) & 0xFFFFFFFF
        value = ((mixed ^ (mixed >> 16)) & 0xFFFF).astype(np.float32) / np.float32(65535)
        share = np.where(offset, weight, 1 - weight).prod(-1)
        total += value * share.astype(np.float32)
    return total


def rough_noise(points: Array, seed: int, octaves: int = 4) -> Array:
    """Noise with ever finer detail, in 0..1."""
    total = np.zeros(points.shape[:-1], np.float32)
    for octave in range(octaves):
        total += lattice_noise(points * np.float32(2.03**octave) + octave * 17, seed + octave) / np.float32(2**octave)
    return total / np.float32(2 - 2 ** (1 - octaves))


def on_plane(x: Array, y: Array) -> Array:
    """Points of a plane in space, for the noises above."""
    return np.stack([x, y, np.full_like(x, 0.37)], -1).astype(np.float32)


def normalized(vectors: Array) -> Array:
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)).astype(np.float32)


def mix(a: Array, b: Array, share: Array) -> Array:
    """From ``a`` (share 0) to ``b`` (share 1); colours are ... x 3, shares lack the last axis."""
    return (a + (b - a) * np.clip(share, 0, 1)[..., None]).astype(np.float32)


def step(low: float, high: float, x: Array) -> Array:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def save_photo(light: Array, path: Path, size: tuple[int, int], exposure: float = 1.0) -> None:
    """Develop linear light, H x W x 3, as a camera does (a soft shoulder, sRGB, a little grain) and write a JPEG."""
    x = np.maximum(light * np.float32(exposure), 0)
    x = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)
    x = np.where(x < 0.0031308, 12.92 * x, 1.055 * np.power(np.maximum(x, 1e-6), 1 / 2.4) - 0.055)
    image = Image.fromarray((x.clip(0, 1) * 255).round().astype(np.uint8))
    pixels = np.asarray(image.resize(size, Image.Resampling.LANCZOS)).astype(np.float32)
    grain = np.random.default_rng(0).normal(0, 1.6, pixels.shape[:2])[..., None]
    image = Image.fromarray((pixels + grain).clip(0, 255).round().astype(np.uint8))
    image.save(path, quality=88, subsampling=0, optimize=True)
    print(f"{path}: {path.stat().st_size // 1024} KB")
