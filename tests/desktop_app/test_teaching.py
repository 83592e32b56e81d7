"""What the teach panel is given: works, and settings; with a stand-in for the trainer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragLeaveEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from engine.train_request import TrainRequest
from tests.desktop_app.helpers import drag_over, drop, mime_of_files, mime_of_image
from tests.desktop_app.teach_helpers import (
    FakeTrainer,
    add_works,
    panel_of,
    save_work,
    start,
    start_and_wait,
    teacher_of,
    wait_until_learnt,
)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.teaching.teacher.ESTIMATE_MILLISECONDS", 0)
    monkeypatch.setattr("desktop_app.panels.loss_chart.REDRAW_MILLISECONDS", 0)


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


def test_works_dropped_on_a_field_are_works_and_no_words(taught: MainWindow) -> None:
    panel = panel_of(taught)
    fields = panel.findChildren(QLineEdit)
    assert len(fields) > 8
    for field in fields:
        widget: QWidget | None = field
        while widget is not None and not widget.acceptDrops():
            widget = widget.parentWidget()
        assert widget is panel
    search, shelf = taught.shelf_strip.search, taught.shelf_strip
    assert not search.acceptDrops()
    assert shelf.isAncestorOf(search)
    assert shelf.acceptDrops()


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
    assert (request.steps, request.side, request.learning_rate) == (70, TrainRequest.side, 0.001)
    fold.reset_all_button.click()
    assert teacher_of(taught).lesson.content_weight == 1.0
    assert fold.spins["steps"].text() == "automatic"
