"""Contact sheets from the window: what the dialog offers, and what comes out of the queue."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.contact_sheet import ContactSheetDialog
from desktop_app.main_window import MainWindow
from desktop_app.panels.shelf_menu import shelf_menu
from desktop_app.queueing.jobs import SheetTask, State
from tests.desktop_app.helpers import InvertingStylizer
from tests.desktop_app.queue_helpers import finish, jobs, save_pictures, states, wait_for


def ask(window: MainWindow) -> ContactSheetDialog:
    window.menus.actions["contact_sheet"].trigger()
    return window.findChildren(ContactSheetDialog)[-1]


def choose(dialog: ContactSheetDialog, kind: str) -> None:
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(kind))


def sheet_in(folder: Path) -> Path:
    (found,) = folder.glob("*contact sheet*")
    return found


def test_the_open_photo_in_all_styles_of_the_shelf(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    finished.document.set_setting("strength", 0.3)
    qtbot.waitUntil(lambda: not finished.preview.is_busy)
    before = len(stylizer.requests)
    dialog = ask(finished)
    assert dialog.kind == "shown"
    assert "3 styles on the shelf" in dialog.kind_box.currentText()
    dialog.cell_box.setValue(64)
    dialog.make_button.click()
    finish(qtbot, finished)
    requests = stylizer.requests[before:]
    assert [request.styles[0].style for request in requests] == [tmp_path / "painting.jpg", "Blue", "Green"]
    assert {request.strength for request in requests} == {0.3}
    with Image.open(sheet_in(tmp_path)) as sheet:
        assert sheet.width > 2 * 60
        assert sheet_in(tmp_path).name == "photo, contact sheet.png"
    assert finished.column.shown == "queue"


def test_the_menu_of_the_shelf_leads_to_it(finished: MainWindow) -> None:
    for item in (finished.shelf.shelf.item(0), None):
        menu = shelf_menu(finished.shelf.shelf, item, finished.shelf.command, finished.shelf)
        before = len(finished.findChildren(ContactSheetDialog))
        next(action for action in menu.actions() if action.objectName() == "contact_sheet").trigger()
        menu.close()
        dialogs = finished.findChildren(ContactSheetDialog)
        assert len(dialogs) == before + 1
        assert dialogs[-1].kind == "shown"


def test_many_pictures_in_the_style_of_the_work(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    folder = save_pictures(tmp_path / "holiday", ["1.png", "2.png", "3.png"])
    (folder / "2.png").write_bytes(b"broken")
    dialog = ask(finished)
    choose(dialog, "pictures")
    assert not dialog.make_button.isEnabled()
    dialog.source.look_into([folder])
    qtbot.waitUntil(dialog.make_button.isEnabled)
    assert dialog.name_edit.text() == "painting, contact sheet"
    dialog.make_button.click()
    finish(qtbot, finished)
    assert states(finished) == ["done"]
    assert sheet_in(tmp_path).exists()
    assert "2.png is not a picture" in " ".join(jobs(finished)[0].notes)
    assert finished.messages.kind == "error"  # something is missing on the sheet
    assert finished.messages.action_button.text() == "What Failed…"


def test_a_folder_holds_each_by_itself(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    dialog = ask(finished)
    dialog.form_box.setCurrentIndex(1)
    assert not dialog.name_edit.isVisible()
    assert not dialog.columns_box.isVisible()
    dialog.fields.folder_edit.setText(str(tmp_path / "new" / "sheet"))
    dialog.make_button.click()
    finish(qtbot, finished)
    names = sorted(path.name for path in (tmp_path / "new" / "sheet").iterdir())
    assert names == ["photo__Blue.png", "photo__Green.png", "photo__painting.png"]


def test_the_mix_alone(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    dialog = ask(finished)
    assert not dialog.kind_box.model().item(1).isEnabled()  # pyright: ignore[reportAttributeAccessIssue]
    dialog.reject()
    finished.shelf.mixed_in.emit(finished.shelf.shelf.item(1))
    dialog = ask(finished)
    choose(dialog, "chosen")
    dialog.make_button.click()
    finish(qtbot, finished)
    (job,) = jobs(finished)
    assert isinstance(job.task, SheetTask)
    assert [style.title for style in job.task.styles] == ["painting", "Blue"]


def test_it_can_be_stopped_in_the_middle(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    stylizer.hold.clear()
    ask(finished).make_button.click()
    wait_for(qtbot, finished, State.RUNNING)
    qtbot.waitUntil(lambda: finished.queue.runner.fraction > 0)
    assert finished.queue.runner.fraction == pytest.approx(0.25 / 3)
    finished.queue.runner.stop_job()
    wait_for(qtbot, finished, State.FAILED)
    assert list(tmp_path.glob("*contact sheet*")) == []


def test_a_sheet_that_is_too_large_is_refused_before_the_work(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer
) -> None:
    before = len(stylizer.requests)
    dialog = ask(finished)
    dialog.cell_box.setValue(4096)
    dialog.columns_box.setValue(100)
    dialog.make_button.click()
    finish(qtbot, finished)
    assert states(finished) == ["failed"]
    assert "too large" in jobs(finished)[0].template
    assert len(stylizer.requests) == before


def test_a_sheet_is_never_replaced_unasked(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "photo, contact sheet.png").write_bytes(b"precious")
    ask(finished).make_button.click()
    finish(qtbot, finished)
    assert (tmp_path / "photo, contact sheet.png").read_bytes() == b"precious"
    assert (tmp_path / "photo, contact sheet (2).png").is_file()


def test_an_empty_window_has_nothing_for_a_sheet(window: MainWindow) -> None:
    window.menus.actions["contact_sheet"].trigger()
    assert window.findChildren(ContactSheetDialog) == []
    assert "needs a photo" in window.messages.text
