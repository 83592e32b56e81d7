"""The queue survives a quit, a crash, and damage to its journal."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop_app.document import StyleSettings
from desktop_app.export_options import ExportOptions
from desktop_app.main_window import MainWindow
from desktop_app.queueing.jobs import Job, PictureTask, SheetTask, State, Target
from desktop_app.queueing.journal import JournalText, read_journal
from desktop_app.session import SavedStyle, SavedWork
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer
from tests.desktop_app.queue_helpers import add_folder, finish, jobs, save_pictures, states, titles_of, wait_for

STYLES = (SavedStyle("Blue", name="Blue"), SavedStyle("Waves", path="/pictures/waves.png", weight=0.5))
TARGET = Target("/results", ".jpg", 80, ExportOptions("pixels", pixels=900), "skip", "2026-01-02", 3)
PICTURE = PictureTask(SavedWork("/pictures/photo.png", STYLES, StyleSettings(strength=0.4)), "photo", TARGET)
SHEET = SheetTask("A sheet", ("/pictures/1.png", "/pictures/2.png"), STYLES, StyleSettings(), TARGET, 200, 3)
JOBS = (
    Job(1, PICTURE, State.DONE, "/results/photo.jpg", seconds=2.5),
    Job(2, PICTURE, State.FAILED, template="{name} is empty. Choose another file.", values={"name": "photo"}),
    Job(3, SHEET, notes=("2.png is empty.",)),
    Job(4, PICTURE, State.SKIPPED, "/results/photo.jpg"),
)


def journal_of(jobs: tuple[Job, ...] = JOBS, *, is_paused: bool = False) -> bytes:
    return JournalText().encode(jobs, is_paused=is_paused)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "queue.jsonl"
    path.write_bytes(journal_of(is_paused=True))
    recovered = read_journal(path)
    assert recovered.jobs == JOBS
    assert (recovered.is_paused, recovered.is_damaged) == (True, False)
    assert path.exists()


def test_a_job_that_ran_waits_again(tmp_path: Path) -> None:
    path = tmp_path / "queue.jsonl"
    path.write_bytes(journal_of((replace(JOBS[0], state=State.RUNNING),)))
    assert read_journal(path).jobs[0].state is State.WAITING


def test_the_rest_of_a_truncated_journal_is_recovered(tmp_path: Path) -> None:
    path = tmp_path / "queue.jsonl"
    path.write_bytes(journal_of()[:-40])
    recovered = read_journal(path)
    assert recovered.jobs == JOBS[:3]
    assert recovered.is_damaged
    assert not path.exists()
    assert path.with_name("queue.jsonl.bak").read_bytes() == journal_of()[:-40]


@pytest.mark.parametrize("header", [{"scumble_queue": 2, "new": []}, {"something": "else"}, None])
def test_the_jobs_of_another_version_are_recovered_as_far_as_they_can_be_read(
    tmp_path: Path, header: dict[str, object] | None
) -> None:
    path = tmp_path / "queue.jsonl"
    lines = journal_of().decode().splitlines()
    unknown = json.loads(lines[2])
    unknown["kind"] = "film"
    first = [] if header is None else [json.dumps(header)]
    path.write_text("\n".join([*first, lines[1], json.dumps(unknown), *lines[3:], ""]), encoding="utf-8")
    recovered = read_journal(path)
    assert [job.task for job in recovered.jobs] == [PICTURE, SHEET, PICTURE]
    assert [job.number for job in recovered.jobs] == [1, 2, 3]
    assert recovered.is_damaged
    assert path.with_name("queue.jsonl.bak").exists()


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("task", "target", "existing"), "burn"),
        (("task", "target", "quality"), 101),
        (("task", "target", "suffix"), ".exe"),
        (("task", "target", "folder"), ""),
        (("task", "target", "options", "size_kind"), "elephant"),
        (("task", "work", "settings", "strength"), 7),
        (("task", "work", "styles", 0, "name"), 3),
        (("task", "photo"), None),
        (("values",), []),
        (("template",), "{a} {b}"),
        (("state",), "asleep"),
        (("notes",), [1]),
    ],
)
def test_a_job_that_makes_no_sense_is_left_out(tmp_path: Path, where: tuple[str, ...], value: object) -> None:
    path = tmp_path / "queue.jsonl"
    lines = journal_of().decode().splitlines()
    job = json.loads(lines[1])
    inner = job
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    path.write_text("\n".join([lines[0], json.dumps(job), *lines[2:], ""]), encoding="utf-8")
    recovered = read_journal(path)
    assert [replace(job, number=0) for job in recovered.jobs] == [replace(job, number=0) for job in JOBS[1:]]
    assert recovered.is_damaged


@given(st.binary(max_size=300))
def test_no_file_at_all_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("journal") / "queue.jsonl"
    path.write_bytes(data)
    assert read_journal(path).jobs == ()


def test_missing_fields_have_defaults_and_unknown_ones_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "queue.jsonl"
    header = json.dumps({"scumble_queue": 1})
    work = {"content": "/a.png", "styles": [{"title": "Blue", "name": "Blue"}]}
    job = {"kind": "picture", "task": {"work": work, "target": {"folder": "/b"}, "new": 1}, "newer": 2}
    path.write_text(f"{header}\n{json.dumps(job)}\n", encoding="utf-8")
    recovered = read_journal(path)
    assert not recovered.is_damaged
    (found,) = recovered.jobs
    assert isinstance(found.task, PictureTask)
    assert found.task.target == Target("/b")
    assert found.state is State.WAITING


# In the window


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return tmp_path / "session"


def begin(
    qtbot: QtBot, make_window: WindowMaker, session: Path, stylizer: InvertingStylizer, tmp_path: Path
) -> MainWindow:
    """Return a window that has painted two pictures of five and is in the middle of the third."""
    window = make_window(session_folder=session)
    qtbot.waitUntil(lambda: window.queue.journal.is_restored)
    window.open_files([save_pictures(tmp_path / "work", ["photo.png"]) / "photo.png"])
    window.shelf.choose(0)
    qtbot.waitUntil(lambda: window.document.is_complete and not window.preview.is_busy)
    original = stylizer.stylize

    def counting(request, on_progress=None, cancel=None):
        if on_progress is not None and request.content.name == "3":
            stylizer.hold.clear()
        return original(request, on_progress, cancel)

    stylizer.stylize = counting
    add_folder(qtbot, window, save_pictures(tmp_path / "holiday", ["1.png", "2.png", "3.png", "4.png", "5.png"]))
    wait_for(qtbot, window, State.DONE, 2)
    wait_for(qtbot, window, State.RUNNING)
    qtbot.waitUntil(lambda: window.queue.runner.fraction == 0.25)
    stylizer.stylize = original
    return window


def test_a_restart_in_the_middle_brings_the_rest_back_paused(
    qtbot: QtBot, make_window: WindowMaker, session: Path, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    begin(qtbot, make_window, session, stylizer, tmp_path).close()
    stylizer.hold.set()
    results = tmp_path / "holiday" / "Scumble"
    assert sorted(path.name for path in results.iterdir()) == ["1__Blue.png", "2__Blue.png"]

    second = make_window(session_folder=session)
    qtbot.waitUntil(lambda: len(second.queue.jobs) == 5)
    assert second.queue.runner.is_paused
    assert states(second) == ["done", "done", "waiting", "waiting", "waiting"]
    qtbot.wait(100)
    assert not second.queue.runner.is_running
    second.queue.panel.pause_button.click()
    finish(qtbot, second)
    assert states(second) == ["done"] * 5
    assert len(list(results.iterdir())) == 5


def test_a_crash_loses_nothing_but_the_job_that_ran(
    qtbot: QtBot, make_window: WindowMaker, session: Path, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    window = begin(qtbot, make_window, session, stylizer, tmp_path)
    journal = session / "queue" / "queue.jsonl"
    qtbot.waitUntil(lambda: journal.exists() and len(read_journal(journal).jobs) == 5)
    qtbot.waitUntil(lambda: [job.state for job in read_journal(journal).jobs[:2]] == [State.DONE, State.DONE])
    assert not window.queue.runner.is_paused
    assert [job.state for job in read_journal(journal).jobs[2:]] == [State.WAITING] * 3


def test_finished_jobs_come_back_without_a_pause(
    qtbot: QtBot, make_window: WindowMaker, session: Path, tmp_path: Path
) -> None:
    folder = session / "queue"
    folder.mkdir(parents=True)
    (folder / "queue.jsonl").write_bytes(journal_of(JOBS[:2]))
    window = make_window(session_folder=session)
    qtbot.waitUntil(lambda: len(window.queue.jobs) == 2)
    assert not window.queue.runner.is_paused
    assert window.queue.panel.status.text() == "All done: 1 saved, 1 failed"


def test_a_damaged_journal_is_told_of_and_kept(
    qtbot: QtBot, make_window: WindowMaker, session: Path, tmp_path: Path
) -> None:
    folder = session / "queue"
    folder.mkdir(parents=True)
    (folder / "queue.jsonl").write_bytes(journal_of()[:-40])
    (folder / "kept.png").write_bytes(b"what a lost job may need")
    window = make_window(session_folder=session)
    qtbot.waitUntil(lambda: len(window.queue.jobs) == 3)
    assert "queue.jsonl.bak" in window.messages.text
    assert window.queue.runner.is_paused
    window.close()
    assert (folder / "queue.jsonl.bak").exists()
    assert (folder / "kept.png").exists()
    assert len(read_journal(folder / "queue.jsonl").jobs) == 3


def test_a_journal_that_cannot_be_written_is_told_of_once(
    qtbot: QtBot, make_window: WindowMaker, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(session_folder=session)
    qtbot.waitUntil(lambda: window.queue.journal.is_restored)

    def full_disk(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop_app.queueing.journal_keeper.write_beside", full_disk)
    window.queue.runner.pause()
    window.queue.jobs.add([PICTURE])
    window.queue.journal.save()
    qtbot.waitUntil(lambda: "No space left on device" in window.messages.text)
    window.messages.hide()
    window.queue.journal.save()
    qtbot.wait(50)
    assert window.messages.text == ""


def test_a_second_window_keeps_its_queue_to_itself(qtbot: QtBot, make_window: WindowMaker, session: Path) -> None:
    first = make_window(session_folder=session)
    second = make_window(session_folder=session)
    second.queue.runner.pause()
    second.queue.jobs.add([PICTURE])
    second.close()
    first.close()
    assert not (session / "queue" / "queue.jsonl").exists()


def test_what_is_added_before_the_journal_is_read_stands_behind_it(
    qtbot: QtBot, make_window: WindowMaker, session: Path
) -> None:
    folder = session / "queue"
    folder.mkdir(parents=True)
    (folder / "queue.jsonl").write_bytes(journal_of())
    window = make_window(session_folder=session)
    window.queue.runner.pause()
    window.queue.jobs.add([replace(PICTURE, photo="new")])
    qtbot.waitUntil(lambda: len(window.queue.jobs) == 5)
    assert titles_of(window) == ["photo", "photo", "A sheet", "photo", "new"]
    assert len({job.number for job in jobs(window)}) == 5
