"""Says that long work has ended to somebody who is not looking at the window."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop_app.icons import application_icon

LONG_SECONDS = 10.0
"""Who waits no longer than this is still looking."""

_SHOWN_MILLISECONDS = 10_000


class Stopwatch:
    """How long a piece of work takes, in seconds."""

    def __init__(self) -> None:
        self._timer = QElapsedTimer()
        self._timer.start()

    @property
    def seconds(self) -> float:
        return self._timer.elapsed() / 1000


def notify_finished(window: QWidget, title: str, text: str, seconds: float) -> bool:
    """Draw attention to a window whose work of so many ``seconds`` ended while it is hidden, minimised or not active.

    The system marks the window, and shows a message where it can. Return whether there was reason to. For every kind of
    long work: an export, a training, a queue that ran empty. The window says the same in its message bar.
    """
    is_seen = window.isVisible() and not window.isMinimized() and window.isActiveWindow()
    if seconds < LONG_SECONDS or is_seen:
        return False
    QApplication.alert(window)
    if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
        end_notifications(window)
        _TrayMessage(window, title, text)
    return True


def end_notifications(window: QWidget) -> None:
    """Take back what is still shown: the window closes."""
    for message in window.findChildren(_TrayMessage):
        message.end()


class _TrayMessage(QObject):
    """An icon in the system's tray for as long as its message is shown: without an icon there is no message."""

    def __init__(self, window: QWidget, title: str, text: str) -> None:
        super().__init__(window)
        self._window = window
        self._icon = QSystemTrayIcon(application_icon(), self)
        self._icon.messageClicked.connect(self._show_window)
        self._icon.activated.connect(self._show_window)
        self._icon.show()
        self._icon.showMessage(title, text, application_icon(), _SHOWN_MILLISECONDS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.end)
        self._timer.start(_SHOWN_MILLISECONDS)

    @Slot()
    def end(self) -> None:
        self._timer.stop()
        self._icon.hide()
        self.deleteLater()

    @Slot()
    def _show_window(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self.end()
