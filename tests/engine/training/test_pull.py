from __future__ import annotations

import torch
from torch import nn

from engine.training.pull import Pull


def test_what_has_not_moved_costs_nothing_and_each_tensor_counts_the_same() -> None:
    large, small = nn.Parameter(torch.full((100,), 3.0)), nn.Parameter(torch.full((4,), 1.0))
    pull = Pull([large, small])
    assert float(pull.loss().detach()) == 0

    def moved(weight: nn.Parameter) -> float:
        with torch.no_grad():
            weight.mul_(1.1)
            cost = float(pull.loss().detach())
            weight.div_(1.1)
        return cost

    assert abs(moved(large) - moved(small)) < 1e-5
    assert abs(moved(large) - 0.5 * 0.1**2) < 1e-5


def test_it_draws_back_to_the_start() -> None:
    weight = nn.Parameter(torch.tensor([1.0, -2.0]))
    pull = Pull([weight])
    with torch.no_grad():
        weight.copy_(torch.tensor([3.0, -2.0]))
    pull.loss().backward()
    assert weight.grad is not None
    assert float(weight.grad[0]) > 0
    assert float(weight.grad[1]) == 0
