"""Muon: each step moves all directions of a matrix alike, however large their gradients are.

Adam weighs every number by itself. What tells a hand from another lies in directions in which the gradients of a
convolution are small, and those it hardly moves in some hundred steps. Jordan et al., "Muon: an optimizer for hidden
layers in neural networks", 2024. torch's own one refuses convolutions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

_MOMENTUM = 0.95
_ROUNDS = 5
_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
_SIZE = 0.2
"""Root mean square of a step in parts of the learning rate, about that of Adam (Liu et al., "Muon is scalable for LLM
training", 2025)."""


class Muon(torch.optim.Optimizer):
    """For weights of two dimensions or more, seen as matrices of outputs by all the rest. ``precision`` is what the
    products are taken in.
    """

    def __init__(
        self, parameters: Iterable[Any], learning_rate: float, *, precision: torch.dtype = torch.float32
    ) -> None:
        super().__init__(parameters, {"lr": learning_rate})
        self._precision = precision

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        assert closure is None
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._move(weight, weight.grad, group["lr"])

    def _move(self, weight: Tensor, gradient: Tensor, learning_rate: float) -> None:
        state = self.state[weight]
        if not state:
            state["momentum"] = torch.zeros_like(weight)
        momentum = state["momentum"].lerp_(gradient, 1 - _MOMENTUM)
        ahead = gradient.lerp(momentum, _MOMENTUM).flatten(1)
        size = _SIZE * max(ahead.shape) ** 0.5
        moved = orthogonal(ahead.to(self._precision)).to(weight.dtype).view(weight.shape)
        weight.add_(moved, alpha=-learning_rate * size)


def orthogonal(matrix: Tensor) -> Tensor:
    """Return M x N with the same directions and all singular values near 1 (0.7 to 1.2), by Newton and Schulz's
    iteration with Jordan's coefficients.
    """
    first, second, third = _COEFFICIENTS
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.mT if tall else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(_ROUNDS):
        product = x @ x.mT
        x = first * x + (second * product + third * product @ product) @ x
    return x.mT if tall else x
