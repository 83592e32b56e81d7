"""The comparison: divider, keyboard, the original on demand, transparency."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop_app.canvas.compare_view import CompareView
from desktop_app.main_window import MainWindow

RED, BLUE = QColor(255, 0, 0), QColor(0, 0, 255)


def filled(color: QColor, width: int = 200, height: int = 100) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(color)
    return image


@pytest.fixture
def view(qtbot: QtBot) -> CompareView:
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(432, 232)
    view.set_content(filled(RED))
    view.set_result(filled(BLUE))
    with qtbot.waitExposed(view):
        view.show()
    return view


def color_at(view: CompareView, fraction: float) -> QColor:
    rect = view.picture_rect()
    return view.grab().toImage().pixelColor(round(rect.left() + fraction * rect.width()), rect.top() + 60)


def test_the_photo_is_left_of_the_divider_and_the_result_right(view: CompareView) -> None:
    assert color_at(view, 0.25) == RED
    assert color_at(view, 0.75) == BLUE


def test_the_picture_is_fitted_and_keeps_its_shape(view: CompareView) -> None:
    rect = view.picture_rect()
    assert (rect.width(), rect.height()) == (400, 200)
    view.set_content(filled(RED, 10, 100))
    rect = view.picture_rect()
    assert (rect.width(), rect.height()) == (20, 200)


def test_dragging_moves_the_divider(qtbot: QtBot, view: CompareView) -> None:
    rect = view.picture_rect()
    y = rect.center().y()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(rect.center().x(), y))
    qtbot.mouseMove(view, QPoint(rect.left() + rect.width() // 10, y))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton)
    assert view.divider == pytest.approx(0.1, abs=0.01)
    assert color_at(view, 0.25) == BLUE


def test_the_divider_stays_on_the_picture(qtbot: QtBot, view: CompareView) -> None:
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(1, 100))
    assert view.divider == 0.0
    view.move_divider(7.0)
    assert view.divider == 1.0


def test_the_arrow_keys_move_the_divider(qtbot: QtBot, view: CompareView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.divider == pytest.approx(0.52)
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.divider == pytest.approx(0.42)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert color_at(view, 0.9) == RED
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert color_at(view, 0.1) == BLUE


def test_another_photo_takes_the_old_result_away(view: CompareView) -> None:
    view.set_content(filled(QColor(0, 255, 0)))
    assert view.result is None
    assert color_at(view, 0.75) == QColor(0, 255, 0)


def test_a_checkerboard_shows_through(view: CompareView) -> None:
    view.set_content(filled(QColor(0, 0, 0, 0)))
    view.set_result(filled(QColor(0, 0, 0, 0)))
    image = view.grab().toImage()
    rect = view.picture_rect()
    colors = {image.pixelColor(rect.left() + x, rect.top() + 50).name() for x in range(0, 64, 4)}
    assert len(colors) == 2


def test_a_picture_of_one_pixel_can_be_shown(view: CompareView) -> None:
    view.set_content(filled(RED, 1, 1))
    view.set_result(filled(BLUE, 1, 1))
    view.resize(8, 8)
    view.grab()
    view.resize(300, 300)
    assert color_at(view, 0.25) == RED


def test_holding_space_shows_the_original_wherever_the_focus_is(qtbot: QtBot, finished: MainWindow) -> None:
    for widget in (finished.canvas.compare, finished.side_panel.controls.sliders["strength"].slider, finished.shelf):
        widget.setFocus()
        qtbot.keyPress(widget, Qt.Key.Key_Space)
        assert finished.canvas.compare.is_original_shown
        qtbot.keyRelease(widget, Qt.Key.Key_Space)
        assert not finished.canvas.compare.is_original_shown


def test_the_original_covers_the_whole_picture(view: CompareView) -> None:
    view.set_original_shown(True)
    assert color_at(view, 0.75) == RED
    view.set_original_shown(False)
    assert color_at(view, 0.75) == BLUE
