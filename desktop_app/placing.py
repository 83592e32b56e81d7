"""Where the window may be: on a screen that is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, QRect, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

TITLE_HEIGHT = 32
LEAST_SEEN = 96
"""So much of the title, in points, must be on a screen: enough to take hold of it with the mouse."""


def visible_place(window: QRect, screens: Sequence[QRect]) -> QRect:
    """Return where a window should be on screens with these free areas: where it is, if its title can be reached there.

    Else it goes, as large as it fits, to the middle of the screen that is nearest to it; without a screen it stays.
    """
    title = QRect(window.topLeft(), window.size())
    title.setHeight(min(TITLE_HEIGHT, window.height()))
    least = min(LEAST_SEEN, window.width())
    for screen in screens:
        seen = screen.intersected(title)
        if seen.width() >= least and seen.height() >= title.height() // 2:
            return window
    if not screens:
        return window
    nearest = min(screens, key=lambda screen: _distance(window, screen))
    place = QRect(window.topLeft(), window.size().boundedTo(nearest.size()))
    place.moveCenter(nearest.center())
    return place


def _distance(window: QRect, screen: QRect) -> int:
    between = window.center() - screen.center()
    return between.x() ** 2 + between.y() ** 2


class WindowPlace(QObject):
    """Brings a window back when the screen it is on goes, or when it was saved on one that is no more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # the system moves the window first, and mostly well
        self._timer.timeout.connect(self.bring_back)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._screen_removed)

    def restore(self, geometry: str, default_size: tuple[int, int]) -> None:
        """Put the window where it was when it was closed; ``geometry`` is Qt's description in base 64."""
        if not self._window.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self._window.resize(*default_size)
        self.bring_back()

    @Slot()
    def bring_back(self) -> None:
        place = visible_place(self._window.frameGeometry(), [screen.availableGeometry() for screen in _screens()])
        if place != self._window.frameGeometry():
            self._window.setGeometry(place)

    @Slot(QScreen)
    def _screen_removed(self) -> None:
        self._timer.start()


def _screens() -> list[QScreen]:
    return QGuiApplication.screens()
