"""The preview follows the document: newest request first, nothing stale, nothing twice."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from engine.api import DeviceError
from tests.desktop_app.helpers import InvertingStylizer, save_picture


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.preview.is_busy)


def hold_a_render(qtbot: QtBot, window: MainWindow, stylizer: InvertingStylizer) -> None:
    """Start a render that goes on until ``stylizer.hold`` is set."""
    stylizer.started.clear()
    stylizer.hold.clear()
    window.side_panel.controls.sliders["strength"].slider.setValue(90)
    qtbot.waitUntil(stylizer.started.is_set)


def test_a_slider_gives_a_new_preview(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    count = len(stylizer.requests)
    finished.side_panel.controls.sliders["strength"].slider.setValue(40)
    qtbot.waitUntil(lambda: len(stylizer.requests) > count)
    settle(qtbot, finished)
    assert stylizer.requests[-1].strength == 0.4
    assert finished.side_panel.controls.sliders["strength"].value_text == "40 %"


def test_every_control_reaches_the_request(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    sliders = finished.side_panel.controls.sliders
    for name, position in (("strength", 70), ("keep_color", 20), ("detail", 30), ("style_scale", 50)):
        sliders[name].slider.setValue(position)
    qtbot.waitUntil(lambda: stylizer.requests[-1].style_scale == 2.0)
    settle(qtbot, finished)
    last = stylizer.requests[-1]
    assert (last.strength, last.keep_color, last.detail, last.style_scale) == (0.7, 0.2, 0.3, 2.0)


def test_the_work_is_done_in_another_thread(finished: MainWindow, stylizer: InvertingStylizer) -> None:
    assert finished.canvas.compare.result is not None
    assert all(thread is not threading.main_thread() for thread in stylizer.threads)


def test_the_newest_of_many_changes_wins(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    hold_a_render(qtbot, finished, stylizer)
    count = len(stylizer.requests)
    for position in range(10, 60):
        finished.side_panel.controls.sliders["strength"].slider.setValue(position)
    stylizer.hold.set()
    qtbot.waitUntil(lambda: len(stylizer.requests) > count)
    settle(qtbot, finished)
    assert [request.strength for request in stylizer.requests[count:]] == [0.59]


def test_a_result_of_another_photo_is_never_shown(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    shown = []
    finished.preview.ready.connect(shown.append)
    hold_a_render(qtbot, finished, stylizer)
    other = save_picture(tmp_path / "other.png", 32, 96, seed=9)
    # The worker is busy, so the photo is put into the document as the window does it once it has been read.
    from engine.imaging import read_picture

    picture = read_picture(other)
    finished.document.set_content(picture, other)
    stylizer.hold.set()
    qtbot.waitUntil(lambda: bool(shown))
    settle(qtbot, finished)
    assert [(event.image.width(), event.image.height()) for event in shown] == [(32, 96)]


def test_another_style_cancels_the_render_of_the_old_one(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer
) -> None:
    hold_a_render(qtbot, finished, stylizer)
    count = len(stylizer.requests)
    row = finished.shelf.shelf.first_library_row()
    finished.shelf.choose(row)
    # The held render ends by its cancel token alone; the next one is held too.
    qtbot.waitUntil(lambda: len(stylizer.requests) > count)
    assert stylizer.requests[-1].styles[0].style == "Blue"
    stylizer.hold.set()
    settle(qtbot, finished)


def test_an_unchanged_document_is_not_rendered_again(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer
) -> None:
    count = len(stylizer.requests)
    slider = finished.side_panel.controls.sliders["strength"].slider
    slider.setValue(slider.value())
    finished.document.changed.emit()
    settle(qtbot, finished)
    assert len(stylizer.requests) == count


def test_a_failed_preview_is_explained_and_the_next_one_clears_it(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer
) -> None:
    stylizer.failure = DeviceError("{device} has too little memory. Choose a smaller size.", device="CUDA")
    finished.side_panel.controls.sliders["strength"].slider.setValue(50)
    qtbot.waitUntil(lambda: finished.messages.text == "CUDA has too little memory. Choose a smaller size.")
    assert finished.canvas.compare.result is None  # an old result must not pass for the new one
    stylizer.failure = None
    finished.side_panel.controls.sliders["strength"].slider.setValue(60)
    qtbot.waitUntil(lambda: finished.canvas.compare.result is not None)
    assert finished.messages.text == ""


def test_the_busy_hint_comes_late_and_goes(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    hold_a_render(qtbot, finished, stylizer)
    assert not finished.canvas.busy_hint.isVisible()
    qtbot.waitUntil(finished.canvas.busy_hint.isVisible)
    stylizer.hold.set()
    qtbot.waitUntil(lambda: not finished.canvas.busy_hint.isVisible())


def test_the_size_of_the_preview_follows_the_canvas(
    qtbot: QtBot, window: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    large = save_picture(tmp_path / "large.png", 2400, 1200)
    window.resize(900, 700)
    window.opener.open_sources(Role.CONTENT, [large])
    window.shelf.choose(0)
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    settle(qtbot, window)
    side = window.canvas.compare.picture_rect().width()
    draft, rest = (request.max_side for request in stylizer.requests[-2:])
    assert draft is not None
    assert side <= draft < side + 64
    assert rest == 1024  # at rest the strokes are those of the export
    window.resize(1900, 1200)
    side = window.canvas.compare.picture_rect().width()
    assert 1024 < side < 2400
    qtbot.waitUntil(lambda: stylizer.requests[-1].max_side == side)
    assert [request.max_side for request in stylizer.requests if request.crop] == []


def test_the_preview_has_the_pixels_of_a_high_resolution_screen() -> None:
    code = """
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from desktop_app.canvas.compare_view import CompareView
application = QApplication([])
view = CompareView()
sights = []
view.sight_changed.connect(sights.append)
view.resize(400, 400)
image = QImage(1000, 500, QImage.Format.Format_RGB32)
image.fill(0)
view.set_content(image)
assert view.devicePixelRatioF() == 2.0
assert [(sight.side, sight.part) for sight in sights] == [(2 * view.picture_rect().width(), None)], sights
view.grab()
"""
    environment = {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen", "PATH": ""}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=60)
