from __future__ import annotations

import pytest

from engine.training.weight_balance import WeightBalance


def _balance(kept: float = 1.0) -> WeightBalance:
    return WeightBalance(kept, eagerness=8.0, limits=(0.25, 10.0))


def test_a_loss_weighs_more_while_it_grows_and_less_while_it_is_kept_too_low() -> None:
    balance = _balance()
    balance.see(1.01)
    assert balance.factor > 1
    lost = balance.factor
    balance.see(0.997)
    assert balance.factor == lost
    balance.see(0.99)
    assert balance.factor == pytest.approx(1.0)


def test_what_is_far_off_comes_back_faster_and_never_by_a_leap() -> None:
    def factor(distance: float) -> float:
        balance = _balance()
        balance.see(distance)
        return balance.factor

    assert 1 < factor(1.01) < factor(1.08) < factor(3.0) <= 2
    assert 1 > factor(0.99) > factor(0.95) > factor(0.3) >= 0.5


def test_it_stays_within_bounds() -> None:
    balance = _balance()
    for _ in range(100):
        balance.see(0.5)
    assert 0.1 < balance.factor < 0.5
    for _ in range(100):
        balance.see(1.5)
    assert 1.5 < balance.factor < 12


def test_whoever_wants_more_kept_gets_a_higher_weight() -> None:
    usual, careful = _balance(), _balance(0.96)
    for balance in (usual, careful):
        balance.see(0.97)
    assert careful.factor > usual.factor


def test_it_goes_on_from_a_checkpoint() -> None:
    balance, resumed = _balance(), _balance()
    balance.see(1.2)
    resumed.load_state(balance.state())
    assert resumed.factor == balance.factor
