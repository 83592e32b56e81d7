"""What is open comes back: after a quit, after a crash, and as far as its files are still there."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop_app.canvas.viewport import CanvasView
from desktop_app.document import StyleSettings
from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from desktop_app.pixels import to_image
from desktop_app.session import (
    SavedStyle,
    SavedWork,
    SessionError,
    read_works,
    works_as_bytes,
    works_from_bytes,
)
from engine.imaging import read_picture
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import save_picture

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "session"


def _settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None and not window.preview.is_busy)


def _restored(qtbot: QtBot, make_window: WindowMaker, folder: Path) -> MainWindow:
    window = make_window(session_folder=folder)
    window.session.restore()
    _settled(qtbot, window)
    return window


def test_everything_comes_back_after_a_quit(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path
) -> None:
    first = make_window(session_folder=folder)
    first.open_files([photo, painting])
    _settled(qtbot, first)
    blue = first.shelf.shelf.item_of_library("Blue")
    assert blue is not None
    first.shelf.mixed_in.emit(blue)
    first.document.set_weights([0.25, 0.75])
    first.document.set_setting("detail", 0.4)
    first.document.set_setting("strength", 0.6)
    first.close()

    second = _restored(qtbot, make_window, folder)
    document = second.document
    assert document.content_path == photo
    assert document.content is not None
    assert document.content.digest == read_picture(photo).digest
    assert [(style.title, style.weight) for style in document.styles] == [("painting", 0.25), ("Blue", 0.75)]
    assert document.settings == StyleSettings(strength=0.6, detail=0.4)
    assert not document.undo_stack.canUndo()
    assert second.messages.text == ""


def test_zoom_place_and_divider_come_back(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path, tmp_path: Path
) -> None:
    first = make_window(session_folder=folder)
    first.open_files([photo, painting])
    _settled(qtbot, first)
    compare = first.canvas.compare
    compare.show_actual_size()
    for _ in range(14):
        compare.zoom_in()
    QTest.mousePress(compare, Qt.MouseButton.MiddleButton, pos=QPoint(300, 300))
    QTest.mouseMove(compare, QPoint(200, 250))
    QTest.mouseRelease(compare, Qt.MouseButton.MiddleButton, pos=QPoint(200, 250))
    compare.move_divider(0.3)
    view = compare.view
    assert view.scale > 5
    assert (view.x, view.y) != (0.5, 0.5)
    first.close()

    second = _restored(qtbot, make_window, folder)
    assert second.canvas.compare.view == view
    assert second.canvas.compare.picture_rect() == compare.picture_rect()
    # Another photo is shown whole; going back to the work brings its view too.
    other = save_picture(tmp_path / "other.png", 90, 30)
    second.open_files([other])
    qtbot.waitUntil(lambda: second.document.content_path == other)
    assert second.canvas.compare.viewport.is_fitted
    second.session.save()
    second.session.open_recent(next(n for n, each in enumerate(second.session.recent) if each.content == str(photo)))
    qtbot.waitUntil(lambda: second.document.content_path == photo)
    assert second.canvas.compare.view == view


def test_a_look_around_is_kept_too(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path
) -> None:
    window = make_window(session_folder=folder)
    window.open_files([photo, painting])
    _settled(qtbot, window)
    qtbot.waitUntil(lambda: (folder / "session.json").exists() and read_works(folder / "session.json") != [])
    window.canvas.compare.move_divider(0.25)
    qtbot.waitUntil(lambda: read_works(folder / "session.json")[0].view.divider == 0.25)


def test_pasted_pictures_come_back_and_leave_no_files_behind_once_they_are_gone(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path
) -> None:
    first = make_window(session_folder=folder)
    first.opener.open_sources(Role.CONTENT, [to_image(read_picture(photo))])
    first.opener.open_sources(Role.STYLE, [to_image(read_picture(painting))])
    _settled(qtbot, first)
    first.close()
    assert len(list(folder.glob("*.png"))) == 2

    second = _restored(qtbot, make_window, folder)
    assert second.document.content is not None
    assert (second.document.content.pixels == read_picture(photo).pixels).all()
    second.document.clear()
    second.session.clear_recent()
    second.close()
    assert list(folder.glob("*.png")) == []


_CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop_app.i18n import Languages
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.worker import LoadedEngine
from engine.styles import StyleLibrary
from tests.desktop_app.helpers import InvertingStylizer

folder, photo, painting = (Path(argument) for argument in sys.argv[1:4])
application = QApplication([])
window = MainWindow(
    Settings(language="en"), folder / "settings.json", StyleLibrary(folder / "none", folder / "mine"),
    Languages(application), lambda: LoadedEngine(InvertingStylizer(), "CPU"), folder / "session",
)
window.show()
window.open_files([photo, painting])

def look():
    work = window.document.work
    if work.content is not None and work.styles and work.settings.strength == 1.0:
        window.document.set_setting("strength", 0.3)
    path = folder / "session" / "session.json"
    if path.exists() and '"strength": 0.3' in path.read_text():
        os._exit(9)

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
QTimer.singleShot(60000, application.quit)
application.exec()
"""


