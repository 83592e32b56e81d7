"""The small picture in a style file as a file of its own: what file managers show for it."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from engine.api import OutputError, StyleError, UsageError
from engine.files import write_beside
from engine.styles.format import read_style_information

LARGEST_SIZE = 1024


def write_thumbnail(style: Path, output: Path, size: int) -> None:
    """Write the thumbnail of a style file as PNG, its longer side ``size`` pixels at most; it is never enlarged.

    Replaces ``output``, as file managers expect. Raises UsageError, StyleError and OutputError.
    """
    if not 1 <= size <= LARGEST_SIZE:
        raise UsageError("The size of a thumbnail is 1 to {largest} pixels.", largest=LARGEST_SIZE)
    information = read_style_information(style)
    try:
        with Image.open(io.BytesIO(information.thumbnail)) as picture:
            picture.thumbnail((size, size), Image.Resampling.LANCZOS)
            buffer = io.BytesIO()
            picture.convert("RGB").save(buffer, "PNG")
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise StyleError("{name} has no picture inside.", name=style.name) from error
    try:
        write_beside(output, buffer.getvalue())
    except OSError as error:
        raise OutputError(
            "{name} cannot be written ({reason}). Make room or choose another folder.",
            name=output.name,
            reason=error.strerror or error,
        ) from error
