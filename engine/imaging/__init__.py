"""Pixels in and out: reading, writing, sizes, colour, detail, masks. No torch."""

from engine.imaging.color import keep_color, luminance
from engine.imaging.detail import DetailBase, detail_base, restore_detail
from engine.imaging.masks import Mask, read_mask
from engine.imaging.reading import MAXIMUM_PIXELS, READABLE_SUFFIXES, decode_picture, longer_side, read_picture
from engine.imaging.resizing import (
    Box,
    compose_over_white,
    enlarge,
    limited_size,
    resize_box,
    resize_part,
    resize_picture,
    resize_to,
    shrink,
)
from engine.imaging.selection import grow_mask, select_color
from engine.imaging.subject import SubjectHints, find_subject
from engine.imaging.writing import (
    WRITABLE_SUFFIXES,
    check_output,
    check_side,
    encode_picture,
    read_description,
    write_picture,
)

__all__ = [
    "MAXIMUM_PIXELS",
    "READABLE_SUFFIXES",
    "WRITABLE_SUFFIXES",
    "Box",
    "DetailBase",
    "Mask",
    "SubjectHints",
    "check_output",
    "check_side",
    "compose_over_white",
    "decode_picture",
    "detail_base",
    "encode_picture",
    "enlarge",
    "find_subject",
    "grow_mask",
    "keep_color",
    "limited_size",
    "longer_side",
    "luminance",
    "read_description",
    "read_mask",
    "read_picture",
    "resize_box",
    "resize_part",
    "resize_picture",
    "resize_to",
    "restore_detail",
    "select_color",
    "shrink",
    "write_picture",
]
