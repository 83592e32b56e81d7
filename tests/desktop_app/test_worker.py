"""The worker thread: every failure comes back as an event, and closing never aborts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportChoice
from desktop_app.main_window import MainWindow
from desktop_app.messages import EngineReady, Failed, LoadEngine, ReadPicture, Role
from desktop_app.worker import LoadedEngine, WorkerThread
from engine.api import ComputeOptions, ModelError
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer


def test_an_unexpected_exception_is_a_message_and_the_window_goes_on(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer
) -> None:
    stylizer.failure = ZeroDivisionError("secret detail")
    finished.side_panel.controls.sliders["strength"].slider.setValue(50)
    qtbot.waitUntil(lambda: finished.messages.kind == "error")
    assert "unexpected" in finished.messages.text
    assert "ZeroDivisionError" in finished.messages.text
    assert "secret detail" not in finished.messages.text
    stylizer.failure = None
    finished.side_panel.controls.sliders["strength"].slider.setValue(60)
    qtbot.waitUntil(lambda: finished.canvas.compare.result is not None)


def test_too_little_memory_is_said_in_words(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    stylizer.failure = MemoryError()
    finished.side_panel.controls.sliders["strength"].slider.setValue(50)
    qtbot.waitUntil(lambda: "not enough memory" in finished.messages.text)


def test_a_missing_base_model_is_explained(qtbot: QtBot, make_window: WindowMaker, photo: Path) -> None:
    def fail(_options: ComputeOptions) -> LoadedEngine:
        raise ModelError("The file {name} is missing. Install Scumble again.", name="base_model.safetensors")

    window = make_window(fail)
    qtbot.waitUntil(lambda: "base_model.safetensors is missing" in window.messages.text)
    window.open_files([photo])  # pictures can still be read
    qtbot.waitUntil(lambda: window.document.content is not None)
    window.shelf.choose(0)
    qtbot.waitUntil(lambda: "base model is not loaded" in window.messages.text)


def test_every_request_is_answered_with_its_number(qtbot: QtBot, photo: Path) -> None:
    worker = WorkerThread(lambda _options: LoadedEngine(InvertingStylizer(), "CPU"))
    events = []
    worker.reported.connect(events.append)
    try:
        worker.submit(ReadPicture(7, Role.CONTENT, photo))
        worker.submit(ReadPicture(8, Role.STYLE, photo.with_name("missing.png")))
        worker.submit(LoadEngine(9))
        qtbot.waitUntil(lambda: len(events) == 3)
    finally:
        worker.stop()
    assert [event.job for event in events] == [7, 8, 9]
    assert isinstance(events[1], Failed)
    assert isinstance(events[2], EngineReady)


def test_events_arrive_in_the_thread_of_the_window(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    threads = []
    window.document.content_changed.connect(lambda: threads.append(QThread.currentThread()))
    window.open_files([photo])
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [window.thread()]


@pytest.mark.parametrize("work", ["preview", "export"])
def test_closing_while_work_goes_on_stops_it(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path, work: str
) -> None:
    stylizer.started.clear()
    stylizer.hold.clear()  # never set again: only the cancel token ends the work
    target = tmp_path / "result.png"
    if work == "preview":
        finished.side_panel.controls.sliders["strength"].slider.setValue(50)
    else:
        finished.exporter.export(ExportChoice(target, overwrite=False, quality=95))
    qtbot.waitUntil(stylizer.started.is_set)
    finished.close()
    assert not finished.isVisible()
    assert not finished.worker.is_running
    assert not target.exists()


def test_after_closing_nothing_is_started(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, photo: Path
) -> None:
    count = len(stylizer.requests)
    finished.close()
    finished.document.set_setting("strength", 0.1)
    finished.open_files([photo])
    finished.close()  # closing twice does no harm
    assert len(stylizer.requests) == count


def test_work_that_waits_when_the_window_closes_is_not_done(
    qtbot: QtBot, make_window: Callable[..., MainWindow], stylizer: InvertingStylizer, photo: Path, painting: Path
) -> None:
    window = make_window()
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    stylizer.started.clear()
    stylizer.hold.clear()
    window.document.set_setting("strength", 0.5)
    qtbot.waitUntil(stylizer.started.is_set)
    count = len(stylizer.requests)
    for number in range(3):  # queued behind the held render
        window.exporter.export(ExportChoice(photo.with_name(f"{number}.png"), overwrite=False, quality=95))
    window.close()
    assert len(stylizer.requests) == count


def test_the_installed_qt_keeps_count_of_references() -> None:
    """PySide6 6.12.0 loses one reference to True per emitted signal: Python 3.11 then aborts some day."""

    class Sender(QObject):
        sent = Signal(object)

    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(200):
        sender.sent.emit(None)
    assert abs(sys.getrefcount(True) - before) < 50
