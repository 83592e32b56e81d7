"""Finding styles on the shelf, and renaming, deleting, exporting and importing them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.panels.shelf_model import ShelfItem
from engine.styles import StyleLibrary
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import drop, mime_of_files


@pytest.fixture
def own(make_window: WindowMaker, library: StyleLibrary, tmp_path: Path) -> MainWindow:
    """A window whose library holds Blue and Green, built in, and Red, the user's own."""
    library.export("Blue", tmp_path / "red.scumble")
    library.rename(library.import_file(tmp_path / "red.scumble").name, "Red")
    return make_window()


def _item(window: MainWindow, title: str) -> ShelfItem:
    item = window.shelf.shelf.library_item(title)
    assert item is not None
    return item


def _shown(window: MainWindow) -> list[str]:
    return [item.title for item in window.shelf.shown_items()]


def _focus(window: MainWindow, title: str) -> None:
    """Put the keyboard on a style without painting in it."""
    row = window.shelf.shelf.library_row(title)
    window.shelf.selectionModel().setCurrentIndex(
        window.shelf.shelf.index(row, 0), window.shelf.selectionModel().SelectionFlag.NoUpdate
    )
    window.shelf.setFocus()


def test_search_finds_names_and_painters_whatever_their_case(qtbot: QtBot, own: MainWindow) -> None:
    qtbot.keyClicks(own.shelf_strip.search, "gREe")
    assert _shown(own) == ["Green"]
    own.shelf_strip.search.setText("painter of blue")
    assert _shown(own) == ["Blue", "Red"]  # Red is a copy of Blue
    own.shelf_strip.search.setText("nothing like it")
    assert _shown(own) == []
    own.shelf_strip.search.clear()
    assert _shown(own) == ["Blue", "Green", "Red"]


def test_groups_show_their_styles_and_are_remembered(
    qtbot: QtBot, own: MainWindow, make_window: WindowMaker, photo: Path, painting: Path
) -> None:
    own.open_files([photo, painting])
    qtbot.waitUntil(lambda: own.shelf.shelf.first_library_row() == 1)
    own.shelf.choose(own.shelf.shelf.library_row("Green"))
    own.shelf.favorite_toggled.emit(_item(own, "Red"))
    shown = {}
    for group in ("all", "built_in", "mine", "recent", "favorites"):
        own.shelf_strip.choose_group(group)
        shown[group] = _shown(own)
    assert shown == {
        "all": ["painting", "Blue", "Green", "Red"],
        "built_in": ["Blue", "Green"],
        "mine": ["painting", "Red"],
        "recent": ["Green"],
        "favorites": ["Red"],
    }
    own.shelf.favorite_toggled.emit(_item(own, "Red"))
    assert _shown(own) == []
    own.shelf_strip.choose_group("recent")
    settings = own._settings
    own.close()
    assert _shown(make_window(settings=settings)) == ["Green"]


def test_a_style_added_while_a_search_is_on_is_filtered_too(
    qtbot: QtBot, own: MainWindow, photo: Path, painting: Path
) -> None:
    own.shelf_strip.search.setText("green")
    own.open_files([photo, painting])
    qtbot.waitUntil(lambda: own.shelf.shelf.first_library_row() == 1)
    assert _shown(own) == ["Green"]


def test_f2_renames_a_style_of_the_user(qtbot: QtBot, own: MainWindow, library: StyleLibrary) -> None:
    own.shelf.favorite_toggled.emit(_item(own, "Red"))
    _focus(own, "Red")
    qtbot.keyClick(own.shelf, Qt.Key.Key_F2)
    (dialog,) = own.findChildren(QInputDialog)
    assert dialog.textValue() == "Red"
    dialog.setTextValue("Rouge")
    dialog.accept()
    assert [style.name for style in library.styles()] == ["Blue", "Green", "Rouge"]
    assert _shown(own) == ["Blue", "Green", "Rouge"]
    own.shelf_strip.choose_group("favorites")
    assert _shown(own) == ["Rouge"]


@pytest.mark.parametrize("name", ["Blue", "green", "", "x" * 200])
def test_a_name_that_is_taken_or_none_is_refused_in_words(own: MainWindow, library: StyleLibrary, name: str) -> None:
    own.styles.rename("Red", name)
    assert own.messages.kind == "error"
    assert "Choose another name" in own.messages.text
    assert [style.name for style in library.styles()] == ["Blue", "Green", "Red"]


