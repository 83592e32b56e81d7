"""Finding the main subject of a picture, from the picture alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.masks import Mask

_SIDE = 320
_CLUSTERS = 24
_ROUNDS = 4
_PASSES = 6


@dataclass(frozen=True, eq=False)
class SubjectHints:
    """What somebody marked as belonging to the subject, and what as not."""

    inside: Mask
    outside: Mask


def find_subject(pixels: NDArray[np.uint8], hints: SubjectHints | None = None) -> Mask:
    """Return a mask of the main subject of H x W x 3 sRGB pixels, with soft edges; ``hints`` correct the guess.

    What is subject is guessed as a person would guess from a glance: colours that the borders of the picture do not
    have, near the middle. GrabCut (Rother, Kolmogorov and Blake, "GrabCut: interactive foreground extraction using
    iterated graph cuts", 2004) makes a clean cut of the guess. A picture without a subject gives a soft ellipse in the
    middle, so that there is always something to paint and something to keep.
    """
    import cv2  # a tenth of a second that the start of the window can do without

    image = Image.fromarray(pixels)
    image.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    small = np.ascontiguousarray(np.asarray(image))
    saliency = _saliency(small)
    labels = np.full(saliency.shape, cv2.GC_PR_BGD, np.uint8)
    high, low = np.quantile(saliency, (0.75, 0.35))
    labels[saliency > high] = cv2.GC_PR_FGD
    labels[saliency > np.quantile(saliency, 0.93)] = cv2.GC_FGD
    labels[saliency < low] = cv2.GC_BGD
    inside = _largest_parts(_cut(small, labels))
    if not 0.01 < inside.mean() < 0.95:
        inside = (_near_middle(saliency.shape) > 0.6).astype(np.uint8)
    if hints is not None:
        inside = _corrected(small, inside, hints)
    soft = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 1.0)
    return Mask(np.rint(soft * 255).astype(np.uint8))


def _cut(small: NDArray[np.uint8], labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return 1 inside and 0 outside, from GrabCut's labels."""
    import cv2

    cv2.setRNGSeed(0)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    try:
        cut, *_ = cv2.grabCut(small[..., ::-1].copy(), labels, (0, 0, 0, 0), *models, _PASSES, cv2.GC_INIT_WITH_MASK)
    except cv2.error:  # too few colours to tell one part from another
        return np.zeros(labels.shape, np.uint8)
    return ((cut == cv2.GC_FGD) | (cut == cv2.GC_PR_FGD)).astype(np.uint8)


def _corrected(small: NDArray[np.uint8], inside: NDArray[np.uint8], hints: SubjectHints) -> NDArray[np.uint8]:
    """Cut again: what was found is likely, what the hints say is sure."""
    import cv2

    height, width = inside.shape
    sure, never = (mask.at(width, height) > 0.5 for mask in (hints.inside, hints.outside))
    labels = np.where(inside, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[sure], labels[never] = cv2.GC_FGD, cv2.GC_BGD
    cut = _cut(small, labels)
    if not cut.any():
        cut = inside
    cut[sure], cut[never] = 1, 0
    return cut


def _near_middle(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return 1 in the middle of the picture, falling to 0 at its corners."""
    y, x = (np.linspace(-1, 1, length, dtype=np.float32) for length in shape)
    return np.exp(-(x[None, :] ** 2 + y[:, None] ** 2) / 0.7).astype(np.float32)


def _saliency(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return in 0..1 how much each pixel's colour differs from those of the borders, weighed by how near it is to the
    middle.
    """
    import cv2

    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    lab = cv2.bilateralFilter(lab, 7, 20, 5)
    height, width = lab.shape[:2]
    points = lab.reshape(-1, 3)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0)
    cv2.setRNGSeed(0)
    count = min(_CLUSTERS, len(points))
    first = np.zeros((len(points), 1), np.int32)
    _, labels, centers = cv2.kmeans(points, count, first, criteria, 1, cv2.KMEANS_PP_CENTERS)
    labels = np.asarray(labels).reshape(height, width)
    band = max(2, round(0.04 * min(height, width)))
    border = np.ones((height, width), bool)
    border[band:-band, band:-band] = False
    border[-band:] = False  # a subject often stands on the lower edge
    centers = np.asarray(centers)
    counts = np.bincount(labels.ravel(), minlength=len(centers)).astype(np.float32)
    at_border = np.bincount(labels[border], minlength=len(centers)) / max(1, border.sum())
    # How far each colour is from all that the borders have, and from the whole picture.
    distance = np.linalg.norm(centers[:, None] - centers[None], axis=2)
    from_border = (distance * at_border[None]).sum(1)
    from_all = (distance * (counts / counts.sum())[None]).sum(1)
    own = at_border / np.maximum(counts / counts.sum(), 1e-6)
    score = (from_border + 0.5 * from_all) * np.exp(-own)
    saliency = score[labels].astype(np.float32)
    saliency = cv2.GaussianBlur(saliency, (0, 0), 0.02 * max(height, width))
    for _ in range(_ROUNDS):
        # The middle of what stands out counts for more than the middle of the picture.
        weight = saliency / max(float(saliency.sum()), 1e-6)
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        middle_x, middle_y = float((weight * x).sum()), float((weight * y).sum())
        middle_x, middle_y = (middle_x + width / 2) / 2, (middle_y + height / 2) / 2
        near = np.exp(-(((x - middle_x) / (0.45 * width)) ** 2 + ((y - middle_y) / (0.5 * height)) ** 2))
        saliency = score[labels].astype(np.float32) * near
        saliency = cv2.GaussianBlur(saliency, (0, 0), 0.015 * max(height, width))
    return saliency / max(float(saliency.max()), 1e-6)


def _largest_parts(inside: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Drop specks and fill holes: parts of less than a tenth of the largest one's size."""
    import cv2

    for value in (1, 0):
        count, labels, statistics, _ = cv2.connectedComponentsWithStats((inside == value).astype(np.uint8))
        if count <= 2:
            continue
        areas = statistics[1:, cv2.CC_STAT_AREA]
        small = [number + 1 for number, area in enumerate(areas) if area < 0.1 * areas.max()]
        inside = np.where(np.isin(labels, small), 1 - value, inside).astype(np.uint8)
    return inside
