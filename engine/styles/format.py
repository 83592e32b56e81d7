"""The style file: safetensors, with what is known about the style in its header. No pickle, nothing is executed.

Reading is strict: a style file may come from anybody.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from engine.api import StyleError
from engine.files import write_beside
from engine.styles.information import LONGEST_NAME, LONGEST_TEXT, StyleInformation, check_name

STYLE_SUFFIX = ".scumble"
FORMAT_VERSION = 1
LARGEST_FILE = 64 * 1024 * 1024
_LARGEST_HEADER = 4 * 1024 * 1024
_LARGEST_THUMBNAIL = 1024 * 1024
_KEY = "scumble_style"
_TEXTS = ("artist", "description", "licence", "created", "source", "base_model")
_KINDS = ("code", "fine-tuned")


def read_style_information(path: Path) -> StyleInformation:
    """Read a style file's header alone. Raises StyleError if it is none."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if len(start) != 8:
                raise _no_style_file(path)
            (length,) = struct.unpack("<Q", start)
            if length > _LARGEST_HEADER:
                raise _no_style_file(path)
            header = file.read(length)
    except OSError as error:
        raise _unreadable(path, error) from error
    return _information(path, header)


def read_style_file(path: Path) -> tuple[StyleInformation, dict[str, NDArray]]:
    """Read a whole style file: what is known, and its tensors, all float32. Raises StyleError if it is none."""
    information = read_style_information(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _no_style_file(path)
        tensors = load(path.read_bytes())
    except OSError as error:
        raise _unreadable(path, error) from error
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise StyleError("{name} is damaged. Get a fresh copy of the style.", name=path.name) from error
    for tensor in tensors.values():
        if tensor.dtype not in (np.float16, np.float32) or not np.isfinite(tensor).all():
            raise StyleError("{name} is damaged. Get a fresh copy of the style.", name=path.name)
    return information, {name: tensor.astype(np.float32) for name, tensor in tensors.items()}


def write_style_file(
    path: Path, information: StyleInformation, tensors: Mapping[str, NDArray], overwrite: bool = False
) -> None:
    """Write a style file. Raises StyleError, with nothing written, if that is not possible."""
    if path.exists() and not overwrite:
        raise StyleError("{name} exists already. Choose another name, or allow overwriting it.", name=path.name)
    header: dict[str, Any] = {field: getattr(information, field) for field in _TEXTS}
    header |= {
        "format": FORMAT_VERSION,
        "name": check_name(information.name),
        "kind": information.kind,
        "thumbnail": base64.b64encode(information.thumbnail).decode("ascii"),
    }
    contiguous = {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}
    data = save(contiguous, {_KEY: json.dumps(header, ensure_ascii=False)})
    try:
        write_beside(path, data)
    except OSError as error:
        raise unwritable(path.parent, error) from error


def edit_style_file(path: Path, name: str, description: str) -> StyleInformation:
    """Give a style file another name and description; everything else in it stays as it is, byte for byte.

    Raises StyleError, with the file as it was, if that is not possible.
    """
    name = check_name(name)
    if len(description) > LONGEST_TEXT:
        raise StyleError("A description has at most {limit} letters. Shorten it.", limit=LONGEST_TEXT)
    read_style_information(path)  # what is no style file is refused before anything of it is taken apart
    try:
        data = path.read_bytes()
        (length,) = struct.unpack("<Q", data[:8])
        header = json.loads(data[8 : 8 + length])
        values = json.loads(header["__metadata__"][_KEY]) | {"name": name, "description": description}
        header["__metadata__"][_KEY] = json.dumps(values, ensure_ascii=False)
        changed = json.dumps(header, ensure_ascii=False).encode()
        changed += b" " * (-len(changed) % 8)  # safetensors wants the tensors to begin at a multiple of 8
        write_beside(path, struct.pack("<Q", len(changed)) + changed + data[8 + length :])
    except OSError as error:
        raise unwritable(path.parent, error) from error
    return read_style_information(path)


def is_same_style(first: Path, second: Path) -> bool:
    """Whether two style files say and hold the same. Raises StyleError if one of them is none."""
    (one, tensors), (other, others) = read_style_file(first), read_style_file(second)
    return (
        dataclasses.replace(one, path=None) == dataclasses.replace(other, path=None)
        and tensors.keys() == others.keys()
        and all(np.array_equal(tensor, others[name]) for name, tensor in tensors.items())
    )


def unwritable(folder: Path, error: OSError) -> StyleError:
    """Return the error for a style that cannot be written."""
    return StyleError(
        "The style cannot be written to {folder} ({reason}). Make room or choose another folder.",
        folder=folder,
        reason=error.strerror or error,
    )


def _information(path: Path, header: bytes) -> StyleInformation:
    try:
        metadata = json.loads(header)["__metadata__"][_KEY]
        values = json.loads(metadata)
        version = values["format"]
        if not isinstance(version, int) or isinstance(version, bool):
            raise TypeError("format")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_style_file(path) from error
    if version > FORMAT_VERSION:
        raise StyleError("{name} was made by a newer Scumble. Install the newest version to use it.", name=path.name)
    try:
        texts = {field: _text(values[field]) for field in _TEXTS}
        name = check_name(_text(values["name"])[: LONGEST_NAME + 1])
        kind = values["kind"]
        if kind not in _KINDS:
            raise ValueError("kind")
        thumbnail = _thumbnail(values.get("thumbnail", ""))
    except (KeyError, TypeError, ValueError) as error:
        raise _no_style_file(path) from error
    return StyleInformation(
        name=name,
        artist=texts["artist"],
        description=texts["description"],
        licence=texts["licence"],
        created=texts["created"],
        source=texts["source"],
        base_model=texts["base_model"],
        kind=kind,
        thumbnail=thumbnail,
        path=path,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise TypeError("text")
    # Control characters could disguise what a name or description says.
    return "".join(letter for letter in value if letter.isprintable() or letter == "\n")


def _thumbnail(value: object) -> bytes:
    if not isinstance(value, str) or len(value) > _LARGEST_THUMBNAIL:
        return b""
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        return b""


def _no_style_file(path: Path) -> StyleError:
    return StyleError("{name} is not a style file. Choose a file that ends in .scumble.", name=path.name)


def _unreadable(path: Path, error: OSError) -> StyleError:
    return StyleError("{name} cannot be read ({reason}).", name=path.name, reason=error.strerror or error)
