from __future__ import annotations

import pytest

from engine.training.collapse import CollapseWatch


def _watch(losses: list[float], watch: CollapseWatch | None = None) -> tuple[int, str] | None:
    watch = watch or CollapseWatch()
    for number, loss in enumerate(losses, 1):
        who = watch.see(loss)
        if who is not None:
            return number, who
    return None


@pytest.mark.parametrize(("loss", "who"), [(0.17, "discriminator"), (0.9, "generator")])
def test_one_that_wins_for_long_is_named(loss: float, who: str) -> None:
    found = _watch([loss] * 300)
    assert found is not None
    assert found[1] == who


@pytest.mark.parametrize("losses", [[0.69] * 500, [0.5] * 500, [0.17] * 90 + [0.6] * 400, [0.17, 0.9] * 250])
def test_a_fair_game_or_a_short_lead_is_none_of_it(losses: list[float]) -> None:
    assert _watch(losses) is None


def test_what_was_seen_goes_on_in_another_watch() -> None:
    whole = _watch([0.17] * 300)
    assert whole is not None
    first = CollapseWatch()
    assert _watch([0.17] * 70, first) is None
    second = CollapseWatch()
    second.load_state(first.state())
    rest = _watch([0.17] * 300, second)
    assert rest is not None
    assert rest[0] + 70 == whole[0]
