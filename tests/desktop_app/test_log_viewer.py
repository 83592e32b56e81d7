"""The log viewer: the end of the file, what is added, a new file under the old name, levels."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app import log_tail
from desktop_app.dialogs import log_lines
from desktop_app.dialogs.log_viewer import LogViewer
from desktop_app.log_tail import LogTail
from desktop_app.main_window import MainWindow
from engine.log import log_path, set_up_logging

STAMP = "2026-01-01 12:00:00,000"


def texts(tail: LogTail) -> list[str]:
    return [line.text for line in tail.read()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "scumble.log"


def append(path: Path, text: str) -> None:
    with path.open("ab") as file:
        file.write(text.encode())


def test_only_what_is_new_is_read(path: Path) -> None:
    tail = LogTail(path)
    assert texts(tail) == []
    append(path, "one\ntwo\nthr")
    assert texts(tail) == ["one", "two"]
    append(path, "ee\r\nfour\n")
    assert texts(tail) == ["three", "four"]
    assert texts(tail) == []


def test_of_a_long_file_only_the_end_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_tail, "LARGEST_TAIL", 100)
    append(path, "".join(f"line {number:04}\n" for number in range(1000)))
    assert texts(LogTail(path)) == [f"line {number:04}" for number in range(991, 1000)]


def test_rotation_loses_no_line(path: Path) -> None:
    tail = LogTail(path)
    append(path, "one\n")
    assert texts(tail) == ["one"]
    append(path, "two\n")
    path.replace(path.with_name("scumble.log.1"))
    append(path, "three\n")
    assert texts(tail) == ["two", "three"]
    append(path, "four\n")
    path.replace(path.with_name("scumble.log.1"))
    assert texts(tail) == ["four"]  # the new file is not there yet
    append(path, "five\n")
    assert texts(tail) == ["five"]


def test_a_file_that_was_emptied_or_deleted_is_read_from_its_beginning(path: Path) -> None:
    tail = LogTail(path)
    append(path, "a long first line\n")
    assert len(texts(tail)) == 1
    path.write_bytes(b"new\n")
    assert texts(tail) == ["new"]
    path.unlink()
    assert texts(tail) == []
    append(path, "newer\n")
    assert texts(tail) == ["newer"]


def test_a_traceback_has_the_level_of_its_report(path: Path) -> None:
    append(path, f"{STAMP} INFO engine: fine\n{STAMP} ERROR engine: bad\nTraceback:\n  \xff\n{STAMP} INFO engine: x\n")
    assert [line.level for line in LogTail(path).read()] == [20, 40, 40, 40, 20]


def test_bytes_that_are_no_text_are_shown(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00 broken\n")
    assert "broken" in texts(LogTail(path))[0]


@pytest.fixture
def viewer(window: MainWindow) -> LogViewer:
    set_up_logging()
    logging.getLogger("engine").info("A quiet line")
    logging.getLogger("engine").warning("Something is odd")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("desktop_app").exception("Work failed")
    window.menus.actions["show_log"].trigger()
    viewer = window.findChild(LogViewer)
    assert isinstance(viewer, LogViewer)
    return viewer


def shown(viewer: LogViewer) -> str:
    return viewer.lines.text()


def test_it_follows_the_log(qtbot: QtBot, viewer: LogViewer) -> None:
    assert "A quiet line" in shown(viewer)
    for number in range(100):
        logging.getLogger("engine").info("Later line %s", number)
    qtbot.waitUntil(lambda: shown(viewer).endswith("Later line 99"))
    bar = viewer.view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(0)
    logging.getLogger("engine").info("The last line")
    qtbot.waitUntil(lambda: shown(viewer).endswith("The last line"))
    assert bar.value() == 0  # somebody is reading up there


def test_it_survives_the_rotation_of_the_real_log(
    qtbot: QtBot, viewer: LogViewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = next(each for each in logging.getLogger().handlers if getattr(each, "maxBytes", 0))
    monkeypatch.setattr(handler, "maxBytes", 2000)
    for number in range(60):
        logging.getLogger("engine").info("Line %s of many", number)
        if number % 10 == 9:
            viewer.read()
    qtbot.waitUntil(lambda: shown(viewer).endswith("Line 59 of many"))
    assert log_path().with_name("scumble.log.1").exists()
    assert all(f"Line {number} of many" in shown(viewer) for number in range(60))


def test_levels(viewer: LogViewer) -> None:
    viewer.level_box.setCurrentIndex(1)
    viewer.level_box.activated.emit(1)
    assert "A quiet line" not in shown(viewer)
    assert "Something is odd" in shown(viewer)
    viewer.level_box.setCurrentIndex(2)
    viewer.level_box.activated.emit(2)
    assert "Something is odd" not in shown(viewer)
    assert shown(viewer).splitlines()[-1] == "ZeroDivisionError"
    viewer.level_box.setCurrentIndex(0)
    viewer.level_box.activated.emit(0)
    assert "A quiet line" in shown(viewer)


def test_selected_lines_or_all_are_copied(qtbot: QtBot, viewer: LogViewer) -> None:
    viewer.copy_button.click()
    assert QGuiApplication.clipboard().text() == shown(viewer)
    viewer.view.setCurrentIndex(viewer.lines.index(0, 0))
    qtbot.keyClick(viewer.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().endswith("A quiet line")


def test_the_oldest_lines_are_forgotten(viewer: LogViewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_lines, "MOST_LINES", 5)
    lines = log_lines.LogLines()
    lines.add([log_tail.LogLine(str(number), 20) for number in range(4)])
    lines.add([log_tail.LogLine(str(number), 20) for number in range(4, 8)])
    assert lines.text() == "3\n4\n5\n6\n7"


def test_without_a_log_it_says_where_that_will_be(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window.menus.actions["show_log"].trigger()
    viewer = window.findChild(LogViewer)
    assert isinstance(viewer, LogViewer)
    assert str(log_path()) in viewer.notice.text()
    viewer.folder_button.click()
    assert opened == [QUrl.fromLocalFile(str(log_path().parent))]
