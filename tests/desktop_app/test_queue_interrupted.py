"""What stops or holds the whole queue: a full disk, a folder that is gone, the preview, closing."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.worker import LoadedEngine
from engine.api import ModelError
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer
from tests.desktop_app.queue_helpers import (
    add_current,
    add_folder,
    finish,
    save_pictures,
    states,
)


def full_disk(path: Path, data: bytes) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_pauses_the_queue_and_says_so(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png", "2.png"])
    with monkeypatch.context() as patch:
        patch.setattr("engine.imaging.writing.write_beside", full_disk)
        add_folder(qtbot, finished, folder)
        qtbot.waitUntil(lambda: finished.queue.runner.is_paused)
        qtbot.waitUntil(lambda: states(finished) == ["waiting", "waiting"])
    assert "No space left on device" in finished.messages.text
    assert "The queue has paused" in finished.messages.text
    assert finished.queue.panel.status.text().startswith("Paused. 1__painting.png cannot be written")
    assert list((folder / "Scumble").iterdir()) == []
    finished.messages.action_button.click()
    finish(qtbot, finished)
    assert states(finished) == ["done", "done"]


def test_a_folder_that_disappears_pauses_the_queue(
    qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    results = tmp_path / "holiday" / "Scumble"
    shutil.rmtree(results)
    stylizer.hold.set()
    qtbot.waitUntil(lambda: queueing.queue.runner.is_paused)
    assert states(queueing) == ["waiting"] * 4
    assert f"The folder {results} is gone" in queueing.messages.text
    results.mkdir()
    queueing.queue.panel.pause_button.click()
    assert queueing.messages.text == ""
    finish(qtbot, queueing)
    assert states(queueing) == ["done"] * 4


def test_an_engine_that_cannot_be_loaded_pauses_the_queue(
    qtbot: QtBot, make_window: WindowMaker, stylizer: InvertingStylizer, photo: Path, painting: Path
) -> None:
    loads: list[int] = []

    def load(_options: object) -> LoadedEngine:
        loads.append(1)
        if len(loads) == 2:  # the first is that of the window
            raise ModelError("The base model is damaged. Install Scumble again.")
        return LoadedEngine(stylizer, "CPU")

    window = make_window(load)
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.document.is_complete and len(loads) == 1)
    add_current(window)
    qtbot.waitUntil(lambda: window.queue.runner.is_paused)
    assert "The base model is damaged" in window.messages.text
    assert states(window) == ["waiting"]
    window.queue.runner.resume()
    finish(qtbot, window)
    assert states(window) == ["done"]


def test_other_options_reach_the_engine_of_the_queue(
    qtbot: QtBot, make_window: WindowMaker, stylizer: InvertingStylizer, photo: Path, painting: Path
) -> None:
    used: list[int | None] = []

    def load(options) -> LoadedEngine:
        used.append(options.threads)
        return LoadedEngine(stylizer, "CPU")

    window = make_window(load)
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.document.is_complete)
    add_current(window)
    finish(qtbot, window)
    window.preferences.choose("threads", 3)
    qtbot.waitUntil(lambda: used == [None, None, 3])
    add_current(window)
    finish(qtbot, window)
    assert used == [None, None, 3, 3]


def test_an_export_of_the_window_has_priority(
    qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    from desktop_app.dialogs.export import ExportChoice

    queueing.exporter.export(ExportChoice(tmp_path / "now.png", overwrite=False, quality=95))
    assert queueing.queue.runner.is_held
    stylizer.hold.set()
    qtbot.waitUntil(lambda: not queueing.exporter.is_running)
    finish(qtbot, queueing)
    assert (tmp_path / "now.png").is_file()


def test_closing_while_a_job_runs_waits_for_nothing_and_leaves_nothing(queueing: MainWindow, tmp_path: Path) -> None:
    queueing.close()
    assert not queueing.queue.runner.worker.is_running
    assert list((tmp_path / "holiday" / "Scumble").iterdir()) == []


def test_a_hidden_window_is_told_of(
    qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "desktop_app.queueing.work_queue.notify_finished",
        lambda _window, _title, text, _seconds: told.append(text),
    )
    stylizer.hold.set()
    finish(qtbot, queueing)
    qtbot.waitUntil(lambda: told == ["The queue is done: 4 saved."])


def test_the_time_left_follows_what_jobs_took(qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer) -> None:
    runner = queueing.queue.runner
    runner._seconds.extend([60.0, 120.0])
    assert runner.seconds_left == pytest.approx(90 * (4 - 0.25))
    runner.progressed.emit()
    assert "6 min left" in queueing.queue.panel.status.text()
    stylizer.hold.set()
