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
from engine.training.drawings import drawing
from engine.training.procedural_styles import PROCEDURAL_STYLES, procedural_style
from engine.training.style_variation import bend, mix_bands, paint_over, vary_colors

_CACHE_BYTES = 1_000_000_000
_LARGEST_SIDE_KEPT = 1024
_LEAST_CONTRAST = 25
_TRIES = 4
"""An empty corner of a picture shows no style: another crop is tried, so many times, while the standard deviation of
every channel, in levels of 255, is below the least contrast."""

REFERENCE_SIDE = 512
"""The longer side, in pixels, at which a style image is taken to have its natural stroke size."""


class Pictures:
    """Pictures of files, read when asked for; the last ones used stay in memory, up to 1 GB."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = list(paths)
        self._cache: OrderedDict[int, Image.Image] = OrderedDict()
        self._cached_bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.paths)

    def __getstate__(self) -> dict[str, object]:
        return {"paths": self.paths}  # a copy in another process reads for itself

    def __setstate__(self, state: dict[str, list[Path]]) -> None:
        Pictures.__init__(self, state["paths"])

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


class PictureFolder(Pictures):
    """The pictures of a folder and its sub-folders. ``subset`` takes only so many of them, evenly spread."""

    def __init__(self, folder: Path, subset: int | None = None) -> None:
        if not folder.is_dir():
            raise TrainingError("The folder {folder} does not exist. Name a folder of pictures.", folder=folder)
        paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READABLE_SUFFIXES)
        if not paths:
            raise TrainingError("The folder {folder} holds no pictures. Name a folder of pictures.", folder=folder)
        if subset is not None and subset < len(paths):
            paths = [paths[number * len(paths) // subset] for number in range(subset)]
        super().__init__(paths)


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


def to_tensor(pictures: Sequence[NDArray[np.uint8]]) -> Tensor:
    """H x W x 3 uint8 pictures of one size to N x 3 x H x W float32 in 0..1, channels last in memory."""
    batch = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
    return batch.float().div(255).contiguous(memory_format=torch.channels_last)


class ContentData:
    """Random crops of photos, and some drawings."""

    def __init__(self, folder: Path, seed: int, drawing_share: float = 0.1, subset: int | None = None) -> None:
        self._folder = PictureFolder(folder, subset)
        self._seed = seed
        self._drawing_share = drawing_share

    def sample(self, step: int, place: int, side: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._seed, 1, step, place))
        if random.random() < self._drawing_share:
            return drawing(int(random.integers(2**31)), side)
        image = self._folder.picture(int(random.integers(len(self._folder))))
        # Enlarged now and then: large photos have smooth places, and these are small.
        return random_crop(image, side, (0.55 * min(side, *image.size), min(image.size)), random)


class PaintedData:
    """Random crops of pictures that a generator has painted, at about their own size: what the perceptual network will
    have to judge.
    """

    def __init__(self, folder: Path, seed: int, subset: int | None = None) -> None:
        self._folder = PictureFolder(folder, subset)
        self._seed = seed

    def sample(self, step: int, place: int, side: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._seed, 21, step, place))
        image = self._folder.picture(int(random.integers(len(self._folder))))
        return random_crop(image, side, (side * 0.8, side * 1.25), random)


class StyleData:
    """Random crops of paintings, at several sizes; and of pictures that nobody painted, for there are never enough
    paintings: photos painted over by simple techniques, styles the project draws itself, mixtures, other palettes.

    ``photos`` is a folder as well; without it, paintings are painted over.
    """

    def __init__(
        self,
        folder: Path,
        seed: int,
        photos: Path | None = None,
        painting_share: float = 0.5,
        subset: int | None = None,
    ) -> None:
        self._paintings = PictureFolder(folder, subset)
        self._photos = PictureFolder(photos, subset) if photos is not None else self._paintings
        self._seed = seed
        self._painting_share = painting_share

    def sample(self, step: int, place: int, side: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._seed, 2, step, place))
        crop = self._varied(random, side)
        for _ in range(_TRIES):
            if crop.std((0, 1)).max() >= _LEAST_CONTRAST:
                break
            crop = self._varied(random, side)
        return crop

    def _varied(self, random: np.random.Generator, side: int) -> NDArray[np.uint8]:
        crop = self._crop(random, side)
        if random.random() < 0.15:
            crop = mix_bands(crop, self._crop(random, side), random)
        if random.random() < 0.15:
            crop = bend(crop, random)
        return vary_colors(crop, random) if random.random() < 0.5 else crop

    def _crop(self, random: np.random.Generator, side: int) -> NDArray[np.uint8]:
        kind = random.random()
        if kind < self._painting_share:
            return self._crop_of(self._paintings, random, side)
        if kind < self._painting_share + 0.6 * (1 - self._painting_share):
            crop = self._crop_of(self._photos, random, side)
            return paint_over(crop, random) if random.random() < 0.75 else crop
        name = list(PROCEDURAL_STYLES)[int(random.integers(len(PROCEDURAL_STYLES)))]
        image = Image.fromarray(procedural_style(name, int(random.integers(2**31)), side))
        return random_crop(image, side, (side * 0.6, side), random)

    @staticmethod
    def _crop_of(folder: PictureFolder, random: np.random.Generator, side: int) -> NDArray[np.uint8]:
        image = folder.picture(int(random.integers(len(folder))))
        natural = side * max(image.size) / REFERENCE_SIDE
        return random_crop(image, side, (natural * 0.6, natural * 1.5), random)


def picture_of(tensor: Tensor) -> Picture:
    """3 x H x W in 0..1 to a Picture."""
    pixels = tensor.detach().float().clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).cpu().numpy()
    return Picture(np.ascontiguousarray(pixels))
