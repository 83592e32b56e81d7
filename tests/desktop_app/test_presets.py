"""Presets: chosen, saved, renamed, deleted, undone, and what is done about a file that is none."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.preset import PresetDialog
from desktop_app.document import StyleSettings
from desktop_app.main_window import MainWindow
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.preset_row import PresetRow
from desktop_app.presets import Presets
from tests.desktop_app.conftest import WindowMaker


def row_of(window: MainWindow) -> PresetRow:
    return window.side_panel.presets


def choose(row: PresetRow, text: str) -> None:
    index = row.box.findText(text)
    assert index >= 0, text
    row.box.setCurrentIndex(index)
    row.box.activated.emit(index)


def opened(row: PresetRow) -> PresetDialog:
    return row.findChildren(PresetDialog)[-1]


def answer(row: PresetRow, text: str) -> None:
    opened(row).name_edit.setText(text)
    opened(row).save_button.click()


def save_as(window: MainWindow, name: str) -> None:
    row_of(window).save_action.trigger()
    answer(row_of(window), name)


def test_choosing_a_preset_is_one_step(window: MainWindow) -> None:
    before = window.document.settings
    choose(row_of(window), "Broad brush")
    assert window.document.settings == StyleSettings(style_scale=2.0)
    assert window.side_panel.controls.sliders["style_scale"].value_text == "2.00 ×"
    assert "preset" in window.menus.actions["undo"].text()
    window.menus.actions["undo"].trigger()
    assert window.document.settings == before


def test_the_row_shows_which_preset_the_sliders_are(window: MainWindow) -> None:
    row = row_of(window)
    assert row.box.currentText() == "Full style"
    window.side_panel.controls.sliders["strength"].slider.setValue(33)
    assert row.box.currentIndex() == -1
    window.side_panel.controls.sliders["strength"].slider.setValue(100)
    assert row.box.currentText() == "Full style"


def test_a_saved_preset_comes_back_with_the_next_window(window: MainWindow, make_window: WindowMaker) -> None:
    window.side_panel.controls.sliders["strength"].slider.setValue(42)
    save_as(window, "  My evening  ")
    assert row_of(window).box.currentText() == "My evening"
    window.close()

    again = make_window()
    assert again.document.settings.strength == 1
    choose(row_of(again), "My evening")
    assert again.document.settings.strength == 0.42


def test_rename_delete_and_undo(window: MainWindow) -> None:
    row = row_of(window)
    assert not row.delete_action.isEnabled()  # a built-in one
    window.side_panel.controls.sliders["detail"].slider.setValue(7)
    save_as(window, "Mine")
    row.rename_action.trigger()
    answer(row, "Ours")
    assert (row.box.findText("Mine"), row.box.currentText()) == (-1, "Ours")
    row.delete_action.trigger()
    assert row.box.findText("Ours") == -1
    window.menus.actions["undo"].trigger()
    assert row.box.currentText() == "Ours"
    window.menus.actions["undo"].trigger()
    assert row.box.currentText() == "Mine"


def test_a_name_of_nothing_saves_nothing(window: MainWindow) -> None:
    count = row_of(window).box.count()
    save_as(window, "   ")
    assert not opened(row_of(window)).save_button.isEnabled()
    assert row_of(window).box.count() == count


def test_saving_over_a_preset_is_announced_and_can_be_undone(window: MainWindow) -> None:
    slider = window.side_panel.controls.sliders["detail"].slider
    slider.setValue(7)
    save_as(window, "Mine")
    slider.setValue(9)
    window.document.finish_gesture()
    row_of(window).save_action.trigger()
    dialog = opened(row_of(window))
    assert dialog.notice.text() == ""
    dialog.name_edit.setText("Mine")
    assert "takes the place" in dialog.notice.text()
    dialog.save_button.click()
    assert window.side_panel.presets.box.currentText() == "Mine"
    window.menus.actions["undo"].trigger()
    slider.setValue(0)
    choose(row_of(window), "Mine")
    assert slider.value() == 7


def test_no_two_presets_get_the_same_name(window: MainWindow) -> None:
    row, slider = row_of(window), window.side_panel.controls.sliders["detail"].slider
    for value, name in ((7, "One"), (9, "Two")):
        slider.setValue(value)
        save_as(window, name)
    row.rename_action.trigger()
    opened(row).name_edit.setText(" One ")
    assert (opened(row).save_button.isEnabled(), opened(row).notice.text()) == (False, "Another preset has this name.")
    opened(row).name_edit.setText("Three")
    assert (opened(row).save_button.isEnabled(), opened(row).notice.text()) == (True, "")
    opened(row).reject()
    assert [row.box.itemText(place) for place in range(2)] == ["One", "Two"]


def test_a_full_disk_is_said_and_the_presets_last_as_long_as_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop_app.presets.write_beside", is_full)
    window.side_panel.controls.sliders["strength"].slider.setValue(42)
    save_as(window, "Mine")
    assert "No space left on device" in window.messages.text
    assert row_of(window).box.currentText() == "Mine"


def test_a_file_of_presets_that_is_none_is_said_in_the_window(make_window: WindowMaker, tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "presets.json").write_text("{")
    window = make_window()
    assert window.messages.kind == "error"
    assert "presets.json.bak" in window.messages.text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_long_name_makes_the_panel_no_wider(window: MainWindow, language: str) -> None:
    window.side_panel.controls.sliders["strength"].slider.setValue(42)
    save_as(window, "A very long name, of a preset that I made on a rainy evening"[:60])
    window.preferences.choose("language", language)
    area = window.side_panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    inner = area.widget()
    assert inner is not None
    assert inner.minimumSizeHint().width() <= area.viewport().width()
    assert area.horizontalScrollBar().maximum() == 0


GOOD = {"version": 1, "presets": [{"name": "Good", "strength": 0.5}]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        json.dumps({**GOOD, "version": 99}),
        json.dumps({"version": 1, "presets": [{"name": 3}]}),
        json.dumps({"version": 1, "presets": [{"name": "Too much", "strength": 7}]}),
        json.dumps(GOOD)[:-9],
    ],
)
def test_a_file_that_is_none_is_kept_and_nothing_is_lost(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    messages = MessageBar()
    qtbot.addWidget(messages)
    path = tmp_path / "presets.json"
    path.write_text(text)
    presets = Presets(path, messages)
    assert presets.own == {}
    assert "presets.json.bak" in messages.text
    assert (tmp_path / "presets.json.bak").read_text() == text
    presets.put({"New": StyleSettings(strength=0.25)})
    assert Presets(path, messages).own == {"New": StyleSettings(strength=0.25)}


def test_a_preset_of_an_earlier_release_has_defaults_for_what_is_new(qtbot: QtBot, tmp_path: Path) -> None:
    messages = MessageBar()
    qtbot.addWidget(messages)
    path = tmp_path / "presets.json"
    path.write_text(json.dumps(GOOD))
    assert Presets(path, messages).own == {"Good": StyleSettings(strength=0.5)}


def turn_wheel(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_wheel_turns_only_what_was_clicked(qtbot: QtBot, window: MainWindow) -> None:
    slider = window.side_panel.controls.sliders["strength"].slider
    box = row_of(window).box
    for widget in (slider, box):
        window.setFocus()
        turn_wheel(widget)
    assert (slider.value(), box.currentText()) == (100, "Full style")
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    turn_wheel(slider)
    assert slider.value() < 100
