"""Pictures in: files of many kinds to upright sRGB pixels."""

from __future__ import annotations

import contextlib
import io
import warnings
from pathlib import Path
from typing import IO

import numpy as np
import pi_heif
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from engine.api import Picture, PictureError

READABLE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jfif", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif", ".avif"}
)
_ROWS_AT_ONCE = 256

MAXIMUM_PIXELS = 300_000_000
"""Pictures of more pixels are refused before they are decoded."""

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "HEIF", "AVIF")
_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
_SRGB = ImageCms.createProfile("sRGB")

pi_heif.register_heif_opener()
# Our own limit is checked from the header, before any decoding; Pillow's is lower than what large scans have.
Image.MAX_IMAGE_PIXELS = None


def read_picture(path: Path, smallest_side: int | None = None) -> Picture:
    """Read a picture file.

    Eight and sixteen bits, grey, palette, CMYK, with or without alpha; embedded colour profiles are converted to sRGB
    and the orientation in the EXIF block is applied. Of an animation, the first frame. With ``smallest_side`` a JPEG
    comes in a half, a quarter or an eighth of its size, in a fraction of the time, as long as its shorter side keeps
    so many pixels. Raises PictureError in words for everything that is no readable picture.
    """
    try:
        if path.is_dir():
            raise PictureError("{name} is a folder. Choose a picture file.", name=path.name)
        if path.stat().st_size == 0:
            raise PictureError("{name} is empty. Choose another file.", name=path.name)
        with path.open("rb") as file:
            return _read(file, path.name, path.stem, smallest_side)
    except FileNotFoundError as error:
        raise PictureError("{name} does not exist. Check where it was moved to.", name=path.name) from error
    except PermissionError as error:
        raise PictureError("{name} may not be read. Change its permissions.", name=path.name) from error
    except OSError as error:
        raise PictureError(
            "{name} cannot be read ({reason}).", name=path.name, reason=error.strerror or "damaged"
        ) from error


def decode_picture(data: bytes, name: str) -> Picture:
    """Like :func:`read_picture`, for the bytes of a file."""
    if not data:
        raise PictureError("{name} is empty. Choose another file.", name=name)
    return _read(io.BytesIO(data), name, name)


def longer_side(path: Path) -> int | None:
    """Return the longer side of a picture file in pixels, from its header alone; None if that cannot be read."""
    try:
        with Image.open(path, formats=_FORMATS) as image:
            return max(image.size)
    except Exception:  # noqa: BLE001  (reading the picture says what is wrong with it)
        return None


def _read(file: IO[bytes], name: str, stem: str, smallest_side: int | None = None) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(file, formats=_FORMATS)
            if image.width * image.height > MAXIMUM_PIXELS:
                raise PictureError(
                    "{name} has {millions} million pixels; at most {limit} million can be opened. Reduce it first.",
                    name=name,
                    millions=image.width * image.height // 1_000_000,
                    limit=MAXIMUM_PIXELS // 1_000_000,
                )
            if smallest_side is not None:
                image.draft(image.mode, (smallest_side, smallest_side))
            image.load()
            return _picture(image, stem)
    except PictureError:
        raise
    except UnidentifiedImageError as error:
        raise PictureError(
            "{name} is not a picture that can be read. Choose a JPEG, PNG or TIFF.", name=name
        ) from error
    except MemoryError as error:
        raise PictureError(
            "{name} is too large for this computer's memory. Make it smaller first.", name=name
        ) from error
    except Exception as error:  # decoders raise whatever they like on damaged data
        raise PictureError("{name} is damaged and cannot be read. Get a fresh copy.", name=name) from error


def _picture(image: Image.Image, name: str) -> Picture:
    exif = _exif_without_orientation(image)
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)  # a copy would cost a large picture's memory once more
    alpha = None
    if image.mode in {"PA", "LA", "La", "RGBA", "RGBa"} or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = _array_of(image.getchannel("A"))
        image = image.convert("RGB")
    elif image.mode in _DEEP_MODES:
        image = _eight_bits(image)
    pixels = _array_of(_to_srgb(image, profile))
    if alpha is not None and alpha.min() == 255:
        alpha = None
    return Picture(pixels, alpha, exif, name)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode == "P":
        image = image.convert("RGB")
    if profile and image.mode in {"RGB", "CMYK", "L", "LAB"}:
        # A profile that cannot be used is as good as none.
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
            if converted is not None:
                return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def _array_of(image: Image.Image) -> NDArray[np.uint8]:
    """Return the pixels of an 8-bit image. In strips: at once, Pillow would hold them three times."""
    array = np.empty((image.height, image.width, *([3] if image.mode == "RGB" else [])), np.uint8)
    for top in range(0, image.height, _ROWS_AT_ONCE):
        bottom = min(image.height, top + _ROWS_AT_ONCE)
        array[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    return array


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits, or floating point, of grey to eight: Pillow alone would clip them."""
    values = np.asarray(image)
    if image.mode == "F":
        values = np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0)
        # Floating point pictures are usually 0..1, scientific ones anything: spread those that are.
        low, high = (
            (0.0, 1.0) if values.min() >= 0 and values.max() <= 1 else (float(values.min()), float(values.max()))
        )
        scaled = (values - low) / max(high - low, 1e-9) * 255
    else:
        scaled = values.astype(np.float64) / 257
    gray: NDArray[np.uint8] = np.rint(scaled.clip(0, 255)).astype(np.uint8)
    return Image.fromarray(gray)


def _exif_without_orientation(image: Image.Image) -> bytes | None:
    """Return the EXIF block as it goes into a result, whose pixels are upright."""
    try:
        found = image.getexif()
        if not found:
            return None
        # A copy: Pillow keeps the block, and turns the picture by it later.
        exif = Image.Exif()
        exif.load(found.tobytes())
        if ExifTags.Base.Orientation in exif:
            exif[ExifTags.Base.Orientation] = 1
        return exif.tobytes()
    except Exception:  # noqa: BLE001 (a damaged EXIF block must not cost the picture)
        return None
