"""Surprise Me: other styles by chance, undoable, never the same twice in a row."""

from __future__ import annotations

import itertools
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.surprise import LARGEST_PROPOSAL, Surprise
from engine.styles import StyleLibrary
from tests.desktop_app.conftest import WindowMaker


def _titles(window: MainWindow) -> set[str]:
    return {style.title for style in window.document.styles}


@pytest.fixture
def filled(qtbot: QtBot, finished: MainWindow) -> MainWindow:
    qtbot.waitUntil(lambda: finished.style_keeper.is_filled)
    return finished


def test_a_click_paints_in_styles_of_the_library_as_one_step(qtbot: QtBot, filled: MainWindow) -> None:
    before, steps = filled.document.work, filled.document.undo_stack.count()
    qtbot.mouseClick(filled.side_panel.surprise_button, Qt.MouseButton.LeftButton)
    assert _titles(filled) <= {"Blue", "Green"}
    assert _titles(filled)
    assert all(style.weight > 0 for style in filled.document.styles)
    assert filled.document.settings.strength >= 0.7
    assert filled.document.undo_stack.count() == steps + 1
    assert filled.menus.actions["undo"].text().endswith("Surprise Me")
    filled.menus.actions["undo"].trigger()
    assert filled.document.work is before
    qtbot.waitUntil(lambda: not filled.preview.is_busy)


def test_it_is_never_the_same_twice_in_a_row_and_follows_its_random_numbers(filled: MainWindow) -> None:
    def proposals() -> list[set[str]]:
        surprise = Surprise(filled.document, filled.shelf, Random(7))
        found = []
        for _ in range(30):
            surprise.propose()
            found.append(_titles(filled))
        return found

    first = proposals()
    assert all(one != other for one, other in itertools.pairwise(first))
    assert {len(titles) for titles in first} == {1, 2}
    assert max(len(titles) for titles in first) <= LARGEST_PROPOSAL


def test_a_library_of_one_style_and_an_empty_one(
    qtbot: QtBot, make_window: WindowMaker, library: StyleLibrary, photo: Path
) -> None:
    blue = library.find("Blue").path
    green = library.find("Green").path
    assert blue is not None
    assert green is not None
    green.unlink()
    window = make_window()
    qtbot.waitUntil(lambda: window.style_keeper.is_filled)
    for _ in range(2):
        window.menus.actions["surprise"].trigger()
        assert _titles(window) == {"Blue"}
    window.close()
    blue.unlink()
    empty = make_window()
    qtbot.waitUntil(lambda: empty.style_keeper.is_filled)
    assert not empty.side_panel.surprise_button.isEnabled()
    assert not empty.menus.actions["surprise"].isEnabled()
    assert "Add a painting first" in empty.side_panel.surprise_button.toolTip()
    empty.surprise.propose()
    assert empty.document.styles == ()
