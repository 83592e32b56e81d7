"""How strong the adversary may be, whatever the sizes of the losses are."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from engine.training.processes import average

_BALANCE_EVERY = 25
_MEMORY = 0.95
_GUESSING = 0.688
_NEVER_WRONG = 0.163
"""The discriminator's loss when all it knows is its label for real pictures, 0.9, and when it knows every picture."""


class AdversarialBalance:
    """Weighs the adversarial loss by its gradient at the decoder's last layer beside that of the style loss (Esser,
    Rombach and Ommer, "Taming transformers", CVPR 2021), measured now and then, and by what the discriminator knows.

    The gradient of one that guesses is noise: scaled up to the size of the style loss's, it undoes what that learns.
    """

    def __init__(self) -> None:
        self._ratio = 0.0
        self._skill = 0.0
        self._loss = torch.tensor(_GUESSING)

    def see(self, discriminator_loss: Tensor) -> None:
        """Take note of the discriminator's loss at a step: half of those on real and on generated pictures."""
        self._loss = torch.lerp(discriminator_loss.detach().float(), self._loss.to(discriminator_loss.device), _MEMORY)

    def skill(self) -> float:
        """Return how much the discriminator knows, from 0 (it guesses) to 1 (it is never wrong)."""
        return min(1.0, max(0.0, (_GUESSING - float(average(self._loss))) / (_GUESSING - _NEVER_WRONG)))

    def factor(self, style: Tensor, adversarial: Tensor, last_layer: Tensor, step: int) -> float:
        """Return by what the adversarial loss is multiplied to pull as hard as the style loss, times the skill."""
        if self._ratio == 0.0 or step % _BALANCE_EVERY == 0:
            (style_gradient,) = torch.autograd.grad(style, last_layer, retain_graph=True)
            (adversarial_gradient,) = torch.autograd.grad(adversarial, last_layer, retain_graph=True)
            ratio = float(average(style_gradient).norm() / average(adversarial_gradient).norm().clamp_min(1e-8))
            self._ratio = ratio if self._ratio == 0.0 else 0.7 * self._ratio + 0.3 * ratio
            self._skill = self.skill()
        return self._ratio * self._skill

    def state(self) -> dict[str, Tensor]:
        return {"balance": torch.tensor((self._ratio, self._skill, float(self._loss)), dtype=torch.float64)}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        if "balance" in state:
            self._ratio, self._skill, loss = state["balance"].tolist()
            self._loss = torch.tensor(loss, dtype=torch.float32)
