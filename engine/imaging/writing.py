"""Pictures out: sRGB profile, EXIF, and what was done, in a file that is whole or not there."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from engine.api import OutputError, Picture
from engine.files import write_beside
from engine.imaging.resizing import compose_over_white

Format = Literal["png", "jpg", "webp", "tif"]

_FORMAT_OF_SUFFIX: dict[str, Format] = {
    ".png": "png",
    ".jpg": "jpg",
    ".jpeg": "jpg",
    ".webp": "webp",
    ".tif": "tif",
    ".tiff": "tif",
}
WRITABLE_SUFFIXES = frozenset(_FORMAT_OF_SUFFIX)
_LONGEST_SIDE: dict[Format, int] = {"jpg": 65_500, "webp": 16_383}
_SRGB_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
_SOFTWARE = "Scumble"


def check_output(path: Path, overwrite: bool) -> None:
    """Raise OutputError if a picture could not be written to ``path``: better before the work than after it."""
    if path.suffix.lower() not in WRITABLE_SUFFIXES:
        raise OutputError(
            "{name} has no ending that says which kind of picture it is. Use .png, .jpg, .webp or .tif.", name=path.name
        )
    if not path.parent.is_dir():
        raise OutputError("The folder {folder} does not exist. Create it or choose another one.", folder=path.parent)
    if path.is_dir():
        raise OutputError("{name} is a folder. Choose a file name.", name=path.name)
    if path.exists() and not overwrite:
        raise OutputError("{name} exists already. Choose another name, or allow overwriting it.", name=path.name)


def write_picture(
    picture: Picture,
    path: Path,
    *,
    overwrite: bool = False,
    quality: int = 95,
    description: Mapping[str, Any] | None = None,
) -> None:
    """Write a picture in the format its suffix names.

    ``quality`` (1..100) counts for JPEG and WebP. ``description`` is kept in the file as JSON and read back by
    :func:`read_description`. JPEG has no alpha: transparent places become white. Raises OutputError, with nothing
    written, if the file exists (without ``overwrite``) or cannot be written.
    """
    check_output(path, overwrite)
    picture_format = _FORMAT_OF_SUFFIX[path.suffix.lower()]
    data = encode_picture(picture, picture_format, quality, description)
    try:
        write_beside(path, data)
    except OSError as error:
        raise OutputError(
            "{name} cannot be written ({reason}). Make room or choose another folder.",
            name=path.name,
            reason=error.strerror or error,
        ) from error


def check_side(path: Path, longer_side: int) -> None:
    """Raise OutputError if the format that ``path`` names does not allow pictures with so long a side."""
    _check_side(longer_side, _FORMAT_OF_SUFFIX[path.suffix.lower()])


def _check_side(longer_side: int, picture_format: Format) -> None:
    limit = _LONGEST_SIDE.get(picture_format)
    if limit is not None and longer_side > limit:
        raise OutputError(
            "A {format} picture can have at most {limit} pixels a side. Choose PNG or TIFF.",
            format=picture_format.upper(),
            limit=limit,
        )


def encode_picture(
    picture: Picture,
    picture_format: Format,
    quality: int = 95,
    description: Mapping[str, Any] | None = None,
    compress_level: int = 4,
) -> bytes:
    """Return the bytes of a picture file. ``compress_level`` is that of PNG: at 1 it takes half the time of 4 and a
    sixth more room. Raises OutputError if the format does not allow pictures of this size.
    """
    _check_side(max(picture.width, picture.height), picture_format)
    options: dict[str, Any] = {"icc_profile": _SRGB_PROFILE}
    exif = _exif(picture, description)
    if exif:
        options["exif"] = exif
    match picture_format:
        case "png":
            text = PngInfo()
            text.add_text("Software", _SOFTWARE)
            if description is not None:
                text.add_itxt(_SOFTWARE, json.dumps(description, ensure_ascii=False))
            options |= {"format": "PNG", "pnginfo": text, "compress_level": compress_level}
        case "jpg":
            options |= {"format": "JPEG", "quality": quality, "subsampling": 0 if quality >= 85 else 2}
        case "webp":
            options |= {"format": "WEBP", "quality": quality, "method": 4, "exact": True}
        case "tif":
            options |= {"format": "TIFF", "compression": "tiff_adobe_deflate"}
    buffer = io.BytesIO()
    _image(picture, with_alpha=picture_format != "jpg").save(buffer, **options)
    return buffer.getvalue()


def read_description(path: Path) -> dict[str, Any] | None:
    """Return what :func:`write_picture` was told was done, or None if the file does not say."""
    try:
        with Image.open(path) as image:
            text = image.info.get(_SOFTWARE) or image.getexif().get(ExifTags.Base.ImageDescription)
        description = json.loads(text) if text else None
    except (OSError, ValueError, TypeError):
        return None
    return description if isinstance(description, dict) else None


def _image(picture: Picture, *, with_alpha: bool) -> Image.Image:
    if picture.alpha is None:
        return Image.fromarray(picture.pixels)
    if with_alpha:
        return Image.fromarray(np.dstack([picture.pixels, picture.alpha]))
    return Image.fromarray(compose_over_white(picture))


def _exif(picture: Picture, description: Mapping[str, Any] | None) -> bytes | None:
    exif = Image.Exif()
    if picture.exif:
        exif.load(picture.exif)
    elif description is None:
        return None
    exif[ExifTags.Base.Orientation] = 1
    if description is not None:
        exif[ExifTags.Base.Software] = _SOFTWARE
        # EXIF text is ASCII; JSON can escape the rest.
        exif[ExifTags.Base.ImageDescription] = json.dumps(description)
    return exif.tobytes()
