"""How quick the window is on this machine: ``python -m desktop_app.benchmark``, offscreen, in folders of its own."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is asked for anything

import numpy as np
from PIL import Image
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.application import create_application, leave
from desktop_app.dialogs.export import ExportChoice
from desktop_app.i18n import Languages
from desktop_app.main_window import MainWindow
from desktop_app.messages import EngineReady, Event, Failed, PreviewReady
from desktop_app.settings import Settings
from desktop_app.theme import apply_theme
from engine.imaging import read_picture, resize_picture
from engine.styles import STYLE_SUFFIX, StyleLibrary
from engine.styles.format import edit_style_file
from resources import BUILT_IN_STYLES, SAMPLES

_PREVIEW_SIDE = 512
_EXPORT_SIZE = (4000, 3000)
_PAN_SIZE = (6000, 4000)
_STYLES = 500
_TICK_MILLISECONDS = 5
_FRAME_MILLISECONDS = 1000 / 60
_LONGEST_WAIT_SECONDS = 300.0
_STARTS = 3
_LEARNT_REPORTS = 10  # of five steps each


@dataclass(frozen=True)
class Figure:
    """One line of the report: ``value`` should be at most ``limit``, both in ``unit``."""

    name: str
    value: float
    limit: float
    unit: str

    def line(self) -> str:
        verdict = "" if self.value <= self.limit else "   <-- beyond its limit"
        return f"{self.name:>60}  {self.value:8.2f}  {self.limit:8.2f}  {self.unit}{verdict}"


class EventDelays(QObject):
    """Measures how long events wait for the event loop, if one is due every 5 ms."""

    def __init__(self) -> None:
        super().__init__()
        self._delays: list[float] = []
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._delays.clear()
        self._elapsed.start()
        self._timer.start(_TICK_MILLISECONDS)

    def stop(self, percentile: float = 99) -> float:
        """Return how long so many of 100 events waited at most, in milliseconds."""
        self._timer.stop()
        return float(np.percentile(self._delays, percentile)) if self._delays else 0.0

    def longest(self) -> float:
        """Stop, and return how long the event that waited longest did, in milliseconds."""
        self._timer.stop()
        return max(self._delays, default=0.0)

    def _tick(self) -> None:
        waited = self._elapsed.nsecsElapsed() / 1e6 - _TICK_MILLISECONDS
        self._elapsed.start()
        self._delays.append(max(0.0, waited))
        while waited > _TICK_MILLISECONDS:  # the events that were due meanwhile waited as well
            waited -= _TICK_MILLISECONDS
            self._delays.append(waited)


class Bench:
    """A window with the real engine and folders of its own."""

    def __init__(self, folder: Path, styles: int = 0, session: Path | None = None) -> None:
        self._folder = folder
        self._events: list[Event] = []
        self._previews: list[PreviewReady] = []
        user_styles = folder / "styles"
        user_styles.mkdir(exist_ok=True)
        built_in = sorted(BUILT_IN_STYLES.glob(f"*{STYLE_SUFFIX}"))
        for number in range(styles):
            path = user_styles / f"style {number}{STYLE_SUFFIX}"
            shutil.copyfile(built_in[number % len(built_in)], path)
            edit_style_file(path, f"Style {number}", "")
        library = StyleLibrary(BUILT_IN_STYLES, user_styles)
        settings = Settings(language="en")
        self.window = MainWindow(settings, folder / "settings.json", library, Languages(), session_folder=session)
        self.window.worker.reported.connect(self._events.append)
        self.window.preview.ready.connect(self._previews.append)
        self.window.show()

    def load_engine(self) -> None:
        self.window.load_engine()
        self.wait(lambda: any(isinstance(event, EngineReady) for event in self._events), "loading the base model")

    def open(self, photo: Path) -> None:
        self.window.open_files([photo])
        self.wait(lambda: self.window.document.content_path == photo, "opening a photo")
        if not self.window.document.styles:
            self.wait(lambda: self.window.style_keeper.is_filled, "reading the styles")
            self.window.shelf.choose(0)
        self.wait(lambda: self.window.document.is_complete and not self.window.preview.is_busy, "the preview")

    def wait(self, is_done: Callable[[], bool], what: str) -> None:
        """Run the event loop until something is so. Raises RuntimeError where it fails or takes minutes."""
        end = time.perf_counter() + _LONGEST_WAIT_SECONDS
        while not is_done():
            QApplication.processEvents()
            time.sleep(0.0005)
            failed = next((event for event in self._events if isinstance(event, Failed)), None)
            if failed is not None or time.perf_counter() > end:
                raise RuntimeError(f"{what} failed: {self.window.messages.text or 'it takes too long'}")

    def milliseconds_to_preview(self, strength: int) -> float:
        """Return the time from a move of the slider to the new preview in the window."""
        before = len(self._previews)
        start = time.perf_counter()
        self.window.side_panel.controls.sliders["strength"].slider.setValue(strength)
        self.wait(lambda: len(self._previews) > before, "a preview")
        return (time.perf_counter() - start) * 1000

    def export(self, path: Path) -> None:
        self.window.exporter.export(ExportChoice(path, overwrite=False, quality=95))

    def close(self) -> float:
        """Return the seconds that it took."""
        start = time.perf_counter()
        self.window.close()
        return time.perf_counter() - start


def measure_start() -> Figure:
    """Measure from the start of the process to the painted window."""
    return Figure("from the start to the painted window", seconds_to_window(lambda _folder: None), 1.5, "s")


def seconds_to_window(prepare: Callable[[Path], None]) -> float:
    """Start the window several times, each in a folder that was prepared, and return what it takes usually."""
    seconds = []
    for _ in range(_STARTS + 1):
        with tempfile.TemporaryDirectory() as folder:
            prepare(Path(folder))
            start = time.time()
            command = [sys.executable, "-m", "desktop_app.benchmark", "--show-in", folder]
            shown = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds.append(float(shown.stdout) - start)
    return statistics.median(seconds[1:])


def _printed_by(option: str) -> float:
    """Return what this program prints with an option, in a process and a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "desktop_app.benchmark", option, folder]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def show_once(folder: Path) -> None:
    """Show a window, print the time when it was painted, and end."""
    session = folder / "session"
    bench = Bench(folder, session=session if session.is_dir() else None)
    while not bench.window.isVisible():
        QApplication.processEvents()
    bench.window.repaint()
    QApplication.processEvents()
    print(time.time())
    bench.close()


