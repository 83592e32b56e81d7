"""Styles of the user's are renamed, described, deleted and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.style_details import StyleDetailsDialog
from desktop_app.main_window import MainWindow
from engine.styles import StyleLibrary
from tests.desktop_app.shelf_helpers import edit, item, names, settle, titles, wait_for_titles

# Names and descriptions


def test_a_style_is_renamed_and_described(qtbot: QtBot, mine: MainWindow, library: StyleLibrary) -> None:
    mine.shelf.choose(0)
    mine.shelf.setFocus()
    qtbot.keyClick(mine.shelf, Qt.Key.Key_F2)
    dialog = mine.findChild(StyleDetailsDialog)
    assert isinstance(dialog, StyleDetailsDialog)
    assert dialog.name_edit.selectedText() == "painting"
    assert "Made from: painting" in dialog.facts.text()
    qtbot.keyClicks(dialog.name_edit, "My Hand")
    dialog.description_edit.setPlainText("broad\nstrokes")
    qtbot.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    wait_for_titles(qtbot, mine, ["My Hand", "Blue", "Green"])
    style = library.find("My Hand")
    assert style.description == "broad\nstrokes"
    assert "broad" in mine.shelf.shelf.data(mine.shelf.shelf.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    # The open work is painted in it, and calls it so; the style itself has not changed.
    assert mine.document.styles[0].title == "My Hand"
    chosen = mine.shelf.chosen_item()
    assert chosen is not None
    assert chosen.title == "My Hand"


def test_renaming_can_be_undone_and_done_again(qtbot: QtBot, mine: MainWindow, library: StyleLibrary) -> None:
    edit(mine, "painting", "My Hand", "words")
    wait_for_titles(qtbot, mine, ["My Hand", "Blue", "Green"])
    mine.menus.actions["undo"].trigger()
    wait_for_titles(qtbot, mine, ["painting", "Blue", "Green"])
    assert library.find("painting").description == ""
    mine.menus.actions["redo"].trigger()
    wait_for_titles(qtbot, mine, ["My Hand", "Blue", "Green"])
    assert library.find("My Hand").description == "words"


def test_a_name_that_is_taken_is_refused_in_words(qtbot: QtBot, mine: MainWindow, library: StyleLibrary) -> None:
    edit(mine, "painting", "BLUE")
    qtbot.waitUntil(lambda: "There is a style called Blue already" in mine.messages.text)
    assert names(library) == ["painting"]
    assert mine.document.undo_stack.count() == 1  # adding it; nothing else has happened


def test_a_name_that_is_none_cannot_be_saved(mine: MainWindow) -> None:
    mine.shelf.command("edit", item(mine, "painting"))
    dialog = mine.findChild(StyleDetailsDialog)
    assert isinstance(dialog, StyleDetailsDialog)
    for name, possible in (("", False), ("   ", False), ("x" * 81, False), ("ok", True)):
        dialog.name_edit.setText(name)
        assert dialog.save_button.isEnabled() is possible
    dialog.description_edit.setPlainText("x" * 2001)
    assert not dialog.save_button.isEnabled()
    dialog.reject()


def test_a_renamed_style_keeps_its_star_and_its_place(qtbot: QtBot, mine: MainWindow) -> None:
    mine.shelf.command("favourite", item(mine, "painting"))
    mine.shelf.shelf.move(0, 3)
    edit(mine, "painting", "My Hand")
    wait_for_titles(qtbot, mine, ["Blue", "Green", "My Hand"])
    assert mine.shelf.shelf.is_favourite(item(mine, "My Hand"))


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Delete])
def test_a_built_in_style_says_that_it_stays(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    window.shelf.choose(0)
    qtbot.keyClick(window.shelf, key)
    assert window.messages.text == "Blue came with Scumble and stays as it is."
    assert window.findChild(StyleDetailsDialog) is None
    assert titles(window) == ["Blue", "Green"]


# Deleting


def test_a_deleted_style_comes_back_with_its_file(qtbot: QtBot, mine: MainWindow, library: StyleLibrary) -> None:
    path = library.find("painting").path
    assert path is not None
    before = path.read_bytes()
    mine.shelf.choose(0)
    qtbot.keyClick(mine.shelf, Qt.Key.Key_Delete)
    assert not path.exists()
    wait_for_titles(qtbot, mine, ["Blue", "Green"])
    assert mine.document.styles == ()  # it is no longer what the work is painted in
    assert mine.menus.actions["undo"].text() == "&Undo: Delete style"
    settle(qtbot, mine)  # the shelf is read anew
    mine.menus.actions["undo"].trigger()
    assert mine.messages.text == ""  # it said that the style is deleted
    assert path.read_bytes() == before
    wait_for_titles(qtbot, mine, ["painting", "Blue", "Green"])
    assert [style.title for style in mine.document.styles] == ["painting"]
    mine.menus.actions["redo"].trigger()
    wait_for_titles(qtbot, mine, ["Blue", "Green"])
    assert not path.exists()


def test_the_message_undoes_the_deletion(qtbot: QtBot, mine: MainWindow, library: StyleLibrary) -> None:
    mine.style_keeper.delete(item(mine, "painting"))
    assert mine.messages.text == "painting is deleted."
    mine.messages.action_button.click()
    assert names(library) == ["painting"]
    assert mine.messages.text == ""


def test_the_message_undoes_nothing_that_came_after_it(mine: MainWindow, library: StyleLibrary) -> None:
    mine.style_keeper.delete(item(mine, "painting"))
    mine.document.set_setting("detail", 0.5)
    mine.messages.action_button.click()
    assert mine.document.settings.detail == 0.5
    assert names(library) == []


def test_a_mix_goes_on_without_a_style_that_is_deleted(qtbot: QtBot, mine: MainWindow) -> None:
    mine.shelf.choose(1)
    mine.shelf.mixed_in.emit(item(mine, "painting"))
    mine.style_keeper.delete(item(mine, "painting"))
    assert [style.title for style in mine.document.styles] == ["Blue"]
    mine.menus.actions["undo"].trigger()
    assert [style.title for style in mine.document.styles] == ["Blue", "painting"]


def test_what_is_there_for_the_session_is_deleted_and_comes_back_too(qtbot: QtBot, finished: MainWindow) -> None:
    finished.style_keeper.delete(item(finished, "painting"))
    assert titles(finished) == ["Blue", "Green"]
    assert finished.document.styles == ()
    finished.menus.actions["undo"].trigger()
    assert titles(finished) == ["painting", "Blue", "Green"]
    assert len(finished.document.styles) == 1


def test_a_style_that_has_vanished_from_the_disk_is_told(qtbot: QtBot, mine: MainWindow, library: StyleLibrary) -> None:
    path = library.find("painting").path
    assert path is not None
    path.unlink()
    steps = mine.document.undo_stack.count()
    mine.style_keeper.delete(item(mine, "painting"))
    assert "cannot be read" in mine.messages.text
    assert mine.messages.kind == "error"
    assert mine.document.undo_stack.count() == steps


def test_what_was_deleted_is_gone_for_good_once_the_window_is_closed(
    qtbot: QtBot, mine: MainWindow, library: StyleLibrary
) -> None:
    mine.style_keeper.delete(item(mine, "painting"))
    assert list(library.user_folder.rglob("*.scumble"))
    mine.close()
    assert not list(library.user_folder.rglob("*.scumble"))
