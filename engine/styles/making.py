"""From a picture to a style that can be kept in the library. No torch: whoever encodes the picture is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.api import Picture
from engine.imaging import compose_over_white, encode_picture, resize_picture
from engine.styles.information import LONGEST_NAME, StyleInformation, check_name

THUMBNAIL_SIDE = 256
"""Longer side of a style's thumbnail, in pixels."""

_THUMBNAIL_QUALITY = 80
_UNNAMED = "Painting"


class StyleEncoder(Protocol):
    """What is needed of :class:`engine.stylization.Stylizer`."""

    @property
    def model_hash(self) -> str: ...

    def style_tensors(self, picture: Picture) -> Mapping[str, NDArray[np.floating]]: ...


def style_of_picture(
    encoder: StyleEncoder, picture: Picture, name: str = ""
) -> tuple[StyleInformation, Mapping[str, NDArray[np.floating]]]:
    """Return what :meth:`StyleLibrary.add` takes, with the picture, made small, as thumbnail.

    Without a ``name`` the style is called like the picture. Raises StyleError for a name that is none, and for a
    picture too small to show a style.
    """
    information = StyleInformation(
        name=check_name(name) if name else _name_of(picture),
        artist="",
        description="",
        licence="",
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        source=_printable(picture.name),
        base_model=encoder.model_hash,
        thumbnail=_thumbnail(picture),
    )
    return information, encoder.style_tensors(picture)


def _name_of(picture: Picture) -> str:
    """Return the picture's own name as far as it can be that of a style: a file's may be long and hold anything."""
    return _printable(picture.name)[:LONGEST_NAME].strip() or _UNNAMED


def _printable(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _thumbnail(picture: Picture) -> bytes:
    small = resize_picture(picture, THUMBNAIL_SIDE)
    return encode_picture(Picture(compose_over_white(small)), "webp", _THUMBNAIL_QUALITY)
