"""Every widget of the teach panel in its states: translated, named for a screen reader, reached by Tab, marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from tests.desktop_app.every_widget import controls, leftover, look_of, name_for_a_reader, reached_by_tab, texts
from tests.desktop_app.teach_helpers import FakeTrainer, save_work

STATES = ("empty", "works", "learning", "done", "unfinished")


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def taught(qtbot: QtBot, finished: MainWindow, trainer: FakeTrainer, tmp_path: Path, state: str) -> MainWindow:
    """Return a window whose teach panel is in a state."""
    teacher, panel = finished.teaching.teacher, finished.teaching.panel
    finished.resize(1400, 1400)  # nothing is scrolled out of sight
    finished.menus.actions["teach"].trigger()
    if state == "empty":
        return finished
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    teacher.add_works([save_work(tmp_path / "one.png", 1), save_work(tmp_path / "small.png", 2, (90, 90)), broken])
    qtbot.waitUntil(lambda: not teacher.is_examining)
    teacher.set_lesson(name="My Hand", photos=tmp_path, previews=(tmp_path / "one.png",), content_weight=2.0)
    panel.choices.fold_button.setChecked(True)
    qtbot.waitUntil(lambda: teacher.estimate is not None)
    if state == "works":
        return finished
    trainer.allowed = 6 if state == "done" else 3
    panel.buttons.start_button.click()
    if state == "done":
        qtbot.waitUntil(lambda: teacher.phase == "done" and bool(finished.messages.text))
    else:
        qtbot.waitUntil(trainer.is_waiting.is_set)
    qtbot.waitUntil(lambda: panel.progress.chart.is_ready)
    if state == "unfinished":
        trainer.controls[0].cancel()
        qtbot.waitUntil(lambda: bool(teacher.unfinished) and panel.unfinished.isVisible())
    return finished


def test_no_text_stays_english(qtbot: QtBot, taught: MainWindow) -> None:
    taught.messages.hide()  # a message is not said again in another language
    taught.messages.show_message("information", "", "", None)
    english = {text for _, text in texts(taught)}
    assert "Teach Your Hand" in english
    taught.preferences.choose("language", "zh_CN")
    qtbot.waitUntil(lambda: "Teach Your Hand" not in {text for _, text in texts(taught)})
    names = {"My Hand", "My Hand\n", tmp_name(taught)}
    left = [pair for pair in leftover(english, set(texts(taught))) if pair[1] not in names]
    assert left == [], "\n".join(map(str, left))


def tmp_name(window: MainWindow) -> str:
    return ", ".join(path.name for path in window.teaching.teacher.lesson.previews)


def test_every_control_has_a_name_and_is_reached(qtbot: QtBot, taught: MainWindow) -> None:
    inside = [widget for widget in controls(taught) if taught.teaching.panel.isAncestorOf(widget)]
    assert len(inside) >= 7
    assert [type(widget).__name__ for widget in inside if not name_for_a_reader(widget)] == []
    taught.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is taught)
    reached = reached_by_tab(taught)
    # Of radio buttons, Tab reaches the one that is chosen; the arrow keys go to the others.
    qualities = set(taught.teaching.panel.choices.qualities.values())
    missed = [each for each in inside if each not in reached and each.focusProxy() not in reached]
    assert [name_for_a_reader(each) for each in missed if each not in qualities] == []
    unseen = []
    for widget in reached:
        if widget in inside:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            with_focus = look_of(widget)
            widget.clearFocus()
            if with_focus == look_of(widget):
                unseen.append(name_for_a_reader(widget))
    assert unseen == []


def test_the_panel_scrolls_where_the_window_is_low(taught: MainWindow) -> None:
    taught.resize(taught.minimumSize())
    QApplication.processEvents()
    panel = taught.teaching.panel
    (area,) = panel.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    inside = area.widget()
    assert inside is not None
    assert inside.width() <= area.viewport().width()  # nothing is cut off at the side
    assert panel.buttons.geometry().bottom() < panel.height()
    assert taught.size() == taught.minimumSize()
    assert panel.visibleRegion().boundingRect().width() == panel.width()
    taught.column.close_panel()
    assert taught.minimumWidth() == 800


def test_the_question_before_discarding_is_translated(qtbot: QtBot, finished: MainWindow) -> None:
    finished.preferences.choose("language", "zh_CN")
    finished.teaching.teacher.questions.ask_to_discard("X", lambda: None)
    (box,) = finished.findChildren(QMessageBox)
    assert "放弃" in box.text()
    assert [button.text() for button in box.buttons() if button.text().isascii()] == []
    box.close()
