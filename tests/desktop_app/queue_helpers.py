"""What the tests of the queue share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.queueing.jobs import Job, State
from tests.desktop_app.helpers import save_picture


def jobs(window: MainWindow) -> list[Job]:
    return list(window.queue.jobs)


def states(window: MainWindow) -> list[str]:
    return [job.state.value for job in window.queue.jobs]


def titles_of(window: MainWindow) -> list[str]:
    return [job.task.title for job in window.queue.jobs]


def finish(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is left to do."""
    qtbot.waitUntil(lambda: window.queue.jobs.unfinished == 0 and not window.queue.runner.is_running, timeout=20_000)


def add_current(window: MainWindow) -> None:
    """Put the open work into the queue."""
    window.menus.actions["add_to_queue"].trigger()


def save_pictures(folder: Path, names: Sequence[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for seed, name in enumerate(names, 10):
        save_picture(folder / name, seed=seed)
    return folder


def add_folder(qtbot: QtBot, window: MainWindow, folder: Path, existing: str = "rename") -> None:
    """Put the pictures of a folder into the queue, through the dialog; the results go into its folder Scumble."""
    from desktop_app.dialogs.batch import BatchDialog

    before = len(window.queue.jobs)
    window.queue.adder.ask_about([folder])
    dialog = window.findChildren(BatchDialog)[-1]
    qtbot.waitUntil(lambda: bool(dialog.source.pictures))
    dialog.fields.existing_box.setCurrentIndex(dialog.fields.existing_box.findData(existing))
    dialog.add_to_queue_button.click()
    qtbot.waitUntil(lambda: len(window.queue.jobs) > before)


def wait_for(qtbot: QtBot, window: MainWindow, state: State, count: int = 1) -> None:
    qtbot.waitUntil(lambda: window.queue.jobs.count(state) >= count)
