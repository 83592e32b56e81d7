"""How much the content weighs: as much as it takes to keep it as the base model does."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

_STEP, _LARGEST_STEP = 1.15, 2.0
_EAGERNESS = 8.0
_RANGE = (0.25, 10.0)
_SLACK = 0.005


class ContentBalance:
    """``factor``, which multiplies the weight of the content, follows what is measured on held-out pictures.

    ``kept`` is the distance to the content that is aimed at, in parts of the base model's. Without that, a hand that
    costs the content little would be learnt less than it could be.
    """

    def __init__(self, kept: float) -> None:
        self.kept = kept
        self.factor = 1.0

    def see(self, content: float) -> None:
        """Take note of a distance to the content, in parts of the base model's."""
        if content > self.kept:
            self.factor *= min(_LARGEST_STEP, max(_STEP, (content / self.kept) ** _EAGERNESS))
        elif content < self.kept - _SLACK:
            self.factor /= _STEP
        low, high = _RANGE
        self.factor = min(high, max(low, self.factor))

    def state(self) -> dict[str, Tensor]:
        return {"content_balance": torch.tensor(self.factor, dtype=torch.float64)}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        self.factor = float(state.get("content_balance", 1.0))
