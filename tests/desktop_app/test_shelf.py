"""The shelf: groups, search, order, favourites, what was used last; by mouse and by keyboard."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.background import BackgroundThread
from desktop_app.main_window import MainWindow
from desktop_app.panels.shelf_model import ShelfItem, ShelfModel
from desktop_app.panels.style_shelf import StyleShelf
from desktop_app.panels.thumbnails import KEPT, Thumbnails, make_square, read_thumbnail
from desktop_app.settings import Settings, load_settings
from engine.styles import StyleLibrary
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import drag_over, drop, mime_of_files, save_style
from tests.desktop_app.shelf_helpers import item, titles

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def library(library: StyleLibrary) -> StyleLibrary:
    """The library with three styles of the user's."""
    library.user_folder.mkdir()
    for name, description in (("Amber", "warm"), ("Café Noir", "evening"), ("Waves", "long lines")):
        save_style(library.user_folder / f"{name}.scumble", name, description)
    return library


def show_group(window: MainWindow, name: str) -> None:
    window.shelf_strip.groups.setCurrentIndex(window.shelf_strip.groups.findData(name))


def test_groups(window: MainWindow) -> None:
    assert titles(window) == ["Blue", "Green", "Amber", "Café Noir", "Waves"]
    show_group(window, "built-in")
    assert titles(window) == ["Blue", "Green"]
    show_group(window, "own")
    assert titles(window) == ["Amber", "Café Noir", "Waves"]
    show_group(window, "recent")
    assert titles(window) == []
    assert window.shelf.empty_text() == "The styles you use appear here"
    show_group(window, "favourites")
    assert titles(window) == []
    show_group(window, "all")
    assert len(titles(window)) == 5


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cafe", ["Café Noir"]),
        ("  WAVES ", ["Waves"]),
        ("an artist", ["Amber", "Café Noir", "Waves"]),
        ("lines artist", ["Waves"]),
        ("painter blue", ["Blue"]),
        ("evening lines", []),
    ],
)
def test_the_search_finds_all_words_wherever_they_stand(
    qtbot: QtBot, window: MainWindow, words: str, expected: list[str]
) -> None:
    qtbot.keyClicks(window.shelf_strip.search, words)
    assert titles(window) == expected
    assert bool(window.shelf.empty_text()) is not bool(expected)
    qtbot.keyClick(window.shelf_strip.search, Qt.Key.Key_Escape)
    assert len(titles(window)) == 5


def test_the_search_is_reached_and_left_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert window.shelf_strip.search.hasFocus()
    qtbot.keyClicks(window.shelf_strip.search, "noir")
    qtbot.keyClick(window.shelf_strip.search, Qt.Key.Key_Return)
    assert window.shelf.hasFocus()
    assert [style.title for style in window.document.styles] == ["Café Noir"]


def test_what_is_chosen_stays_marked_whatever_is_shown(window: MainWindow) -> None:
    window.shelf.choose(3)
    show_group(window, "built-in")
    assert window.shelf.chosen_item() is None
    show_group(window, "own")
    chosen = window.shelf.chosen_item()
    assert chosen is not None
    assert chosen.title == "Café Noir"
    assert window.document.undo_stack.count() == 1


def test_group_order_favourites_and_recent_survive_a_restart(make_window: WindowMaker, tmp_path: Path) -> None:
    first = make_window()
    first.shelf.choose(4)
    first.shelf.choose(0)
    first.shelf.command("favourite", item(first, "Café Noir"))
    first.shelf.command("favourite", item(first, "Blue"))
    assert first.shelf.shelf.move(4, 0)
    show_group(first, "favourites")
    first.close()
    second = make_window(settings=load_settings(tmp_path / "settings" / "settings.json"))
    assert second.shelf_strip.groups.currentData() == "favourites"
    assert titles(second) == ["Blue", "Café Noir"]
    show_group(second, "recent")
    assert titles(second) == ["Blue", "Waves"]
    show_group(second, "all")
    assert titles(second) == ["Waves", "Blue", "Green", "Amber", "Café Noir"]