def measure_closing_early() -> Figure:
    """Measure closing while torch is imported, which cannot be cancelled."""
    return Figure("closing while torch is imported", _printed_by("--close-in"), 2, "s")


def close_early(folder: Path) -> None:
    """Close a window a moment after torch began to be imported, print how long that took, and end."""
    bench = Bench(folder)
    bench.window.load_engine()
    end = time.perf_counter() + 0.3
    bench.wait(lambda: time.perf_counter() > end, "a moment")
    print(bench.close())
    leave(0)


def measure_work(folder: Path) -> list[Figure]:
    """Measure previews, the event loop during previews and an export, and closing in the middle of it."""
    bench, delays = Bench(folder), EventDelays()
    bench.load_engine()
    sample = read_picture(SAMPLES / "landscape.jpg")
    small, large = folder / "small.png", folder / "large.jpg"
    Image.fromarray(resize_picture(sample, _PREVIEW_SIDE).pixels).save(small)
    Image.fromarray(sample.pixels).resize(_EXPORT_SIZE).save(large)
    bench.open(small)
    strengths = [99 - number % 40 for number in range(60)]
    for strength in strengths[:5]:
        bench.milliseconds_to_preview(strength)
    to_preview = statistics.median(bench.milliseconds_to_preview(strength) for strength in strengths[5:])
    decoder = _decoder_milliseconds(small)
    figures = [Figure("slider to preview, times the decoder alone", to_preview / decoder, 1.3, "x")]
    delays.start()
    for strength in strengths:
        bench.milliseconds_to_preview(strength)
    figures.append(Figure("events wait during previews, 99 of 100 at most", delays.stop(), 50, "ms"))
    bench.open(large)
    bench.export(folder / "exported.png")
    delays.start()
    bench.wait(lambda: not bench.window.exporter.is_running, "the export")
    figures.append(Figure("events wait during an export of 12 MP, 99 of 100 at most", delays.stop(), 50, "ms"))
    bench.export(folder / "closed.png")
    bench.wait(lambda: not bench.window.export_progress.isHidden(), "the export")
    figures.append(Figure("closing in the middle of an export", bench.close(), 2, "s"))
    return figures


def _decoder_milliseconds(photo: Path) -> float:
    from engine.device import choose_device
    from engine.stylization.painter import Painter, PaintLayer
    from resources import BASE_MODEL

    choice = choose_device("auto")
    painter = Painter(BASE_MODEL, choice.device, choice.precision)
    features = painter.encode(read_picture(photo).pixels)
    code = painter.style_code(read_picture(SAMPLES / "still_life.jpg").pixels)
    layer = PaintLayer(code, 1.0, painter.appearance(features))
    times = []
    for _ in range(25):
        start = time.perf_counter()
        painter.survey(features, [layer], [None])
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[5:])


