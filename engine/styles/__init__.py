"""What a style is: the file format and the library. No torch, so that styles can be listed before it is loaded."""

from engine.styles.format import (
    FORMAT_VERSION,
    STYLE_SUFFIX,
    is_same_style,
    read_style_file,
    read_style_information,
    write_style_file,
)
from engine.styles.information import StyleInformation, StyleKind, check_base_model, check_name
from engine.styles.making import StyleEncoder, style_of_picture
from engine.styles.style_library import StyleLibrary

__all__ = [
    "FORMAT_VERSION",
    "STYLE_SUFFIX",
    "StyleEncoder",
    "StyleInformation",
    "StyleKind",
    "StyleLibrary",
    "check_base_model",
    "check_name",
    "is_same_style",
    "read_style_file",
    "read_style_information",
    "style_of_picture",
    "write_style_file",
]
