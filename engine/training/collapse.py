"""Notices when generator and discriminator stop teaching each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import torch
from torch import Tensor

Collapse = Literal["generator", "discriminator"]

_MEMORY = 0.95
_DISCRIMINATOR_HAS_WON = 0.22
_GENERATOR_HAS_WON = 0.73
_FEWEST_STEPS = 60
_PATIENCE = 80
"""The discriminator's loss is 0.16 when it is never wrong (its label for real is 0.9), 0.69 when it only guesses, more
when it is wrong. A mean over some twenty steps that stays beyond a limit for so many steps means that one has won.
"""


class CollapseWatch:
    """Looks at the discriminator's loss, step by step, once the adversary counts."""

    def __init__(self, patience: int = _PATIENCE) -> None:
        self._patience = patience
        self.reset()

    def reset(self) -> None:
        self._mean = 0.0
        self._seen = 0
        self._low = 0
        self._high = 0

    def see(self, discriminator_loss: float) -> Collapse | None:
        """Return who has won for long, or None."""
        self._seen += 1
        # The mean starts at its first value and not at zero.
        keep = min(_MEMORY, 1 - 1 / self._seen)
        self._mean = keep * self._mean + (1 - keep) * discriminator_loss
        settled = self._seen >= _FEWEST_STEPS
        self._low = self._low + 1 if settled and self._mean < _DISCRIMINATOR_HAS_WON else 0
        self._high = self._high + 1 if settled and self._mean > _GENERATOR_HAS_WON else 0
        if self._low >= self._patience:
            return "discriminator"
        return "generator" if self._high >= self._patience else None

    def state(self) -> dict[str, Tensor]:
        return {"collapse": torch.tensor([self._mean, self._seen, self._low, self._high], dtype=torch.float64)}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        if "collapse" in state:
            mean, seen, low, high = state["collapse"].tolist()
            self._mean, self._seen, self._low, self._high = float(mean), int(seen), int(low), int(high)