def measure_teaching(folder: Path) -> list[Figure]:
    """Measure the event loop while a style is learnt, previews included, and closing in the middle of it."""
    for name in ("HOME", "XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):  # checkpoints go here, on every system
        os.environ[name] = str(folder)
    bench, delays = Bench(folder), EventDelays()
    bench.load_engine()
    bench.open(SAMPLES / "landscape.jpg")
    bench.window.column.show_panel("teach")
    teacher, chart = bench.window.teaching.teacher, bench.window.teaching.panel.progress.chart
    delays.start()
    teacher.add_works([SAMPLES / "landscape.jpg", SAMPLES / "still_life.jpg"])
    bench.wait(lambda: not teacher.is_examining, "looking at the works")
    teacher.set_lesson(name="Benchmark", steps=10_000)
    teacher.start()
    bench.wait(lambda: bool(chart.curves["total"].steps) and chart.is_ready, "learning")
    for strength in range(99, 79, -2):
        bench.milliseconds_to_preview(strength)
    learnt = len(chart.curves["total"].steps)
    bench.wait(lambda: len(chart.curves["total"].steps) >= learnt + _LEARNT_REPORTS, "learning")
    waited = delays.stop()
    return [
        Figure("events wait while a style is learnt, 99 of 100 at most", waited, 50, "ms"),
        Figure("closing in the middle of a training", bench.close(), 2, "s"),
    ]


def measure_shelf(folder: Path) -> list[Figure]:
    """Measure a frame of scrolling through many styles, and the event loop while all are read anew."""
    bench = Bench(folder, _STYLES)
    bench.wait(lambda: bench.window.style_keeper.is_filled, "reading the styles")
    bar, shelf = bench.window.shelf.horizontalScrollBar(), bench.window.shelf
    bench.wait(lambda: bar.maximum() > _STYLES * 40, "showing the styles")

    def scroll(number: int) -> None:
        bar.setValue(number * 40)

    scrolling = frames(shelf.viewport(), scroll, bar.maximum() // 40)
    for path in (folder / "styles").iterdir():
        path.touch()  # as if it were another file: nothing that is known of it counts any more
    delays, refreshed = EventDelays(), list[bool]()
    delays.start()
    bench.window.style_keeper.refresh(lambda: refreshed.append(True))
    bench.wait(lambda: bool(refreshed), "reading the styles anew")
    longest = delays.stop(percentile=100)
    bench.close()
    return [
        Figure(f"a frame of scrolling {_STYLES} styles, 99 of 100 at most", scrolling, _FRAME_MILLISECONDS, "ms"),
        Figure(f"events wait while {_STYLES} styles are read anew, at most", longest, 50, "ms"),
    ]


def measure_pan(folder: Path) -> list[Figure]:
    """Measure a frame of panning a picture of 24 megapixels at its actual size."""
    bench = Bench(folder)
    photo = folder / "pan.jpg"
    Image.fromarray(read_picture(SAMPLES / "landscape.jpg").pixels).resize(_PAN_SIZE).save(photo)
    bench.load_engine()
    bench.open(photo)
    view = bench.window.canvas.compare
    view.show_actual_size()

    def mouse(kind: QEvent.Type, offset: QPointF) -> None:
        place = QPointF(view.rect().center()) / 2 + offset  # not on the divider
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, view.mapToGlobal(place), button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)

    def pan(number: int) -> None:
        mouse(QEvent.Type.MouseMove, QPointF(-3 * number, 2 * number))

    mouse(QEvent.Type.MouseButtonPress, QPointF(0, 0))
    panning = frames(view, pan, 100)
    bench.close()
    return [Figure("a frame of panning 24 MP, 99 of 100 at most", panning, _FRAME_MILLISECONDS, "ms")]


def frames(widget: QWidget, step: Callable[[int], None], count: int) -> float:
    """Return the 99th percentile of the milliseconds that a step with its painting takes."""
    times = []
    for number in range(count):
        start = time.perf_counter()
        step(number)
        widget.repaint()
        times.append((time.perf_counter() - start) * 1000)
        QApplication.processEvents()
    return float(np.percentile(times, 99))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each figure beside its limit."""
    parser = argparse.ArgumentParser(prog="python -m desktop_app.benchmark", description="Measure the window.")
    parser.add_argument("--show-in", type=Path, metavar="FOLDER", help="show a window once, and print when")
    parser.add_argument("--close-in", type=Path, metavar="FOLDER", help="close a window early, and print the seconds")
    options = parser.parse_args(arguments)
    apply_theme(create_application(), "dark")
    if options.show_in is not None:
        show_once(options.show_in)
        return 0
    if options.close_in is not None:
        close_early(options.close_in)
    print(f"{'the window':>60}  {'measured':>8}  {'limit':>8}")
    print(measure_start().line(), flush=True)
    print(measure_closing_early().line(), flush=True)
    for measure in (measure_work, measure_teaching, measure_shelf, measure_pan):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            for figure in measure(Path(name)):
                print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
