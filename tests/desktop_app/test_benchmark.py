"""The measures of the window's benchmark, not what they measure here."""

from __future__ import annotations

import time

from pytestqt.qtbot import QtBot

from desktop_app.benchmark import EventDelays, Figure

BLOCKED_SECONDS = 0.2


def test_delays_count_every_event_that_had_to_wait(qtbot: QtBot) -> None:
    delays = EventDelays()
    delays.start()
    qtbot.wait(20)
    time.sleep(BLOCKED_SECONDS)  # what the event loop must never do
    qtbot.wait(20)

    assert delays.stop() >= BLOCKED_SECONDS * 1000 * 0.9


def test_a_figure_beyond_its_limit_says_so() -> None:
    assert "beyond" in Figure("a name", 2.0, 1.5, "s").line()
    assert "beyond" not in Figure("a name", 1.5, 1.5, "s").line()
