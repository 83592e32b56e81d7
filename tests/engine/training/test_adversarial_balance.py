"""How strong the adversary may be."""

from __future__ import annotations

import pytest
import torch

from engine.training.adversarial_balance import AdversarialBalance


def seen(loss: float, steps: int = 200) -> AdversarialBalance:
    balance = AdversarialBalance()
    for _ in range(steps):
        balance.see(torch.tensor(loss))
    return balance


@pytest.mark.parametrize(("loss", "skill"), [(0.9, 0), (0.688, 0), (0.4255, 0.5), (0.163, 1), (0.05, 1)])
def test_skill_goes_from_guessing_to_never_wrong(loss: float, skill: float) -> None:
    assert seen(loss).skill() == pytest.approx(skill, abs=1e-3)


def test_the_adversary_pulls_as_hard_as_the_style_times_its_skill() -> None:
    layer = torch.ones(4, requires_grad=True)
    style, adversarial = 6 * layer.sum(), 2 * layer.sum()
    assert seen(0.163).factor(style, adversarial, layer, 0) == pytest.approx(3, abs=1e-2)
    assert seen(0.4255).factor(style, adversarial, layer, 0) == pytest.approx(1.5, abs=1e-2)
    assert seen(0.688).factor(style, adversarial, layer, 0) == 0


def test_a_resumed_one_goes_on_the_same() -> None:
    layer = torch.ones(4, requires_grad=True)
    whole = seen(0.4, steps=10)
    whole.factor(6 * layer.sum(), 2 * layer.sum(), layer, 0)
    resumed = AdversarialBalance()
    resumed.load_state(whole.state())
    for balance in (whole, resumed):
        balance.see(torch.tensor(0.2))
    again = [balance.factor(5 * layer.sum(), layer.sum(), layer, 25) for balance in (whole, resumed)]
    assert again[0] == again[1] > 0
