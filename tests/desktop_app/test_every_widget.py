"""Every widget of every window: translated, named for a screen reader, reached by Tab, and marked when it has focus."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportDialog, ExportSubject
from desktop_app.export_options import ExportOptions
from desktop_app.i18n import TRANSLATED
from desktop_app.main_window import MainWindow
from tests.desktop_app.every_widget import (
    DIALOGS,
    controls,
    leftover,
    look_of,
    name_for_a_reader,
    open_dialog,
    reached_by_tab,
    texts,
)

THEMES = ("dark", "light")
FOLLOWING = tuple(name for name in DIALOGS if name != "export")  # that one holds up the window, menus and all


@pytest.fixture
def window(qtbot: QtBot, finished: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """Return a window with a mix of two styles."""
    findings = {"self_test": {"passed": True}}
    monkeypatch.setattr("engine.doctor.examine", lambda options, cancel: findings)
    finished.shelf.mixed_in.emit(finished.shelf.shelf.item(1))
    qtbot.waitUntil(lambda: len(finished.document.styles) == 2 and not finished.preview.is_busy)
    finished.messages.hide()
    return finished


def shown_dialogs(window: MainWindow) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def all_texts(window: MainWindow) -> set[tuple[str, str]]:
    return {pair for top in (window, *shown_dialogs(window)) for pair in texts(top)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_of_the_window_stays_english(qtbot: QtBot, window: MainWindow, language: str) -> None:
    window.messages.show_message("information", "", "", None)
    english = {text for _, text in all_texts(window)}
    assert {"Strength", "Export…", "&File", "Take Blue out of the mix", "Close this message"} & english
    window.menus.actions[f"language:{language}"].trigger()
    qtbot.waitUntil(lambda: "Export…" not in {text for _, text in all_texts(window)})
    assert leftover(english, all_texts(window)) == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", FOLLOWING)
def test_no_text_of_an_open_dialog_stays_english(qtbot: QtBot, window: MainWindow, name: str, language: str) -> None:
    dialog = open_dialog(window, name)
    if name == "diagnostics":
        qtbot.waitUntil(dialog.copy_button.isEnabled)  # pyright: ignore
    english = {text for _, text in texts(dialog)}
    title = dialog.windowTitle()
    assert title in english
    window.preferences.choose("language", language)
    qtbot.waitUntil(lambda: dialog.windowTitle() != title)
    assert leftover(english, set(texts(dialog))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_of_the_export_dialog_is_english(window: MainWindow, language: str) -> None:
    dialog = open_dialog(window, "export")
    english = {text for _, text in texts(dialog)}
    dialog.reject()
    window.preferences.choose("language", language)
    again = open_dialog(window, "export")
    assert again.windowTitle() not in english
    assert leftover(english, set(texts(again))) == []


@pytest.mark.parametrize("name", ["", *DIALOGS])
def test_every_control_has_a_name(qtbot: QtBot, window: MainWindow, name: str) -> None:
    top = open_dialog(window, name) if name else window
    found = controls(top)
    assert len(found) >= (1 if name else 12)
    nameless = [f"{type(widget).__name__} {widget.objectName()}" for widget in found if not name_for_a_reader(widget)]
    assert nameless == []


def test_every_control_of_the_empty_window_has_a_name(make_window) -> None:
    found = controls(make_window())
    assert len(found) >= 10
    assert [type(widget).__name__ for widget in found if not name_for_a_reader(widget)] == []


def activate(qtbot: QtBot, top: QWidget) -> None:
    """Let keys go to a window; its ``isActiveWindow`` is already true while its parent has them."""
    top.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is top)


@pytest.mark.parametrize("name", ["", *DIALOGS])
def test_tab_reaches_every_control(qtbot: QtBot, window: MainWindow, name: str) -> None:
    top: QWidget = open_dialog(window, name) if name else window
    if name == "diagnostics":
        qtbot.waitUntil(top.copy_button.isEnabled)  # pyright: ignore
    activate(qtbot, top)
    reached = reached_by_tab(top)
    missed = [widget for widget in controls(top) if widget not in reached and widget.focusProxy() not in reached]
    assert [f"{type(widget).__name__} {name_for_a_reader(widget)}" for widget in missed] == []


def different_pixels(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(0, one.height(), 2))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["", *DIALOGS])
def test_the_focus_is_seen(qtbot: QtBot, window: MainWindow, name: str, theme: str) -> None:
    window.preferences.choose("theme", theme)
    top: QWidget = open_dialog(window, name) if name else window
    if name == "diagnostics":
        qtbot.waitUntil(top.copy_button.isEnabled)  # pyright: ignore
    activate(qtbot, top)
    unseen = []
    reached = reached_by_tab(top)
    assert len(reached) >= len(controls(top)) > 0
    for widget in reached:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        with_focus = look_of(widget)
        widget.clearFocus()
        # More than the cursor of a text, which is a line of some twenty pixels.
        if different_pixels(with_focus, look_of(widget)) < 30:
            unseen.append(f"{type(widget).__name__} {name_for_a_reader(widget)}")
    assert unseen == []


@pytest.mark.parametrize("name", DIALOGS)
def test_escape_closes_a_dialog(qtbot: QtBot, window: MainWindow, name: str) -> None:
    dialog = open_dialog(window, name)
    kind = type(dialog)
    activate(qtbot, dialog)
    qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(kind) is None)


def test_the_theme_of_the_system_is_followed_while_it_changes(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app import theme

    window.preferences.choose("theme", "system")
    monkeypatch.setattr(theme, "theme_named", lambda name: theme.LIGHT if name == "system" else theme.DARK)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current_theme() is theme.LIGHT
    window.preferences.choose("theme", "dark")
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current_theme() is theme.DARK


def test_the_walk_sees_an_english_text(window: MainWindow, tmp_path: Path) -> None:
    """The walk itself: a text that nobody translates is found."""
    dialog = ExportDialog(tmp_path, ".png", ExportSubject(10, 10), 90, ExportOptions(), window)
    dialog.notice.setText("Nobody translated this")
    pairs = set(texts(dialog))
    assert leftover({text for _, text in pairs}, {("QLabel", "Nobody translated this")})
    dialog.reject()