def test_favourites_and_order_survive_a_crash(window: MainWindow, tmp_path: Path) -> None:
    window.shelf.command("favourite", item(window, "Blue"))
    assert window.shelf.shelf.move(4, 0)
    kept = load_settings(tmp_path / "settings" / "settings.json")  # the window was never closed
    assert len(kept.shelf_favourites) == 1
    assert kept.shelf_order[0] == window.shelf.shelf.item(0).key


def test_a_favourite_is_one_until_it_is_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    window.shelf.choose(2)
    window.shelf.setFocus()
    qtbot.keyClick(window.shelf, Qt.Key.Key_D, CONTROL)
    show_group(window, "favourites")
    assert titles(window) == ["Amber"]
    qtbot.keyClick(window.shelf, Qt.Key.Key_D, CONTROL)
    assert titles(window) == []


def test_a_style_used_again_is_the_most_recent_and_the_list_is_bounded(qapp: QApplication) -> None:
    settings = Settings()
    model = ShelfModel(settings)
    from engine.styles import StyleInformation

    def make(number: int) -> ShelfItem:
        style = StyleInformation(f"{number}", "", "", "", "", "", "", path=Path(f"{number}.scumble"))
        return ShelfItem(style.name, "", style.path or "", information=style)

    items = [make(number) for number in range(40)]
    model.set_library(items)
    for each in (*items, items[30]):
        model.mark_used(each)
    model.set_group("recent")
    assert [model.item(row).title for row in range(3)] == ["30", "39", "38"]
    assert model.rowCount() == 24


def internal_drag(window: MainWindow, row: int, x: int) -> None:
    model = window.shelf.shelf
    drop(window.shelf.viewport(), model.mimeData([model.index(row, 0)]), x, 40)


def test_styles_are_put_in_another_order_by_dragging(window: MainWindow) -> None:
    width = window.shelf.visualRect(window.shelf.shelf.index(0, 0)).width()
    internal_drag(window, 0, 3 * width + 2)
    assert titles(window) == ["Green", "Amber", "Blue", "Café Noir", "Waves"]
    internal_drag(window, 4, 1)
    assert titles(window) == ["Waves", "Green", "Amber", "Blue", "Café Noir"]
    internal_drag(window, 0, 20 * width)
    assert titles(window) == ["Green", "Amber", "Blue", "Café Noir", "Waves"]
    internal_drag(window, 2, 2 * width + 3)  # to where it is
    assert titles(window) == ["Green", "Amber", "Blue", "Café Noir", "Waves"]
    assert window.document.styles == ()


def test_an_order_made_within_a_group_keeps_what_is_not_shown(window: MainWindow) -> None:
    show_group(window, "own")
    internal_drag(window, 2, 0)
    assert titles(window) == ["Waves", "Amber", "Café Noir"]
    show_group(window, "all")
    assert titles(window) == ["Blue", "Green", "Waves", "Amber", "Café Noir"]


def test_the_keyboard_moves_styles_and_they_stay_current(qtbot: QtBot, window: MainWindow) -> None:
    window.shelf.choose(1)
    for _ in range(2):
        qtbot.keyClick(window.shelf, Qt.Key.Key_Right, ALT)
    assert titles(window) == ["Blue", "Amber", "Café Noir", "Green", "Waves"]
    qtbot.keyClick(window.shelf, Qt.Key.Key_Left, ALT)
    assert titles(window) == ["Blue", "Amber", "Green", "Café Noir", "Waves"]
    current = window.shelf.current_item()
    assert current is not None
    assert current.title == "Green"
    assert window.document.undo_stack.count() == 1  # moving is not choosing


