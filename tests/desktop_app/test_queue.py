"""The queue: what is added stays as it was, and every job ends as something that can be seen."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.queue_failures import QueueFailuresDialog
from desktop_app.main_window import MainWindow
from desktop_app.pixels import to_image
from desktop_app.queueing.jobs import State
from engine.api import Picture, Progress
from engine.imaging import read_picture
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer, save_picture
from tests.desktop_app.queue_helpers import (
    add_current,
    add_folder,
    finish,
    jobs,
    save_pictures,
    states,
    titles_of,
    wait_for,
)


def inverted(path: Path) -> np.ndarray:
    return 255 - read_picture(path).pixels


def test_the_open_work_goes_through_the_queue(qtbot: QtBot, finished: MainWindow, photo: Path) -> None:
    add_current(finished)
    assert "photo is in the queue" in finished.messages.text
    finish(qtbot, finished)
    result = photo.parent / "photo__painting.png"
    np.testing.assert_array_equal(read_picture(result).pixels, inverted(photo))
    assert states(finished) == ["done"]
    assert finished.messages.text == "The queue is done: 1 saved."
    assert finished.messages.action_button.text() == "Open folder"


def test_without_a_work_nothing_is_added(window: MainWindow) -> None:
    add_current(window)
    assert len(window.queue.jobs) == 0
    assert "nothing to add yet" in window.messages.text


def test_later_changes_do_not_reach_what_was_added(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path, photo: Path
) -> None:
    finished.queue.runner.pause()
    finished.document.set_setting("strength", 0.25)
    add_current(finished)
    finished.document.set_setting("strength", 0.75)
    finished.shelf.choose(1)
    finished.open_files([save_picture(tmp_path / "other.png", seed=8)])
    qtbot.waitUntil(lambda: finished.document.content_path == tmp_path / "other.png")
    qtbot.waitUntil(lambda: not finished.preview.is_busy)
    before = len(stylizer.requests)
    finished.queue.runner.resume()
    finish(qtbot, finished)
    (request,) = stylizer.requests[before:]
    assert request.strength == 0.25
    assert isinstance(request.content, Picture)
    assert request.content.digest == read_picture(photo).digest
    assert [choice.style for choice in request.styles] == [tmp_path / "painting.jpg"]
    assert request.max_side is None


def test_a_pasted_photo_is_kept_until_it_is_painted(
    qtbot: QtBot, make_window: WindowMaker, photo: Path, painting: Path, tmp_path: Path
) -> None:
    window = make_window(session_folder=tmp_path / "session")
    window.preferences.settings.default_export_folder = str(tmp_path)
    QGuiApplication.clipboard().setImage(to_image(read_picture(photo)))
    window.opener.paste()
    qtbot.waitUntil(lambda: window.document.content is not None)
    window.shelf.choose(0)
    qtbot.waitUntil(lambda: window.document.is_complete)
    window.queue.runner.pause()
    add_current(window)
    qtbot.waitUntil(lambda: len(window.queue.jobs) == 1)
    window.document.clear()
    assert len(list((tmp_path / "session" / "queue").glob("*.png"))) == 1
    window.queue.runner.resume()
    finish(qtbot, window)
    np.testing.assert_array_equal(read_picture(tmp_path / "Pasted picture__Blue.png").pixels, inverted(photo))
    window.queue.jobs.clear_finished()
    window.close()
    assert list((tmp_path / "session" / "queue").glob("*.png")) == []


def test_a_folder_is_painted_in_its_order_in_the_current_style(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    folder = save_pictures(tmp_path / "holiday", ["b10.png", "a.jpg", "b9.png", ".hidden.png", "notes.txt.png"])
    (folder / "notes.txt").write_text("no picture")
    before = len(stylizer.requests)
    add_folder(qtbot, finished, folder)
    assert titles_of(finished) == ["a", "b9", "b10", "notes.txt"]
    finish(qtbot, finished)
    painted = [request.content.name for request in stylizer.requests[before:] if isinstance(request.content, Picture)]
    assert painted == ["a", "b9", "b10", "notes.txt"]
    for name in ("a.jpg", "b9.png", "b10.png"):
        result = folder / "Scumble" / f"{Path(name).stem}__painting.png"
        np.testing.assert_array_equal(read_picture(result).pixels, inverted(folder / name))
    assert finished.column.shown == "queue"


def test_a_broken_picture_is_marked_and_the_rest_goes_on(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png", "2.png", "3.png"])
    (folder / "2.png").write_bytes(b"broken")
    add_folder(qtbot, finished, folder)
    finish(qtbot, finished)
    assert states(finished) == ["done", "failed", "done"]
    assert finished.messages.text == "The queue is done: 2 saved, 1 failed."
    finished.messages.action_button.click()
    (dialog,) = finished.findChildren(QueueFailuresDialog)
    assert dialog.text.toPlainText().startswith("2: 2.png is not a picture that can be read")
    save_picture(folder / "2.png")
    dialog.retry_button.click()
    finish(qtbot, finished)
    assert states(finished) == ["done", "done", "done"]
    assert (folder / "Scumble" / "2__painting.png").is_file()


@pytest.mark.parametrize(
    ("existing", "state", "names"),
    [
        ("skip", "skipped", ["1__painting.png"]),
        ("rename", "done", ["1__painting (2).png", "1__painting.png"]),
        ("overwrite", "done", ["1__painting.png"]),
    ],
)
def test_what_exists_is_treated_as_chosen(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path, existing: str, state: str, names: list[str]
) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png"])
    (folder / "Scumble").mkdir()
    old = folder / "Scumble" / "1__painting.png"
    old.write_bytes(b"old")
    add_folder(qtbot, finished, folder, existing)
    finish(qtbot, finished)
    assert states(finished) == [state]
    assert sorted(path.name for path in (folder / "Scumble").iterdir()) == names
    assert (old.read_bytes() == b"old") is (existing != "overwrite")
    assert finished.preferences.settings.queue_existing == existing


def test_two_photos_of_one_name_do_not_replace_each_other(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png", "1.jpg"])
    add_folder(qtbot, finished, folder, "overwrite")
    finish(qtbot, finished)
    names = sorted(path.name for path in (folder / "Scumble").iterdir())
    assert names == ["1__painting (2).png", "1__painting.png"]


def test_a_photo_is_never_replaced_by_its_result(qtbot: QtBot, finished: MainWindow, photo: Path) -> None:
    before = photo.read_bytes()
    settings = finished.preferences.settings
    settings.export_pattern, settings.queue_existing = "{photo}", "overwrite"
    add_current(finished)
    finish(qtbot, finished)
    assert photo.read_bytes() == before
    np.testing.assert_array_equal(read_picture(photo.with_name("photo (2).png")).pixels, inverted(photo))


def test_size_format_and_details_are_those_of_an_export(qtbot: QtBot, finished: MainWindow, photo: Path) -> None:
    settings = finished.preferences.settings
    settings.export_size_kind, settings.export_percent = "percent", 50
    settings.export_pattern, settings.export_suffix = "{photo} {size}", ".jpg"
    add_current(finished)
    finish(qtbot, finished)
    with Image.open(photo.parent / "photo 30x20.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (30, 20))


# Pausing, stopping, order


def test_pause_holds_the_running_job_and_resume_lets_it_go_on(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    finished.queue.runner.pause()
    before = len(stylizer.requests)
    add_folder(qtbot, finished, save_pictures(tmp_path / "holiday", ["1.png", "2.png"]))
    qtbot.wait(100)
    assert states(finished) == ["waiting", "waiting"]
    assert len(stylizer.requests) == before
    panel = finished.queue.panel
    assert panel.pause_button.text() == "Resume"
    assert panel.status.text() == "Paused; 2 of 2 to do"
    panel.pause_button.click()
    finish(qtbot, finished)
    assert states(finished) == ["done", "done"]
    assert panel.status.text() == "All done: 2 saved"


def test_a_job_that_is_paused_in_the_middle_waits_at_its_next_step(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    steps: list[int] = []
    end = threading.Event()
    original = stylizer.stylize

    def stepping(request, on_progress=None, cancel=None):
        while on_progress is not None and not end.wait(0.005):
            on_progress(Progress("Painting", 0.5))
            steps.append(1)
        return original(request, on_progress, cancel)

    stylizer.stylize = stepping
    add_folder(qtbot, finished, save_pictures(tmp_path / "holiday", ["1.png"]))
    qtbot.waitUntil(lambda: len(steps) > 3)
    finished.queue.panel.pause_button.click()
    qtbot.wait(50)
    taken = len(steps)
    qtbot.wait(100)
    assert len(steps) == taken
    assert states(finished) == ["running"]
    finished.queue.panel.pause_button.click()
    qtbot.waitUntil(lambda: len(steps) > taken)
    end.set()
    finish(qtbot, finished)
    assert states(finished) == ["done"]


def test_the_preview_has_priority(qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer) -> None:
    runner = queueing.queue.runner
    assert not runner.is_held
    queueing.document.set_setting("strength", 0.5)  # its preview waits for the stylizer too
    qtbot.waitUntil(lambda: runner.is_held)
    assert "waits for the preview" in queueing.queue.panel.status.text()
    stylizer.hold.set()
    finish(qtbot, queueing)
    assert states(queueing) == ["done"] * 4
    assert not runner.is_held


def test_the_running_job_can_be_stopped_and_tried_again(
    qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer
) -> None:
    queueing.queue.panel.list.setCurrentIndex(queueing.queue.panel.list.jobs.index(0, 0))
    menu = queueing.queue.panel.list.menu()
    (stop,) = [action for action in menu.actions() if action.objectName() == "stop"]
    assert stop.isEnabled()
    stop.trigger()
    menu.close()
    wait_for(qtbot, queueing, State.FAILED)
    qtbot.waitUntil(lambda: states(queueing)[:2] == ["failed", "running"])
    stylizer.hold.set()
    finish(qtbot, queueing)
    assert states(queueing) == ["failed", "done", "done", "done"]
    queueing.queue.panel.retry_button.click()
    finish(qtbot, queueing)
    assert states(queueing) == ["done"] * 4


def test_removing_the_running_job_stops_it(
    qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    first = jobs(queueing)[0].number
    queueing.queue.runner.remove([first])
    assert titles_of(queueing) == ["2", "3", "4"]
    wait_for(qtbot, queueing, State.RUNNING)
    stylizer.hold.set()
    finish(qtbot, queueing)
    assert states(queueing) == ["done"] * 3
    assert not (tmp_path / "holiday" / "Scumble" / "1__painting.png").exists()


def test_another_order_is_the_order_of_work(qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer) -> None:
    numbers = {job.task.title: job.number for job in jobs(queueing)}
    queueing.queue.jobs.move([numbers["4"], numbers["3"]], 1)
    assert titles_of(queueing) == ["1", "3", "4", "2"]
    queueing.queue.jobs.shift([numbers["4"]], -1)
    assert titles_of(queueing) == ["1", "4", "3", "2"]
    before = len(stylizer.requests)
    stylizer.hold.set()
    finish(qtbot, queueing)
    painted = [request.content.name for request in stylizer.requests[before:] if isinstance(request.content, Picture)]
    assert painted == ["4", "3", "2"]


def test_finished_jobs_can_be_cleared(qtbot: QtBot, queueing: MainWindow, stylizer: InvertingStylizer) -> None:
    stylizer.hold.set()
    finish(qtbot, queueing)
    queueing.queue.panel.clear_button.click()
    assert len(queueing.queue.jobs) == 0
    assert not queueing.queue.panel.clear_button.isEnabled()


def test_a_failure_of_the_engine_marks_the_job(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    stylizer.failure = RuntimeError("a fault")
    add_folder(qtbot, finished, save_pictures(tmp_path / "holiday", ["1.png"]))
    finish(qtbot, finished)
    assert states(finished) == ["failed"]
    assert "Something unexpected" in finished.queue.panel.list.jobs.data(
        finished.queue.panel.list.jobs.index(0, 0),
        3,  # Qt.ToolTipRole
    )
