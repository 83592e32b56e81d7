"""What a style is: the file format and the library. No torch, so that styles can be listed before it is loaded."""

from engine.styles.format import (
    FORMAT_VERSION,
    STYLE_SUFFIX,
    read_style_file,
    read_style_information,
    write_style_file,
)
from engine.styles.information import StyleInformation, StyleKind, check_base_model
from engine.styles.library import StyleLibrary

__all__ = [
    "FORMAT_VERSION",
    "STYLE_SUFFIX",
    "StyleInformation",
    "StyleKind",
    "StyleLibrary",
    "check_base_model",
    "read_style_file",
    "read_style_information",
    "write_style_file",
]
