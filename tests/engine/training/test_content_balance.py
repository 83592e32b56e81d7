from __future__ import annotations

import pytest

from engine.training.content_balance import ContentBalance


def test_content_weighs_more_while_it_is_lost_and_less_while_it_is_kept_too_well() -> None:
    balance = ContentBalance(1.0)
    balance.see(1.01)
    assert balance.factor > 1
    lost = balance.factor
    balance.see(0.997)
    assert balance.factor == lost
    balance.see(0.9)
    assert balance.factor == pytest.approx(1.0)


def test_content_that_is_far_gone_comes_back_faster_and_never_by_a_leap() -> None:
    factors = []
    for content in (1.01, 1.08, 3.0):
        balance = ContentBalance(1.0)
        balance.see(content)
        factors.append(balance.factor)
    assert factors[0] < factors[1] < factors[2] <= 2


def test_it_stays_within_bounds() -> None:
    balance = ContentBalance(1.0)
    for _ in range(100):
        balance.see(0.5)
    assert 0.1 < balance.factor < 0.5
    for _ in range(100):
        balance.see(1.5)
    assert 1.5 < balance.factor < 12


def test_whoever_wants_the_content_kept_better_gets_a_higher_weight() -> None:
    usual, careful = ContentBalance(1.0), ContentBalance(0.96)
    for balance in (usual, careful):
        balance.see(0.97)
    assert careful.factor > usual.factor


def test_it_goes_on_from_a_checkpoint_and_from_one_before_there_was_such_a_thing() -> None:
    balance, resumed = ContentBalance(1.0), ContentBalance(1.0)
    balance.see(1.2)
    resumed.load_state(balance.state())
    assert resumed.factor == balance.factor
    resumed.load_state({})
    assert resumed.factor == 1.0
