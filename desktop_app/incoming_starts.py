"""What the window does when Scumble is started again, and what it says at the start about its own files."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QFileOpenEvent, QGuiApplication

from desktop_app.i18n import translate_message
from desktop_app.main_window import MainWindow
from desktop_app.single_instance import SingleInstance, Start, bring_to_front
from engine.installation import damage


class IncomingStarts(QObject):
    """Opens in the window what later starts, and the Finder of macOS, ask for."""

    def __init__(self, instance: SingleInstance, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        instance.started_again.connect(self._open)
        application = QGuiApplication.instance()
        if sys.platform == "darwin" and application is not None:
            application.installEventFilter(self)

    @Slot(object)
    def _open(self, start: Start) -> None:
        bring_to_front(self._window, start.token)
        if start.sample:
            self._window.open_sample()
        if start.files:
            self._window.open_files([Path(name) for name in start.files])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the files that are opened with Scumble in the Finder: they do not come as arguments."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._open(Start((event.file(),)))
            return True
        return super().eventFilter(watched, event)


def tell_damage(window: MainWindow) -> None:
    """Show a message if files of the installation are missing or have another size than they should."""
    damaged = damage()
    if damaged is not None:
        window.messages.show_message("error", lambda: translate_message(damaged.template, damaged.values))
