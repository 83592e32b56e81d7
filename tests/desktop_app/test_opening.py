"""Pictures come in by drops, the clipboard, dialogs and the command line; bad ones change nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from engine.api import Picture
from engine.styles import StyleLibrary
from tests.desktop_app.helpers import (
    InvertingStylizer,
    drag_over,
    drop,
    mime_of_files,
    mime_of_image,
    save_picture,
    save_style,
)

LEFT = 60


def right_of(window: MainWindow) -> int:
    return window.canvas.width() - 60


def test_the_empty_window_asks_for_both(window: MainWindow) -> None:
    assert window.canvas.photo_prompt.isVisible()
    assert window.canvas.photo_prompt.title == "Drop a photo here"
    assert window.canvas.painting_prompt.title == "Drop a painting here"
    assert window.canvas.start_hint.isVisible()
    assert not window.side_panel.export_button.isEnabled()


def test_a_drop_on_the_left_half_is_the_photo(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    drop(window.canvas, mime_of_files(photo), LEFT)
    qtbot.waitUntil(lambda: window.document.content is not None)
    content = window.document.content
    assert content is not None
    assert (content.width, content.height, content.name) == (60, 40, "photo")
    assert window.document.content_path == photo
    assert window.document.styles == ()
    assert window.canvas.painting_prompt.image is None  # still asks for a painting
    assert window.canvas.painting_prompt.isVisible()
    assert "photo" in window.windowTitle()


def test_a_drop_on_the_right_half_is_the_painting(qtbot: QtBot, window: MainWindow, painting: Path) -> None:
    drop(window.canvas, mime_of_files(painting), right_of(window))
    qtbot.waitUntil(lambda: bool(window.document.styles))
    assert window.document.content is None
    (style,) = window.document.styles
    assert isinstance(style.source, Picture)
    assert style.title == "painting"
    chosen = window.shelf.chosen_item()
    assert chosen is not None
    assert chosen.source is style.source
    assert window.shelf.shelf.item(0).title == "painting"


def test_both_drops_give_a_result(
    qtbot: QtBot, window: MainWindow, photo: Path, painting: Path, stylizer: InvertingStylizer
) -> None:
    drop(window.canvas, mime_of_files(painting), right_of(window))
    drop(window.canvas, mime_of_files(photo), LEFT)
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    content, result = window.canvas.compare.content, window.canvas.compare.result
    assert content is not None
    assert result is not None
    assert window.canvas.is_comparing
    before, after = content.pixelColor(30, 20), result.pixelColor(30, 20)
    assert (after.red(), after.green(), after.blue()) == (255 - before.red(), 255 - before.green(), 255 - before.blue())
    (choice,) = stylizer.requests[-1].styles
    assert isinstance(choice.style, Picture)
    assert (choice.style.width, choice.style.height) == (50, 50)


@pytest.mark.parametrize("half", ["left", "right"])
def test_pixels_can_be_dropped(qtbot: QtBot, window: MainWindow, half: str) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    drop(window.canvas, mime_of_image(image), LEFT if half == "left" else right_of(window))
    if half == "left":
        qtbot.waitUntil(lambda: window.document.content is not None)
        picture = window.document.content
    else:
        qtbot.waitUntil(lambda: bool(window.document.styles))
        picture = window.document.styles[0].source
    assert isinstance(picture, Picture)
    assert picture.pixels.shape == (10, 20, 3)
    assert picture.alpha is None
    assert np.all(picture.pixels == [10, 20, 30])


def test_alpha_of_dropped_pixels_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    image.fill(QColor(200, 100, 50, 128))
    drop(window.canvas, mime_of_image(image), LEFT)
    qtbot.waitUntil(lambda: window.document.content is not None)
    content = window.document.content
    assert content is not None
    assert content.alpha is not None
    assert np.all(content.alpha == 128)


def test_while_dragging_the_canvas_says_what_a_drop_will_do(window: MainWindow, photo: Path) -> None:
    overlay = window.canvas.overlay
    assert drag_over(window.canvas, mime_of_files(photo), LEFT)
    assert overlay.isVisible()
    assert overlay.role is Role.CONTENT
    drag_over(window.canvas, mime_of_files(photo), right_of(window))
    assert overlay.role is Role.STYLE
    assert overlay.text_of(Role.CONTENT) == "Use as photo"
    assert overlay.text_of(Role.STYLE) == "Use as painting"
    drop(window.canvas, mime_of_files(photo), LEFT)
    assert not overlay.isVisible()


def test_a_drag_of_text_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("not a picture")
    assert not drag_over(window.canvas, data, LEFT)
    assert not window.canvas.overlay.isVisible()


def test_several_files_on_the_right_half_go_to_the_shelf(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    files = [save_picture(tmp_path / f"painting{number}.png", seed=number) for number in range(3)]
    drop(window.canvas, mime_of_files(*files), right_of(window))
    qtbot.waitUntil(lambda: window.shelf.shelf.first_library_row() == 3)
    titles = {window.shelf.shelf.item(row).title for row in range(3)}
    assert titles == {"painting0", "painting1", "painting2"}
    assert [style.title for style in window.document.styles] == ["painting0"]


def test_several_files_on_the_left_half_are_explained(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    files = [save_picture(tmp_path / f"photo{number}.png", seed=number) for number in range(2)]
    drop(window.canvas, mime_of_files(*files), LEFT)
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert window.document.content_path == files[0]
    assert "photo0.png" in window.messages.text
    assert window.messages.kind == "information"


def test_a_drop_on_the_shelf_adds_without_choosing(qtbot: QtBot, window: MainWindow, painting: Path) -> None:
    drop(window.shelf.viewport(), mime_of_files(painting), 20, 20)
    qtbot.waitUntil(lambda: window.shelf.shelf.rowCount() == 3)
    assert window.document.styles == ()


def test_the_same_painting_twice_is_on_the_shelf_once(qtbot: QtBot, window: MainWindow, painting: Path) -> None:
    for _ in range(2):
        window.opener.open_sources(Role.STYLE, [painting])
        qtbot.waitUntil(lambda: bool(window.document.styles))
        qtbot.wait(1)
    with qtbot.waitSignal(window.worker.reported):
        window.opener.open_sources(Role.STYLE, [painting])
    assert window.shelf.shelf.first_library_row() == 1


@pytest.mark.parametrize("half", ["left", "right"])
def test_a_style_file_is_a_style_on_either_half(
    qtbot: QtBot, window: MainWindow, library: StyleLibrary, tmp_path: Path, half: str
) -> None:
    file = save_style(tmp_path / "waves.scumble", "Waves")
    drop(window.canvas, mime_of_files(file), LEFT if half == "left" else right_of(window))
    qtbot.waitUntil(lambda: bool(window.document.styles))
    assert window.document.styles[0].title == "Waves"
    assert window.document.styles[0].source == library.find("Waves").path
    assert window.document.content is None


def test_an_address_on_the_web_is_not_downloaded(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/picture.jpg")])
    drop(window.canvas, data, LEFT)
    assert "https://example.org/picture.jpg" in window.messages.text
    assert window.document.content is None


def _make_bad_file(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / "bad.jpg"
    match kind:
        case "text":
            path.write_text("I am no picture.")
        case "empty":
            path.touch()
        case "truncated":
            save_picture(path, 200, 200)
            path.write_bytes(path.read_bytes()[:200])
        case "style file that is none":
            path = tmp_path / "bad.scumble"
            path.write_text("I am no style.")
    return path


BAD_FILES = ["text", "empty", "missing", "truncated", "style file that is none"]


@pytest.mark.parametrize("role", [Role.CONTENT, Role.STYLE])
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_explained_and_changes_nothing(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path, kind: str, role: Role
) -> None:
    before = (finished.document.content, finished.document.styles, finished.shelf.shelf.rowCount())
    result = finished.canvas.compare.result
    bad = _make_bad_file(tmp_path, kind)
    drop(finished.canvas, mime_of_files(bad), LEFT if role is Role.CONTENT else right_of(finished))
    qtbot.waitUntil(lambda: bool(finished.messages.text))
    assert finished.messages.kind == "error"
    assert bad.name in finished.messages.text
    assert "\n" not in finished.messages.text
    assert "Traceback" not in finished.messages.text
    assert (finished.document.content, finished.document.styles, finished.shelf.shelf.rowCount()) == before
    assert finished.canvas.compare.result is result


def test_the_window_goes_on_after_a_bad_file(qtbot: QtBot, window: MainWindow, tmp_path: Path, photo: Path) -> None:
    window.opener.open_sources(Role.CONTENT, [tmp_path / "missing.png"])
    qtbot.waitUntil(lambda: window.messages.kind == "error")
    window.opener.open_sources(Role.CONTENT, [photo])
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert window.messages.text == ""


def test_the_first_paste_is_the_photo_and_the_second_the_painting(qtbot: QtBot, window: MainWindow) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert window.messages.text == "Pasted as the photo."
    assert window.document.content_path is None
    image.fill(QColor("orange"))
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.document.styles))
    assert "Pasted as the painting" in window.messages.text


def test_copied_files_can_be_pasted(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    QGuiApplication.clipboard().setMimeData(mime_of_files(photo))
    window.menus.actions["paste"].trigger()
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert window.document.content_path == photo


def test_pasting_text_is_explained(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("words")
    window.menus.actions["paste"].trigger()
    assert "clipboard holds no picture" in window.messages.text


def _choose_in_dialog(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    with qtbot.waitSignal(dialog.finished):
        dialog.accept()


def test_open_photo_asks_for_a_file_and_remembers_the_folder(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    window.canvas.photo_prompt.button.click()
    _choose_in_dialog(qtbot, window, photo)
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert window.document.content_path == photo
    assert Path(window._settings.photo_folder) == photo.parent


def test_open_painting_by_its_shortcut(qtbot: QtBot, window: MainWindow, painting: Path) -> None:
    shift_control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_O, shift_control)
    _choose_in_dialog(qtbot, window, painting)
    qtbot.waitUntil(lambda: bool(window.document.styles))
    assert window.document.styles[0].title == "painting"


def test_open_painting_by_the_button_of_the_shelf(qtbot: QtBot, window: MainWindow, painting: Path) -> None:
    window.shelf_strip.add_button.click()
    _choose_in_dialog(qtbot, window, painting)
    qtbot.waitUntil(lambda: "painting is a style of yours" in window.messages.text)
    assert window.document.styles == ()


def test_files_of_the_command_line(
    qtbot: QtBot, window: MainWindow, photo: Path, painting: Path, tmp_path: Path
) -> None:
    style_file = save_style(tmp_path / "waves.scumble", "Waves")
    window.open_files([style_file, photo, painting])
    qtbot.waitUntil(lambda: window.document.is_complete)
    qtbot.waitUntil(lambda: window.shelf.shelf.rowCount() == 4)
    assert window.document.content_path == photo
    assert [style.title for style in window.document.styles] == ["painting"]
    assert {window.shelf.shelf.item(row).title for row in range(2)} == {"painting", "Waves"}


def test_a_style_file_alone_on_the_command_line_is_painted_in(
    qtbot: QtBot, window: MainWindow, photo: Path, tmp_path: Path
) -> None:
    window.open_files([save_style(tmp_path / "waves.scumble", "Waves"), photo])
    qtbot.waitUntil(lambda: window.document.is_complete)
    assert [style.title for style in window.document.styles] == ["Waves"]


def test_the_sample_opens_with_the_first_style(
    qtbot: QtBot, window: MainWindow, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.samples.SAMPLE_PHOTO", photo)
    window.canvas.start_hint.cards[0].click()
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    assert window.document.styles[0].title == "Blue"
    assert window.document.styles[0].source == "Blue"
