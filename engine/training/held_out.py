"""How good a hand is on parts of photos that are never trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.losses import StyleStatistics, content_loss, hand_loss, nearest_statistics, style_statistics, tone_loss
from engine.training.data import to_tensor

_MEANING = (-1,)
"""Content is measured by relu4_1 alone, as the field does: what is there, not how it is drawn."""

_CONTENT_MAY_LOSE = 0.025
"""Nobody sees so much more distance to the content, in parts of the base model's; strokes of one's own cost it."""

TONE_KEPT = 0.75
"""The distance of blurred colours that is aimed at, in parts of the base model's: glows are seen before they are as
strong as its own may be."""


@dataclass(frozen=True)
class Measure:
    """Distances on pictures that are never trained on: ``style`` as the loss has it, ``content`` of deep features,
    ``tone`` of blurred colours.
    """

    style: float
    content: float
    tone: float

    def score(self, base: Measure) -> float:
        """Return how good this is beside the base model: 1 is as good, less is better. Content may lose a
        little.
        """
        content = max(0.0, self.content / max(base.content, 1e-6) - 1 - _CONTENT_MAY_LOSE)
        tone = max(0.0, self.tone / max(base.tone, 1e-6) - 1)
        return self.style / max(base.style, 1e-6) + 2 * content + tone


class HeldOut:
    """Pictures, H x W x 3 each with sides that are multiples of 8, and what ``perceptual`` sees in them."""

    @torch.no_grad()
    def __init__(self, pictures: Sequence[NDArray[np.uint8]], perceptual: nn.Module, device: torch.device) -> None:
        # A processor paints single pictures faster, a graphics card many at once.
        batches = [[pixels] for pixels in pictures] if device.type == "cpu" else _by_size(pictures)
        self._batches = [to_tensor(batch).to(device) for batch in batches]
        self._perceptual = perceptual
        self._features = [perceptual(batch, len(_MEANING)) for batch in self._batches]

    @torch.no_grad()
    def measure(self, paint: Callable[[Tensor], tuple[Tensor, Tensor]], wanted: Sequence[StyleStatistics]) -> Measure:
        """Return the mean distances of what ``paint`` makes of the pictures: to the nearest of the kinds of works whose
        statistics are ``wanted``, to the pictures themselves, and to those in other colours, the second of what it
        returns.
        """
        count = sum(len(batch) for batch in self._batches)
        style, content, tone = [], [], []
        for batch, seen in zip(self._batches, self._features, strict=True):
            painted, recolored = paint(batch)
            features = self._perceptual(painted.clamp(0, 1))
            share = len(batch) / count
            statistics = style_statistics(features)
            style.append(hand_loss(statistics, nearest_statistics(statistics, wanted)) * share)
            content.append(content_loss(features, seen, _MEANING) * share)
            tone.append(tone_loss(painted, recolored) * share)
        return Measure(*(float(torch.stack(distances).sum()) for distances in (style, content, tone)))


def _by_size(pictures: Sequence[NDArray[np.uint8]]) -> list[list[NDArray[np.uint8]]]:
    sizes = sorted({pixels.shape for pixels in pictures})
    return [[pixels for pixels in pictures if pixels.shape == size] for size in sizes]
