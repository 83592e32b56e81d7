"""The program as it starts for an artist, plus answers about where things are.

Each line on standard input is an expression about ``window``; its value is printed as a line of JSON. Nothing is done
to the window in this way: whoever walks through it uses mouse and keyboard.
"""

from __future__ import annotations

import json
import sys
import threading
import traceback

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app import application
from desktop_app.main_window import MainWindow


def middle(widget: QWidget, across: float = 0.5, down: float = 0.5) -> list[int]:
    """Return a place of a widget on the screen."""
    place = widget.mapToGlobal(QPoint(round(widget.width() * across), round(widget.height() * down)))
    return [place.x(), place.y()]


def dialog() -> QDialog | None:
    """Return the dialog on top."""
    return next(
        (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()), None
    )


class Answers(QObject):
    """Reads the questions in a thread and answers them in the one of the window."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._answer)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line)

    @Slot(str)
    def _answer(self, question: str) -> None:
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        try:
            answer = {"value": eval(question, {"window": window, "middle": middle, "dialog": dialog})}
        except Exception:  # noqa: BLE001 (the walker sees it)
            answer = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


class _Application(QApplication):
    """The application, which answers besides."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.answers = Answers()


if __name__ == "__main__":
    application.QApplication = _Application
    sys.exit(application.run([]))
