"""How quick painting a mask is: ``python -m desktop_app.benchmark_masks``, offscreen, in folders of its own."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop_app.application import create_application
from desktop_app.benchmark import FRAME_MILLISECONDS, Bench, EventDelays, Figure
from desktop_app.theme import apply_theme
from engine.imaging import read_picture
from resources import SAMPLES

_PHOTO_SIZE = (6000, 4000)
_BRUSH_MOVES = 300


def measure_brush(folder: Path) -> list[Figure]:
    """Measure a frame of painting a mask on a picture of 24 megapixels, and the event loop, while the preview follows
    the brush.
    """
    bench, delays = Bench(folder), EventDelays()
    photo = folder / "brush.jpg"
    Image.fromarray(read_picture(SAMPLES / "landscape.jpg").pixels).resize(_PHOTO_SIZE).save(photo)
    bench.load_engine()
    bench.open(photo)
    bench.window.regions.commands.add()
    bench.window.shelf.choose(1)
    layer = bench.window.canvas.mask_layer
    QApplication.processEvents()

    def mouse(kind: QEvent.Type, number: int) -> None:
        rect, angle = bench.window.canvas.compare.picture_rect(), number / 40
        reach = QPointF(rect.width() * 0.4 * np.cos(angle), rect.height() * 0.4 * np.sin(1.3 * angle))
        place, button = QPointF(rect.center()) + reach, Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, layer.mapToGlobal(place), button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(layer, event)

    times, before = [], len(bench.previews)
    start = time.perf_counter()
    delays.start()
    mouse(QEvent.Type.MouseButtonPress, 0)
    for number in range(1, _BRUSH_MOVES + 1):
        due = start + number / 60
        began = time.perf_counter()
        mouse(QEvent.Type.MouseMove, number)
        QApplication.processEvents()
        times.append((time.perf_counter() - began) * 1000)
        while time.perf_counter() < due:
            QApplication.processEvents()
            time.sleep(0.0005)
    mouse(QEvent.Type.MouseButtonRelease, _BRUSH_MOVES)
    frame, waits, seconds = float(np.percentile(times, 99)), delays.stop(), time.perf_counter() - start
    seconds_per_preview = seconds / max(1, len(bench.previews) - before)
    bench.close()
    return [
        Figure("a frame of painting a mask on 24 MP, 99 of 100 at most", frame, FRAME_MILLISECONDS, "ms"),
        Figure("events wait while painting a mask, 99 of 100 at most", waits, 50, "ms"),
        Figure("from preview to preview while painting a mask", seconds_per_preview, 1.0, "s"),
    ]


def main() -> int:
    """Print each figure beside its limit."""
    apply_theme(create_application(), "dark")
    print(f"{'masks':>60}  {'measured':>8}  {'limit':>8}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        for figure in measure_brush(Path(name)):
            print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
