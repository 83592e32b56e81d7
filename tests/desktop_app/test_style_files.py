"""Style files come into the library from anywhere and go out of it; nothing is replaced unasked."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from engine.styles import StyleLibrary, is_same_style, read_style_information
from tests.desktop_app.helpers import drop, mime_of_files, save_picture, save_style
from tests.desktop_app.shelf_helpers import item, names, settle, titles


@pytest.fixture
def waves(tmp_path: Path) -> Path:
    return save_style(tmp_path / "波 waves.scumble", "Waves", "new", 2.0)


def question(qtbot: QtBot, window: MainWindow) -> QMessageBox:
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    return box


def answer(qtbot: QtBot, window: MainWindow, name: str) -> None:
    box = question(qtbot, window)
    next(button for button in box.buttons() if button.objectName() == name).click()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None)
    settle(qtbot, window)


@pytest.mark.parametrize("place", ["left half", "right half", "shelf", "beside the shelf", "side panel"])
def test_a_style_file_is_imported_wherever_it_is_dropped(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path, place: str
) -> None:
    target, x = {
        "left half": (window.canvas, 60),
        "right half": (window.canvas, window.canvas.width() - 60),
        "shelf": (window.shelf.viewport(), 20),
        "beside the shelf": (window.shelf_strip, 4),
        "side panel": (window.side_panel, 30),
    }[place]
    drop(target, mime_of_files(waves), x, 30)
    qtbot.waitUntil(lambda: window.messages.text == "Waves is on the shelf now.")
    settle(qtbot, window)
    assert titles(window) == ["Waves", "Blue", "Green"]
    path = library.find("Waves").path
    assert path is not None
    assert is_same_style(path, waves)
    is_shelf = "shelf" in place
    assert [style.title for style in window.document.styles] == ([] if is_shelf else ["Waves"])
    assert window.document.content is None


def test_a_style_file_is_pasted(qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path) -> None:
    QApplication.clipboard().setMimeData(mime_of_files(waves))
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [style.title for style in window.document.styles] == ["Waves"])
    assert names(library) == ["Waves"]


def test_the_file_menu_imports_several_and_remembers_the_folder(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path, tmp_path: Path
) -> None:
    other = save_style(tmp_path / "other.scumble", "Other")
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(waves), str(other)])
    dialog.reject()
    qtbot.waitUntil(lambda: window.messages.text == "2 styles are on the shelf now.")
    assert names(library) == ["Other", "Waves"]
    assert Path(window._settings.style_folder) == tmp_path
    assert window.document.styles == ()


def test_an_import_can_be_undone_and_done_again(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path, tmp_path: Path
) -> None:
    window.style_files.import_files([waves, save_style(tmp_path / "other.scumble", "Other")])
    qtbot.waitUntil(lambda: names(library) == ["Other", "Waves"])
    settle(qtbot, window)
    window.menus.actions["undo"].trigger()
    assert names(library) == []
    window.menus.actions["redo"].trigger()
    assert names(library) == ["Other", "Waves"]


def test_the_same_style_again_is_not_asked_about(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path
) -> None:
    for _ in range(2):
        window.opener.open_sources(Role.STYLE, [waves])
        qtbot.waitUntil(lambda: bool(window.document.styles))
        settle(qtbot, window)
    assert names(library) == ["Waves"]
    assert window.findChild(QMessageBox) is None
    drop(window.shelf.viewport(), mime_of_files(waves), 20)
    qtbot.waitUntil(lambda: window.messages.text == "Waves is on the shelf already.")


@pytest.fixture
def asked(qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path) -> MainWindow:
    """Return a window that asks whether to replace the user's own Waves."""
    library.user_folder.mkdir()
    save_style(library.user_folder / "mine.scumble", "waves", "old", 1.0)
    drop(window.canvas, mime_of_files(waves), 60)
    assert "waves" in question(qtbot, window).text().casefold()
    assert library.find("Waves").description == "old"  # nothing is done before the answer
    return window


def test_replacing_is_asked_for_and_can_be_undone(qtbot: QtBot, asked: MainWindow, library: StyleLibrary) -> None:
    answer(qtbot, asked, "replace")
    qtbot.waitUntil(lambda: [style.title for style in asked.document.styles] == ["Waves"])
    assert [style.description for style in library.styles() if not style.built_in] == ["new"]
    asked.menus.actions["undo"].trigger()  # choosing it
    asked.menus.actions["undo"].trigger()
    assert [(style.name, style.description) for style in library.styles() if not style.built_in] == [("waves", "old")]
    asked.menus.actions["redo"].trigger()
    assert [style.description for style in library.styles() if not style.built_in] == ["new"]


def test_both_can_be_kept(qtbot: QtBot, asked: MainWindow, library: StyleLibrary) -> None:
    answer(qtbot, asked, "keep")
    qtbot.waitUntil(lambda: bool(asked.document.styles))
    assert {style.name: style.description for style in library.styles() if not style.built_in} == {
        "waves": "old",
        "Waves 2": "new",
    }
    assert asked.document.styles[0].title == "Waves 2"


