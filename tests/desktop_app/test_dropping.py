"""What is dragged is named before it is dropped, and a drop of anything ends in a picture, a style or a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop_app.incoming import pictures_in
from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from engine.api import Picture
from engine.styles import StyleLibrary
from tests.desktop_app.helpers import drag_over, drop, mime_of_files, mime_of_image, save_picture, save_style
from tests.desktop_app.shelf_helpers import names, settle, titles

LEFT = 60


def right_of(window: MainWindow) -> int:
    return window.canvas.width() - 60


def text(data: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(data)
    return mime


def test_the_canvas_says_what_style_files_and_several_pictures_become(window: MainWindow, tmp_path: Path) -> None:
    picture, style = tmp_path / "a.png", tmp_path / "a.scumble"
    overlay = window.canvas.overlay
    for data, left, right in (
        (mime_of_files(style), "Import the style and paint in it", "Import the style and paint in it"),
        (
            mime_of_files(style, style),
            "Import 2 styles and paint in the first",
            "Import 2 styles and paint in the first",
        ),
        (mime_of_files(picture, style), "Use as photo", "Use as painting"),
        (
            mime_of_files(picture, picture),
            "Use the first as photo",
            "Use the first as painting, the others stay at hand",
        ),
        (mime_of_image(QImage(4, 4, QImage.Format.Format_RGB32)), "Use as photo", "Use as painting"),
    ):
        assert drag_over(window.canvas, data, LEFT)
        assert overlay.text_of(Role.CONTENT) == left
        assert overlay.text_of(Role.STYLE) == right
        assert overlay.isVisible()
        window.grab()  # it can be painted


def test_beside_the_canvas_the_canvas_says_what_a_drop_will_do(
    qtbot: QtBot, window: MainWindow, photo: Path, painting: Path
) -> None:
    panel, overlay = window.side_panel, window.canvas.overlay
    assert drag_over(panel, mime_of_files(photo), 20)
    assert overlay.role is Role.CONTENT
    drop(panel, mime_of_files(photo), 20)
    assert not overlay.isVisible()
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert drag_over(panel, mime_of_files(painting), 20)
    assert overlay.role is Role.STYLE
    drop(panel, mime_of_files(painting), 20)
    qtbot.waitUntil(lambda: [style.title for style in window.document.styles] == ["painting"])
    assert not drag_over(panel, text("words"), 20)


def test_a_link_to_a_local_file_is_the_file(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    file = save_picture(tmp_path / "bild ä 画.png")
    data = text(QUrl.fromLocalFile(str(file)).toString(QUrl.ComponentFormattingOption.FullyEncoded) + "\r\n")
    drop(window.canvas, data, LEFT)
    qtbot.waitUntil(lambda: window.document.content_path == file)


@pytest.mark.parametrize("words", ["see file:///tmp/a.png there", "file:///tmp/a.png\nand more", "https://example.org"])
def test_text_that_is_more_than_links_is_not_taken(window: MainWindow, words: str) -> None:
    assert not drag_over(window.canvas, text(words), LEFT)
    assert not drag_over(window.shelf.viewport(), text(words), 20, 20)


def test_a_picture_of_a_browser_comes_with_an_address_and_pixels(qtbot: QtBot, window: MainWindow) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    data = mime_of_image(image)
    data.setUrls([QUrl("https://example.org/picture.png")])
    data.setHtml('<img src="https://example.org/picture.png">')
    drop(window.canvas, data, LEFT)
    qtbot.waitUntil(lambda: window.document.content is not None)
    content = window.document.content
    assert isinstance(content, Picture)
    assert content.pixels[0, 0].tolist() == [1, 2, 3]


def test_pixels_on_the_shelf_become_a_style(qtbot: QtBot, window: MainWindow, library: StyleLibrary) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    drop(window.shelf.viewport(), mime_of_image(image), 20, 20)
    qtbot.waitUntil(lambda: names(library) == ["Pasted picture"])


def test_a_drop_of_nothing_is_told(window: MainWindow) -> None:
    data = QMimeData()
    data.setData("text/uri-list", b"")
    window.canvas.dropped.emit(Role.CONTENT, pictures_in(data))
    assert "There is no picture in what was dropped" in window.messages.text


@pytest.mark.parametrize("kind", ["text", "empty", "missing"])
def test_what_is_no_picture_becomes_no_style(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path, kind: str
) -> None:
    bad = tmp_path / "bad.png"
    match kind:
        case "text":
            bad.write_text("no picture")
        case "empty":
            bad.touch()
    drop(window.shelf.viewport(), mime_of_files(bad), 20, 20)
    qtbot.waitUntil(lambda: bool(window.messages.text))
    assert window.messages.kind == "error"
    assert "bad.png" in window.messages.text
    assert "\n" not in window.messages.text
    settle(qtbot, window)
    assert titles(window) == ["Blue", "Green"]
    assert names(library) == []


def test_a_bad_picture_among_good_ones_costs_only_itself(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    good = [save_picture(tmp_path / f"good{number}.png", seed=number) for number in range(2)]
    drop(window.shelf.viewport(), mime_of_files(good[0], bad, good[1]), 20, 20)
    qtbot.waitUntil(lambda: names(library) == ["good0", "good1"])


def test_files_copied_in_a_file_manager_are_pasted_as_a_drop_would_take_them(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path
) -> None:
    style = save_style(tmp_path / "waves.scumble", "Waves")
    more = [save_picture(tmp_path / f"more{number}.png", seed=30 + number) for number in range(2)]
    QGuiApplication.clipboard().setMimeData(mime_of_files(more[0], style, more[1]))
    finished.menus.actions["paste"].trigger()
    qtbot.waitUntil(lambda: {"Waves", "more0", "more1"} <= set(titles(finished)))
    assert [each.title for each in finished.document.styles] == ["more0"]
