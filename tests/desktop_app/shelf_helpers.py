"""What the tests of the shelf share: what is on it and in the library, and how to wait for both."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.dialogs.style_details import StyleDetailsDialog
from desktop_app.main_window import MainWindow
from desktop_app.panels.shelf_model import ShelfItem
from engine.styles import StyleLibrary
from tests.desktop_app.helpers import drop, mime_of_files


def titles(window: MainWindow) -> list[str]:
    model = window.shelf.shelf
    return [model.item(row).title for row in range(model.rowCount())]


def item(window: MainWindow, title: str) -> ShelfItem:
    return window.shelf.shelf.item(titles(window).index(title))


def names(library: StyleLibrary) -> list[str]:
    return [style.name for style in library.styles() if not style.built_in]


def wait_for_titles(qtbot: QtBot, window: MainWindow, expected: list[str]) -> None:
    qtbot.waitUntil(lambda: titles(window) == expected)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what was asked of the library so far is done and on the shelf."""
    done = []
    window.style_keeper.refresh(lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(done))


def drop_painting(qtbot: QtBot, window: MainWindow, *paths: Path) -> None:
    drop(window.shelf.viewport(), mime_of_files(*paths), 20, 20)
    qtbot.waitUntil(lambda: "yours now" in window.messages.text)
    settle(qtbot, window)


def edit(window: MainWindow, title: str, name: str, description: str = "") -> None:
    window.shelf.command("edit", item(window, title))
    dialog = window.findChild(StyleDetailsDialog)
    assert isinstance(dialog, StyleDetailsDialog)
    dialog.name_edit.setText(name)
    dialog.description_edit.setPlainText(description)
    dialog.save_button.click()
