"""Shelf and sliders."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from tests.desktop_app.conftest import WindowMaker


def test_the_shelf_shows_the_library(window: MainWindow) -> None:
    shelf = window.shelf.shelf
    index = shelf.index(0, 0)
    assert [shelf.item(row).title for row in range(shelf.rowCount())] == ["Blue", "Green"]
    assert shelf.data(index, Qt.ItemDataRole.DisplayRole) == "Blue"
    assert "Painter of Blue" in shelf.data(index, Qt.ItemDataRole.ToolTipRole)
    assert shelf.item(0).image.pixelColor(5, 5).name() == "#0000ff"


def click_on(qtbot: QtBot, window: MainWindow, row: int) -> None:
    rect = window.shelf.visualRect(window.shelf.shelf.index(row, 0))
    qtbot.mouseClick(window.shelf.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_a_click_applies_a_style(qtbot: QtBot, window: MainWindow) -> None:
    click_on(qtbot, window, 1)
    assert [style.title for style in window.document.styles] == ["Green"]
    chosen = window.shelf.chosen_item()
    assert chosen is not None
    assert chosen.title == "Green"
    assert window.canvas.painting_prompt.image is not None


def test_the_arrow_keys_apply_a_style(qtbot: QtBot, window: MainWindow) -> None:
    click_on(qtbot, window, 0)
    qtbot.keyClick(window.shelf, Qt.Key.Key_Right)
    assert [style.title for style in window.document.styles] == ["Green"]


@pytest.mark.usefixtures("library")
def test_a_broken_style_file_is_reported_and_the_others_are_there(make_window: WindowMaker, tmp_path: Path) -> None:
    (tmp_path / "built-in" / "broken.scumble").write_bytes(b"no style")
    window = make_window()
    assert window.shelf.shelf.rowCount() == 2
    assert "broken" in window.messages.text


def test_a_double_click_resets_a_slider(qtbot: QtBot, window: MainWindow) -> None:
    slider = window.side_panel.controls.sliders["strength"].slider
    slider.setValue(30)
    assert window.document.settings.strength == 0.3
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, slider.height() // 2))
    assert window.document.settings.strength == 1.0


def test_a_click_moves_a_slider_there(qtbot: QtBot, window: MainWindow) -> None:
    slider = window.side_panel.controls.sliders["detail"].slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, slider.height() // 2))
    assert window.document.settings.detail == pytest.approx(0.5, abs=0.02)


def test_the_keyboard_moves_a_slider(qtbot: QtBot, window: MainWindow) -> None:
    slider = window.side_panel.controls.sliders["strength"].slider
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert window.document.settings.strength == 0.99
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert window.document.settings.strength == 0.89


def test_the_sliders_follow_the_document(window: MainWindow) -> None:
    window.document.set_setting("style_scale", 4.0)
    slider = window.side_panel.controls.sliders["style_scale"]
    assert slider.slider.value() == slider.slider.maximum()
    assert slider.value_text == "4.00 ×"
    window.document.set_setting("style_scale", 0.25)
    assert slider.slider.value() == slider.slider.minimum()


def test_following_the_document_does_not_change_it(window: MainWindow) -> None:
    window.document.set_setting("style_scale", 1.23456)  # lies between two positions of the slider
    assert window.document.settings.style_scale == 1.23456


def test_the_device_and_why_it_is_no_faster_one(qtbot: QtBot, window: MainWindow) -> None:
    label = window.side_panel.device_label
    qtbot.waitUntil(lambda: label.text() == "Runs on: CPU")
    assert label.toolTip() == "There is no CUDA device."