def test_delete_can_be_undone_and_done_again(qtbot: QtBot, own: MainWindow, library: StyleLibrary) -> None:
    path = library.find("Red").path
    assert path is not None
    data = path.read_bytes()
    _focus(own, "Red")
    qtbot.keyClick(own.shelf, Qt.Key.Key_Delete)
    assert not path.exists()
    assert _shown(own) == ["Blue", "Green"]
    assert own.menus.actions["undo"].text().endswith("Delete style")
    own.messages.action_button.click()
    assert path.read_bytes() == data
    assert _shown(own) == ["Blue", "Green", "Red"]
    own.menus.actions["redo"].trigger()
    assert not path.exists()
    own.menus.actions["undo"].trigger()
    assert path.read_bytes() == data


def test_what_came_with_scumble_is_neither_renamed_nor_deleted(
    qtbot: QtBot, own: MainWindow, library: StyleLibrary
) -> None:
    _focus(own, "Blue")
    qtbot.keyClick(own.shelf, Qt.Key.Key_Delete)
    qtbot.keyClick(own.shelf, Qt.Key.Key_F2)
    assert own.findChildren(QInputDialog) == []
    own.styles.rename("Blue", "Azure")
    assert "came with Scumble" in own.messages.text
    assert [style.name for style in library.styles()] == ["Blue", "Green", "Red"]


def test_a_style_in_use_is_not_taken_away(qtbot: QtBot, own: MainWindow, library: StyleLibrary, photo: Path) -> None:
    own.open_files([photo])
    own.shelf.choose(own.shelf.shelf.library_row("Red"))
    own.shelf.delete_requested.emit(_item(own, "Red"))
    assert own.messages.text == "Red is in use. Choose another style first."
    own.styles.rename("Red", "Rouge")
    assert library.find("Red")


def test_a_file_that_vanished_meanwhile_is_told(own: MainWindow, library: StyleLibrary) -> None:
    path = library.find("Red").path
    assert path is not None
    path.unlink()
    own.shelf.delete_requested.emit(_item(own, "Red"))
    assert own.messages.kind == "error"
    assert _shown(own) == ["Blue", "Green"]
    assert not own.document.undo_stack.canUndo()


def test_the_menu_offers_what_is_possible(qtbot: QtBot, own: MainWindow) -> None:
    def entries(title: str) -> dict[str, bool]:
        rect = own.shelf.visualRect(own.shelf.shelf.index(own.shelf.shelf.library_row(title), 0))
        from PySide6.QtGui import QContextMenuEvent

        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, rect.center(), rect.center())
        own.shelf.contextMenuEvent(event)
        menu = own.shelf.findChildren(QMenu)[-1]
        found = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
        menu.close()
        return found

    assert entries("Red")["Delete"]
    assert entries("Red")["Rename…"]
    built_in = entries("Blue")
    assert (built_in["Delete"], built_in["Rename…"], built_in["Export…"]) == (False, False, True)


def test_export_and_import_give_the_same_style(
    qtbot: QtBot, own: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    own.shelf.export_requested.emit(_item(own, "Red"))
    (dialog,) = own.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "gift.scumble"))
    dialog.close()
    assert own.messages.text == "Red is saved as gift.scumble."
    own.styles.delete(_item(own, "Red"))
    drop(own.shelf.viewport(), mime_of_files(tmp_path / "gift.scumble"), 300)
    qtbot.waitUntil(lambda: "Red" in _shown(own))
    assert own.messages.text == "Red is in your library now."
    assert library.find("Red").built_in is False


def test_a_style_file_that_is_none_is_refused_in_words(own: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "no.scumble").write_bytes(b"no style")
    assert own.styles.import_file(tmp_path / "no.scumble") is None
    assert "no.scumble is not a style file" in own.messages.text
    own.menus.actions["import_style"].trigger()
    assert own.findChildren(QFileDialog)


def test_damaged_files_of_the_library_are_named_and_the_rest_is_shown(
    make_window: WindowMaker, library: StyleLibrary
) -> None:
    library.user_folder.mkdir(parents=True, exist_ok=True)
    (library.user_folder / "broken.scumble").write_bytes(b"broken")
    window = make_window()
    assert _shown(window) == ["Blue", "Green"]
    assert "broken.scumble" in window.messages.text
