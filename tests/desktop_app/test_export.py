"""Exports: full resolution, asked before replacing, progress, cancel, and failures in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportChoice, ExportDialog
from desktop_app.export_options import ExportOptions
from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from engine.imaging import read_description
from tests.desktop_app.helpers import InvertingStylizer, save_picture


def open_dialog(window: MainWindow) -> ExportDialog:
    window.side_panel.export_button.click()
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    return dialog


def test_an_export_has_full_resolution(
    qtbot: QtBot, window: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    photo = save_picture(tmp_path / "large.png", 1500, 90)
    window.opener.open_sources(Role.CONTENT, [photo])
    window.shelf.choose(0)
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    dialog = open_dialog(window)
    target = tmp_path / "result.png"
    dialog.path_edit.setText(str(target))
    dialog.export_button.click()
    qtbot.waitUntil(lambda: window.messages.kind == "success")
    assert stylizer.requests[-1].max_side is None
    assert window.messages.text == "result.png is saved: 1500 × 90 pixels."
    assert window.messages.action_button.text() == "Open folder"
    with Image.open(photo) as before, Image.open(target) as after:
        np.testing.assert_array_equal(np.asarray(after.convert("RGB")), 255 - np.asarray(before.convert("RGB")))


def test_the_suggested_file_lies_beside_the_photo_and_names_the_style(finished: MainWindow, photo: Path) -> None:
    dialog = open_dialog(finished)
    assert dialog.path == photo.parent / "photo__painting.png"


@pytest.mark.parametrize(
    ("suffix", "kind"), [(".png", "PNG"), (".jpg", "JPEG"), (".webp", "WEBP"), (".tif", "TIFF"), (".JPEG", "JPEG")]
)
def test_the_suffix_decides_the_format(
    qtbot: QtBot, finished: MainWindow, tmp_path: Path, suffix: str, kind: str
) -> None:
    dialog = open_dialog(finished)
    dialog.path_edit.setText(str(tmp_path / f"out{suffix}"))
    dialog.export_button.click()
    qtbot.waitUntil(lambda: finished.messages.kind == "success")
    with Image.open(tmp_path / f"out{suffix}") as image:
        assert image.format == kind
        assert image.size == (60, 40)


def test_the_format_box_changes_the_suffix_and_back(finished: MainWindow, tmp_path: Path) -> None:
    dialog = open_dialog(finished)
    dialog.path_edit.setText(str(tmp_path / "out.png"))
    assert not dialog.quality_slider.isVisible()
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(".jpg"))
    assert dialog.path.name == "out.jpg"
    assert dialog.quality_slider.isVisible()
    dialog.path_edit.setText(str(tmp_path / "out.tiff"))
    assert dialog.format_box.currentData() == ".tif"
    assert dialog.path.name == "out.tiff"


def test_a_name_without_a_suffix_gets_that_of_the_format(finished: MainWindow, tmp_path: Path) -> None:
    dialog = open_dialog(finished)
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(".webp"))
    dialog.path_edit.setText(str(tmp_path / "version 1.5"))
    assert dialog.path == tmp_path / "version 1.5.webp"


def test_a_file_is_only_replaced_after_asking(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "precious.png"
    target.write_bytes(b"precious")
    dialog = open_dialog(finished)
    dialog.path_edit.setText(str(target))
    dialog.export_button.click()
    assert dialog.isVisible()
    assert "precious.png exists already" in dialog.notice.text()
    assert dialog.export_button.text() == "Replace"
    assert target.read_bytes() == b"precious"
    dialog.path_edit.setText(str(tmp_path / "other.png"))  # another name: the question is gone
    assert dialog.export_button.text() == "Export"
    dialog.path_edit.setText(str(target))
    dialog.export_button.click()
    assert target.read_bytes() == b"precious"
    dialog.export_button.click()
    qtbot.waitUntil(lambda: finished.messages.kind == "success")
    with Image.open(target) as image:
        assert image.size == (60, 40)


def test_a_file_that_appears_meanwhile_is_not_replaced(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "late.png"
    target.write_bytes(b"somebody else's")
    finished.exporter.export(ExportChoice(target, overwrite=False, quality=95))
    qtbot.waitUntil(lambda: finished.messages.kind == "error")
    assert "late.png" in finished.messages.text
    assert target.read_bytes() == b"somebody else's"


def test_progress_is_shown_and_cancel_writes_nothing(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    stylizer.hold.clear()
    target = tmp_path / "result.png"
    finished.exporter.export(ExportChoice(target, overwrite=False, quality=95))
    bar = finished.export_progress
    assert bar.isVisible()
    assert not finished.menus.actions["export"].isEnabled()
    qtbot.waitUntil(lambda: bar.bar.value() == 250)
    bar.cancel_button.click()
    qtbot.waitUntil(lambda: not finished.exporter.is_running)
    assert "was not written" in finished.messages.text
    assert not bar.isVisible()
    assert not target.exists()
    assert finished.menus.actions["export"].isEnabled()


@pytest.mark.parametrize("where", ["missing folder", "file as folder", "unknown suffix"])
def test_a_place_that_cannot_be_written_is_explained(
    qtbot: QtBot, finished: MainWindow, photo: Path, tmp_path: Path, where: str
) -> None:
    target = {
        "missing folder": tmp_path / "nowhere" / "result.png",
        "file as folder": photo / "result.png",
        "unknown suffix": tmp_path / "result.xyz",
    }[where]
    count = len(list(tmp_path.iterdir()))
    finished.exporter.export(ExportChoice(target, overwrite=False, quality=95))
    qtbot.waitUntil(lambda: finished.messages.kind == "error")
    assert finished.messages.text
    assert "\n" not in finished.messages.text
    assert len(list(tmp_path.iterdir())) == count
    assert not finished.exporter.is_running
    assert finished.document.is_complete


def test_the_shortcuts_open_the_dialog(qtbot: QtBot, finished: MainWindow) -> None:
    for key in (Qt.Key.Key_E, Qt.Key.Key_S):
        finished.activateWindow()
        qtbot.waitUntil(finished.isActiveWindow)
        qtbot.keyClick(finished, key, Qt.KeyboardModifier.ControlModifier)
        dialog = finished.findChild(ExportDialog)
        assert isinstance(dialog, QDialog), key
        with qtbot.waitSignal(dialog.destroyed):
            dialog.reject()


def test_nothing_is_exported_without_a_photo(window: MainWindow) -> None:
    window.menus.actions["export"].trigger()
    assert window.findChild(ExportDialog) is None


def test_the_choices_are_remembered(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    finished.exporter.export(ExportChoice(folder / "a.jpg", overwrite=False, quality=71))
    qtbot.waitUntil(lambda: finished.messages.kind == "success")
    dialog = open_dialog(finished)
    assert dialog.path == folder / "photo__painting.jpg"
    assert dialog.quality_slider.value() == 71


def export_from(dialog: ExportDialog, qtbot: QtBot, window: MainWindow) -> Path:
    path = dialog.path
    dialog.export_button.click()
    qtbot.waitUntil(lambda: window.messages.kind == "success")
    return path


@pytest.mark.parametrize(("percent", "size"), [(50, (30, 20)), (100, (60, 40)), (200, (120, 80))])
def test_an_export_in_percent_of_the_photo(
    qtbot: QtBot, finished: MainWindow, percent: int, size: tuple[int, int]
) -> None:
    dialog = open_dialog(finished)
    dialog.size_box.setCurrentIndex(dialog.size_box.findData("percent"))
    dialog.percent_box.setValue(percent)
    with Image.open(export_from(dialog, qtbot, finished)) as image:
        assert image.size == size


def test_an_export_of_so_many_pixels(qtbot: QtBot, finished: MainWindow) -> None:
    dialog = open_dialog(finished)
    dialog.size_box.setCurrentIndex(dialog.size_box.findData("pixels"))
    assert (dialog.pixels_box.isVisible(), dialog.percent_box.isVisible()) == (True, False)
    dialog.pixels_box.setValue(90)
    with Image.open(export_from(dialog, qtbot, finished)) as image:
        assert image.size == (90, 60)


def test_a_size_beyond_all_memory_is_refused_in_the_dialog(finished: MainWindow) -> None:
    dialog = open_dialog(finished)
    dialog.size_box.setCurrentIndex(dialog.size_box.findData("pixels"))
    dialog.pixels_box.setValue(dialog.pixels_box.maximum())
    assert not dialog.export_button.isEnabled()
    assert "too large" in dialog.notice.text()
    dialog.pixels_box.setValue(100)
    assert dialog.export_button.isEnabled()
    assert not dialog.notice.isVisible()


def test_a_format_that_is_too_small_for_the_size_says_so_before_the_work(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    requests = len(stylizer.requests)
    options = ExportOptions("pixels", pixels=20_000)
    finished.exporter.export(ExportChoice(tmp_path / "wide.webp", overwrite=False, quality=95, options=options))
    qtbot.waitUntil(lambda: finished.messages.kind == "error")
    assert len(stylizer.requests) == requests
    assert not (tmp_path / "wide.webp").exists()


def test_the_name_follows_its_pattern(finished: MainWindow) -> None:
    dialog = open_dialog(finished)
    folder = dialog.path.parent
    dialog.pattern_edit.clear()
    QTest.keyClicks(dialog.pattern_edit, "{style} of {photo} {size}")
    assert dialog.path == folder / "painting of photo 60x40.png"
    dialog.size_box.setCurrentIndex(dialog.size_box.findData("percent"))
    dialog.percent_box.setValue(50)
    assert dialog.path == folder / "painting of photo 30x20.png"
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(".webp"))
    assert dialog.path.suffix == ".webp"


@pytest.mark.parametrize("pattern", ["{photo", "{artist}", "photo}", "{photo!r}", "{photo:9}", "{}", "{0}"])
def test_a_pattern_that_says_nothing_is_explained(finished: MainWindow, pattern: str) -> None:
    dialog = open_dialog(finished)
    before = dialog.path
    dialog.pattern_edit.clear()
    QTest.keyClicks(dialog.pattern_edit, pattern)
    assert "{photo}" in dialog.notice.text()
    assert dialog.notice.isVisible()
    assert not dialog.export_button.isEnabled()
    assert dialog.path.parent == before.parent
    dialog.pattern_edit.clear()
    QTest.keyClicks(dialog.pattern_edit, "{photo}")
    assert dialog.export_button.isEnabled()


@pytest.mark.parametrize("keeps", [True, False])
def test_details_stay_in_the_file_or_not(qtbot: QtBot, window: MainWindow, tmp_path: Path, keeps: bool) -> None:
    camera = Image.Exif()
    camera[ExifTags.Base.Model] = "A camera"
    with Image.open(save_picture(tmp_path / "plain.png")) as image:
        image.convert("RGB").save(tmp_path / "taken.jpg", exif=camera)
    window.open_files([tmp_path / "taken.jpg", save_picture(tmp_path / "style.png", seed=5)])
    qtbot.waitUntil(lambda: window.document.is_complete)
    dialog = open_dialog(window)
    dialog.details_box.setChecked(keeps)
    path = export_from(dialog, qtbot, window)
    with Image.open(path) as image:
        assert (image.getexif().get(ExifTags.Base.Model) == "A camera") is keeps
        assert image.info.get("icc_profile")
    assert (read_description(path) is not None) is keeps


def test_the_options_are_remembered(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    options = ExportOptions("percent", 150, 900, "{photo} {date}", keeps_details=False)
    finished.exporter.export(ExportChoice(tmp_path / "a.png", overwrite=False, quality=95, options=options))
    qtbot.waitUntil(lambda: finished.messages.kind == "success")
    dialog = open_dialog(finished)
    assert dialog.options == options
    assert dialog.path.name == f"photo {QDate.currentDate().toString(Qt.DateFormat.ISODate)}.png"


def test_what_an_export_takes_is_told_once_it_is_known(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_files([save_picture(tmp_path / "large.png", 900, 600), save_picture(tmp_path / "style.png", seed=5)])
    qtbot.waitUntil(lambda: window.document.is_complete)
    dialog = open_dialog(window)
    assert "after the first export" in dialog.cost_label.text()
    export_from(dialog, qtbot, window)
    window.side_panel.export_button.click()
    dialog = window.findChildren(ExportDialog)[-1]
    assert "after the first export" not in dialog.cost_label.text()
    assert "GB" in dialog.cost_label.text()
