"""From a style, whatever it is, to the code that the generator understands, and to the changes of its weights that a
fine-tuned style brings.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.api import Picture, StyleChoice, StyleError
from engine.imaging import compose_over_white, resize_to
from engine.networks.style_code import CODE_SIZE, FILE_SCALES, NATURAL_SIDE
from engine.styles import STYLE_SUFFIX, StyleLibrary, check_base_model, read_style_file
from engine.stylization.cache import RecentCache, file_key
from engine.stylization.painter import Changes, Painter, WeightChange

CHANGE_PREFIX = "weights."
"""So the tensors of a style file begin that say by how much a weight of the base model differs."""

_SMALLEST_SIDE = 16
_CODES_KEPT = 64
_CHANGES_KEPT = 16


def encode_style(painter: Painter, picture: Picture, style_scale: float) -> NDArray[np.float32]:
    """Return the code of a style image at a style scale. Raises StyleError if it is too narrow to show a style."""
    factor = NATURAL_SIDE * style_scale / max(picture.width, picture.height)
    width, height = (max(_SMALLEST_SIDE, round(side * factor)) for side in (picture.width, picture.height))
    if min(picture.width, picture.height) < _SMALLEST_SIDE:
        raise StyleError(
            "{name} is too small to show a style ({width} x {height} pixels). Choose a larger picture.",
            name=picture.name or "The picture",
            width=picture.width,
            height=picture.height,
        )
    return painter.style_code(compose_over_white(resize_to(picture, width, height)))


def file_tensors(painter: Painter, picture: Picture) -> dict[str, NDArray[np.floating]]:
    """Return what a style file holds: ``codes`` (one row for each scale, in half precision) and ``scales``."""
    codes = np.stack([encode_style(painter, picture, scale) for scale in FILE_SCALES])
    return {"codes": codes.astype(np.float16), "scales": np.array(FILE_SCALES, np.float32)}


def code_from_file(tensors: dict[str, NDArray], style_scale: float) -> NDArray[np.float32]:
    """Return the code for a style scale from a style file's tensors. Raises StyleError if they are not of this
    model.
    """
    codes, scales = tensors.get("codes"), tensors.get("scales")
    if codes is None or scales is None or codes.shape != (len(scales), CODE_SIZE) or np.any(np.diff(scales) <= 0):
        raise _not_understood()
    position = float(np.interp(math.log2(style_scale), np.log2(scales), np.arange(len(scales))))
    low = min(int(position), len(scales) - 1)
    high = min(low + 1, len(scales) - 1)
    share = np.float32(position - low)
    return (1 - share) * codes[low].astype(np.float32) + share * codes[high].astype(np.float32)


def _not_understood() -> StyleError:
    return StyleError("The style file does not hold a style this version understands. Get it again, or make it anew.")


@dataclass(frozen=True, eq=False)
class MixedStyle:
    """What the generator needs of a style or a mix: its code, and by how much its weights change."""

    code: NDArray[np.float32]
    changes: Changes = ()


class StyleCodes:
    """Finds the codes of styles, and remembers them by (style, style scale), and the changes of fine-tuned ones."""

    def __init__(
        self, painter: Painter, library: StyleLibrary | None, read: Callable[[Path | Picture], Picture]
    ) -> None:
        self._painter = painter
        self._library = library
        self._read = read
        self._codes: RecentCache[NDArray[np.float32]] = RecentCache(_CODES_KEPT)
        self._changes: RecentCache[WeightChange | None] = RecentCache(_CHANGES_KEPT)

    def mixed(self, choices: tuple[StyleChoice, ...], style_scale: float) -> MixedStyle:
        """Return a mix: codes and changes of weights are added up by the weights of the styles."""
        used = [choice for choice in choices if choice.weight > 0]
        total = sum(choice.weight for choice in used)
        mixed = np.zeros(CODE_SIZE, np.float32)
        changes = []
        for choice in used:
            share = choice.weight / total
            mixed += np.float32(share) * self.code(choice.style, style_scale)
            change = self._change(choice.style)
            if change is not None:
                changes.append((change, share))
        return MixedStyle(mixed, tuple(changes))

    def code(self, style: Path | str | Picture, style_scale: float) -> NDArray[np.float32]:
        """Return the code of a picture, a style file or a style of the library."""
        path = self._style_file(style)
        if path is not None:
            return self._codes.get(
                (file_key(path), style_scale), lambda: code_from_file(self._tensors(path), style_scale)
            )
        assert not isinstance(style, str)
        picture = self._read(style)
        return self._codes.get((picture.digest, style_scale), lambda: encode_style(self._painter, picture, style_scale))

    def _change(self, style: Path | str | Picture) -> WeightChange | None:
        path = self._style_file(style)
        return None if path is None else self._changes.get(file_key(path), lambda: self._change_of(path))

    def _change_of(self, path: Path) -> WeightChange | None:
        tensors = self._tensors(path)
        weights = {
            name.removeprefix(CHANGE_PREFIX): torch.from_numpy(value)
            for name, value in tensors.items()
            if name.startswith(CHANGE_PREFIX)
        }
        if not weights:
            return None
        change = WeightChange(weights)
        if not self._painter.takes(change):
            raise _not_understood()
        return change

    def _style_file(self, style: Path | str | Picture) -> Path | None:
        """Return the file of a style, None for a picture."""
        if isinstance(style, str):
            if self._library is None:
                self._library = StyleLibrary.default()
            path = self._library.find(style).path
            if path is None:
                raise StyleError("The style {name} has no file. Choose another one.", name=style)
            return path
        return style if isinstance(style, Path) and style.suffix.lower() == STYLE_SUFFIX else None

    def _tensors(self, path: Path) -> dict[str, NDArray]:
        information, tensors = read_style_file(path)
        check_base_model(information, self._painter.model_hash)
        return tensors
