"""Pixels in and out: reading, writing, sizes, colour, detail, masks. Numpy and Pillow only."""

from engine.imaging.color import keep_color, luminance
from engine.imaging.detail import restore_detail
from engine.imaging.masks import read_mask
from engine.imaging.reading import MAXIMUM_PIXELS, READABLE_SUFFIXES, decode_picture, read_picture
from engine.imaging.resizing import compose_over_white, resize_picture, resize_to
from engine.imaging.writing import (
    WRITABLE_SUFFIXES,
    check_output,
    encode_picture,
    read_description,
    write_picture,
)

__all__ = [
    "MAXIMUM_PIXELS",
    "READABLE_SUFFIXES",
    "WRITABLE_SUFFIXES",
    "check_output",
    "compose_over_white",
    "decode_picture",
    "encode_picture",
    "keep_color",
    "luminance",
    "read_description",
    "read_mask",
    "read_picture",
    "resize_picture",
    "resize_to",
    "restore_detail",
    "write_picture",
]
