"""From a style, whatever it is, to the code that the generator understands."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.api import Picture, StyleError
from engine.imaging import compose_over_white, resize_to
from engine.stylization.painter import Painter

NATURAL_SIDE = 512
"""The longer side, in pixels, at which a style image is encoded when the style scale is 1."""

FILE_SCALES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""A style file carries a code for each of these style scales; between them codes are interpolated."""

_SMALLEST_SIDE = 16


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


def file_tensors(painter: Painter, picture: Picture) -> dict[str, NDArray[np.float32]]:
    """Return what a style file holds: ``codes`` (one row for each scale) and ``scales``."""
    codes = np.stack([encode_style(painter, picture, scale) for scale in FILE_SCALES])
    return {"codes": codes, "scales": np.array(FILE_SCALES, np.float32)}


def code_from_file(tensors: dict[str, NDArray], style_scale: float, size: int) -> NDArray[np.float32]:
    """Return the code for a style scale from a style file's tensors. Raises StyleError if they are not of this
    model.
    """
    codes, scales = tensors.get("codes"), tensors.get("scales")
    if codes is None or scales is None or codes.shape != (len(scales), size) or np.any(np.diff(scales) <= 0):
        raise StyleError(
            "The style file does not hold a style this version understands. Get it again, or make it anew."
        )
    position = float(np.interp(math.log2(style_scale), np.log2(scales), np.arange(len(scales))))
    low = min(int(position), len(scales) - 1)
    high = min(low + 1, len(scales) - 1)
    share = position - low
    return ((1 - share) * codes[low] + share * codes[high]).astype(np.float32)
