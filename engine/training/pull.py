"""Weights are pulled to where they started (Li, Grandvalet and Davoine, "Explicit inductive bias for transfer learning
with convolutional networks", ICML 2018).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


class Pull:
    """How far ``weights`` have moved since this was made, each tensor in parts of its size, squared and averaged."""

    def __init__(self, weights: Sequence[Tensor]) -> None:
        self._weights = weights
        starts = [weight.detach().flatten() for weight in weights]
        self._start = torch.cat(starts)
        self._shares = torch.cat(
            [torch.full_like(start, 1 / (len(starts) * max(1.0, float(start.square().sum())))) for start in starts]
        )

    def loss(self) -> Tensor:
        moved = torch.cat([weight.flatten() for weight in self._weights]) - self._start
        return (moved.square() * self._shares).sum()
