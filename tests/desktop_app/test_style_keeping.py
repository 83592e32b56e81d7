"""Styles of the user's: made from paintings, there after a restart; and what goes wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from engine.api import Picture, StyleError
from engine.styles import StyleLibrary, read_style_file, read_style_information
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer, drop, mime_of_files, save_picture, save_style
from tests.desktop_app.shelf_helpers import drop_painting, edit, item, names, settle, titles, wait_for_titles

# A painting becomes a style


@pytest.mark.usefixtures("stylizer")
def test_a_painting_on_the_shelf_is_there_after_a_restart(
    qtbot: QtBot, make_window: WindowMaker, library: StyleLibrary, painting: Path
) -> None:
    first = make_window()
    drop_painting(qtbot, first, painting)
    assert first.messages.kind == "success"
    assert first.document.styles == ()
    first.close()
    (style,) = (style for style in library.styles() if not style.built_in)
    assert (style.name, style.source, style.base_model) == ("painting", "painting", "0" * 64)
    assert style.path is not None
    assert read_style_file(style.path)[1]["code"].tolist() == [50, 50]  # what the engine made of it
    second = make_window()
    assert set(titles(second)) == {"painting", "Blue", "Green"}
    image = item(second, "painting").image
    assert (image.width(), image.height()) == (50, 50)


def test_the_code_is_made_by_the_worker(qtbot: QtBot, mine: MainWindow, stylizer: InvertingStylizer) -> None:
    import threading

    assert len(stylizer.threads) == 1
    assert stylizer.threads[0] is not threading.main_thread()


def test_several_paintings_are_told_in_one_message(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    files = [save_picture(tmp_path / f"painting{number}.png", seed=number) for number in range(3)]
    drop_painting(qtbot, window, *files)
    assert window.messages.text == "3 paintings are styles of yours now."
    assert sorted(names(library)) == ["painting0", "painting1", "painting2"]
    assert window.document.styles == ()


def test_another_painting_of_the_same_name_gets_a_number_and_the_same_one_is_there_once(
    qtbot: QtBot, mine: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    drop_painting(qtbot, mine, save_picture(tmp_path / "other" / "painting.jpg", 50, 50, seed=7))
    assert names(library) == ["painting", "painting 2"]
    mine.messages.hide()
    drop(mine.shelf.viewport(), mime_of_files(tmp_path / "painting.jpg"), 20, 20)
    qtbot.waitUntil(lambda: mine.messages.text == "painting is on the shelf already.")
    assert names(library) == ["painting", "painting 2"]


@pytest.mark.parametrize("stem", ["睡莲 – Nymphéas", "n" * 240, "dots.and.more"])
def test_any_file_name_becomes_a_style(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path, stem: str
) -> None:
    drop_painting(qtbot, window, save_picture(tmp_path / f"{stem}.png"))
    assert names(library) == [stem[:80]]


def test_a_very_long_path_can_be_dropped(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["ordner-äöü-画" * 8] * 12)
    folder.mkdir(parents=True)
    file = save_picture(folder / "bild.png")
    assert len(os.fsencode(file)) > 1000
    drop(window.canvas, mime_of_files(file), 60)
    qtbot.waitUntil(lambda: window.document.content is not None)
    drop_painting(qtbot, window, file)


def test_adding_a_style_can_be_undone_and_done_again(qtbot: QtBot, mine: MainWindow, library: StyleLibrary) -> None:
    assert mine.menus.actions["undo"].text() == "&Undo: Add to the library"
    mine.menus.actions["undo"].trigger()
    wait_for_titles(qtbot, mine, ["Blue", "Green"])
    assert names(library) == []
    mine.menus.actions["redo"].trigger()
    wait_for_titles(qtbot, mine, ["painting", "Blue", "Green"])


def test_an_opened_painting_stays_for_the_session_until_it_is_kept(
    qtbot: QtBot, finished: MainWindow, library: StyleLibrary
) -> None:
    assert names(library) == []
    opened = item(finished, "painting")
    assert opened.information is None
    finished.shelf.command("keep", opened)
    qtbot.waitUntil(lambda: names(library) == ["painting"])
    settle(qtbot, finished)
    assert titles(finished) == ["painting", "Blue", "Green"]
    chosen = finished.shelf.chosen_item()
    assert chosen is not None  # it is still what the work is painted in
    assert chosen.is_own


def test_a_library_that_cannot_be_written_is_told_and_the_style_can_be_used(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, painting: Path
) -> None:
    library.user_folder.write_text("a file where the folder should be")
    drop(window.shelf.viewport(), mime_of_files(painting), 20, 20)
    qtbot.waitUntil(lambda: "cannot be written" in window.messages.text)
    assert window.messages.kind == "error"
    assert "painting can be used all the same" in window.messages.text
    assert titles(window) == ["painting", "Blue", "Green"]
    window.shelf.choose(0)
    (style,) = window.document.styles
    assert isinstance(style.source, Picture)
    assert library.user_folder.is_file()


def test_a_full_disk_is_told_and_the_style_can_be_used(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, painting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("engine.styles.format.write_beside", full)
    drop(window.shelf.viewport(), mime_of_files(painting), 20, 20)
    qtbot.waitUntil(lambda: "No space left on device" in window.messages.text)
    assert titles(window)[0] == "painting"
    assert names(library) == []
    monkeypatch.undo()  # there is room again
    window.shelf.command("keep", item(window, "painting"))
    qtbot.waitUntil(lambda: names(library) == ["painting"])


def test_an_engine_that_fails_is_told(
    qtbot: QtBot, window: MainWindow, stylizer: InvertingStylizer, painting: Path
) -> None:
    stylizer.failure = StyleError("{name} is too small to show a style.", name="painting")
    drop(window.shelf.viewport(), mime_of_files(painting), 20, 20)
    qtbot.waitUntil(lambda: "too small to show a style" in window.messages.text)
    assert window.document.undo_stack.count() == 0


def test_paste_on_the_shelf_makes_a_style(
    qtbot: QtBot, finished: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    before = finished.document.styles
    QApplication.clipboard().setMimeData(mime_of_files(save_picture(tmp_path / "pasted.png", seed=5)))
    finished.shelf.setFocus()
    qtbot.keyClick(finished, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(library) == ["pasted"])
    assert finished.document.styles == before


def test_the_button_adds_several_paintings(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    files = [save_picture(tmp_path / f"work{number}.png", seed=number) for number in range(2)]
    window.shelf_strip.add_button.click()
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(file) for file in files])
    dialog.reject()
    qtbot.waitUntil(lambda: names(library) == ["work0", "work1"])
    assert window.document.styles == ()


def test_a_group_that_would_hide_a_new_style_gives_way(qtbot: QtBot, window: MainWindow, painting: Path) -> None:
    window.shelf_strip.groups.setCurrentIndex(window.shelf_strip.groups.findData("built-in"))
    window.shelf_strip.search.setText("green")
    drop_painting(qtbot, window, painting)
    assert "painting" in titles(window)
    assert window.shelf_strip.search.text() == ""


# What is damaged


def test_damaged_files_are_named_in_one_message_and_the_rest_is_shown(
    qtbot: QtBot, make_window: WindowMaker, library: StyleLibrary
) -> None:
    library.user_folder.mkdir()
    save_style(library.user_folder / "fine.scumble", "Fine")
    whole = (library.user_folder / "fine.scumble").read_bytes()
    (library.user_folder / "cut.scumble").write_bytes(whole[:40])
    (library.user_folder / "text.scumble").write_text("no style")
    (library.user_folder / "empty.scumble").touch()
    window = make_window()
    assert titles(window) == ["Blue", "Green", "Fine"]
    assert window.messages.kind == "error"
    for name in ("cut.scumble", "text.scumble", "empty.scumble"):
        assert name in window.messages.text
    assert "\n" not in window.messages.text
    window.messages.hide()
    settle(qtbot, window)
    assert window.messages.text == ""  # said once


def test_work_that_writes_is_finished_before_the_window_is_gone(
    qtbot: QtBot, mine: MainWindow, library: StyleLibrary
) -> None:
    path = library.find("painting").path
    assert path is not None
    edit(mine, "painting", "Renamed at the last moment")
    mine.close()
    assert not mine.background.is_running
    assert read_style_information(path).name == "Renamed at the last moment"


def test_each_way_to_open_a_picture_makes_of_it_what_it_says(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for number, role in enumerate((Role.CONTENT, Role.STYLE, Role.SHELF, Role.LIBRARY)):
        window.opener.open_sources(role, [save_picture(tmp_path / f"{role.value}.png", seed=20 + number)])
    qtbot.waitUntil(lambda: "yours now" in window.messages.text)
    settle(qtbot, window)
    assert set(titles(window)) == {"style", "shelf", "library", "Blue", "Green"}
    assert [style.title for style in window.document.styles] == ["style"]