def test_everything_comes_back_after_a_crash(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, folder: Path, photo: Path, painting: Path
) -> None:
    command = [sys.executable, "-c", _CRASH, str(tmp_path), str(photo), str(painting)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=100).returncode == 9
    window = _restored(qtbot, make_window, folder)  # the lock of the dead process holds nobody up
    assert window.document.content_path == photo
    assert [style.title for style in window.document.styles] == ["painting"]
    assert window.document.settings.strength == 0.3


def test_what_has_vanished_is_named_and_the_rest_comes_back(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path
) -> None:
    gone = str(painting.with_name("gone.jpg"))
    styles = (SavedStyle("Gone", path=gone), SavedStyle("Lost", name="Lost"), SavedStyle("Blue", name="Blue"))
    folder.mkdir()
    (folder / "session.json").write_bytes(works_as_bytes([SavedWork(str(photo), styles)]))
    window = _restored(qtbot, make_window, folder)
    assert [style.title for style in window.document.styles] == ["Blue"]
    assert window.messages.text == "Not found any more: Lost, gone.jpg. The rest is as it was."


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"version": 99, "works": []}', b'{"version": 1, "works": [3]}'])
def test_a_session_that_cannot_be_read_is_kept_beside(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, data: bytes
) -> None:
    folder.mkdir()
    (folder / "session.json").write_bytes(data)
    (folder / "recent.json").write_bytes(data)
    window = make_window(session_folder=folder)
    window.session.restore()
    assert window.messages.text == (
        "What was open last time cannot be read; the file is kept beside as session.json.bak."
    )
    assert (folder / "session.json.bak").read_bytes() == data
    assert window.document.content is None
    assert window.session.recent == ()
    window.document.set_setting("strength", 0.5)
    window.close()
    assert read_works(folder / "session.json")[0].settings.strength == 0.5


