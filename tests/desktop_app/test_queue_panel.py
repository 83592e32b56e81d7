"""The panel of the queue: a list that follows step by step, keys, drags, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.batch import BatchDialog
from desktop_app.main_window import MainWindow
from desktop_app.panels.queue_list import QueueList
from desktop_app.queueing.jobs import PictureTask, State, Target
from desktop_app.session import SavedStyle, SavedWork
from desktop_app.settings import Settings
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.every_widget import controls, texts
from tests.desktop_app.helpers import drop, mime_of_files
from tests.desktop_app.queue_helpers import save_pictures, titles_of


def task(title: str) -> PictureTask:
    work = SavedWork(f"/pictures/{title}.png", (SavedStyle("Blue", name="Blue"),))
    return PictureTask(work, title, Target("/results"))


@pytest.fixture
def paused(window: MainWindow) -> MainWindow:
    """Return a window whose queue is shown, paused, with five jobs."""
    window.queue.runner.pause()
    QAbstractItemModelTester(window.queue.panel.list.jobs, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    window.queue.jobs.add([task(name) for name in "abcde"])
    window.queue.show_panel()
    return window


def list_of(window: MainWindow) -> QueueList:
    return window.queue.panel.list


def select(window: MainWindow, *rows: int) -> None:
    view = list_of(window)
    view.clearSelection()
    for row in rows:
        index = view.jobs.index(row, 0)
        view.selectionModel().setCurrentIndex(index, view.selectionModel().SelectionFlag.Select)


def shown(window: MainWindow) -> list[str]:
    model = list_of(window).jobs
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_the_menu_and_the_shortcut_show_the_panel(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.queue.panel.isVisible()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Q, keys)
    assert window.queue.panel.isVisible()
    assert window.menus.actions["queue"].isChecked()
    assert "drop a folder" in " ".join(text for _, text in texts(window))
    window.queue.panel.close_button.click()
    assert not window.queue.panel.isVisible()
    assert not window.menus.actions["queue"].isChecked()


def test_the_panel_is_there_again_after_a_restart(make_window: WindowMaker) -> None:
    assert make_window(settings=Settings(language="en", panel="queue")).queue.panel.isVisible()


def test_the_list_follows_every_change(paused: MainWindow) -> None:
    jobs = paused.queue.jobs
    numbers = {job.task.title: job.number for job in jobs}
    select(paused, 1, 3)
    jobs.move([numbers["e"], numbers["d"]], 0)
    assert shown(paused) == titles_of(paused) == ["d", "e", "a", "b", "c"]
    assert [job.task.title for job in list_of(paused).selected()] == ["d", "b"]
    jobs.remove([numbers["d"], numbers["a"], numbers["b"]])
    assert shown(paused) == ["e", "c"]
    jobs.add([task("f")])
    jobs.set(numbers["c"], state=State.DONE, path="/results/c.png")
    assert shown(paused) == ["e", "c", "f"]
    jobs.clear_finished()
    assert shown(paused) == ["e", "f"]


def test_keys_move_and_remove(qtbot: QtBot, paused: MainWindow) -> None:
    view = list_of(paused)
    view.setFocus()
    select(paused, 1, 2)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert shown(paused) == ["a", "d", "b", "c", "e"]
    for _ in range(3):  # not beyond the top
        qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(paused) == ["b", "c", "a", "d", "e"]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert shown(paused) == ["a", "d", "e"]


def test_rows_are_dragged_to_another_place(paused: MainWindow) -> None:
    model = list_of(paused).jobs
    data = model.mimeData([model.index(3, 0), model.index(4, 0)])
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    assert shown(paused) == ["a", "d", "e", "b", "c"]
    model.dropMimeData(model.mimeData([model.index(0, 0)]), Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    assert shown(paused) == ["d", "e", "b", "c", "a"]
    assert not model.dropMimeData(QMimeData(), Qt.DropAction.MoveAction, 0, 0, QModelIndex())


def test_a_drop_between_two_rows_moves_there(paused: MainWindow) -> None:
    view = list_of(paused)
    data = view.jobs.mimeData([view.jobs.index(3, 0)])
    boundary = view.visualRect(view.jobs.index(1, 0)).top()
    send_drop(view.viewport(), data, boundary)
    assert shown(paused) == ["a", "d", "b", "c", "e"]


def send_drop(viewport: QWidget, data: QMimeData, y: int) -> None:
    move, button, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(viewport, QDragEnterEvent(QPoint(40, y), move, data, button, none))
    QApplication.sendEvent(viewport, QDragMoveEvent(QPoint(40, y), move, data, button, none))
    QApplication.sendEvent(viewport, QDropEvent(QPointF(40, y), move, data, button, none))


def test_the_menu_offers_what_is_possible(paused: MainWindow) -> None:
    number = next(iter(paused.queue.jobs)).number
    paused.queue.jobs.set(
        number, state=State.FAILED, template="{name} is empty. Choose another file.", values={"name": "a"}
    )
    select(paused, 0)
    menu = list_of(paused).menu()
    possible = {action.objectName(): action.isEnabled() for action in menu.actions() if action.objectName()}
    assert possible == {
        "open_folder": True,
        "retry": True,
        "stop": False,
        "top": True,
        "up": True,
        "down": True,
        "remove": True,
    }
    next(action for action in menu.actions() if action.objectName() == "retry").trigger()
    menu.close()
    assert next(iter(paused.queue.jobs)).state is State.WAITING


def test_what_a_job_says(paused: MainWindow) -> None:
    number = next(iter(paused.queue.jobs)).number
    model = list_of(paused).jobs
    paused.queue.jobs.set(
        number, state=State.FAILED, template="{name} is empty. Choose another file.", values={"name": "a"}
    )
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip == "a\nBlue\na is empty. Choose another file."
    paused.preferences.choose("language", "zh_CN")
    assert "空文件" in model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)


def test_a_job_shows_its_photo_and_then_its_result(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for name, color in (("photo.png", "#c02020"), ("result.png", "#2020c0")):
        Image.new("RGB", (300, 200), color).save(tmp_path / name)
    window.queue.runner.pause()
    work = SavedWork(str(tmp_path / "photo.png"), (SavedStyle("Blue", name="Blue"),))
    window.queue.jobs.add([PictureTask(work, "photo", Target(str(tmp_path))), task("gone")])
    window.queue.show_panel()

    def color_at(row: int) -> str:
        view = list_of(window)
        place = view.visualRect(view.jobs.index(row, 0))
        return view.grab().toImage().pixelColor(place.left() + 30, place.center().y()).name()

    qtbot.waitUntil(lambda: color_at(0) == "#c02020")
    number = next(iter(window.queue.jobs)).number
    window.queue.jobs.set(number, state=State.DONE, path=str(tmp_path / "result.png"))
    qtbot.waitUntil(lambda: color_at(0) == "#2020c0")
    assert color_at(1) not in {"#c02020", "#2020c0"}


def test_every_control_of_the_panel_is_named_and_reached_by_tab(qtbot: QtBot, paused: MainWindow) -> None:
    number = next(iter(paused.queue.jobs)).number
    paused.queue.jobs.set(number, state=State.FAILED, template="Stopped.")
    found = [widget for widget in controls(paused) if paused.queue.panel.isAncestorOf(widget)]
    assert len(found) >= 4
    names = [QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip() for widget in found]
    assert all(names)
    reached = set()
    paused.activateWindow()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or paused, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert [widget for widget in found if widget not in reached] == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_focus_of_the_list_is_seen(paused: MainWindow, theme: str) -> None:
    paused.preferences.choose("theme", theme)
    view = list_of(paused)
    view.clearFocus()
    without = view.grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.grab().toImage() != without


def test_the_running_job_stays_in_sight(qtbot: QtBot, window: MainWindow) -> None:
    window.queue.show_panel()
    window.queue.jobs.add([task(f"missing {number}") for number in range(60)])
    view = list_of(window)
    qtbot.waitUntil(lambda: window.queue.runner.is_paused)  # there is no folder for the results
    window.queue.jobs.move([job.number for job in window.queue.jobs][:1], 60)
    first = next(iter(window.queue.jobs)).number
    window.queue.jobs.move([first], 60)
    bottom = view.verticalScrollBar().value()
    for job in list(window.queue.jobs)[:59]:
        window.queue.jobs.set(job.number, state=State.FAILED, template="Stopped.")
    window.queue.runner.resume()
    qtbot.waitUntil(lambda: window.queue.runner.is_paused)
    assert view.verticalScrollBar().value() > bottom


# What is dropped


@pytest.mark.parametrize("where", ["canvas", "side panel", "shelf", "queue", "list"])
def test_a_folder_dropped_anywhere_is_asked_about_once(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path, where: str
) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png", "2.png"])
    finished.queue.show_panel()
    if where == "list":
        finished.queue.runner.pause()
        finished.queue.jobs.add([task("a")])
    widget = {
        "canvas": finished.canvas,
        "side panel": finished.side_panel,
        "shelf": finished.shelf.viewport(),
        "queue": finished.queue.panel,
        "list": finished.queue.panel.list.viewport(),
    }[where]
    drop(widget, mime_of_files(folder), 20, 20)
    (dialog,) = finished.findChildren(BatchDialog)
    qtbot.waitUntil(lambda: len(dialog.source.pictures) == 2)
    assert dialog.add_to_queue_button.text() == "Add 2 to the Queue"
    dialog.reject()


def test_the_drop_says_what_it_will_do(finished: MainWindow, tmp_path: Path) -> None:
    from tests.desktop_app.helpers import drag_over

    folder = save_pictures(tmp_path / "holiday", ["1.png"])
    assert drag_over(finished.canvas, mime_of_files(folder), 20)
    overlay = finished.canvas.overlay
    assert overlay.role is not None
    assert "queue" in overlay.text_of(overlay.role)
    assert drag_over(finished.shelf, mime_of_files(folder), 20, 20)
    assert "queue" in finished.shelf.drag_text()


def test_without_a_style_a_folder_is_not_taken(window: MainWindow, tmp_path: Path) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png"])
    drop(window.canvas, mime_of_files(folder), 20)
    assert "Choose a style first" in window.messages.text
    assert window.findChildren(BatchDialog) == []


def test_several_photos_dropped_at_once_can_go_into_the_queue(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path
) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png", "2.png"])
    drop(finished.canvas, mime_of_files(folder / "1.png", folder / "2.png"), 20)
    qtbot.waitUntil(lambda: "only 1.png is opened" in finished.messages.text)
    finished.messages.action_button.click()
    (dialog,) = finished.findChildren(BatchDialog)
    qtbot.waitUntil(lambda: len(dialog.source.pictures) == 2)
    dialog.reject()


# The dialog


def ask(qtbot: QtBot, window: MainWindow, folder: Path) -> BatchDialog:
    window.queue.adder.ask_about([folder])
    dialog = window.findChildren(BatchDialog)[-1]
    qtbot.waitUntil(lambda: dialog.source.found.parent is not None)
    return dialog


def test_an_empty_folder_gives_nothing_to_add(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    dialog = ask(qtbot, finished, tmp_path / "empty")
    assert dialog.source.label.text() == "No picture in empty"
    assert not dialog.add_to_queue_button.isEnabled()


def test_a_folder_that_cannot_be_made_is_told_of(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    dialog = ask(qtbot, finished, save_pictures(tmp_path / "holiday", ["1.png"]))
    (tmp_path / "a file").write_bytes(b"")
    dialog.fields.folder_edit.setText(str(tmp_path / "a file" / "below"))
    dialog.add_to_queue_button.click()
    assert "cannot be made" in dialog.notice.text()
    assert dialog.isVisible()
    assert len(finished.queue.jobs) == 0


def test_a_pattern_that_says_nothing_is_told_of(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    dialog = ask(qtbot, finished, save_pictures(tmp_path / "holiday", ["1.png"]))
    dialog.pattern_edit.setText("{artist}")
    assert "{photo}" in dialog.notice.text()
    assert not dialog.add_to_queue_button.isEnabled()
    dialog.pattern_edit.setText("{photo} {date}")
    assert dialog.add_to_queue_button.isEnabled()


def test_the_results_go_beside_the_photos_or_where_exports_always_go(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path
) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png"])
    dialog = ask(qtbot, finished, folder)
    assert dialog.fields.folder == folder / "Scumble"
    dialog.reject()
    finished.preferences.settings.default_export_folder = str(tmp_path)
    assert ask(qtbot, finished, folder).fields.folder == tmp_path


def test_the_batch_dialog_begins_without_pictures(finished: MainWindow) -> None:
    finished.menus.actions["batch"].trigger()
    (dialog,) = finished.findChildren(BatchDialog)
    assert dialog.source.label.text() == "None"
    assert not dialog.add_to_queue_button.isEnabled()
    assert "painting" in " ".join(text for _, text in texts(dialog))
