"""About with licences, the sheet of shortcuts, the hint with samples."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app import licences
from desktop_app.dialogs.about import AboutDialog
from desktop_app.dialogs.hint import HintDialog
from desktop_app.dialogs.shortcuts import ShortcutsDialog
from desktop_app.licences import components, text_of
from desktop_app.main_window import MainWindow
from engine.version import __version__


def open_about(window: MainWindow) -> AboutDialog:
    window.menus.actions["about"].trigger()
    dialog = window.findChild(AboutDialog)
    assert isinstance(dialog, AboutDialog)
    return dialog


def text_for(dialog: AboutDialog, name: str) -> str:
    rows = [row for row in range(dialog.list.count()) if dialog.list.item(row).text().startswith(name)]
    assert len(rows) == 1
    dialog.list.setCurrentRow(rows[0])
    return dialog.licence_text.toPlainText()


def test_every_component_is_listed_with_its_licence(window: MainWindow) -> None:
    dialog = open_about(window)
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))
    assert "Apache License" in text_for(dialog, "Scumble")
    qt = text_for(dialog, "Qt, PySide6")
    assert qt.startswith("Scumble uses Qt and PySide6 under the GNU Lesser General Public License")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt
    assert "GNU GENERAL PUBLIC LICENSE" in qt
    for name in ("PyTorch", "NumPy", "Pillow", "OpenCV", "safetensors", "psutil", "platformdirs", "pi-heif"):
        assert len(text_for(dialog, name)) > 500, name
        assert "unknown" not in dialog.licence_name.text()


def test_the_packages_that_packages_need_are_named() -> None:
    titles = [component.title for component in components()]
    assert "sympy" in titles  # torch needs it
    assert "mpmath" in titles  # and that needs this
    assert len({title.lower() for title in titles}) == len(titles)


def test_without_metadata_it_names_what_it_can(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    for function in ("metadata", "version", "requires", "distribution"):
        monkeypatch.setattr(licences.importlib.metadata, function, missing)
    dialog = open_about(window)
    assert "Apache License" in text_for(dialog, "Scumble")
    assert "GNU LESSER" in text_for(dialog, "Qt, PySide6")
    assert "not installed with the package" in text_for(dialog, "PyTorch")
    assert dialog.licence_name.text() == "PyTorch, version unknown. Licence: unknown"


def test_a_licence_without_a_file_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    class Distribution:
        metadata = importlib.metadata.metadata("psutil")

        def read_text(self, name: str) -> str | None:
            return None

    monkeypatch.setattr(licences.importlib.metadata, "distribution", lambda name: Distribution())
    assert text_of(licences.Component("psutil", "1", "BSD", "psutil")) == ""


@pytest.fixture
def sheet(qtbot: QtBot, window: MainWindow) -> ShortcutsDialog:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsDialog)
    assert isinstance(sheet, ShortcutsDialog)
    return sheet


def labels(sheet: ShortcutsDialog) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]


def test_the_sheet_has_the_keys_of_every_action(window: MainWindow, sheet: ShortcutsDialog) -> None:
    shown = labels(sheet)
    for name, action in window.menus.actions.items():
        for keys in action.shortcuts():
            assert any(keys.toString() in text for text in shown), name
    assert {"File", "Edit", "View", "Help", "Picture", "Styles", "Ctrl+E, Ctrl+S", "Space"} <= set(shown)


def test_the_sheet_shows_an_action_that_gets_another_key(window: MainWindow, sheet: ShortcutsDialog) -> None:
    sheet.close()
    window.menus.actions["about"].setShortcut("Ctrl+Alt+Shift+K")
    window.menus.actions["shortcuts"].trigger()
    again = window.findChildren(ShortcutsDialog)[-1]
    assert "Ctrl+Alt+Shift+K" in labels(again)


def test_the_sheet_follows_the_language(qtbot: QtBot, window: MainWindow, sheet: ShortcutsDialog) -> None:
    window.menus.actions["language:zh_CN"].trigger()
    qtbot.waitUntil(lambda: "打开照片" in labels(sheet))
    assert "文件" in labels(sheet)
    assert "Open Photo" not in labels(sheet)


def test_an_empty_window_offers_samples(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    hint = window.canvas.start_hint
    assert hint.isVisible()
    assert "1. Drop a photo." in hint.steps.text()
    assert [card.sample.style.title for card in hint.cards] == ["Blue", "Green"]  # of a library without the usual ones
    window.open_files([photo])
    qtbot.waitUntil(lambda: not hint.isVisible())
    window.document.undo_stack.undo()
    assert hint.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_sample_is_opened_by_keyboard(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    card = window.canvas.start_hint.cards[1]
    card.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(card, key)
    qtbot.waitUntil(lambda: window.document.is_complete, timeout=20_000)
    assert window.document.content_path == card.sample.photo
    assert window.document.styles[0].title == "Green"
    assert not window.canvas.compare.is_original_shown


def test_the_hint_comes_back_while_something_is_open(qtbot: QtBot, finished: MainWindow, photo: Path) -> None:
    finished.menus.actions["show_hint"].trigger()
    dialog = finished.findChild(HintDialog)
    assert isinstance(dialog, HintDialog)
    dialog.hint.cards[0].click()
    qtbot.waitUntil(lambda: finished.document.content_path == dialog_photo(finished), timeout=20_000)
    qtbot.waitUntil(lambda: finished.findChild(HintDialog) is None)
    while finished.document.content_path != photo:
        assert finished.document.undo_stack.canUndo()
        finished.document.undo_stack.undo()


def dialog_photo(window: MainWindow) -> Path:
    return window.canvas.start_hint.cards[0].sample.photo
