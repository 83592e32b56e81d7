"""Where a region is: a grey picture that never changes, small in memory, so that every stroke can be undone."""

from __future__ import annotations

import hashlib
import io
import weakref
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.api import Picture
from engine.files import write_beside
from engine.imaging import limited_size, read_mask, read_picture

LARGEST_SIDE = 2048
"""Masks have at most so many pixels a side; the engine stretches them over the picture, whatever its size."""

_BAND_ROWS = 64
Values = NDArray[np.uint8]
Rows = tuple[int, int]


class RegionMask:
    """H x W values, 0 outside the region and 255 inside. Kept compressed in bands of rows: a stroke makes another mask,
    which shares with the one before it all bands that it did not touch.
    """

    def __init__(self, width: int, height: int, bands: tuple[bytes, ...], is_empty: bool) -> None:
        self.width = width
        self.height = height
        self.is_empty = is_empty
        self._bands = bands
        self._values: weakref.ref[Values] | None = None
        self._picture: weakref.ref[Picture] | None = None

    @classmethod
    def of(cls, values: Values) -> RegionMask:
        """Return a mask of H x W values."""
        height, width = values.shape
        bands = tuple(_packed(values[top : top + _BAND_ROWS]) for top in range(0, height, _BAND_ROWS))
        return cls(width, height, bands, not values.any())

    @classmethod
    def empty(cls, width: int, height: int) -> RegionMask:
        return cls.of(np.zeros((height, width), np.uint8))

    def changed(self, values: Values, rows: Rows) -> RegionMask:
        """Return the mask of other values of the same size, which differ from these in the rows from ``rows[0]`` up to,
        not with, ``rows[1]``. Nobody may change them any more: as long as somebody holds them, they need no unpacking.
        """
        first, last = rows[0] // _BAND_ROWS, -(-rows[1] // _BAND_ROWS)
        tops = range(first * _BAND_ROWS, min(last * _BAND_ROWS, self.height), _BAND_ROWS)
        between = tuple(_packed(values[top : top + _BAND_ROWS]) for top in tops)
        mask = RegionMask(self.width, self.height, self._bands[:first] + between + self._bands[last:], not values.any())
        mask._values = weakref.ref(values)
        return mask

    @property
    def bytes_held(self) -> int:
        return sum(map(len, self._bands))

    @property
    def values(self) -> Values:
        """H x W, only to be read."""
        values = None if self._values is None else self._values()
        if values is None:
            data = b"".join(map(zlib.decompress, self._bands))
            values = np.frombuffer(data, np.uint8).reshape(self.height, self.width)
            self._values = weakref.ref(values)
        return values

    @property
    def picture(self) -> Picture:
        """The mask as the engine takes it; the same one as long as anybody holds it."""
        picture = None if self._picture is None else self._picture()
        if picture is None:
            picture = Picture(np.broadcast_to(self.values[..., None], (self.height, self.width, 3)), name="mask")
            self._picture = weakref.ref(picture)
        return picture

    @property
    def digest(self) -> str:
        """Masks with the same digest look the same."""
        digest = hashlib.blake2b(f"mask {self.width} x {self.height}".encode(), digest_size=16)
        digest.update(np.ascontiguousarray(self.values).data)
        return digest.hexdigest()

    def fitted(self, width: int, height: int) -> RegionMask:
        """Return the mask stretched to a size, or this one if that is its size."""
        if (self.width, self.height) == (width, height):
            return self
        resized = Image.fromarray(self.values).resize((width, height), Image.Resampling.BILINEAR)
        return RegionMask.of(np.asarray(resized))


def _packed(band: Values) -> bytes:
    return zlib.compress(np.ascontiguousarray(band).data, 1)


def mask_size(width: int, height: int) -> tuple[int, int]:
    """Return width and height of the masks for a picture of this size."""
    return limited_size(width, height, LARGEST_SIDE)


def encode_region_mask(mask: RegionMask) -> bytes:
    """Return a mask as a grey PNG."""
    buffer = io.BytesIO()
    Image.fromarray(mask.values).save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


def keep_region_mask(mask: RegionMask, folder: Path) -> str:
    """Write a mask into a folder, under a name that tells what is in it, unless it is there. Return the path, or
    nothing for a mask that is empty. Raises OSError.
    """
    if mask.is_empty:
        return ""
    path = folder / f"{mask.digest}.png"
    if not path.exists():
        write_beside(path, encode_region_mask(mask))
    return str(path.absolute())


def read_region_mask(source: Path | Picture, size: tuple[int, int] | None = None) -> RegionMask:
    """Read a grey picture as a mask, stretched to ``size`` (width, height), or as large as it is, up to LARGEST_SIDE
    pixels. Raises PictureError if it cannot be read or is all black.
    """
    picture = source if isinstance(source, Picture) else read_picture(source)
    mask = RegionMask.of(read_mask(picture).values)
    return mask.fitted(*(size or mask_size(mask.width, mask.height)))
