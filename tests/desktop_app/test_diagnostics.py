"""Diagnostics: found out behind the window, copied, saved, and offered where something went wrong."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.diagnostics import DiagnosticsDialog
from desktop_app.main_window import MainWindow
from desktop_app.worker import load_engine
from engine.api import CancelToken, ComputeOptions
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer


class Doctor:
    """Stands in for the examination; with ``hold`` cleared it takes its time, and polls the token like the real one."""

    def __init__(self) -> None:
        self.findings: dict[str, Any] = {
            "versions": {"scumble": "9.9"},
            "devices": {"chosen": "cpu", "notes": ["cuda:0 cannot be used: it is broken."]},
            "self_test": {"passed": True, "reason": ""},
        }
        self.options: list[ComputeOptions] = []
        self.threads: list[threading.Thread] = []
        self.hold = threading.Event()
        self.hold.set()

    def __call__(self, options: ComputeOptions, cancel: CancelToken) -> dict[str, Any]:
        self.options.append(options)
        self.threads.append(threading.current_thread())
        while not self.hold.wait(0.005):
            cancel.raise_if_cancelled()
        return self.findings


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch) -> Doctor:
    doctor = Doctor()
    monkeypatch.setattr("engine.doctor.examine", doctor)
    return doctor


def open_diagnostics(window: MainWindow) -> DiagnosticsDialog:
    window.menus.actions["diagnostics"].trigger()
    dialog = window.findChild(DiagnosticsDialog)
    assert isinstance(dialog, DiagnosticsDialog)
    return dialog


def test_it_examines_in_the_thread_of_the_worker_with_the_options_chosen(
    qtbot: QtBot, window: MainWindow, doctor: Doctor
) -> None:
    window.preferences.choose("threads", 1)
    doctor.hold.clear()
    dialog = open_diagnostics(window)
    assert "Examining" in dialog.summary.text()
    assert not dialog.copy_button.isEnabled()
    qtbot.waitUntil(lambda: bool(doctor.threads))
    assert doctor.threads[0] is not threading.main_thread()
    doctor.hold.set()
    qtbot.waitUntil(lambda: "passed" in dialog.summary.text())
    assert doctor.options == [ComputeOptions(threads=1)]
    assert "scumble: 9.9" in dialog.text.toPlainText()
    assert "cuda:0 cannot be used: it is broken." in dialog.text.toPlainText()


def test_a_self_test_that_fails_says_why(qtbot: QtBot, window: MainWindow, doctor: Doctor) -> None:
    doctor.findings["self_test"] = {"passed": False, "reason": "No built-in style was found."}
    dialog = open_diagnostics(window)
    qtbot.waitUntil(lambda: dialog.summary.text() == "The self-test failed: No built-in style was found.")
    doctor.findings["self_test"] = {"passed": True}
    dialog.again_button.click()
    qtbot.waitUntil(lambda: "passed" in dialog.summary.text())


def test_the_text_is_copied_and_saved(qtbot: QtBot, window: MainWindow, doctor: Doctor, tmp_path: Path) -> None:
    dialog = open_diagnostics(window)
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
    assert "Copied" in dialog.notice.text()
    path = tmp_path / "report.txt"
    dialog.save_as(str(path))
    assert path.read_text(encoding="utf-8") == dialog.text.toPlainText()
    assert dialog.notice.text() == "report.txt is saved."
    dialog.save_as(str(tmp_path / "no such folder" / "report.txt"))
    assert "cannot be saved" in dialog.notice.text()


def test_closing_the_dialog_ends_the_examination(qtbot: QtBot, window: MainWindow, doctor: Doctor, photo: Path) -> None:
    doctor.hold.clear()
    dialog = open_diagnostics(window)
    qtbot.waitUntil(lambda: bool(doctor.threads))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    window.open_files([photo])  # the worker is free again, though nobody let the doctor go on
    qtbot.waitUntil(lambda: window.document.content is not None)
    qtbot.waitUntil(lambda: window.findChild(DiagnosticsDialog) is None)


def test_an_examination_that_fails_is_said(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(options: ComputeOptions, cancel: CancelToken) -> dict[str, Any]:
        raise ZeroDivisionError

    monkeypatch.setattr("engine.doctor.examine", fail)
    dialog = open_diagnostics(window)
    qtbot.waitUntil(lambda: "ZeroDivisionError" in dialog.summary.text())
    assert dialog.again_button.isEnabled()


def test_a_fault_offers_diagnostics_and_a_bad_picture_does_not(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, doctor: Doctor, tmp_path: Path
) -> None:
    finished.open_files([tmp_path / "missing.png"])
    qtbot.waitUntil(lambda: "missing.png" in finished.messages.text)
    assert finished.messages.action_button.isHidden()
    stylizer.failure = ZeroDivisionError()
    finished.document.set_setting("strength", 0.5)
    qtbot.waitUntil(lambda: "ZeroDivisionError" in finished.messages.text)
    finished.messages.action_button.click()
    assert finished.findChild(DiagnosticsDialog) is not None


def test_the_real_examination(qtbot: QtBot, make_window: WindowMaker) -> None:
    window = make_window(load_engine)
    dialog = open_diagnostics(window)
    qtbot.waitUntil(dialog.copy_button.isEnabled, timeout=60_000)
    text = dialog.text.toPlainText()
    assert "passed" in dialog.summary.text(), text
    for expected in ("torch: ", "PySide6-Essentials: ", "python: ", "missing: ", "free memory mb: ", "log: "):
        assert expected in text
    assert window.engine.devices[-1].word == "cpu"
