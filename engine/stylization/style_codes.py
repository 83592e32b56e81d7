"""From a style, whatever it is, to the code that the generator understands."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.api import Picture, StyleChoice, StyleError
from engine.imaging import compose_over_white, resize_to
from engine.networks.style_code import CODE_SIZE
from engine.styles import STYLE_SUFFIX, StyleLibrary, check_base_model, read_style_file
from engine.stylization.cache import RecentCache, file_key
from engine.stylization.painter import Painter

NATURAL_SIDE = 512
"""The longer side, in pixels, at which a style image is encoded when the style scale is 1."""

FILE_SCALES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""A style file carries a code for each of these style scales; between them codes are interpolated."""

_SMALLEST_SIDE = 16
_CODES_KEPT = 64


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
        raise StyleError(
            "The style file does not hold a style this version understands. Get it again, or make it anew."
        )
    position = float(np.interp(math.log2(style_scale), np.log2(scales), np.arange(len(scales))))
    low = min(int(position), len(scales) - 1)
    high = min(low + 1, len(scales) - 1)
    share = np.float32(position - low)
    return (1 - share) * codes[low].astype(np.float32) + share * codes[high].astype(np.float32)


class StyleCodes:
    """Finds the codes of styles, and remembers them by (style, style scale)."""

    def __init__(
        self, painter: Painter, library: StyleLibrary | None, read: Callable[[Path | Picture], Picture]
    ) -> None:
        self._painter = painter
        self._library = library
        self._read = read
        self._codes: RecentCache[NDArray[np.float32]] = RecentCache(_CODES_KEPT)

    def mixed(self, choices: tuple[StyleChoice, ...], style_scale: float) -> NDArray[np.float32]:
        """Return the code of a mix."""
        used = [choice for choice in choices if choice.weight > 0]
        total = sum(choice.weight for choice in used)
        mixed = np.zeros(CODE_SIZE, np.float32)
        for choice in used:
            mixed += np.float32(choice.weight / total) * self.code(choice.style, style_scale)
        return mixed

    def code(self, style: Path | str | Picture, style_scale: float) -> NDArray[np.float32]:
        """Return the code of a picture, a style file or a style of the library."""
        if isinstance(style, str):
            if self._library is None:
                self._library = StyleLibrary.default()
            path = self._library.find(style).path
            if path is None:
                raise StyleError("The style {name} has no file. Choose another one.", name=style)
            style = path
        if isinstance(style, Path) and style.suffix.lower() == STYLE_SUFFIX:
            return self._codes.get((file_key(style), style_scale), lambda: self._of_file(style, style_scale))
        picture = self._read(style)
        return self._codes.get((picture.digest, style_scale), lambda: encode_style(self._painter, picture, style_scale))

    def _of_file(self, path: Path, style_scale: float) -> NDArray[np.float32]:
        information, tensors = read_style_file(path)
        check_base_model(information, self._painter.model_hash)
        return code_from_file(tensors, style_scale)
