"""Enlarged, what is seen is rendered as it will be exported: a part of the whole at the resolution of the screen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_app.canvas.compare_view import CompareView
from desktop_app.canvas.viewport import Viewport
from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from desktop_app.pixels import to_picture
from engine.api import DeviceError
from engine.imaging import read_picture
from tests.desktop_app.helpers import InvertingStylizer, save_picture

_WIDTH, _HEIGHT = 3000, 1600


@pytest.fixture
def enlarged(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window with a large picture at its actual size."""
    window.resize(1000, 760)
    window.opener.open_sources(Role.CONTENT, [save_picture(tmp_path / "large.png", _WIDTH, _HEIGHT)])
    window.shelf.choose(0)
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    window.menus.actions["actual_size"].trigger()
    _settle(qtbot, window)
    return window


def _settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.preview.is_busy)


def _seen(view: CompareView) -> QRect:
    """The part of the picture that the view shows, in its pixels."""
    part = view.viewport.seen(view.rect().adjusted(16, 16, -16, -16), view.rect())
    return QRect(
        round(part.x() * _WIDTH),
        round(part.y() * _HEIGHT),
        round(part.width() * _WIDTH),
        round(part.height() * _HEIGHT),
    )


def _differences(view: CompareView, tmp_path: Path) -> tuple[float, float]:
    """How far the left and the right third of the view are from the sharp content image and the sharp result."""
    shot = to_picture(view.grab().toImage(), "").pixels.astype(int)
    seen = _seen(view)
    sharp = read_picture(tmp_path / "large.png").pixels[seen.top() : seen.bottom() + 1, seen.left() : seen.right() + 1]
    height, width = (min(a, b) for a, b in zip(shot.shape[:2], sharp.shape[:2], strict=True))
    third = width // 3
    left = np.abs(shot[:height, :third] - sharp[:height, :third]).mean()
    right = np.abs(shot[:height, width - third : width] - (255 - sharp[:height, width - third : width].astype(int)))
    return float(left), float(right.mean())


def test_what_is_seen_is_asked_for_at_the_resolution_of_the_screen(
    enlarged: MainWindow, stylizer: InvertingStylizer
) -> None:
    request = stylizer.requests[-1]
    assert request.max_side == _WIDTH
    assert request.crop is not None
    seen = _seen(enlarged.canvas.compare)
    left, top, right, bottom = request.crop
    assert left <= seen.left() < seen.right() <= right
    assert top <= seen.top() < seen.bottom() <= bottom
    assert right - left <= seen.width() + 2 * 49


def test_both_pictures_are_sharp(qtbot: QtBot, enlarged: MainWindow, tmp_path: Path) -> None:
    view = enlarged.canvas.compare
    assert max(_differences(view, tmp_path)) < 1.5
    enlarged.document.set_setting("strength", 0.9)
    _settle(qtbot, enlarged)
    assert max(_differences(view, tmp_path)) < 1.5


def test_panning_asks_for_the_new_part_only(qtbot: QtBot, enlarged: MainWindow, stylizer: InvertingStylizer) -> None:
    before = stylizer.requests[-1]
    count = len(stylizer.requests)
    view = enlarged.canvas.compare
    start = QPoint(view.width() // 4, view.height() // 4)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(view, start + QPoint(-40 * step, -10 * step))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(-200, -50))
    qtbot.waitUntil(lambda: len(stylizer.requests) > count)
    _settle(qtbot, enlarged)
    after = stylizer.requests[-1]
    assert before.crop is not None
    assert after.crop is not None
    assert abs(after.crop[0] - before.crop[0] - 200) <= 1
    assert abs(after.crop[1] - before.crop[1] - 50) <= 1
    assert all(request.crop is not None for request in stylizer.requests[count:])


def test_a_slider_is_followed_by_the_draft_first(
    qtbot: QtBot, enlarged: MainWindow, stylizer: InvertingStylizer
) -> None:
    count = len(stylizer.requests)
    for strength in (0.5, 0.4, 0.3):
        enlarged.document.set_setting("strength", strength)
    qtbot.waitUntil(lambda: len(stylizer.requests) >= count + 2)
    _settle(qtbot, enlarged)
    crops = [request.crop for request in stylizer.requests[count:]]
    assert crops[0] is None
    assert crops[-1] is not None
    assert stylizer.requests[-1].strength == 0.3


def test_a_change_stops_a_closer_look_that_is_under_way(
    qtbot: QtBot, enlarged: MainWindow, stylizer: InvertingStylizer
) -> None:
    stylizer.hold.clear()
    stylizer.started.clear()
    enlarged.menus.actions["zoom_out"].trigger()
    qtbot.waitUntil(stylizer.started.is_set)
    count = len(stylizer.requests)
    enlarged.document.set_setting("strength", 0.5)
    # The held one ends by its token alone.
    qtbot.waitUntil(lambda: len(stylizer.requests) > count)
    assert stylizer.requests[-1].crop is None
    stylizer.hold.set()
    _settle(qtbot, enlarged)
    assert stylizer.requests[-1].crop is not None


def test_a_closer_look_that_fails_leaves_the_draft(
    qtbot: QtBot, enlarged: MainWindow, stylizer: InvertingStylizer
) -> None:
    count = len(stylizer.requests)
    stylizer.failure = DeviceError("There is too little memory.")
    enlarged.menus.actions["zoom_out"].trigger()
    qtbot.waitUntil(lambda: len(stylizer.requests) > count)
    _settle(qtbot, enlarged)
    assert enlarged.canvas.compare.result is not None
    assert enlarged.messages.text == ""
    assert len(stylizer.requests) == count + 1  # not tried again and again


def test_a_small_picture_needs_no_closer_look(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    count = len(stylizer.requests)
    for _ in range(6):
        finished.menus.actions["zoom_in"].trigger()
    _settle(qtbot, finished)
    assert len(stylizer.requests) == count


def test_the_actual_size_of_a_picture_smaller_than_the_view_is_small(qtbot: QtBot) -> None:
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    image = QImage(100, 50, QImage.Format.Format_RGB32)
    image.fill(0)
    view.set_content(image)
    fitted = view.picture_rect()
    view.show_actual_size()
    assert view.picture_rect().size() == QSize(100, 50)
    view.zoom_out()
    assert view.picture_rect().size() == QSize(100, 50)
    for _ in range(20):
        view.zoom_in()
        if view.viewport.is_fitted:
            break
    assert view.picture_rect() == fitted  # zooming rests at the fitted size on its way
    view.zoom_in()
    assert view.picture_rect().width() > fitted.width()
    view.zoom_out()
    assert view.picture_rect() == fitted


def test_what_is_seen_is_a_part_of_the_picture() -> None:
    viewport = Viewport(QSize(1000, 500))
    space = QRect(16, 16, 400, 300)
    viewport.zoom_to(1.0, QPointF(216, 166), space)
    seen = viewport.seen(space, QRect(0, 0, 432, 332))
    assert (seen.width(), seen.height()) == (0.432, 0.664)
    assert (seen.center().x(), seen.center().y()) == (0.5, 0.5)
