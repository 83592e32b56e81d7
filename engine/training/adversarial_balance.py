"""How strong the adversary may be, whatever the sizes of the losses are."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from engine.training.processes import average

_BALANCE_EVERY = 25


class AdversarialBalance:
    """Weighs the adversarial loss by its gradient at the decoder's last layer beside that of the style loss (Esser,
    Rombach and Ommer, "Taming transformers", CVPR 2021), measured now and then.
    """

    def __init__(self) -> None:
        self._ratio = 0.0

    def factor(self, style: Tensor, adversarial: Tensor, last_layer: Tensor, step: int) -> float:
        """Return by what the adversarial loss is multiplied to pull as hard as the weighted style loss does."""
        if self._ratio == 0.0 or step % _BALANCE_EVERY == 0:
            (style_gradient,) = torch.autograd.grad(style, last_layer, retain_graph=True)
            (adversarial_gradient,) = torch.autograd.grad(adversarial, last_layer, retain_graph=True)
            ratio = float(average(style_gradient).norm() / average(adversarial_gradient).norm().clamp_min(1e-8))
            self._ratio = ratio if self._ratio == 0.0 else 0.7 * self._ratio + 0.3 * ratio
        return self._ratio

    def state(self) -> dict[str, Tensor]:
        return {"balance": torch.tensor(self._ratio, dtype=torch.float64)}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        if "balance" in state:
            self._ratio = float(state["balance"])
