"""The settings dialog: what is chosen is applied at once, taken back by Cancel, and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportDialog
from desktop_app.dialogs.settings import SettingsDialog
from desktop_app.main_window import MainWindow
from desktop_app.messages import Device
from desktop_app.settings import Settings, load_settings
from desktop_app.theme import DARK, LIGHT, current_theme
from desktop_app.worker import LoadedEngine
from engine.api import ComputeOptions, ModelError
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer, save_picture

DEVICES = (Device("cuda:0", "Fast Card"), Device("cpu", "Test Processor"))


class Loader:
    """Loads a stand-in and remembers with which options; ``cuda:1`` does not work, 13 GB cannot be loaded at all."""

    def __init__(self, stylizer: InvertingStylizer) -> None:
        self.stylizer = stylizer
        self.options: list[ComputeOptions] = []

    def __call__(self, options: ComputeOptions) -> LoadedEngine:
        self.options.append(options)
        if options.memory_limit == 13 * 10**9:
            raise ModelError("The base model is not loaded. Install Scumble again, then run: scumble doctor")
        if options.device == "cuda:1":
            return LoadedEngine(self.stylizer, "cpu", ("cuda:1 cannot be used: it is broken.",), DEVICES)
        name = "cuda:0 (Fast Card)" if options.device in {"auto", "cuda:0"} else "cpu"
        return LoadedEngine(self.stylizer, name, (), DEVICES)


@pytest.fixture
def loader(stylizer: InvertingStylizer) -> Loader:
    return Loader(stylizer)


@pytest.fixture
def window(qtbot: QtBot, make_window: WindowMaker, loader: Loader) -> MainWindow:
    window = make_window(loader)
    qtbot.waitUntil(lambda: window.engine.answer is not None)
    return window


def open_settings(window: MainWindow) -> SettingsDialog:
    window.menus.actions["settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    return dialog


def choose(box: QComboBox, value: str) -> None:
    """Choose as with the keyboard or the mouse."""
    row = box.findData(value)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_the_shortcut_and_the_place_in_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    assert window.menus.actions["settings"].menuRole() is QAction.MenuRole.PreferencesRole
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.findChild(SettingsDialog) is not None)
    window.menus.actions["settings"].trigger()
    assert len(window.findChildren(SettingsDialog)) == 1


def test_theme_and_language_change_at_once_and_the_menus_follow(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_settings(window)
    choose(dialog.boxes["theme"], "light")
    assert current_theme() is LIGHT
    assert window.menus.actions["theme:light"].isChecked()
    choose(dialog.boxes["language"], "zh_CN")
    qtbot.waitUntil(lambda: dialog.windowTitle() == "设置")
    assert dialog.boxes["theme"].currentText() == "浅色"
    assert window.menus.actions["language:zh_CN"].isChecked()
    assert window.side_panel.export_button.text() == "导出…"


@pytest.mark.parametrize("way", ["button", "escape", "cross"])
def test_cancel_takes_everything_back(qtbot: QtBot, window: MainWindow, loader: Loader, way: str) -> None:
    dialog = open_settings(window)
    choose(dialog.boxes["theme"], "light")
    choose(dialog.boxes["device"], "cpu")
    choose(dialog.boxes["preview_quality"], "fast")
    qtbot.waitUntil(lambda: not window.engine.is_loading)
    if way == "button":
        dialog.cancel_button.click()
    elif way == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.close()
    assert current_theme() is DARK
    assert window.preferences.settings == Settings(language="en", geometry=window.preferences.settings.geometry)
    qtbot.waitUntil(lambda: [options.device for options in loader.options] == ["auto", "cpu", "auto"])


def test_ok_keeps_what_was_chosen_and_a_restart_remembers_it(
    qtbot: QtBot, window: MainWindow, make_window: WindowMaker, loader: Loader, tmp_path: Path
) -> None:
    dialog = open_settings(window)
    choose(dialog.boxes["device"], "cpu")
    dialog.numbers["threads"].setValue(1)
    dialog.numbers["memory_gigabytes"].setValue(6)
    dialog.ok_button.click()
    window.close()
    saved = load_settings(tmp_path / "settings" / "settings.json")
    assert (saved.device, saved.threads, saved.memory_gigabytes) == ("cpu", 1, 6)
    second = make_window(loader, saved)
    qtbot.waitUntil(lambda: second.engine.answer is not None)
    assert loader.options[-1] == ComputeOptions("cpu", 1, 6 * 10**9)
    shown = open_settings(second)
    assert (shown.boxes["device"].currentData(), shown.numbers["threads"].value()) == ("cpu", 1)


def test_defaults_come_back(qtbot: QtBot, make_window: WindowMaker, loader: Loader) -> None:
    window = make_window(loader, Settings(language="en", theme="light", device="cpu", threads=1, export_quality=70))
    dialog = open_settings(window)
    dialog.reset_button.click()
    settings = window.preferences.settings
    assert (settings.theme, settings.device, settings.threads, settings.language) == ("dark", "auto", 0, "system")
    assert settings.export_quality == 70  # chosen elsewhere
    assert dialog.numbers["threads"].value() == 0
    qtbot.waitUntil(lambda: loader.options[-1] == ComputeOptions())


def test_devices_are_listed_by_name(window: MainWindow) -> None:
    box = open_settings(window).boxes["device"]
    texts = {box.itemData(row): box.itemText(row) for row in range(box.count())}
    assert list(texts) == ["auto", "cpu", "cuda:0"]
    assert texts["cuda:0"] == "Fast Card (cuda:0)"
    assert texts["cpu"] == "Processor: Test Processor"


def test_another_device_is_loaded_and_what_is_open_is_painted_on_it(
    qtbot: QtBot, window: MainWindow, loader: Loader, stylizer: InvertingStylizer, photo: Path, painting: Path
) -> None:
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None and not window.preview.is_busy)
    painted = len(stylizer.requests)
    dialog = open_settings(window)
    assert dialog.status.text() == "Runs on cuda:0 (Fast Card)."
    choose(dialog.boxes["device"], "cpu")
    qtbot.waitUntil(lambda: window.messages.text == "Scumble now runs on CPU.")
    assert dialog.status.text() == "Runs on CPU."
    qtbot.waitUntil(lambda: len(stylizer.requests) == painted + 1)
    assert stylizer.requests[-1] == stylizer.requests[-2]


def test_a_device_that_does_not_work_gives_the_cpu_with_the_reason(
    qtbot: QtBot, make_window: WindowMaker, loader: Loader
) -> None:
    window = make_window(loader, Settings(language="en", device="cuda:1"))
    qtbot.waitUntil(lambda: window.messages.kind == "error")
    assert window.messages.text == "Scumble runs on CPU instead. cuda:1 cannot be used: it is broken."
    dialog = open_settings(window)
    assert dialog.boxes["device"].currentText() == "cuda:1: cannot be used"
    assert "it is broken" in dialog.status.text()


def test_of_many_choices_only_the_newest_is_loaded(
    qtbot: QtBot, window: MainWindow, loader: Loader, stylizer: InvertingStylizer, photo: Path, painting: Path
) -> None:
    stylizer.hold.clear()
    window.open_files([photo, painting])
    qtbot.waitUntil(stylizer.started.is_set)  # the worker is busy
    for gigabytes in (2, 3, 4, 5):
        window.preferences.choose("memory_gigabytes", gigabytes)
    stylizer.hold.set()
    qtbot.waitUntil(lambda: not window.engine.is_loading and loader.options[-1].memory_limit == 5 * 10**9)
    assert [options.memory_limit for options in loader.options] == [None, 2 * 10**9, 5 * 10**9]


def test_an_engine_that_cannot_be_loaded_leaves_the_one_there_is(
    qtbot: QtBot, window: MainWindow, photo: Path, painting: Path
) -> None:
    window.preferences.choose("memory_gigabytes", 13)
    qtbot.waitUntil(lambda: "not loaded" in window.messages.text)
    assert window.messages.action_button.text() == "Diagnostics…"
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)


def test_a_fast_preview_is_half_as_large(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path
) -> None:
    finished.open_files([save_picture(tmp_path / "large.png", 3000, 2000)])
    qtbot.waitUntil(lambda: finished.document.content is not None and finished.document.content.width == 3000)
    finished.canvas.compare.show_actual_size()
    qtbot.waitUntil(lambda: stylizer.requests[-1].max_side == 1024)
    finished.preferences.choose("preview_quality", "fast")
    qtbot.waitUntil(lambda: stylizer.requests[-1].max_side == 512)


def test_the_export_folder_is_where_every_export_begins(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    dialog = open_settings(finished)
    dialog.browse_button.click()
    chooser = dialog.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(folder))
    chooser.reject()
    assert dialog.export_folder.text() == str(folder)
    dialog.ok_button.click()
    finished.exporter.show_dialog()
    export = finished.findChild(ExportDialog)
    assert isinstance(export, ExportDialog)
    assert export.path.parent == folder
    export.reject()
    finished.preferences.choose("default_export_folder", str(tmp_path / "gone"))
    finished.exporter.show_dialog()
    assert finished.findChildren(ExportDialog)[-1].path.parent == tmp_path  # beside the photo


def test_folders_are_shown_and_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = open_settings(window)
    buttons = [button for button in dialog.findChildren(QPushButton) if button.property("folder")]
    for button in buttons:
        button.click()
    assert [Path(url.toLocalFile()) for url in opened] == [Path(button.property("folder")) for button in buttons]
    assert Path(opened[0].toLocalFile()) == tmp_path / "user-styles"
    assert (tmp_path / "user-styles").is_dir()  # made, since nothing was in it yet
