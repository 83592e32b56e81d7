"""Kinds of works: those of an artist that look alike.

The mean of works of many moods looks like none of them. A picture should look like some of them, so each is held
against the kind that it comes nearest to.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from engine.losses import StyleStatistics

MOST_KINDS = 8
"""So many are kept in each checkpoint, 4 MB each."""

_ROUNDS, _MOVED_LITTLE = 20, 1e-4
_ATTEMPTS = 4


def kinds_of(works: Sequence[Sequence[StyleStatistics]]) -> list[list[int]]:
    """Return the numbers of the works, one list for each kind: each work is its own where there are eight at most, else
    those of one kind are nearest to its mean (k-means).
    """
    if len(works) <= MOST_KINDS:
        return [[number] for number in range(len(works))]
    import cv2  # a tenth of a second that the start of the window can do without

    points = _points(works)
    cv2.setRNGSeed(0)  # the same works are grouped the same
    stop = cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, _ROUNDS, _MOVED_LITTLE
    labels = cv2.kmeans(points, MOST_KINDS, np.empty(0), stop, _ATTEMPTS, cv2.KMEANS_PP_CENTERS)[1].ravel()
    return [np.flatnonzero(labels == kind).tolist() for kind in range(MOST_KINDS) if (labels == kind).any()]


def mean_statistics(statistics: Sequence[Sequence[StyleStatistics]]) -> list[StyleStatistics]:
    """Return the mean of pictures' statistics, layer by layer."""
    return [
        StyleStatistics(*(torch.stack(values).mean(0) for values in zip(*layer, strict=True)))
        for layer in zip(*statistics, strict=True)
    ]


def stacked_statistics(statistics: Sequence[Sequence[StyleStatistics]]) -> list[StyleStatistics]:
    """Return pictures' statistics one after the other: K x C x C and K x C in each layer."""
    return [
        StyleStatistics(*(torch.cat(values) for values in zip(*layer, strict=True)))
        for layer in zip(*statistics, strict=True)
    ]


def _points(works: Sequence[Sequence[StyleStatistics]]) -> NDArray[np.float32]:
    """Return one row for each work: its Gram matrices, each layer in parts of its mean size."""
    rows = [layer.gram.flatten(1).float().cpu() for layer in stacked_statistics(works)]
    return torch.cat([row / row.norm(dim=1).mean().clamp_min(1e-8) for row in rows], 1).numpy()
