"""What is known about a style, without its tensors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.api import StyleError

StyleKind = Literal["code", "fine-tuned"]
LONGEST_NAME = 80
LONGEST_TEXT = 2000


@dataclass(frozen=True)
class StyleInformation:
    """The header of a style file.

    ``created`` is an ISO 8601 date and time, ``source`` says from what the style was made, ``base_model`` is the
    SHA-256 of the base model it belongs to, ``thumbnail`` an encoded picture (or empty). ``path`` and ``built_in`` say
    where it was found.
    """

    name: str
    artist: str
    description: str
    licence: str
    created: str
    source: str
    base_model: str
    kind: StyleKind = "code"
    thumbnail: bytes = b""
    path: Path | None = None
    built_in: bool = False


def check_name(name: str) -> str:
    """Return a style's name without blanks around it. Raises StyleError if it cannot be one."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise StyleError("A style's name needs 1 to {limit} letters. Choose another name.", limit=LONGEST_NAME)
    return name


def check_base_model(information: StyleInformation, base_model: str) -> None:
    """Raise StyleError if a style belongs to another base model than the one with this SHA-256."""
    if information.base_model != base_model:
        raise StyleError(
            "The style {name} was made for another version of Scumble. Get it for this version, or make it anew from "
            "its picture.",
            name=information.name,
        )
