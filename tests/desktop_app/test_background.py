"""Short work beside the worker: in order, answered in the window's thread, and finished before the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.background import BackgroundThread
from engine.api import EngineError, StyleError


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[BackgroundThread]:
    thread = BackgroundThread()
    yield thread
    thread.stop()
    assert not thread.is_running


def test_work_is_done_elsewhere_and_answered_here(qtbot: QtBot, background: BackgroundThread) -> None:
    answers: list[tuple[str, threading.Thread]] = []
    background.submit(
        threading.current_thread,
        lambda thread: answers.extend([("worked", thread), ("answered", threading.current_thread())]),
        lambda error: None,
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0][1] is not threading.main_thread()
    assert answers[1][1] is threading.main_thread()


def test_work_is_done_in_its_order(qtbot: QtBot, background: BackgroundThread) -> None:
    done: list[int] = []
    for number in range(50):
        background.submit(lambda number=number: number, done.append, lambda error: None)
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_a_failure_is_told_in_words_whatever_it_is(qtbot: QtBot, background: BackgroundThread) -> None:
    errors: list[EngineError] = []

    def refuse() -> None:
        raise StyleError("{name} is damaged.", name="a")

    for work in (refuse, lambda: 1 / 0):
        background.submit(work, lambda value: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 2)
    assert str(errors[0]) == "a is damaged."
    assert "ZeroDivisionError" in str(errors[1])


def test_at_the_end_what_writes_is_done_and_what_reads_is_dropped(background: BackgroundThread) -> None:
    gate, done = threading.Event(), []
    background.submit(gate.wait, lambda value: None, lambda error: None)
    background.submit(lambda: done.append("read"), lambda value: None, lambda error: None, can_be_dropped=True)
    background.submit(lambda: done.append("written"), lambda value: None, lambda error: None)
    threading.Timer(0.05, gate.set).start()
    background.stop()
    assert done == ["written"]
    background.submit(lambda: done.append("late"), lambda value: None, lambda error: None)
    assert not background.is_running
    assert done == ["written"]
