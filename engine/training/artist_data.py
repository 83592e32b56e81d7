"""What fine-tuning looks at: crops of the artist's photos (or of those that ship with Scumble, and leaves), drawings,
and the artist's works.

Every sample follows from (seed, step, place), as in :mod:`engine.training.data`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import resources
from engine.api import PictureError, TrainingError
from engine.imaging import compose_over_white, read_picture
from engine.networks.style_code import NATURAL_SIDE
from engine.training.common_palette import CommonPalette
from engine.training.data import PictureFolder, Pictures, random_crop
from engine.training.drawings import drawing
from engine.training.leaves import leaves
from engine.training.procedural_styles import PROCEDURAL_STYLES, procedural_style

_TRAINED_PART = 0.72
"""So much of the longer side of each photo is trained on; what the result is measured on comes from the rest."""

_DRAWING_SHARE = 0.05
_LEAVES_SHARE = 0.05
"""How many content images are leaves where the artist gave no photos: a dozen photos alone would be learnt by heart.
Few, since what is learnt on leaves holds less for photos."""

_DRAWN_ONCE = 32
"""So many leaves, and as many other styles, are drawn and cropped again and again: drawing takes time from learning."""

_DRAWN_LARGER = 1.33

_SMALLEST_CROP = 0.75
"""Of the shorter side of a photo, or of the side of the training pictures where that is less: a view that shows most of
a photo has what whole ones have, sky and ground.
"""

_LARGEST_VIEW = 1024
_LEAST_CONTRAST = 12
_TRIES = 8
_MOST_WORKS_VIEWED = 48


class ArtistContent:
    """Content images: crops of the photos in a folder, without one of those that ship with Scumble, and leaves; of more
    ``photos``; and drawings.
    """

    def __init__(self, folder: Path | None, seed: int, photos: Sequence[Path] = ()) -> None:
        in_folder = PictureFolder(folder if folder is not None else resources.PRACTICE)
        self._pictures = Pictures([*in_folder.paths, *photos])
        self._leaves_share = _LEAVES_SHARE if folder is None else 0.0
        self._seed = seed

    def sample(self, step: int, place: int, side: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._seed, 11, step, place))
        kind = random.random()
        if kind < _DRAWING_SHARE:
            return _drawing(random, side)
        if kind < _DRAWING_SHARE + self._leaves_share:
            drawn = _drawn_leaves(self._seed, int(random.integers(_DRAWN_ONCE)), round(side * _DRAWN_LARGER))
            return random_crop(drawn, side, (side * 0.75, drawn.width), random)
        return self._crop(random, int(random.integers(len(self._pictures))), side, 0.0, _TRAINED_PART)

    def held_out(self, count: int, side: int) -> list[NDArray[np.uint8]]:
        """Return square crops, to be looked at, of parts of the photos that :meth:`sample` never shows."""
        random = np.random.default_rng((self._seed, 12))
        chosen = random.permutation(len(self._pictures))
        return [
            self._crop(random, int(chosen[number % len(chosen)]), side, _TRAINED_PART, 1.0) for number in range(count)
        ]

    def strips(self, count: int, longer_side: int = NATURAL_SIDE) -> list[NDArray[np.uint8]]:
        """Return the parts of up to ``count`` photos that :meth:`sample` never shows, as large as they are where the
        longer side of the photo has ``longer_side`` pixels: H x W x 3, sides multiples of 8, 64 at least. Enlarged
        crops are smoother than photos, and a hand that keeps those keeps these less well.
        """
        chosen = np.random.default_rng((self._seed, 12)).permutation(len(self._pictures))
        strips = []
        for number in chosen[:count]:
            image = self._pictures.picture(int(number))
            width, height = image.size
            wide = width >= height
            box = (width * _TRAINED_PART, 0, width, height) if wide else (0, height * _TRAINED_PART, width, height)
            scale = longer_side / max(width, height)
            sides = [max(64, round(side * scale) // 8 * 8) for side in (box[2] - box[0], box[3] - box[1])]
            strips.append(np.asarray(image.resize((sides[0], sides[1]), Image.Resampling.LANCZOS, box=box)))
        return strips

    def _crop(self, random: np.random.Generator, number: int, side: int, start: float, end: float) -> NDArray[np.uint8]:
        image = self._pictures.picture(number)
        width, height = image.size
        if width >= height:
            part = image.crop((round(width * start), 0, round(width * end), height))
        else:
            part = image.crop((0, round(height * start), width, round(height * end)))
        return random_crop(part, side, (_SMALLEST_CROP * min(side, *part.size), min(part.size)), random)


@lru_cache(_DRAWN_ONCE)
def _drawn_leaves(seed: int, number: int, side: int) -> Image.Image:
    return Image.fromarray(leaves(int(np.random.default_rng((seed, 19, number)).integers(2**31)), side))


@lru_cache(_DRAWN_ONCE)
def _drawn_style(seed: int, number: int, side: int) -> Image.Image:
    name = list(PROCEDURAL_STYLES)[number % len(PROCEDURAL_STYLES)]
    return Image.fromarray(procedural_style(name, int(np.random.default_rng((seed, 20, number)).integers(2**31)), side))


def _drawing(random: np.random.Generator, side: int) -> NDArray[np.uint8]:
    """Return a drawing with something on it: of one flat colour no content could be kept."""
    pixels = drawing(int(random.integers(2**31)), side)
    for _ in range(_TRIES):
        if pixels.std((0, 1)).max() >= _LEAST_CONTRAST:
            break
        pixels = drawing(int(random.integers(2**31)), side)
    return pixels


class Works:
    """The works that a style is learnt from, in one palette."""

    def __init__(self, paths: Sequence[Path], seed: int) -> None:
        self._pictures = Pictures(paths)
        self._seed = seed

    def sample(self, step: int, place: int, side: int, scale: float) -> NDArray[np.uint8]:
        """Return a crop for the discriminator; ``scale`` is the style scale, the size of the strokes."""
        random = np.random.default_rng((self._seed, 13, step, place))
        number = int(random.integers(len(self._pictures)))
        image = self._pictures.picture(number)
        natural = side * max(image.size) / (NATURAL_SIDE * scale)
        crop = random_crop(image, side, (natural * 0.75, natural * 1.33), random)
        return self._palette.recolored(crop, number)

    def views(self) -> Iterator[_View]:
        """Yield the works, at most 48 of them, evenly chosen; unreadable ones are passed over."""
        found = False
        for number in self._viewed:
            try:
                picture = read_picture(self._pictures.paths[number])
            except PictureError:
                continue
            found = True
            image = Image.fromarray(compose_over_white(picture))
            recolor = partial(self._palette.recolored, number=number)
            yield _View(image, recolor, np.random.default_rng((self._seed, 14, number)))
        if not found:
            raise TrainingError("None of the works can be read any more. Put them back, or name others.")

    @property
    def _viewed(self) -> list[int]:
        count = len(self._pictures)
        return np.linspace(0, count - 1, min(count, _MOST_WORKS_VIEWED)).round().astype(int).tolist()

    @cached_property
    def _palette(self) -> CommonPalette:
        return CommonPalette(self._pictures.paths, self._viewed)


class _View:
    """One work, from which code and statistics are taken."""

    def __init__(
        self,
        image: Image.Image,
        recolor: Callable[[NDArray[np.uint8]], NDArray[np.uint8]],
        random: np.random.Generator,
    ) -> None:
        self._image = image
        self._recolor = recolor
        self._random = random

    def at(self, scale: float) -> list[NDArray[np.uint8]]:
        """Return the work as it is at a style scale: whole, or two crops where it is larger than 1024 pixels."""
        factor = NATURAL_SIDE * scale / max(self._image.size)
        width, height = (max(16, round(side * factor)) for side in self._image.size)
        if max(width, height) <= _LARGEST_VIEW:
            return [self._recolor(np.asarray(self._image.resize((width, height), Image.Resampling.LANCZOS)))]
        crops = []
        for _ in range(2):
            cut_width, cut_height = min(width, _LARGEST_VIEW), min(height, _LARGEST_VIEW)
            left = self._random.uniform(0, (width - cut_width) / factor)
            top = self._random.uniform(0, (height - cut_height) / factor)
            box = (left, top, left + cut_width / factor, top + cut_height / factor)
            crop = np.asarray(self._image.resize((cut_width, cut_height), Image.Resampling.BICUBIC, box=box))
            crops.append(self._recolor(crop))
        return crops


def other_style(seed: int, step: int, place: int, side: int) -> NDArray[np.uint8]:
    """Return a crop of a style that the project draws itself, for what must not be forgotten."""
    random = np.random.default_rng((seed, 15, step, place))
    image = _drawn_style(seed, int(random.integers(_DRAWN_ONCE)), round(side * _DRAWN_LARGER))
    return random_crop(image, side, (side * 0.75, image.width), random)