def test_a_drag_begins_with_the_style_that_was_pressed(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged = []
    monkeypatch.setattr(StyleShelf, "startDrag", lambda shelf, actions: dragged.append(shelf.current_item().title))
    window.shelf.choose(0)
    view = window.shelf.viewport()
    start = window.shelf.visualRect(window.shelf.shelf.index(3, 0)).center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start - QPoint(40, 0))
    qtbot.mouseMove(view, start - QPoint(80, 0))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start - QPoint(80, 0))
    assert dragged == ["Café Noir"]
    assert [style.title for style in window.document.styles] == ["Blue"]


def open_menu(window: MainWindow, event: QContextMenuEvent) -> QMenu:
    QApplication.sendEvent(window.shelf.viewport(), event)
    (menu,) = (menu for menu in window.shelf.findChildren(QMenu) if menu.isVisible())
    return menu


def entries(menu: QMenu) -> dict[str, bool]:
    return {action.objectName(): action.isEnabled() for action in menu.actions() if action.objectName()}


def test_the_menu_of_a_style_under_the_pointer(window: MainWindow) -> None:
    place = window.shelf.visualRect(window.shelf.shelf.index(2, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, window.shelf.viewport().mapToGlobal(place))
    menu = open_menu(window, event)
    possible = entries(menu)
    assert "keep" not in possible  # it is in the library already
    assert all(possible.values())
    next(action for action in menu.actions() if action.objectName() == "choose").trigger()
    assert [style.title for style in window.document.styles] == ["Amber"]
    menu.close()


def test_the_menu_key_opens_the_menu_of_the_current_style(window: MainWindow) -> None:
    window.shelf.choose(0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(400, 30), QPoint(400, 30))
    menu = open_menu(window, event)
    possible = entries(menu)
    assert not possible["edit"]  # Blue is built in
    assert not possible["delete"]
    assert not possible["move_left"]
    assert possible["export"]
    next(action for action in menu.actions() if action.objectName() == "favourite").trigger()
    assert window.shelf.shelf.is_favourite(item(window, "Blue"))
    menu.close()


def test_beside_the_styles_the_menu_offers_to_import(window: MainWindow) -> None:
    place = QPoint(window.shelf.viewport().width() - 5, 20)
    window.shelf_strip.search.setText("nothing has this name")
    menu = open_menu(window, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place))
    assert entries(menu) == {"import": True, "contact_sheet": False}
    menu.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_chooses_and_with_ctrl_mixes_in(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    window.shelf.choose(0)
    window.shelf.setCurrentIndex(window.shelf.shelf.index(2, 0))
    qtbot.keyClick(window.shelf, key, CONTROL)
    assert [style.title for style in window.document.styles] == ["Blue", "Amber"]
    qtbot.keyClick(window.shelf, key)
    assert [style.title for style in window.document.styles] == ["Amber"]


def test_the_shelf_says_what_a_drop_will_do(window: MainWindow, tmp_path: Path) -> None:
    view = window.shelf.viewport()
    picture, style = tmp_path / "a.png", tmp_path / "a.scumble"
    for data, expected in (
        (mime_of_files(picture), "Make a style of yours"),
        (mime_of_files(picture, picture), "Make 2 styles of yours"),
        (mime_of_files(style), "Import into the library"),
        (mime_of_files(style, picture), "Import the styles, and make styles of the pictures"),
    ):
        assert drag_over(view, data, 20, 20)
        assert window.shelf.drag_text() == expected
    assert drag_over(window.shelf_strip, mime_of_files(style), 20, 20)
    assert window.shelf.drag_text() == "Import into the library"


# Many styles


def png(width: int = 40, height: int = 40) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()


def test_thumbnails_come_from_the_background_and_so_many_are_kept(qtbot: QtBot) -> None:
    background = BackgroundThread()
    thumbnails = Thumbnails(background)
    sources = [png(side) for side in range(1, KEPT + 11)]
    try:
        assert thumbnails.square(sources[0], 20) is None  # not decoded while it is asked for
        qtbot.waitUntil(lambda: thumbnails.square(sources[0], 20) is not None)
        square = thumbnails.square(sources[0], 20)
        assert square is not None
        assert (square.width(), square.height()) == (20, 20)
        assert square.toImage().pixelColor(10, 10).name() == "#ff0000"
        for some in (sources[1 : KEPT // 2], sources[KEPT // 2 :]):
            for source in some:
                thumbnails.square(source, 20)
            qtbot.waitUntil(lambda made=some: all(thumbnails.square(source, 20) is not None for source in made))
        assert thumbnails.square(sources[0], 20) is None  # gone, and made again
    finally:
        background.stop()


def test_what_is_asked_for_last_is_made_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [png(side) for side in range(1, 5)]
    made = []
    monkeypatch.setattr(
        "desktop_app.panels.thumbnails.read_thumbnail", lambda data: made.append(data) or read_thumbnail(data)
    )
    background = BackgroundThread()
    thumbnails = Thumbnails(background)
    try:
        for source in sources:
            thumbnails.square(source, 20)
        qtbot.waitUntil(lambda: len(made) == 4)
    finally:
        background.stop()
    assert made == [sources[0], sources[3], sources[2], sources[1]]


def test_a_thumbnail_of_a_photo_is_upright_and_never_of_a_huge_or_broken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Image.new("RGB", (600, 400), "blue")
    picture.paste("red", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 3  # upside down
    picture.save(tmp_path / "photo.jpg", exif=exif)
    square = make_square(tmp_path / "photo.jpg", 40)
    assert (square.width(), square.height()) == (40, 40)
    assert square.pixelColor(5, 20).blue() > 200 > square.pixelColor(5, 20).red()
    assert square.pixelColor(35, 20).red() > 200 > square.pixelColor(35, 20).blue()
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    assert make_square(tmp_path / "broken.jpg", 40).isNull()
    assert make_square(tmp_path / "gone.jpg", 40).isNull()
    monkeypatch.setattr("desktop_app.panels.thumbnails.LARGEST_PHOTO", 599)
    assert make_square(tmp_path / "photo.jpg", 40).isNull()


def test_a_thumbnail_that_is_none_or_monstrous_is_left_out() -> None:
    assert make_square(b"no picture", 20).isNull()
    assert make_square(b"", 20).isNull()
    assert read_thumbnail(png(3000, 10)).isNull()
    assert not read_thumbnail(png(2000, 10)).isNull()


def test_thumbnails_have_round_corners_and_nothing_else_is_cut_off() -> None:
    square = make_square(png(40, 60), 20, 6)
    assert (square.width(), square.height()) == (20, 20)
    assert square.pixelColor(0, 0).alpha() == square.pixelColor(19, 19).alpha() == 0
    for x, y in ((10, 10), (0, 10), (10, 19), (4, 4)):
        assert square.pixelColor(x, y).getRgb() == (255, 0, 0, 255)


def test_five_hundred_styles_are_filled_and_scrolled_without_decoding_them(
    qtbot: QtBot, make_window: WindowMaker, library: StyleLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(500):
        save_style(library.user_folder / f"{number:03}.scumble", f"Style {number:03}", thumbnail=png(8))
    decoded = []
    monkeypatch.setattr(
        "desktop_app.panels.thumbnails.read_thumbnail", lambda data: decoded.append(1) or read_thumbnail(data)
    )
    window = make_window()
    assert len(titles(window)) == 505
    qtbot.waitUntil(lambda: bool(decoded))
    bar = window.shelf.horizontalScrollBar()
    bar.setValue(bar.maximum())
    window.shelf.viewport().repaint()
    qtbot.wait(1)
    visible = window.shelf.viewport().width() // window.shelf.visualRect(window.shelf.shelf.index(0, 0)).width() + 2
    assert len(decoded) <= 4 * visible
    window.shelf_strip.search.setText("style 499")
    assert titles(window) == ["Style 499"]
