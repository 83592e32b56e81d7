"""Pictures painted while a hand is learnt, beside what the base model makes of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from engine.api import Picture, PictureError
from engine.imaging import compose_over_white, read_picture, resize_picture
from engine.training.tuning_task import Tuning

_LOG = logging.getLogger(__name__)
_LONGER_SIDE = 384
_SECONDS = 4.0
_SHARE_OF_TIME = 0.1
"""Painting takes no more of the training's time than this: on a slow machine previews come less often."""


@dataclass(frozen=True)
class Previews:
    """The same pictures painted by the base model and by what has been learnt so far; both empty when none are due."""

    base: tuple[Picture, ...] = ()
    now: tuple[Picture, ...] = ()


class Previewer:
    """Paints the pictures of some files every few seconds; without files, crops that are not trained on."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._pictures: list[NDArray[np.uint8]] | None = None
        self._base: tuple[Picture, ...] = ()
        self._due = 0.0

    def paint(self, task: Tuning, generator: nn.Module, *, even_if_recent: bool) -> Previews:
        """Paint if it is time to."""
        started = time.monotonic()
        if started < self._due and not even_if_recent:
            return Previews()
        if not self._base:
            self._base = self._painted(task, task.base)
        now = self._painted(task, generator)
        took = time.monotonic() - started
        self._due = started + max(_SECONDS, took / _SHARE_OF_TIME)
        return Previews(self._base, now)

    def _painted(self, task: Tuning, generator: nn.Module) -> tuple[Picture, ...]:
        if self._pictures is None:
            self._pictures = [*_readable(self._paths)]
        if not self._pictures:
            return tuple(task.previews(generator))
        return tuple(task.painted(generator, pixels) for pixels in self._pictures)


def _readable(paths: Sequence[Path]) -> list[NDArray[np.uint8]]:
    pictures = []
    for path in paths:
        try:
            pictures.append(compose_over_white(resize_picture(read_picture(path), _LONGER_SIDE)))
        except PictureError as error:
            _LOG.warning("No preview of %s: %s", path, error)
    return pictures
