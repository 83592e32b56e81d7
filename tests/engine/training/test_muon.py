from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from engine.training.checkpoints import optimizer_tensors, restore_optimizer
from engine.training.muon import Muon, orthogonal


def _ill_conditioned(rows: int, columns: int) -> Tensor:
    """A matrix whose singular values go from 1 to a hundredth."""
    generator = torch.Generator().manual_seed(rows)
    left = torch.linalg.qr(torch.randn(rows, rows, generator=generator)).Q
    right = torch.linalg.qr(torch.randn(columns, columns, generator=generator)).Q
    count = min(rows, columns)
    return left[:, :count] @ torch.logspace(0, -2, count).diag() @ right[:count]


@pytest.mark.parametrize(("rows", "columns"), [(24, 24), (16, 60), (60, 16)])
def test_all_directions_come_out_alike_and_remain_what_they_were(rows: int, columns: int) -> None:
    matrix = _ill_conditioned(rows, columns)
    made = orthogonal(matrix)
    assert made.shape == matrix.shape
    assert float(torch.linalg.svdvals(made).max()) < 1.3
    assert float(torch.linalg.svdvals(made).min()) > 0.3
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    assert float((made * (left @ right)).sum() / (made.norm() * (left @ right).norm())) > 0.95


def test_nothing_is_made_of_nothing() -> None:
    assert torch.equal(orthogonal(torch.zeros(4, 6)), torch.zeros(4, 6))


def _learn(optimizer_of, steps: int) -> float:
    """Learn a convolution that is known, from pictures in which most directions are faint; return what is left."""
    torch.manual_seed(0)
    wanted, layer = nn.Conv2d(8, 8, 3), nn.Conv2d(8, 8, 3)
    strength = torch.logspace(0, -2, 8).view(1, 8, 1, 1)
    optimizer = optimizer_of([layer.weight])
    generator = torch.Generator().manual_seed(1)
    for _ in range(steps):
        pictures = strength * torch.randn(2, 8, 16, 16, generator=generator)
        loss = (layer(pictures) - wanted(pictures).detach()).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return float((layer.weight - wanted.weight).detach().norm() / wanted.weight.detach().norm())


def test_faint_directions_are_learnt_that_plain_descent_does_not_reach() -> None:
    muon = _learn(lambda weights: Muon(weights, 0.02), 60)
    descent = min(_learn(lambda weights, rate=rate: torch.optim.SGD(weights, rate, 0.95), 60) for rate in (0.05, 0.2))
    assert muon < 0.9 * descent


def test_a_step_is_as_large_as_the_rate_says_whatever_the_gradient_is() -> None:
    sizes = []
    for factor in (1e-3, 1.0, 1e3):
        weight = nn.Parameter(torch.zeros(32, 16, 3, 3))
        weight.grad = factor * torch.randn(weight.shape, generator=torch.Generator().manual_seed(0))
        Muon([weight], 0.01).step()
        sizes.append(float(weight.detach().square().mean().sqrt()))
    assert sizes == pytest.approx([0.002] * 3, rel=0.2)


def test_it_goes_on_from_a_checkpoint() -> None:
    def trained(steps: range, before: tuple[Tensor, dict[str, Tensor]] | None = None) -> tuple[Tensor, Muon]:
        weight = nn.Parameter(before[0].clone() if before else torch.ones(6, 4, 3, 3))
        optimizer = Muon([weight], 0.01)
        if before:
            restore_optimizer(optimizer, before[1], "m.")
        for step in steps:
            weight.grad = torch.randn(weight.shape, generator=torch.Generator().manual_seed(step))
            optimizer.step()
        return weight.detach(), optimizer

    whole, _ = trained(range(6))
    half, optimizer = trained(range(3))
    rest, _ = trained(range(3, 6), (half, optimizer_tensors(optimizer, "m.")))
    assert torch.equal(whole, rest)
