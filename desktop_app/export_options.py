"""How results are exported: their size, their name, what is kept of the photo's details; and what that will cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from engine.api import Picture
from engine.imaging import MAXIMUM_PIXELS, limited_size

SIZE_KINDS = ("original", "percent", "pixels")
PERCENT_RANGE = (1, 400)
SIDE_RANGE = (16, 65_500)
DEFAULT_PATTERN = "{photo}__{style}"
NAME_FIELDS = ("photo", "style", "date", "size")
LONGEST_PATTERN = 200

_BYTES_PER_PIXEL = 12
"""What each further pixel costs in memory, as ``make bench`` measured it from 1 to 100 megapixels."""


@dataclass(frozen=True)
class ExportOptions:
    """``size_kind`` says which counts: ``percent`` of the photo's size, or ``pixels`` on the longer side.
    ``keeps_details`` is whether camera, place, date and what was done stay in the file.
    """

    size_kind: str = "original"
    percent: int = 100
    pixels: int = 2048
    pattern: str = DEFAULT_PATTERN
    keeps_details: bool = True

    def size_of(self, width: int, height: int) -> tuple[int, int]:
        """Return the width and height of the result for a photo of this size."""
        longer = max(width, height)
        side = {"percent": round(longer * self.percent / 100), "pixels": self.pixels}.get(self.size_kind, longer)
        side = max(1, side)
        if side <= longer:
            return limited_size(width, height, side)
        return round(width * side / longer), round(height * side / longer)


def is_too_large(width: int, height: int) -> bool:
    return width * height > MAXIMUM_PIXELS


def file_stem(pattern: str, fields: Mapping[str, str]) -> str:
    """Fill a pattern such as ``{photo}__{style}`` in, without what no file name may have.

    A field that is empty takes the underscores beside it along. Raises ValueError for a field that is not known, and
    for braces that do not match.
    """
    for _, name, formatting, conversion in Formatter().parse(pattern):
        if name is not None and (name not in NAME_FIELDS or formatting or conversion):
            raise ValueError(name)
    filled = pattern
    for name in NAME_FIELDS:
        filled = filled.replace(f"{{{name}}}", fields.get(name, ""))
    safe = "".join("_" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in filled)
    return safe.strip(" ._") or "scumble"


def memory_gigabytes(used_bytes: int, photo: Picture | None, width: int, height: int) -> float:
    """Return about how much memory the program will take while it exports, in units of 10**9 bytes. ``used_bytes`` is
    what it takes now, with the photo.
    """
    already = 0 if photo is None else photo.width * photo.height * 3
    return (used_bytes + max(0, width * height * _BYTES_PER_PIXEL - already)) / 1e9
