"""Where the results of the command line go: the folder, and the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.api import OutputError, StyleChoice

_LONGEST_STYLE_STEM = 80
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def style_stem(styles: Iterable[StyleChoice]) -> str:
    """Return what stands for a mix in the name of a result: the stems of its files or its names, joined by ``+``."""
    stems = [choice.style.stem if isinstance(choice.style, Path) else str(choice.style) for choice in styles]
    return _NOT_IN_FILE_NAMES.sub("_", "+".join(stems))[:_LONGEST_STYLE_STEM]


@contextmanager
def folder_of_results(folder: Path | None) -> Iterator[None]:
    """Make the folder of the results, and take it away again when nothing was written into it. Raises OutputError."""
    missing = [] if folder is None else [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        if folder is not None:
            _make_folder(folder)
        yield
    finally:
        for path in missing:
            with suppress(OSError):  # it holds a result
                path.rmdir()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError("{folder} is a file. Choose a folder.", folder=folder) from error
    except OSError as error:
        raise OutputError(
            "The folder {folder} cannot be made ({reason}). Choose another one.", folder=folder, reason=error.strerror
        ) from error
