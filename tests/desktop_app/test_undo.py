"""Every change of the open work is one step back and forth."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.document import StyleSettings
from desktop_app.main_window import MainWindow
from tests.desktop_app.helpers import save_picture


def titles(window: MainWindow) -> list[str]:
    return [style.title for style in window.document.styles]


def undo(window: MainWindow) -> None:
    window.menus.actions["undo"].trigger()


def redo(window: MainWindow) -> None:
    window.menus.actions["redo"].trigger()


def test_a_new_window_has_nothing_to_undo(window: MainWindow) -> None:
    assert not window.menus.actions["undo"].isEnabled()
    assert not window.menus.actions["redo"].isEnabled()


def test_styles_and_settings_come_back_step_by_step(window: MainWindow) -> None:
    window.shelf.choose(0)
    window.shelf.choose(1)
    window.document.set_setting("strength", 0.4)
    undo(window)
    assert window.document.settings.strength == 1.0
    undo(window)
    assert titles(window) == ["Blue"]
    redo(window)
    assert titles(window) == ["Green"]
    redo(window)
    assert window.document.settings.strength == 0.4
    assert not window.menus.actions["redo"].isEnabled()


def test_the_menu_says_what_will_be_undone_in_both_languages(qtbot: QtBot, window: MainWindow) -> None:
    window.shelf.choose(0)
    window.document.set_setting("detail", 0.4)
    assert window.menus.actions["undo"].text() == "&Undo: Detail"
    window.menus.actions["language:zh_CN"].trigger()
    qtbot.waitUntil(lambda: "细节" in window.menus.actions["undo"].text())


def test_a_drag_of_a_slider_is_one_step(window: MainWindow) -> None:
    slider = window.side_panel.controls.sliders["strength"].slider
    for number, end in enumerate((40, 70), 1):
        slider.setSliderDown(True)
        for position in (90, 60, 20, end):
            slider.setValue(position)
        slider.setSliderDown(False)
        assert window.document.undo_stack.count() == number
    undo(window)
    assert slider.value() == 40
    undo(window)
    assert slider.value() == 100
    assert window.document.settings == StyleSettings()


def test_keys_that_follow_each_other_are_one_step_and_a_rest_ends_it(qtbot: QtBot, window: MainWindow) -> None:
    slider = window.side_panel.controls.sliders["strength"]
    for _ in range(5):
        qtbot.keyClick(slider.slider, Qt.Key.Key_Left)
    assert window.document.undo_stack.count() == 1
    with qtbot.waitSignal(slider.released):
        pass
    qtbot.keyClick(slider.slider, Qt.Key.Key_Left)
    assert window.document.undo_stack.count() == 2
    undo(window)
    assert window.document.settings.strength == 0.95


def test_the_photo_comes_back_on_the_canvas_and_an_empty_window_too(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path
) -> None:
    first = finished.document.content
    other = save_picture(tmp_path / "other.png", 90, 30, seed=9)
    finished.open_files([other])
    qtbot.waitUntil(lambda: finished.document.content is not first)
    assert finished.canvas.compare.content is not None
    assert finished.canvas.compare.content.width() == 90
    undo(finished)
    assert finished.document.content is first
    assert finished.canvas.compare.content.width() == 60
    qtbot.waitUntil(lambda: finished.canvas.compare.result is not None)
    while finished.menus.actions["undo"].isEnabled():
        undo(finished)
    assert finished.document.content is None
    assert not finished.canvas.is_comparing
    assert not finished.side_panel.export_button.isEnabled()
    while finished.menus.actions["redo"].isEnabled():
        redo(finished)
    assert finished.canvas.is_comparing
    qtbot.waitUntil(lambda: finished.canvas.compare.result is not None)


@pytest.mark.parametrize(
    ("text", "strength"), [("35", 0.35), ("35 %", 0.35), ("12,5", 0.125), ("900", 1.0), ("-3", 0.0)]
)
def test_values_can_be_typed(qtbot: QtBot, window: MainWindow, text: str, strength: float) -> None:
    edit = window.side_panel.controls.sliders["strength"].value_edit
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert window.document.settings.strength == pytest.approx(strength)
    assert edit.text() == f"{round(100 * strength)} %"


@pytest.mark.parametrize("text", ["many", "", "nan", "1e999"])
def test_nonsense_that_is_typed_changes_nothing(qtbot: QtBot, window: MainWindow, text: str) -> None:
    edit = window.side_panel.controls.sliders["style_scale"].value_edit
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert window.document.settings.style_scale == 1.0
    assert edit.text() == "1.00 ×"
    assert window.document.undo_stack.count() == 0