@pytest.mark.parametrize("way", ["button", "escape"])
def test_nothing_can_be_wanted_too(qtbot: QtBot, asked: MainWindow, library: StyleLibrary, way: str) -> None:
    if way == "button":
        answer(qtbot, asked, "cancel")
    else:
        qtbot.keyClick(question(qtbot, asked), Qt.Key.Key_Escape)
        settle(qtbot, asked)
    assert [style.description for style in library.styles() if not style.built_in] == ["old"]
    assert asked.document.styles == ()
    assert asked.document.undo_stack.count() == 0


def test_several_files_are_asked_about_once(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    library.user_folder.mkdir()
    files = []
    for name in ("One", "Two", "Three"):
        files.append(save_style(tmp_path / f"{name}.scumble", name, "new"))
        if name != "Three":
            save_style(library.user_folder / f"{name}.scumble", name, "old")
    drop(window.shelf.viewport(), mime_of_files(*files), 20)
    text = question(qtbot, window).text()
    assert "One" in text
    assert "Two" in text
    assert "Three" not in text
    answer(qtbot, window, "replace")
    assert len(window.findChildren(QMessageBox)) == 0
    assert [(style.name, style.description) for style in library.styles() if not style.built_in] == [
        ("One", "new"),
        ("Three", "new"),
        ("Two", "new"),
    ]


def test_a_built_in_style_is_never_replaced(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    drop(window.shelf.viewport(), mime_of_files(save_style(tmp_path / "blue.scumble", "Blue", "another")), 20)
    qtbot.waitUntil(lambda: window.messages.text == "Blue 2 is on the shelf now.")
    assert library.find("Blue").built_in


@pytest.mark.parametrize("kind", ["text", "empty", "cut", "folder", "missing"])
def test_a_bad_style_file_is_named_and_the_good_one_beside_it_comes_in(
    qtbot: QtBot,
    window: MainWindow,
    library: StyleLibrary,
    waves: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    bad = tmp_path / "bad.scumble"
    match kind:
        case "text":
            bad.write_text("no style")
        case "empty":
            bad.touch()
        case "cut":
            bad.write_bytes(waves.read_bytes()[:-4])
        case "folder":
            bad.mkdir()
    told = []
    show_error = window.style_keeper.show_error
    monkeypatch.setattr(window.style_keeper, "show_error", lambda error: told.append(str(error)) or show_error(error))
    window.style_files.import_files([bad, waves])
    qtbot.waitUntil(lambda: names(library) == ["Waves"])
    settle(qtbot, window)
    assert any("bad.scumble" in text for text in told)
    assert titles(window) == ["Waves", "Blue", "Green"]


def test_several_bad_style_files_are_named_in_one_line(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    bad = [tmp_path / f"bad{number}.scumble" for number in range(3)]
    for path in bad:
        path.write_text("no style")
    drop(window.canvas, mime_of_files(*bad), 60)
    qtbot.waitUntil(lambda: window.messages.kind == "error")
    assert window.messages.text == "3 files are no styles, or damaged: bad0.scumble, bad1.scumble, bad2.scumble"


def test_a_style_file_can_be_used_where_the_library_cannot_be_written(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path
) -> None:
    library.user_folder.write_text("a file where the folder should be")
    drop(window.canvas, mime_of_files(waves), 60)
    qtbot.waitUntil(lambda: "Waves can be used all the same" in window.messages.text)
    qtbot.waitUntil(lambda: [style.source for style in window.document.styles] == [waves])
    assert titles(window) == ["Waves", "Blue", "Green"]


def test_a_style_that_cannot_be_replaced_stays(
    qtbot: QtBot, asked: MainWindow, library: StyleLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("engine.styles.format.write_beside", full)
    answer(qtbot, asked, "replace")
    assert "No space left" in asked.messages.text
    assert [style.description for style in library.styles() if not style.built_in] == ["old"]


def test_a_picture_and_a_style_file_together(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, waves: Path, tmp_path: Path
) -> None:
    drop(window.canvas, mime_of_files(save_picture(tmp_path / "photo.png"), waves), 60)
    qtbot.waitUntil(lambda: window.document.is_complete)
    assert window.document.content_path == tmp_path / "photo.png"
    assert [style.title for style in window.document.styles] == ["Waves"]
    assert names(library) == ["Waves"]


# Out


def export_dialog(window: MainWindow, title: str) -> QFileDialog:
    window.shelf.command("export", item(window, title))
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    return dialog


def test_a_style_is_exported_and_the_message_leads_there(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = export_dialog(window, "Green")
    assert dialog.selectedFiles()[0].endswith("Green.scumble")
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    target = tmp_path / "grün.scumble"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(lambda: window.messages.text == "Green is saved as grün.scumble.")
    assert read_style_information(target).name == "Green"
    assert window.messages.action_button.text() == "Open folder"


def test_an_export_into_nowhere_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = export_dialog(window, "Green")
    dialog.fileSelected.emit(str(tmp_path / "no folder" / "green.scumble"))
    dialog.reject()
    qtbot.waitUntil(lambda: window.messages.kind == "error")
    assert "cannot be written" in window.messages.text


def test_what_is_there_for_the_session_has_no_file_to_export(finished: MainWindow) -> None:
    finished.shelf.command("export", item(finished, "painting"))
    assert finished.findChild(QFileDialog) is None
