"""The works a style is to be learnt from, looked at before anything starts: what cannot be used is said at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.api import CancelToken, Picture, PictureError, TrainingError
from engine.imaging import compose_over_white, read_picture
from engine.train_request import Notice

SMALLEST_WORK = 256
"""The shorter side, in pixels, from which on a work shows how it was painted."""

_HASH_SIDE = 8
_SAME_PICTURE = 4
"""So many of the 64 bits may differ between two copies of one picture, saved in different sizes or qualities."""


@dataclass(frozen=True)
class WorkProblem:
    """A work that is left out, and why."""

    path: Path
    notice: Notice

    def __str__(self) -> str:
        return str(self.notice)


@dataclass(frozen=True)
class CheckedWorks:
    """The works that can be learnt from, and what is wrong with the others."""

    good: tuple[Path, ...]
    problems: tuple[WorkProblem, ...]


@dataclass(frozen=True)
class ExaminedWork:
    """One work by itself. ``picture`` is None where it cannot be read; ``pattern`` tells whether two are copies of one
    picture (:func:`are_copies`).
    """

    path: Path
    picture: Picture | None
    pattern: int
    problem: Notice | None


def examine_work(path: Path) -> ExaminedWork:
    """Read a work and say what is wrong with it, if anything is."""
    try:
        picture = read_picture(path)
    except PictureError as error:
        return ExaminedWork(path, None, 0, Notice(error.template, error.values))
    problem = None
    if min(picture.width, picture.height) < SMALLEST_WORK:
        problem = Notice(
            "{name} is too small to learn from ({width} x {height} pixels). Use one of {least} or more a side.",
            {"name": path.name, "width": picture.width, "height": picture.height, "least": SMALLEST_WORK},
        )
    return ExaminedWork(path, picture, difference_hash(compose_over_white(picture)), problem)


def are_copies(pattern: int, other: int) -> bool:
    """Return whether the patterns of two works say that they show the same picture."""
    return (pattern ^ other).bit_count() <= _SAME_PICTURE


def copy_problem(name: str, other: str) -> Notice:
    """Say that a work is a copy of another one."""
    return Notice(
        "{name} is the same picture as {other}. It is used once; nothing needs to be done.",
        {"name": name, "other": other},
    )


def check_works(
    paths: Sequence[Path],
    on_checked: Callable[[int, int], None] | None = None,
    cancel: CancelToken | None = None,
) -> CheckedWorks:
    """Read every work once. ``on_checked`` is told how many of how many are done. Raises TrainingError if none can be
    used, or Cancelled.
    """
    good: list[tuple[Path, int]] = []
    problems: list[WorkProblem] = []
    for number, path in enumerate(paths, 1):
        if cancel is not None:
            cancel.raise_if_cancelled()
        work = examine_work(path)
        twin = next((other for other, seen in good if are_copies(work.pattern, seen)), None)
        if work.problem is not None:
            problems.append(WorkProblem(path, work.problem))
        elif twin is not None:
            problems.append(WorkProblem(path, copy_problem(path.name, twin.name)))
        else:
            good.append((path, work.pattern))
        if on_checked is not None:
            on_checked(number, len(paths))
    if not good:
        if len(problems) == 1:
            raise TrainingError(problems[0].notice.template, **problems[0].notice.values)
        raise TrainingError(
            "None of the {count} works can be learnt from: {reason}", count=len(paths), reason=str(problems[0])
        )
    return CheckedWorks(tuple(path for path, _ in good), tuple(problems))


def difference_hash(pixels: NDArray[np.uint8]) -> int:
    """Return 64 bits that stay as they are when a picture is resized or compressed: whether each cell of a coarse grid
    is brighter than its neighbour.
    """
    grey = Image.fromarray(pixels).convert("L").resize((_HASH_SIDE + 1, _HASH_SIDE), Image.Resampling.BOX)
    cells = np.asarray(grey).astype(np.int16)
    return int.from_bytes(np.packbits(cells[:, 1:] > cells[:, :-1]).tobytes())
