"""Measures a start: when the window was painted, when the first picture was there, how long it ever stood still."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Slot

from desktop_app.main_window import MainWindow

STARTED = "SCUMBLE_STARTED"
"""The environment variable with the time, in seconds since 1970, at which the process was started: what the system says
of it can be a second off.
"""
_TICK_MILLISECONDS = 5


class StartFigures(QObject):
    """Writes the figures as JSON and closes the window.

    ``painted_seconds`` and ``stylized_seconds`` count from the start of the process; what the processor did meanwhile,
    which says more where other programs keep it busy, is in ``painted_processor_seconds`` and
    ``stylized_processor_seconds``. ``longest_stall_milliseconds`` is how long an event that was due waited, from the
    first paint to the first result.
    """

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._started = float(os.environ.get(STARTED) or psutil.Process().create_time())
        self._painted = 0.0
        self._painted_processor = 0.0
        self._longest = 0.0
        self._is_ready = False
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tick)
        window.canvas.installEventFilter(self)
        window.preview.ready.connect(self._finish)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._timer.isActive():
            QTimer.singleShot(0, self, self._note_paint)  # after this event the window is painted
            watched.removeEventFilter(self)
        return super().eventFilter(watched, event)

    @Slot()
    def _note_paint(self) -> None:
        self._painted = time.time() - self._started
        self._painted_processor = time.process_time()
        self._elapsed.start()
        self._timer.start()
        if self._is_ready:
            self._finish()

    @Slot()
    def _tick(self) -> None:
        self._longest = max(self._longest, self._elapsed.nsecsElapsed() / 1e6 - _TICK_MILLISECONDS)
        self._elapsed.start()

    @Slot()
    def _finish(self) -> None:
        if not self._painted:  # of a small picture the result can come before the first paint is noted
            self._is_ready = True
            return
        self._tick()
        self._timer.stop()
        figures = {
            "painted_seconds": self._painted,
            "stylized_seconds": time.time() - self._started,
            "painted_processor_seconds": self._painted_processor,
            "stylized_processor_seconds": time.process_time(),
            "longest_stall_milliseconds": self._longest,
        }
        self._path.write_text(json.dumps(figures), encoding="utf-8")
        self._window.close()
