"""The window without a display: opens the sample, exports it, takes a picture of the window, and ends."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from desktop_app.dialogs.export import ExportChoice
from desktop_app.i18n import translate_message
from desktop_app.main_window import MainWindow
from desktop_app.messages import Event, ExportFinished, Failed, PreviewReady

LIMIT_SECONDS = 300
GRACE_SECONDS = 20  # for the thread to end after the limit; torch cannot be interrupted within one operation
PICTURE = "scumble-sample.png"
SCREENSHOT = "scumble-window.png"
_POLL_MILLISECONDS = 50


class Demo(QObject):
    """Goes through the real window: sample, preview, export. Ends with 0, or with 1 and a line that says why."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._is_exporting = False
        self._is_done = False

    def run(self) -> int:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            print(f"Cannot make the folder {self._folder}: {error.strerror}. Choose another one.", file=sys.stderr)
            self._window.close()
            return 1
        watchdog = threading.Timer(LIMIT_SECONDS + GRACE_SECONDS, _give_up)
        watchdog.daemon = True
        watchdog.start()
        self._window.worker.reported.connect(self._receive)
        self._window.preview.ready.connect(self._export)
        QTimer.singleShot(LIMIT_SECONDS * 1000, self, self._time_out)
        self._window.show()
        self._window.open_sample()
        if self._window.style_keeper.is_filled:
            QTimer.singleShot(0, self, self._check_style)
        else:
            self._window.style_keeper.filled.connect(self._check_style)
        QTimer.singleShot(0, self._window, self._window.load_engine)
        code = QGuiApplication.exec()
        self._window.close()
        watchdog.cancel()
        return code

    @Slot()
    def _check_style(self) -> None:
        if not self._window.document.styles:
            self._end(self._window.messages.text)

    @Slot(object)
    def _export(self, event: PreviewReady) -> None:  # noqa: ARG002
        if not self._is_exporting:
            self._is_exporting = True
            self._window.exporter.export(ExportChoice(self._folder / PICTURE, overwrite=True, quality=95))

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if isinstance(event, Failed):
            self._end(translate_message(event.template, event.values))
        elif isinstance(event, ExportFinished):
            # The window's own slot for this event runs before or after this one; wait until it has.
            QTimer.singleShot(0, self, self._take_picture)

    @Slot()
    def _take_picture(self) -> None:
        if self._window.preview.is_busy:  # the draft is on show, and the picture at its full size on its way
            QTimer.singleShot(_POLL_MILLISECONDS, self, self._take_picture)
            return
        self._window.messages.hide()
        screenshot = self._folder / SCREENSHOT
        if not self._window.grab().save(str(screenshot)):
            self._end(f"Cannot write {screenshot}. Check the folder and the free space.")
            return
        print(self._folder / PICTURE)
        print(screenshot)
        self._end("")

    @Slot()
    def _time_out(self) -> None:
        self._end(f"The demo was not done after {LIMIT_SECONDS} seconds. Run: scumble doctor")

    def _end(self, reason: str) -> None:
        if self._is_done:
            return
        self._is_done = True
        if reason:
            print(reason, file=sys.stderr)
        QGuiApplication.exit(1 if reason else 0)


def _give_up() -> None:
    print(f"The demo did not end after {LIMIT_SECONDS + GRACE_SECONDS} seconds.", file=sys.stderr)
    sys.stderr.flush()
    os._exit(1)
