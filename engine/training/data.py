"""Pictures for training: read from folders of any size, cropped and varied. Every sample follows from (seed, step,
place).

So a resumed training sees the pictures it would have seen, and nothing about random numbers needs saving.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from engine.api import Picture, PictureError, TrainingError
from engine.imaging import READABLE_SUFFIXES, compose_over_white, read_picture
from engine.training.procedural_styles import PROCEDURAL_STYLES, procedural_style

_CACHE_BYTES = 1_000_000_000
_LARGEST_SIDE_KEPT = 1024
REFERENCE_SIDE = 512
"""The longer side, in pixels, at which a style image is taken to have its natural stroke size."""


class PictureFolder:
    """Pictures of a folder (and its sub-folders), read when asked for; the last ones used stay in memory, up to 1
    GB.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise TrainingError("The folder {folder} does not exist. Name a folder of pictures.", folder=folder)
        self.paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READABLE_SUFFIXES)
        if not self.paths:
            raise TrainingError("The folder {folder} holds no pictures. Name a folder of pictures.", folder=folder)
        self._cache: OrderedDict[int, Image.Image] = OrderedDict()
        self._cached_bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.paths)

    def picture(self, index: int) -> Image.Image:
        """Return a picture, at most 1024 px on its longer side. An unreadable one is replaced by its neighbour."""
        index %= len(self.paths)
        with self._lock:
            if index in self._cache:
                self._cache.move_to_end(index)
                return self._cache[index]
        for offset in range(len(self.paths)):
            try:
                picture = read_picture(self.paths[(index + offset) % len(self.paths)])
                break
            except PictureError:
                continue
        else:
            raise TrainingError("None of the pictures in {folder} can be read.", folder=self.paths[0].parent)
        image = Image.fromarray(compose_over_white(picture))
        image.thumbnail((_LARGEST_SIDE_KEPT, _LARGEST_SIDE_KEPT), Image.Resampling.LANCZOS)
        with self._lock:
            self._cache[index] = image
            self._cached_bytes += image.width * image.height * 3
            while self._cached_bytes > _CACHE_BYTES and len(self._cache) > 1:
                _, dropped = self._cache.popitem(last=False)
                self._cached_bytes -= dropped.width * dropped.height * 3
        return image


def random_crop(
    image: Image.Image, side: int, pixels: tuple[float, float], random: np.random.Generator
) -> NDArray[np.uint8]:
    """Cut a random square of between ``pixels[0]`` and ``pixels[1]`` pixels, scaled to ``side``, mirrored half the
    time.
    """
    limit = min(image.size)
    box_side = float(np.clip(np.exp(random.uniform(*np.log(pixels))), min(16, limit), limit))
    left = random.uniform(0, image.width - box_side)
    top = random.uniform(0, image.height - box_side)
    box = (left, top, left + box_side, top + box_side)
    crop = np.asarray(image.resize((side, side), Image.Resampling.BICUBIC, box=box))
    return crop[:, ::-1] if random.random() < 0.5 else crop


def vary_colors(pixels: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """Swap channels, change gamma or invert brightness sometimes: few paintings, many palettes."""
    x = pixels.astype(np.float32) / 255
    if random.random() < 0.3:
        x = x[..., random.permutation(3)]
    if random.random() < 0.3:
        x = x ** np.exp(random.uniform(-0.5, 0.5, 3)).astype(np.float32)
    if random.random() < 0.2:
        gray = x.mean(-1, keepdims=True)
        x = gray + (x - gray) * np.float32(random.uniform(0.3, 1.6))
    return (x.clip(0, 1) * 255).round().astype(np.uint8)


def to_tensor(pictures: Sequence[NDArray[np.uint8]]) -> Tensor:
    """H x W x 3 uint8 pictures of one size to N x 3 x H x W float32 in 0..1, channels last in memory."""
    batch = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
    return batch.float().div(255).contiguous(memory_format=torch.channels_last)


class ContentData:
    """Random crops of photos."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = PictureFolder(folder)
        self._seed = seed

    def sample(self, step: int, place: int, side: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._seed, 1, step, place))
        image = self._folder.picture(int(random.integers(len(self._folder))))
        # Enlarged now and then: large photos have smooth places, and these are small.
        return random_crop(image, side, (0.55 * min(side, *image.size), min(image.size)), random)


class StyleData:
    """Random crops of paintings, at several sizes and palettes, and now and then a style the project draws itself."""

    def __init__(self, folder: Path, seed: int, procedural_share: float = 0.3, color_variation: float = 0.5) -> None:
        self._folder = PictureFolder(folder)
        self._seed = seed
        self._procedural_share = procedural_share
        self._color_variation = color_variation

    def sample(self, step: int, place: int, side: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._seed, 2, step, place))
        if random.random() < self._procedural_share:
            name = list(PROCEDURAL_STYLES)[int(random.integers(len(PROCEDURAL_STYLES)))]
            image = Image.fromarray(procedural_style(name, int(random.integers(2**31)), side))
            return random_crop(image, side, (side * 0.8, side), random)
        image = self._folder.picture(int(random.integers(len(self._folder))))
        natural = side * max(image.size) / REFERENCE_SIDE
        crop = random_crop(image, side, (natural * 0.6, natural * 1.5), random)
        return vary_colors(crop, random) if random.random() < self._color_variation else crop


def picture_of(tensor: Tensor) -> Picture:
    """3 x H x W in 0..1 to a Picture."""
    pixels = tensor.detach().float().clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).cpu().numpy()
    return Picture(np.ascontiguousarray(pixels))
