"""A training in the window: how it is shown, steered and ended, and what comes of it; the trainer is a stand-in."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportChoice
from desktop_app.main_window import MainWindow
from desktop_app.messages import Failed
from desktop_app.panels.loss_chart import LossChart, logarithmic_ticks
from engine.api import TrainingError
from engine.styles import StyleLibrary, read_style_file
from engine.training.tuning_plan import trainings_folder
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer
from tests.desktop_app.shelf_helpers import titles
from tests.desktop_app.teach_helpers import (
    STEPS,
    FakeTrainer,
    add_works,
    answer,
    panel_of,
    start,
    start_and_wait,
    teacher_of,
    wait_until_learnt,
)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.teaching.teacher.ESTIMATE_MILLISECONDS", 0)
    monkeypatch.setattr("desktop_app.panels.loss_chart.REDRAW_MILLISECONDS", 0)


def test_a_style_is_learnt_lies_on_the_shelf_and_is_chosen(
    qtbot: QtBot,
    taught: MainWindow,
    trainer: FakeTrainer,
    works: list[Path],
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "desktop_app.teaching.results.notify_finished", lambda window, title, text, seconds: told.append((title, text))
    )
    panel = panel_of(taught)
    qtbot.keyClicks(panel.details.edits["artist"], "Ann")
    panel.choices.qualities["quick"].click()
    start(qtbot, taught)
    wait_until_learnt(qtbot, taught)
    (request,) = trainer.requests
    assert (request.works, request.name, request.artist) == (tuple(works), "My Hand", "Ann")
    assert (request.quality, request.steps, request.photos, request.previews) == ("quick", None, (photo,), (photo,))
    assert titles(taught) == ["painting", "My Hand", "Blue", "Green"]
    assert taught.document.styles[0].title == "My Hand"
    assert taught.messages.text.startswith("My Hand is learnt")
    assert told == [("Teach Your Hand", taught.messages.text)]
    assert panel.progress.title == "My Hand is learnt"
    assert "Learnt in 6 steps" in panel.progress.status
    assert trainer.threads.isdisjoint({threading.main_thread()})
    assert not list(trainings_folder().glob("*.lock"))
    stack = taught.document.undo_stack
    while "My Hand" in titles(taught):
        assert stack.canUndo()
        stack.undo()
        qtbot.wait(20)
    assert taught.document.styles[0].title == "painting"


def test_curves_previews_and_words_follow_the_training(qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer) -> None:
    progress = panel_of(taught).progress
    start_and_wait(qtbot, taught, trainer, 3)
    curves = progress.chart.curves
    assert curves["style"].steps == [1, 2, 3]
    assert curves["style"].raw == pytest.approx([0.5, 0.25, 0.5 / 3])
    assert curves["style"].smoothed[0] == pytest.approx(0.5)
    assert curves["style"].raw[2] < curves["style"].smoothed[2] < 0.5
    assert [len(curve.steps) for curve in curves.values()] == [3] * 5
    base, now = progress.previews.shown
    assert base[0].pixelColor(0, 0).red() == 10
    assert now[0].pixelColor(0, 0).red() == 60
    assert "30 s left" in progress.status
    assert "30 % nearer" in progress.best_text
    chart = progress.chart
    qtbot.waitUntil(lambda: chart.is_ready)
    qtbot.waitUntil(lambda: len(drawn(chart, "total")) == 3)
    assert drawn(chart, "style")[0] == pytest.approx(np.log10(0.5))
    assert chart._lines["style", False].isVisible()
    chart.raw_box.setChecked(False)
    chart.boxes["total"].setChecked(False)
    assert not chart._lines["style", False].isVisible()
    assert not chart._lines["total", True].isVisible()
    assert drawn(chart, "style")
    chart.logarithmic_box.setChecked(False)
    assert drawn(chart, "style")[0] == pytest.approx(0.5)


def drawn(chart: LossChart, name: str) -> list[float]:
    """Return the heights of a smoothed curve."""
    _steps, heights = chart._lines[name, True].getData()
    return [] if heights is None else list(heights)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.05, 40.0, {"0.1", "1", "10"}),
        (0.2, 6.0, {"0.3", "1", "3"}),
        (0.4, 0.9, {"0.5", "0.6", "0.7"}),
        (0.41, 0.44, {"0.41", "0.44"}),
        (0.5, 0.5, {"0.5"}),
        (0.0, 0.0, {"1e-06"}),
    ],
)
def test_a_logarithmic_axis_has_round_numbers_that_do_not_crowd(low: float, high: float, expected: set[str]) -> None:
    ticks = dict(logarithmic_ticks(low, high))
    inside = [text for place, text in ticks.items() if low * 0.99 <= 10**place <= high * 1.01]
    assert expected <= set(ticks.values())
    assert len(inside) <= 9


def test_pause_holds_it_and_going_on_ends_it(qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer) -> None:
    buttons = panel_of(taught).buttons
    start_and_wait(qtbot, taught, trainer, 2)
    buttons.pause_button.click()
    trainer.allowed = STEPS
    assert "paused" in panel_of(taught).progress.status
    assert buttons.pause_button.text() == "Go On"
    qtbot.wait(150)
    assert trainer.steps_taken == 2
    buttons.pause_button.click()
    wait_until_learnt(qtbot, taught)
    assert trainer.steps_taken == STEPS


def test_stopping_keeps_the_best(qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, library: StyleLibrary) -> None:
    start_and_wait(qtbot, taught, trainer, 4)
    panel_of(taught).buttons.finish_button.click()
    wait_until_learnt(qtbot, taught)
    path = library.find("My Hand").path
    assert path is not None
    assert read_style_file(path)[1]["code"][0] == 4
    assert "Stopped after 4 steps" in panel_of(taught).progress.status


def test_discarding_is_asked_once_and_leaves_nothing(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, library: StyleLibrary
) -> None:
    panel, teacher = panel_of(taught), teacher_of(taught)
    start_and_wait(qtbot, taught, trainer, 2)
    panel.buttons.discard_button.click()
    answer(taught, "keep")
    assert teacher.phase == "learning"
    panel.buttons.discard_button.click()
    answer(taught, "discard")
    qtbot.waitUntil(lambda: teacher.phase == "preparing")
    qtbot.waitUntil(lambda: not (trainings_folder() / "my-hand").exists())
    assert library.namesake("My Hand") is None
    assert len(teacher.works.good) == 3  # to begin anew with
    assert teacher.unfinished == ()


def test_a_failure_is_said_in_the_panel_and_nothing_is_lost(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer
) -> None:
    trainer.failure = TrainingError(
        "The checkpoint cannot be written into {folder} ({reason}).", folder="x", reason="full"
    )
    start(qtbot, taught)
    qtbot.waitUntil(lambda: panel_of(taught).error != "")
    assert panel_of(taught).error == "The checkpoint cannot be written into x (full)."
    assert teacher_of(taught).phase == "preparing"
    assert len(teacher_of(taught).works.good) == 3
    trainer.failure = RuntimeError("a fault")
    panel_of(taught).close_button.click()
    start_hidden = teacher_of(taught).start
    start_hidden()
    qtbot.waitUntil(lambda: "Something unexpected" in taught.messages.text)
    trainer.failure = None
    taught.menus.actions["teach"].trigger()
    start(qtbot, taught)
    wait_until_learnt(qtbot, taught)
    assert panel_of(taught).error == ""


def test_a_folder_that_cannot_be_written_is_said(qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer) -> None:
    trainings_folder().parent.mkdir(parents=True, exist_ok=True)
    trainings_folder().write_text("a file where the folder should be")
    start(qtbot, taught)
    qtbot.waitUntil(lambda: "cannot be written" in panel_of(taught).error)
    assert trainer.requests == []
    assert teacher_of(taught).phase == "preparing"


def test_a_name_that_is_taken_is_asked_about_and_undo_brings_the_old_style_back(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, library: StyleLibrary
) -> None:
    panel, teacher = panel_of(taught), teacher_of(taught)
    start_and_wait(qtbot, taught, trainer, 2)
    panel.buttons.finish_button.click()
    wait_until_learnt(qtbot, taught)
    trainer.allowed = STEPS
    panel.buttons.another_button.click()
    assert teacher.works.good == ()
    add_works(qtbot, taught, *trainer.requests[0].works)
    qtbot.keyClicks(panel.details.edits["name"], "my hand")
    panel.buttons.start_button.click()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in taught.findChildren(QMessageBox)))
    answer(taught, "other")
    assert len(trainer.requests) == 1
    panel.buttons.start_button.click()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in taught.findChildren(QMessageBox)))
    answer(taught, "replace")
    qtbot.waitUntil(lambda: teacher.phase == "done" and "my hand" in titles(taught))
    assert value_of(library, "my hand") == STEPS
    stack = taught.document.undo_stack
    while value_of(library, "my hand") != 2:
        assert stack.canUndo()
        stack.undo()


def value_of(library: StyleLibrary, name: str) -> float:
    style = library.namesake(name)
    return -1.0 if style is None or style.path is None else float(read_style_file(style.path)[1]["code"][0])


def test_the_name_of_a_built_in_style_is_refused(qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer) -> None:
    teacher_of(taught).set_lesson(name="blue")
    panel_of(taught).buttons.start_button.click()
    qtbot.waitUntil(lambda: "came with Scumble" in panel_of(taught).error)
    assert trainer.requests == []


# Beside the rest of the window


def test_the_training_gives_way_to_previews_and_exports_whatever_the_artist_paused(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    start_and_wait(qtbot, taught, trainer, 2)
    stylizer.hold.clear()
    taught.document.set_setting("strength", 0.5)
    qtbot.waitUntil(lambda: taught.preview.is_drafting)
    trainer.allowed = 3
    qtbot.wait(150)
    assert trainer.steps_taken == 2
    assert not teacher_of(taught).is_paused
    stylizer.hold.set()
    qtbot.waitUntil(lambda: trainer.steps_taken == 3)
    qtbot.waitUntil(lambda: not taught.preview.is_busy)
    stylizer.hold.clear()
    taught.exporter.export(ExportChoice(tmp_path / "out.png", overwrite=False, quality=95))
    assert "waiting for the export" in panel_of(taught).progress.status
    trainer.allowed = STEPS
    qtbot.wait(150)
    assert trainer.steps_taken == 3
    stylizer.hold.set()
    wait_until_learnt(qtbot, taught)
    assert (tmp_path / "out.png").exists()


def test_closing_in_the_middle_leaves_a_checkpoint_and_the_next_window_offers_to_resume(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, make_window: WindowMaker, works: list[Path]
) -> None:
    start_and_wait(qtbot, taught, trainer, 3)
    taught.close()
    assert not teacher_of(taught).training.is_running
    assert trainer.controls[0].is_cancelled

    trainer.allowed = STEPS
    window = make_window()
    qtbot.waitUntil(lambda: teacher_of(window).unfinished != ())
    assert "My Hand was interrupted" in window.messages.text
    window.messages.action_button.click()
    row = panel_of(window).unfinished
    assert row.isVisible()
    assert "step 3 of 6" in row.text
    row.resume_button.click()
    qtbot.waitUntil(lambda: teacher_of(window).phase == "done" and "My Hand" in titles(window))
    request = trainer.requests[-1]
    assert request.resume
    assert request.works == tuple(works)
    assert panel_of(window).progress.chart.curves["style"].steps == [1, 2, 3, 4, 5, 6]
    qtbot.waitUntil(lambda: not row.isVisible())


def test_a_training_in_another_window_is_not_offered_and_not_begun_twice(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, make_window: WindowMaker, works: list[Path]
) -> None:
    start_and_wait(qtbot, taught, trainer, 3)
    window = make_window()
    with qtbot.waitSignal(teacher_of(window).unfinished_changed):
        teacher_of(window).look_for_unfinished()
    assert teacher_of(window).unfinished == ()
    window.menus.actions["teach"].trigger()
    add_works(qtbot, window, *works)
    teacher_of(window).set_lesson(name="My Hand")
    panel_of(window).buttons.start_button.click()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    answer(window, "replace")
    qtbot.waitUntil(lambda: "another window" in panel_of(window).error)
    assert len(trainer.requests) == 1


def test_an_interrupted_training_is_given_up_after_a_question(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, make_window: WindowMaker
) -> None:
    start_and_wait(qtbot, taught, trainer, 3)
    taught.close()
    window = make_window()
    qtbot.waitUntil(lambda: teacher_of(window).unfinished != ())
    window.menus.actions["teach"].trigger()
    panel_of(window).unfinished.discard_button.click()
    answer(window, "discard")
    qtbot.waitUntil(lambda: teacher_of(window).unfinished == ())
    assert not panel_of(window).unfinished.isVisible()
    assert not (trainings_folder() / "my-hand").exists()


def test_what_the_training_thread_says_after_closing_is_not_heard(qtbot: QtBot, taught: MainWindow) -> None:
    heard: list[object] = []
    teacher_of(taught).failed.connect(heard.append)
    taught.close()
    teacher_of(taught).training._receive(Failed(1, "late"))
    assert heard == []
