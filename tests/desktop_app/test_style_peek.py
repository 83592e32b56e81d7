"""A look at the open picture in the style under the pointer: after the work, and without touching it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from desktop_app.panels.peek_popup import SIDE
from engine.api import DeviceError
from tests.desktop_app.helpers import InvertingStylizer, save_picture


def hover(qtbot: QtBot, window: MainWindow, row: int) -> None:
    view = window.shelf.viewport()
    place = window.shelf.visualRect(window.shelf.shelf.index(row, 0)).center()
    qtbot.mouseMove(view, place - QPoint(3, 0))
    qtbot.mouseMove(view, place)


def leave(window: MainWindow) -> None:
    QApplication.sendEvent(window.shelf.viewport(), QEvent(QEvent.Type.Leave))


def looks(stylizer: InvertingStylizer, style: str) -> int:
    return sum(request.styles[0].style == style for request in stylizer.requests)


@pytest.fixture
def opened(qtbot: QtBot, finished: MainWindow) -> MainWindow:
    """Return a window with its work at rest and Blue and Green on the shelf behind the painting."""
    assert [finished.shelf.shelf.item(row).title for row in (1, 2)] == ["Blue", "Green"]
    return finished


def test_resting_on_a_style_shows_the_picture_in_it(
    qtbot: QtBot, opened: MainWindow, stylizer: InvertingStylizer
) -> None:
    popup = opened.style_peek.popup
    before = (opened.document.styles, opened.document.undo_stack.count(), opened.canvas.compare.result)
    opened.document.set_setting("strength", 0.6)
    qtbot.waitUntil(lambda: not opened.preview.is_busy)
    result = opened.canvas.compare.result
    hover(qtbot, opened, 1)
    assert not popup.isVisible()  # only who rests is shown something
    qtbot.waitUntil(popup.isVisible)
    assert popup.title == "Blue"
    request = stylizer.requests[-1]
    assert [choice.style for choice in request.styles] == ["Blue"]
    assert request.strength == 0.6  # as the work would look
    original, shown = opened.canvas.compare.content, popup.image
    assert original is not None
    there, here = original.pixelColor(30, 20), shown.pixelColor(shown.width() // 2, shown.height() // 2)
    assert abs(255 - there.red() - here.red()) < 20
    assert max(shown.width(), shown.height()) == SIDE
    assert opened.document.styles == before[0]
    assert opened.canvas.compare.result is result
    item = opened.shelf.viewport().mapTo(opened, opened.shelf.visualRect(opened.shelf.shelf.index(1, 0)).topLeft())
    assert popup.geometry().bottom() < item.y()
    assert opened.rect().contains(popup.geometry())
    leave(opened)
    assert not popup.isVisible()


def test_nothing_is_shown_without_a_photo(qtbot: QtBot, window: MainWindow, stylizer: InvertingStylizer) -> None:
    hover(qtbot, window, 0)
    with qtbot.waitSignal(window.style_peek._timer.timeout):
        pass
    assert stylizer.requests == []
    assert not window.style_peek.popup.isVisible()


def test_a_style_is_rendered_once_for_a_photo_and_its_settings(
    qtbot: QtBot, opened: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    popup = opened.style_peek.popup
    for _ in range(3):
        hover(qtbot, opened, 1)
        qtbot.waitUntil(popup.isVisible)
        leave(opened)
    assert looks(stylizer, "Blue") == 1
    opened.opener.open_sources(Role.CONTENT, [save_picture(tmp_path / "other.png", 30, 60, seed=8)])
    qtbot.waitUntil(lambda: opened.canvas.compare.content is not None and opened.canvas.compare.content.width() == 30)
    qtbot.waitUntil(lambda: not opened.preview.is_busy)
    hover(qtbot, opened, 1)
    qtbot.waitUntil(popup.isVisible)
    assert looks(stylizer, "Blue") == 2
    assert popup.image.height() == 2 * popup.image.width()


def test_the_newest_wins_and_leaving_cancels(qtbot: QtBot, opened: MainWindow, stylizer: InvertingStylizer) -> None:
    stylizer.hold.clear()
    stylizer.started.clear()
    hover(qtbot, opened, 1)
    qtbot.waitUntil(stylizer.started.is_set)
    hover(qtbot, opened, 2)  # the one that is held ends by its token alone
    qtbot.waitUntil(lambda: looks(stylizer, "Green") == 1)
    leave(opened)
    qtbot.waitUntil(lambda: opened.style_peek._running is None)
    stylizer.hold.set()
    assert not opened.style_peek.popup.isVisible()
    assert looks(stylizer, "Blue") == 1


def test_the_work_goes_first(qtbot: QtBot, opened: MainWindow, stylizer: InvertingStylizer) -> None:
    stylizer.hold.clear()
    stylizer.started.clear()
    hover(qtbot, opened, 1)
    qtbot.waitUntil(stylizer.started.is_set)
    count = len(stylizer.requests)
    opened.document.set_setting("detail", 0.5)  # cancels the look, or this would wait for it forever
    qtbot.waitUntil(lambda: len(stylizer.requests) > count)
    assert stylizer.requests[count].detail == 0.5
    assert stylizer.requests[count].styles[0].style != "Blue"
    stylizer.hold.set()
    qtbot.waitUntil(opened.style_peek.popup.isVisible)  # the pointer still rests there
    assert stylizer.requests[-1].detail == 0.5
    assert looks(stylizer, "Blue") == 2


def test_a_look_waits_while_the_work_is_rendered(qtbot: QtBot, opened: MainWindow, stylizer: InvertingStylizer) -> None:
    stylizer.hold.clear()
    stylizer.started.clear()
    opened.document.set_setting("detail", 0.5)
    qtbot.waitUntil(stylizer.started.is_set)
    hover(qtbot, opened, 1)
    with qtbot.waitSignal(opened.style_peek._timer.timeout):
        pass
    assert looks(stylizer, "Blue") == 0
    assert opened.style_peek._running is None  # nothing is queued that the next preview would have to wait for
    stylizer.hold.set()
    qtbot.waitUntil(opened.style_peek.popup.isVisible)
    assert looks(stylizer, "Blue") == 1


def test_a_style_that_cannot_be_rendered_shows_nothing_and_is_not_tried_again_and_again(
    qtbot: QtBot, opened: MainWindow, stylizer: InvertingStylizer
) -> None:
    stylizer.failure = DeviceError("{device} has too little memory.", device="CUDA")
    hover(qtbot, opened, 1)
    qtbot.waitUntil(lambda: looks(stylizer, "Blue") == 1)
    qtbot.waitUntil(lambda: opened.style_peek._running is None)
    assert opened.messages.text == ""
    assert not opened.style_peek.popup.isVisible()
    assert looks(stylizer, "Blue") == 1


def test_pressing_scrolling_and_the_menu_take_it_away(qtbot: QtBot, opened: MainWindow) -> None:
    popup = opened.style_peek.popup
    hover(qtbot, opened, 1)
    qtbot.waitUntil(popup.isVisible)
    place = opened.shelf.visualRect(opened.shelf.shelf.index(1, 0)).center()
    qtbot.mousePress(opened.shelf.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not popup.isVisible()
