"""The comparison: divider, keyboard, the original on demand, transparency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.canvas.compare_view import CompareView
from desktop_app.canvas.viewport import Viewport
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


# Zoom, pan, side by side


def wheel(view: CompareView, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        view.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_at_the_pointer_and_out_again_to_the_fitted_picture(view: CompareView) -> None:
    image = filled(RED, 4000, 2000)
    image.setPixelColor(0, 0, BLUE)
    view.set_content(image)
    fitted = view.viewport.rect(view.rect())
    at = QPoint(100, 80)

    def place() -> tuple[float, float]:
        rect = view.viewport.rect(view.rect().adjusted(16, 16, -16, -16))
        return ((at.x() - rect.x()) / rect.width(), (at.y() - rect.y()) / rect.height())

    before = place()
    wheel(view, at, 4)
    assert view.scale > 2 * 0.1
    assert place() == pytest.approx(before, abs=0.01)
    wheel(view, at, -10)
    assert view.viewport.is_fitted
    assert view.viewport.rect(view.rect()) == fitted


def test_actual_size_shows_a_pixel_as_a_pixel_even_of_a_smaller_copy(view: CompareView) -> None:
    view.set_content(filled(RED, 400, 200), QSize(4000, 2000))
    assert view.scale == pytest.approx(0.1)
    view.show_actual_size()
    assert view.scale == pytest.approx(1.0)
    assert color_at(view, 0.5) == RED
    view.fit()
    assert view.scale == pytest.approx(0.1)


def test_an_enlarged_picture_is_dragged_but_not_out_of_sight(qtbot: QtBot, view: CompareView) -> None:
    picture = filled(RED, 4000, 2000)
    for x in range(2000, 4000):
        picture.setPixelColor(x, 1000, BLUE)
    view.set_content(picture)
    view.show_actual_size()
    divider = view.divider
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(350, 100))
    qtbot.mouseMove(view, QPoint(50, 100))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton)
    assert view.divider == divider
    assert view.viewport.center.x() == pytest.approx(0.5 + 300 / 4000, abs=0.002)
    view.viewport.pan_by(-1e6, -1e6, view.rect())
    rect = view.viewport.rect(view.rect())
    assert rect.right() == pytest.approx(view.rect().width(), abs=1)


def test_the_divider_divides_what_is_seen_of_an_enlarged_picture(qtbot: QtBot, view: CompareView) -> None:
    view.set_content(filled(RED, 4000, 2000))
    view.set_result(filled(BLUE, 1000, 500))
    view.show_actual_size()
    image = view.grab().toImage()
    assert image.pixelColor(20, 100) == RED
    assert image.pixelColor(420, 100) == BLUE
    middle = view.width() // 2
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(middle, 100))
    qtbot.mouseMove(view, QPoint(60, 100))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton)
    assert view.grab().toImage().pixelColor(120, 100) == BLUE


def test_side_by_side_shows_both_whole_and_moves_them_together(view: CompareView) -> None:
    view.set_side_by_side(True)
    image = view.grab().toImage()
    rect = view.picture_rect()
    assert rect.right() < view.width() / 2
    right = view.width() - rect.center().x()
    assert image.pixelColor(rect.left() + 2, rect.center().y()) == RED
    assert image.pixelColor(rect.right() - 2, rect.center().y()) == RED
    assert image.pixelColor(right, rect.center().y()) == BLUE
    wheel(view, QPoint(right, rect.center().y()), 3)
    assert not view.viewport.is_fitted
    image = view.grab().toImage()
    assert image.pixelColor(10, 116) == RED
    assert image.pixelColor(view.width() - 10, 116) == BLUE
    view.set_original_shown(True)
    assert view.grab().toImage().pixelColor(view.width() - 10, 116) == RED


def test_the_view_menu_drives_the_canvas(finished: MainWindow) -> None:
    view = finished.canvas.compare
    view.set_content(filled(RED, 4000, 2000))
    finished.menus.actions["actual_size"].trigger()
    assert view.scale == pytest.approx(1.0)
    finished.menus.actions["zoom_in"].trigger()
    finished.menus.actions["zoom_in"].trigger()
    assert not view.viewport.is_fitted
    finished.menus.actions["zoom_out"].trigger()
    finished.menus.actions["fit"].trigger()
    assert view.viewport.is_fitted
    finished.menus.actions["side_by_side"].trigger()
    assert view.is_side_by_side


@given(
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
    moves=st.lists(st.tuples(st.floats(0.2, 5), st.floats(-900, 900), st.floats(-900, 900)), max_size=8),
)
def test_no_zoom_or_pan_loses_the_picture(width: int, height: int, moves: list[tuple[float, float, float]]) -> None:
    viewport, space = Viewport(QSize(width, height)), QRect(0, 0, 600, 400)
    for factor, x, y in moves:
        viewport.zoom_by(factor, QPointF(abs(x) % 600, abs(y) % 400), space)
        viewport.pan_by(x, y, space)
        rect = viewport.rect(space)
        assert rect.intersects(QRectF(space))
        assert rect.width() >= 1
        if rect.width() > 601:
            assert rect.left() <= 0.5
            assert rect.right() >= 599.5
