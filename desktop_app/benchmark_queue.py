"""How much the queue costs: ``python -m desktop_app.benchmark_queue``, offscreen, in folders of its own."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import psutil
from PIL import Image

from desktop_app.application import create_application
from desktop_app.benchmark import Bench, EventDelays, Figure, frames, seconds_to_window
from desktop_app.document import StyleSettings
from desktop_app.queueing.jobs import Job, PictureTask, State, Target
from desktop_app.queueing.journal import JournalText
from desktop_app.queueing.journal_keeper import JOURNAL
from desktop_app.queueing.work_queue import FOLDER
from desktop_app.session import SavedStyle, SavedWork
from desktop_app.theme import apply_theme
from engine.imaging import read_picture, resize_picture
from resources import SAMPLES

_JOBS = 2000
_FRAME_MILLISECONDS = 1000 / 60
_PHOTO_SIZE = (3000, 2000)
_SMALL_SIDE = 96
_SMALL_JOBS = 500
_FIRST_JOBS = 100
"""So many jobs until the memory has its usual size."""
_PREVIEWS = 60


def _tasks(count: int, photo: Path, style: str, folder: Path) -> list[PictureTask]:
    work = SavedWork(str(photo), (SavedStyle(style, name=style),), StyleSettings(strength=0.8))
    target = Target(str(folder), existing="overwrite")
    return [PictureTask(work, f"{photo.stem} {number}", target) for number in range(count)]


def _write_journal(session: Path) -> None:
    """Write the journal of a queue with many jobs, a third of them done."""
    tasks = _tasks(_JOBS, SAMPLES / "landscape.jpg", "Olive Trees", session)
    jobs = [
        Job(number, task, State.DONE if number % 3 == 0 else State.WAITING, path=f"/results/{number}.png")
        for number, task in enumerate(tasks, 1)
    ]
    (session / FOLDER).mkdir(parents=True, exist_ok=True)
    (session / FOLDER / JOURNAL).write_bytes(JournalText().encode(jobs, is_paused=True))


def measure_start() -> Figure:
    """Measure by how much the window comes later when the queue is long."""

    def fill(folder: Path) -> None:
        _write_journal(folder / "session")

    def leave_empty(folder: Path) -> None:
        (folder / "session").mkdir()

    without, with_jobs = seconds_to_window(leave_empty), seconds_to_window(fill)
    return Figure(f"{_JOBS} jobs in the queue: the window comes later by", (with_jobs - without) * 1000, 150, "ms")


def measure_scrolling(folder: Path) -> list[Figure]:
    """Measure a frame of scrolling through the queue, and how long the window stands still while it comes back."""
    _write_journal(folder / "session")
    bench, delays = Bench(folder, session=folder / "session"), EventDelays()
    bench.wait(lambda: bench.window.style_keeper.is_filled, "reading the styles")
    delays.start()
    bench.wait(lambda: len(bench.window.queue.jobs) == _JOBS, "reading the queue")
    longest = delays.longest()
    bench.window.queue.show_panel()
    view = bench.window.queue.panel.list
    bar = view.verticalScrollBar()
    bench.wait(lambda: bar.maximum() > _JOBS, "showing the queue")
    step = bar.maximum() // 300

    def scroll(number: int) -> None:
        bar.setValue(number * step)

    scrolling = frames(view.viewport(), scroll, 300)
    bench.close()
    return [
        Figure(f"the window stands still while {_JOBS} jobs come back", longest, 150, "ms"),
        Figure(f"a frame of scrolling {_JOBS} jobs, 99 of 100 at most", scrolling, _FRAME_MILLISECONDS, "ms"),
    ]


def measure_work(folder: Path) -> list[Figure]:
    """Measure the event loop while the queue paints large pictures and the preview follows a slider."""
    bench, delays = Bench(folder), EventDelays()
    bench.load_engine()
    sample = read_picture(SAMPLES / "landscape.jpg")
    small, large = folder / "small.png", folder / "large.jpg"
    Image.fromarray(resize_picture(sample, 512).pixels).save(small)
    Image.fromarray(sample.pixels).resize(_PHOTO_SIZE).save(large)
    bench.open(small)
    queue = bench.window.queue
    queue.show_panel()
    queue.jobs.add(_tasks(_PREVIEWS, large, bench.window.document.styles[0].title, folder))
    bench.wait(lambda: queue.runner.fraction > 0, "the queue")
    delays.start()
    for number in range(_PREVIEWS):
        bench.milliseconds_to_preview(99 - number % 40)
    waiting = delays.stop()
    if not queue.runner.is_running:
        raise RuntimeError("the queue ended before the previews did")
    bench.close()
    return [Figure("events wait during previews with a queue, 99 of 100 at most", waiting, 50, "ms")]


def measure_memory(folder: Path) -> list[Figure]:
    """Measure how much memory many small jobs leave behind."""
    bench = Bench(folder, session=folder / "session")
    bench.load_engine()
    photo = folder / "small.png"
    Image.fromarray(resize_picture(read_picture(SAMPLES / "landscape.jpg"), _SMALL_SIDE).pixels).save(photo)
    bench.wait(lambda: bench.window.style_keeper.is_filled, "reading the styles")
    queue = bench.window.queue
    queue.jobs.add(_tasks(_FIRST_JOBS, photo, bench.window.shelf.shelf.item(0).title, folder))
    bench.wait(lambda: queue.jobs.count(State.DONE) == _FIRST_JOBS, "the first jobs")
    before = _megabytes()
    rest = _SMALL_JOBS - _FIRST_JOBS
    queue.jobs.add(_tasks(rest, photo, bench.window.shelf.shelf.item(0).title, folder))
    bench.wait(lambda: queue.jobs.count(State.DONE) == _SMALL_JOBS, "the other jobs")
    after = _megabytes()
    bench.close()
    return [Figure(f"memory that the last {rest} of {_SMALL_JOBS} small jobs take", after - before, 20, "MB")]


def _megabytes() -> float:
    return psutil.Process().memory_info().rss / 1e6


def main() -> int:
    """Print each figure beside its limit."""
    apply_theme(create_application(), "dark")
    print(f"{'the queue':>60}  {'measured':>8}  {'limit':>8}")
    print(measure_start().line(), flush=True)
    for measure in (measure_scrolling, measure_work, measure_memory):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            for figure in measure(Path(name)):
                print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
