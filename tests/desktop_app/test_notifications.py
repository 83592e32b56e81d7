"""Long work that ends unseen is announced; short work, or work that somebody looks at, is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import notifications
from desktop_app.dialogs.export import ExportChoice
from desktop_app.main_window import MainWindow
from desktop_app.notifications import LONG_SECONDS, notify_finished
from tests.desktop_app.helpers import InvertingStylizer


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    alerts: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", alerts.append)
    return alerts


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pretend that the system has a tray, and return what is shown there."""
    shown: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda icon, title, text, *rest: shown.append(text))
    return shown


def icons(window: QWidget) -> list[QSystemTrayIcon]:
    return window.findChildren(QSystemTrayIcon)


def test_long_work_behind_a_minimised_window(window: MainWindow, alerts: list[QWidget], tray: list[str]) -> None:
    window.showMinimized()
    assert notify_finished(window, "Export", "It is done.", LONG_SECONDS)
    assert alerts == [window]
    assert tray == ["It is done."]


def test_long_work_behind_a_hidden_window(window: MainWindow, alerts: list[QWidget]) -> None:
    window.hide()
    assert notify_finished(window, "Export", "It is done.", LONG_SECONDS + 1)
    assert alerts == [window]


def test_somebody_who_looks_is_left_alone(window: MainWindow, alerts: list[QWidget], tray: list[str]) -> None:
    assert not notify_finished(window, "Export", "It is done.", 1000)
    assert (alerts, tray) == ([], [])


def test_short_work_is_not_announced(window: MainWindow, alerts: list[QWidget], tray: list[str]) -> None:
    window.hide()
    assert not notify_finished(window, "Export", "It is done.", LONG_SECONDS - 0.1)
    assert (alerts, tray) == ([], [])


def test_without_a_tray_there_is_no_icon(
    window: MainWindow, alerts: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    window.hide()
    assert notify_finished(window, "Export", "It is done.", 1000)
    assert icons(window) == []


def test_no_icon_stays_behind(
    qtbot: QtBot, window: MainWindow, alerts: list[QWidget], tray: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.hide()
    notify_finished(window, "Export", "One.", 1000)
    notify_finished(window, "Export", "Two.", 1000)
    assert [icon.isVisible() for icon in icons(window)].count(True) == 1
    window.show()
    window.close()
    assert not any(icon.isVisible() for icon in icons(window))
    qtbot.waitUntil(lambda: icons(window) == [])
    monkeypatch.setattr(notifications, "_SHOWN_MILLISECONDS", 1)
    notify_finished(window, "Export", "Three.", 1000)
    qtbot.waitUntil(lambda: icons(window) == [])


def test_a_click_on_the_message_shows_the_window(
    qtbot: QtBot, window: MainWindow, alerts: list[QWidget], tray: list[str]
) -> None:
    window.showMinimized()
    notify_finished(window, "Export", "It is done.", 1000)
    icons(window)[0].messageClicked.emit()
    assert window.isVisible()
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: icons(window) == [])


@pytest.mark.parametrize("fails", [False, True])
def test_an_export_that_took_long_is_announced(
    qtbot: QtBot,
    finished: MainWindow,
    stylizer: InvertingStylizer,
    alerts: list[QWidget],
    tray: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,
) -> None:
    monkeypatch.setattr(notifications, "LONG_SECONDS", 0.0)
    if fails:
        stylizer.failure = MemoryError()
    finished.showMinimized()
    finished.exporter.export(ExportChoice(tmp_path / "result.png", overwrite=False, quality=95))
    qtbot.waitUntil(lambda: not finished.exporter.is_running)
    assert alerts == [finished]
    assert len(tray) == 1
    assert tray[0] == finished.messages.text
    assert ("not enough memory" if fails else "result.png is saved") in tray[0]


def test_an_export_that_was_stopped_is_not(
    qtbot: QtBot,
    finished: MainWindow,
    stylizer: InvertingStylizer,
    alerts: list[QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notifications, "LONG_SECONDS", 0.0)
    stylizer.hold.clear()
    finished.exporter.export(ExportChoice(tmp_path / "result.png", overwrite=False, quality=95))
    finished.export_progress.cancel_button.click()
    finished.showMinimized()
    qtbot.waitUntil(lambda: not finished.exporter.is_running)
    assert alerts == []
