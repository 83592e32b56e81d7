"""Which pictures lie in what was dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.imaging import READABLE_SUFFIXES


@dataclass(frozen=True)
class Found:
    """``folder`` is the name of the folder they lie in, empty if they were named one by one."""

    pictures: tuple[Path, ...] = ()
    folder: str = ""
    parent: Path | None = None


def find_pictures(paths: Sequence[Path]) -> Found:
    """Return these files, and of each folder the files that are named like pictures, in the order of their numbers.

    Folders in a folder are not looked into: the results of last time may lie there.
    """
    folders = [path for path in paths if path.is_dir()]
    pictures: dict[Path, None] = {}
    for path in paths:
        pictures |= dict.fromkeys(_pictures_in(path) if path in folders else [path])
    parent = folders[0] if folders else paths[0].parent if paths else None
    return Found(tuple(pictures), ", ".join(folder.name for folder in folders), parent)


def _pictures_in(folder: Path) -> list[Path]:
    try:
        entries = [path for path in folder.iterdir() if path.suffix.lower() in READABLE_SUFFIXES]
    except OSError:
        return []
    shown = (path for path in entries if not path.name.startswith(".") and path.is_file())
    return sorted(shown, key=_natural)


def _natural(path: Path) -> list[tuple[int, str]]:
    """Order 2 before 10."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
