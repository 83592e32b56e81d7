"""How much a loss weighs: as much as it takes to keep something as well as the base model does."""

from __future__ import annotations

import torch
from torch import Tensor

_STEP, _LARGEST_STEP = 1.15, 2.0
_SLACK = 0.005


class WeightBalance:
    """``factor``, which multiplies the weight of a loss, follows what is measured on held-out pictures.

    ``kept`` is the distance that is aimed at, in parts of the base model's. Without that, a hand that costs little
    would be learnt less than it could be. Far from it the factor moves faster, by the power of ``eagerness``; it
    stays within ``limits``.
    """

    def __init__(self, kept: float, eagerness: float, limits: tuple[float, float]) -> None:
        self.kept = kept
        self.factor = 1.0
        self._eagerness = eagerness
        self._limits = limits

    def see(self, distance: float) -> None:
        """Take note of a distance, in parts of the base model's."""
        if distance > self.kept or distance < self.kept - _SLACK:
            step = (distance / self.kept) ** self._eagerness
            step = max(_STEP, step) if distance > self.kept else min(1 / _STEP, step)
            self.factor *= min(_LARGEST_STEP, max(1 / _LARGEST_STEP, step))
        low, high = self._limits
        self.factor = min(high, max(low, self.factor))

    def state(self) -> Tensor:
        return torch.tensor(self.factor, dtype=torch.float64)

    def load_state(self, state: Tensor) -> None:
        self.factor = float(state)
