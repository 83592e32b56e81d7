"""From works dropped on the panel to a style on the shelf, with a stand-in for the trainer."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragLeaveEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportChoice
from desktop_app.main_window import MainWindow
from desktop_app.messages import Failed
from desktop_app.panels.loss_chart import LossChart, logarithmic_ticks
from desktop_app.panels.teach_panel import TeachPanel
from desktop_app.teaching.teacher import Teacher
from engine.api import TrainingError
from engine.styles import StyleLibrary, read_style_file
from engine.training.tuning_plan import trainings_folder
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer, drag_over, drop, mime_of_files, mime_of_image
from tests.desktop_app.shelf_helpers import titles
from tests.desktop_app.teach_helpers import STEPS, FakeTrainer, save_work


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.teaching.teacher.ESTIMATE_MILLISECONDS", 0)
    monkeypatch.setattr("desktop_app.panels.loss_chart.REDRAW_MILLISECONDS", 0)


@pytest.fixture
def works(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "works"
    folder.mkdir()
    return [save_work(folder / f"work {number}.png", number) for number in range(3)]


@pytest.fixture
def taught(qtbot: QtBot, finished: MainWindow, works: list[Path]) -> MainWindow:
    """Return a window with an open picture, whose teach panel has works and a name."""
    finished.menus.actions["teach"].trigger()
    add_works(qtbot, finished, *works)
    qtbot.keyClicks(panel_of(finished).details.edits["name"], "My Hand")
    return finished


def teacher_of(window: MainWindow) -> Teacher:
    return window.teaching.teacher


def panel_of(window: MainWindow) -> TeachPanel:
    return window.teaching.panel


def add_works(qtbot: QtBot, window: MainWindow, *paths: Path) -> None:
    drop(panel_of(window), mime_of_files(*paths), 50)
    qtbot.waitUntil(lambda: not teacher_of(window).is_examining)


def start(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(teacher_of(window).phase_changed):
        qtbot.mouseClick(panel_of(window).buttons.start_button, Qt.MouseButton.LeftButton)


def start_and_wait(qtbot: QtBot, window: MainWindow, trainer: FakeTrainer, steps: int) -> None:
    """Let a training take so many steps."""
    trainer.allowed = steps
    trainer.is_waiting.clear()
    start(qtbot, window)
    qtbot.waitUntil(trainer.is_waiting.is_set)
    qtbot.waitUntil(lambda: f"Step {steps} of" in panel_of(window).progress.status)


def wait_until_learnt(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: teacher_of(window).phase == "done" and bool(window.messages.text))


def answer(window: MainWindow, name: str) -> None:
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    next(button for button in box.buttons() if button.objectName() == name).click()


# Works


def test_works_are_looked_at_as_soon_as_they_are_dropped(
    qtbot: QtBot, window: MainWindow, works: list[Path], tmp_path: Path
) -> None:
    window.menus.actions["teach"].trigger()
    panel = panel_of(window)
    assert panel.isVisible()
    assert panel.buttons.missing_text == "Add a work to begin."
    assert not panel.buttons.start_button.isEnabled()
    small = save_work(tmp_path / "small.png", 9, (300, 200))
    copy = save_work(tmp_path / "copy.jpg", 1, (800, 600))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    add_works(qtbot, window, *works, small, copy, broken)
    assert teacher_of(window).works.good == tuple(works)
    said = panel.works.problems.texts
    assert len(said) == 3
    assert "small.png is too small to learn from (300 x 200 pixels)" in said[0]
    assert "copy.jpg is the same picture as work 1.png" in said[1]
    assert "broken.png" in said[2]
    assert panel.works.problems.isVisible()
    assert panel.buttons.missing_text == "Give the style a name to begin."
    qtbot.keyClicks(panel.details.edits["name"], "My Hand")
    assert panel.buttons.start_button.isEnabled()


def test_what_cannot_be_used_is_removed_and_a_copy_takes_the_place_of_its_original(
    qtbot: QtBot, taught: MainWindow, works: list[Path], tmp_path: Path
) -> None:
    panel, model = panel_of(taught), teacher_of(taught).works
    copy = save_work(tmp_path / "copy.png", 0, (800, 600))
    add_works(qtbot, taught, copy, tmp_path / "gone.png")
    assert len(model.problems) == 2
    panel.works.list.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(panel.works.list, Qt.Key.Key_Delete)
    assert model.good == (works[1], works[2], copy)
    assert [text for text in panel.works.problems.texts if "gone.png" in text] == panel.works.problems.texts
    panel.works.problems.remove_buttons[0].click()
    assert model.problems == []
    assert not panel.works.problems.isVisible()


def test_a_folder_is_dropped_and_the_same_work_twice_is_one(
    qtbot: QtBot, window: MainWindow, works: list[Path], tmp_path: Path
) -> None:
    window.menus.actions["teach"].trigger()
    (works[0].parent / "notes.txt").write_text("no picture")
    add_works(qtbot, window, works[1])
    add_works(qtbot, window, works[0].parent)
    assert sorted(teacher_of(window).works.good) == works
    assert teacher_of(window).works.problems == []
    empty = tmp_path / "empty"
    empty.mkdir()
    add_works(qtbot, window, empty)
    assert "There is no picture in this folder" in panel_of(window).error


def test_at_most_so_many_works_are_taken(
    qtbot: QtBot, window: MainWindow, works: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.teaching.works.MOST_WORKS", 2)
    window.menus.actions["teach"].trigger()
    add_works(qtbot, window, *works)
    assert teacher_of(window).works.good == tuple(works[:2])
    assert "work 2.png" in panel_of(window).error


def test_a_work_is_pasted_while_the_keyboard_is_on_the_panel(qtbot: QtBot, window: MainWindow) -> None:
    window.menus.actions["teach"].trigger()
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setMimeData(mime_of_image(image))
    panel_of(window).works.add_button.setFocus()
    window.menus.actions["paste"].trigger()
    qtbot.waitUntil(lambda: len(teacher_of(window).works.good) == 1)
    assert teacher_of(window).works.good[0].is_file()  # a training that is resumed later finds it
    assert window.document.content is None


def test_the_panel_says_that_it_takes_what_is_dragged_but_not_while_it_learns(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer, works: list[Path]
) -> None:
    panel = panel_of(taught)
    hint = panel.works.hint
    assert drag_over(panel, mime_of_files(*works), 50)
    assert panel.works.hint == "Let go to add them to the works to learn from."
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert panel.works.hint == hint
    start_and_wait(qtbot, taught, trainer, 2)
    assert not drag_over(panel, mime_of_files(*works), 50)


def test_what_holds_no_picture_is_said(qtbot: QtBot, window: MainWindow) -> None:
    window.menus.actions["teach"].trigger()
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.jpg")])
    drop(panel_of(window), data, 50)
    assert "does not download" in panel_of(window).error


# Time


def test_the_time_is_estimated_in_the_training_thread_and_again_for_another_size(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer
) -> None:
    choices = panel_of(taught).choices
    qtbot.waitUntil(lambda: choices.times["quick"].text() == "about 80 s")
    assert [label.text() for label in choices.times.values()] == ["about 80 s", "about 8 min", "about 33 min"]
    assert trainer.threads.isdisjoint({threading.main_thread()})
    assert len(trainer.estimates) == 1
    choices.fold_button.setChecked(True)
    choices.fold.spins["side"].setValue(256)
    qtbot.waitUntil(lambda: len(trainer.estimates) == 2)
    assert trainer.estimates[1].side == 256
    choices.fold.spins["steps"].setValue(300)
    qtbot.waitUntil(lambda: choices.fold._time.text() == "about 30 s")
    assert not choices.qualities["quick"].isEnabled()


def test_the_advanced_settings_go_into_the_request_and_back_to_their_defaults(
    qtbot: QtBot, taught: MainWindow, trainer: FakeTrainer
) -> None:
    panel = panel_of(taught)
    panel.choices.fold_button.setChecked(True)
    fold = panel.choices.fold
    values = {"content_weight": 0.5, "style_weight": 2, "adversarial_weight": 0, "steps": 70, "side": 128}
    for name, value in {**values, "learning_rate": 0.001}.items():
        fold.spins[name].setValue(value)
    fold.reset_buttons["side"].click()
    start(qtbot, taught)
    wait_until_learnt(qtbot, taught)
    (request,) = trainer.requests
    assert (request.content_weight, request.style_weight, request.adversarial_weight) == (0.5, 2.0, 0.0)
    assert (request.steps, request.side, request.learning_rate) == (70, 192, 0.001)
    fold.reset_all_button.click()
    assert teacher_of(taught).lesson.content_weight == 1.0
    assert fold.spins["steps"].text() == "automatic"


# Learning


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