def test_a_folder_that_cannot_be_written_is_told_once(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, photo: Path, painting: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    window = make_window(session_folder=tmp_path / "file" / "session")
    window.open_files([photo, painting])
    _settled(qtbot, window)
    window.session.save()
    qtbot.waitUntil(lambda: "cannot be kept for the next start" in window.messages.text)
    window.messages.hide()
    for strength in (0.1, 0.2):
        window.document.set_setting("strength", strength)
        window.session.save()
    _settled(qtbot, window)
    assert window.messages.text == ""


def test_a_second_window_leaves_the_session_of_the_first_alone(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path
) -> None:
    first = make_window(session_folder=folder)
    first.open_files([photo, painting])
    _settled(qtbot, first)
    second = make_window(session_folder=folder)
    second.session.restore()
    second.document.set_setting("strength", 0.1)
    second.close()
    first.close()
    (saved,) = read_works(folder / "session.json")
    assert (saved.content, saved.settings.strength) == (str(photo), 1.0)


def test_opening_something_while_the_session_comes_back_wins(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path, tmp_path: Path
) -> None:
    folder.mkdir()
    (folder / "session.json").write_bytes(works_as_bytes([SavedWork(str(photo), (SavedStyle("Blue", name="Blue"),))]))
    window = make_window(session_folder=folder)
    window.session.restore()
    picture = read_picture(save_picture(tmp_path / "other.png", 30, 20, seed=5))
    window.document.set_content(picture, tmp_path / "other.png", to_image(picture))
    window.opener.open_sources(Role.STYLE, [painting])
    _settled(qtbot, window)
    assert window.document.content_path == tmp_path / "other.png"
    assert [style.title for style in window.document.styles] == ["painting"]


def test_a_photo_deleted_while_it_is_open_hurts_nothing(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path, tmp_path: Path
) -> None:
    window = make_window(session_folder=folder)
    window.open_files([photo, painting])
    _settled(qtbot, window)
    photo.unlink()
    painting.unlink()
    window.document.set_setting("strength", 0.5)
    _settled(qtbot, window)
    assert window.canvas.compare.result is not None
    window.close()
    assert (tmp_path / "settings" / "settings.json").exists()
    again = make_window(session_folder=folder)
    again.session.restore()
    qtbot.waitUntil(lambda: again.messages.text.startswith("Not found any more: photo.png, painting.jpg"))


def test_new_empties_the_window_and_can_be_undone(qtbot: QtBot, finished: MainWindow) -> None:
    finished.document.set_setting("strength", 0.5)
    work = finished.document.work
    finished.menus.actions["new"].trigger()
    assert finished.document.content is None
    assert finished.document.styles == ()
    assert not finished.canvas.is_comparing
    assert finished.side_panel.controls.sliders["strength"].value_text == "100 %"
    steps = finished.document.undo_stack.count()
    finished.menus.actions["new"].trigger()  # nothing is left to empty
    assert finished.document.undo_stack.count() == steps
    finished.menus.actions["undo"].trigger()
    assert finished.document.work is work
    _settled(qtbot, finished)


def _entries(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def test_recent_works_come_back_with_styles_and_settings_and_can_be_undone(
    qtbot: QtBot, make_window: WindowMaker, folder: Path, photo: Path, painting: Path, tmp_path: Path
) -> None:
    window = make_window(session_folder=folder)
    assert _entries(window.menus.recent_menu) == ["Nothing yet"]
    window.open_files([photo, painting])
    _settled(qtbot, window)
    window.document.set_setting("keep_color", 0.7)
    window.session.save()
    other = save_picture(tmp_path / "R&D.png", 30, 20, seed=5)
    window.opener.open_sources(Role.CONTENT, [other])
    qtbot.waitUntil(lambda: window.document.content_path == other)
    window.document.set_setting("keep_color", 0.0)
    window.close()

    window = _restored(qtbot, make_window, folder)
    assert _entries(window.menus.recent_menu)[:2] == ["R&&D.png – painting", "photo.png – painting"]
    window.menus.recent_menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: window.document.content_path == photo)
    assert window.document.settings.keep_color == 0.7
    window.menus.actions["undo"].trigger()
    assert window.document.content_path == other
    window.menus.recent_menu.actions()[-1].trigger()
    assert _entries(window.menus.recent_menu) == ["Nothing yet"]


texts = st.text(max_size=20)
styles = st.builds(SavedStyle, texts, name=texts.filter(bool), weight=st.floats(0, 10)) | st.builds(
    SavedStyle, texts, path=texts.filter(bool), weight=st.floats(0, 10)
)
works = st.builds(
    SavedWork,
    texts,
    st.lists(styles, max_size=4).map(tuple),
    st.builds(StyleSettings, *[st.floats(0, 1)] * 3, style_scale=st.floats(0.25, 4)),
    st.builds(CanvasView, st.floats(0, 100), *[st.floats(0, 1)] * 3),
)


@given(st.lists(works, max_size=3))
def test_works_are_read_as_they_were_written(given_works: list[SavedWork]) -> None:
    assert works_from_bytes(works_as_bytes(given_works)) == given_works


FIELDS = ("content", "styles", "settings", "view")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.binary(max_size=60)
    | st.builds(
        lambda works: json.dumps({"version": 1, "works": works}).encode(),
        st.lists(
            st.fixed_dictionaries({}, optional=dict.fromkeys(("content", "styles", "settings", "view"), json_values))
        ),
    )
)
def test_garbage_is_refused_in_one_way_only(data: bytes) -> None:
    try:
        found = works_from_bytes(data)
    except SessionError:
        return
    assert works_from_bytes(works_as_bytes(found)) == found


def test_fields_of_a_later_release_are_ignored_and_missing_ones_have_defaults() -> None:
    values = {"version": 1, "later": 1, "works": [{"content": "/a.png", "regions": [], "settings": {"strength": 1}}]}
    assert works_from_bytes(json.dumps(values).encode()) == [replace(SavedWork(), content="/a.png")]
