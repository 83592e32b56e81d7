"""The works a style is to be learnt from, looked at before anything starts: what cannot be used is said at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.api import CancelToken, PictureError, TrainingError
from engine.imaging import compose_over_white, read_picture

SMALLEST_WORK = 256
"""The shorter side, in pixels, from which on a work shows how it was painted."""

_HASH_SIDE = 8
_SAME_PICTURE = 4
"""So many of the 64 bits may differ between two copies of one picture, saved in different sizes or qualities."""


@dataclass(frozen=True)
class WorkProblem:
    """A work that is left out: English text with ``{names}`` for ``values``, as an EngineError has it."""

    path: Path
    template: str
    values: dict[str, object]

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True)
class CheckedWorks:
    """The works that can be learnt from, and what is wrong with the others."""

    good: tuple[Path, ...]
    problems: tuple[WorkProblem, ...]


def check_works(
    paths: Sequence[Path],
    on_checked: Callable[[int, int], None] | None = None,
    cancel: CancelToken | None = None,
) -> CheckedWorks:
    """Read every work once. ``on_checked`` is told how many of how many are done. Raises TrainingError if none can be
    used, or Cancelled.
    """
    good: list[Path] = []
    hashes: list[NDArray[np.bool_]] = []
    problems: list[WorkProblem] = []
    for number, path in enumerate(paths, 1):
        if cancel is not None:
            cancel.raise_if_cancelled()
        try:
            picture = read_picture(path)
        except PictureError as error:
            problems.append(WorkProblem(path, error.template, error.values))
        else:
            shorter = min(picture.width, picture.height)
            pattern = difference_hash(compose_over_white(picture))
            twin = next((other for other, seen in zip(good, hashes, strict=True) if _alike(pattern, seen)), None)
            if shorter < SMALLEST_WORK:
                problems.append(
                    WorkProblem(
                        path,
                        "{name} is too small to learn from ({width} x {height} pixels). Use one of {least} or more a "
                        "side.",
                        {
                            "name": path.name,
                            "width": picture.width,
                            "height": picture.height,
                            "least": SMALLEST_WORK,
                        },
                    )
                )
            elif twin is not None:
                problems.append(
                    WorkProblem(
                        path,
                        "{name} is the same picture as {other}. It is used once; nothing needs to be done.",
                        {"name": path.name, "other": twin.name},
                    )
                )
            else:
                good.append(path)
                hashes.append(pattern)
        if on_checked is not None:
            on_checked(number, len(paths))
    if not good:
        if len(problems) == 1:
            raise TrainingError(problems[0].template, **problems[0].values)
        raise TrainingError(
            "None of the {count} works can be learnt from: {reason}", count=len(paths), reason=str(problems[0])
        )
    return CheckedWorks(tuple(good), tuple(problems))


def difference_hash(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return 64 bits that stay as they are when a picture is resized or compressed: whether each cell of a coarse grid
    is brighter than its neighbour.
    """
    grey = Image.fromarray(pixels).convert("L").resize((_HASH_SIDE + 1, _HASH_SIDE), Image.Resampling.BOX)
    cells = np.asarray(grey).astype(np.int16)
    return (cells[:, 1:] > cells[:, :-1]).flatten()


def _alike(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> bool:
    return int(np.count_nonzero(a != b)) <= _SAME_PICTURE
