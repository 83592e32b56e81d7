"""A window is always where it can be taken hold of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.placing import LEAST_SEEN, TITLE_HEIGHT, visible_place
from desktop_app.settings import Settings
from tests.desktop_app.conftest import WindowMaker

LEFT = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 2560, 1400)


@pytest.mark.parametrize(
    "window",
    [
        QRect(100, 100, 1280, 800),
        QRect(2000, 50, 1280, 800),
        QRect(1800, 10, 1280, 800),  # over both
        QRect(-1100, 100, 1280, 800),  # enough of its title is left
        QRect(0, 0, 5000, 4000),  # larger than everything, yet its title can be reached
    ],
)
def test_a_window_that_can_be_reached_stays(window: QRect) -> None:
    assert visible_place(window, [LEFT, RIGHT]) == window


@pytest.mark.parametrize(
    "window",
    [
        QRect(2500, 100, 1280, 800),  # its screen is gone
        QRect(100, -600, 1280, 800),  # its title is above
        QRect(100, 1039, 1280, 800),
        QRect(1900, 100, 1280, 800),  # a strip too narrow to take hold of
        QRect(-5000, -5000, 3000, 2000),
    ],
)
def test_a_window_that_cannot_comes_back_as_large_as_it_fits(window: QRect) -> None:
    place = visible_place(window, [LEFT])
    assert LEFT.contains(place)
    assert place.size() == window.size().boundedTo(LEFT.size())


def test_it_goes_to_the_nearest_screen() -> None:
    assert RIGHT.contains(visible_place(QRect(4600, 200, 800, 600), [LEFT, RIGHT]))
    assert LEFT.contains(visible_place(QRect(-900, 200, 800, 600), [LEFT, RIGHT]))


def test_without_a_screen_nothing_moves() -> None:
    assert visible_place(QRect(9999, 9999, 10, 10), []) == QRect(9999, 9999, 10, 10)


@given(st.integers(-9999, 9999), st.integers(-9999, 9999), st.integers(1, 9999), st.integers(1, 9999), st.booleans())
def test_wherever_it_was_it_can_be_taken_hold_of(x: int, y: int, width: int, height: int, both: bool) -> None:
    screens = [LEFT, RIGHT] if both else [RIGHT]
    place = visible_place(QRect(x, y, width, height), screens)
    title = QRect(place.x(), place.y(), place.width(), min(32, place.height()))
    assert max(screen.intersected(title).width() for screen in screens) >= min(LEAST_SEEN, place.width())
    assert visible_place(place, screens) == place


def geometry_of_a_window_at(qtbot: QtBot, place: QRect) -> str:
    """Return what is saved when a window is closed there."""
    other = QWidget()
    qtbot.addWidget(other)
    other.setGeometry(place)
    other.show()
    return bytes(other.saveGeometry().toBase64().data()).decode("ascii")


@pytest.mark.parametrize(("x", "y"), [(30_000, 100), (790, 100), (-840, 100), (0, -590)])  # far away; a strip is seen
def test_a_saved_place_off_every_screen(qtbot: QtBot, make_window: WindowMaker, x: int, y: int) -> None:
    geometry = geometry_of_a_window_at(qtbot, QRect(x, y, 850, 600))
    window = make_window(settings=Settings(language="en", geometry=geometry))
    screen = QGuiApplication.primaryScreen().availableGeometry()
    title = QRect(window.frameGeometry().topLeft(), QSize(window.width(), TITLE_HEIGHT))
    assert screen.intersected(title).width() >= LEAST_SEEN


def test_a_screen_that_disappears(qtbot: QtBot, window: MainWindow, qapp: QGuiApplication) -> None:
    window.move(30_000, 20_000)
    qapp.screenRemoved.emit(qapp.primaryScreen())
    screen = qapp.primaryScreen().availableGeometry()
    qtbot.waitUntil(lambda: screen.intersects(window.frameGeometry()))
