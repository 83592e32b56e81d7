"""The queue with the real engine: the pixels of an export, and of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportChoice
from desktop_app.export_options import ExportOptions
from desktop_app.i18n import Languages
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.worker import load_engine
from engine.cli import main
from engine.imaging import read_description, read_picture
from engine.styles import StyleLibrary
from tests.desktop_app.helpers import save_picture
from tests.desktop_app.queue_helpers import add_folder

WAIT = 90_000  # the first preview waits for torch


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(
        Settings(language="en"), tmp_path / "settings.json", StyleLibrary.default(), Languages(qapp), load_engine
    )
    qtbot.addWidget(window)
    window.show()
    window.load_engine()
    yield window
    window.close()
    assert not window.queue.runner.worker.is_running


def test_the_queue_paints_what_an_export_and_the_command_line_paint(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    photo = save_picture(folder / "photo.png", 200, 136, seed=3)
    painting = save_picture(tmp_path / "painting.png", 160, 160, seed=4)
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None, timeout=WAIT)
    row = window.shelf.shelf.first_library_row()
    window.shelf.mixed_in.emit(window.shelf.shelf.item(row))
    window.document.set_weights([0.25, 0.75])
    window.document.set_setting("strength", 0.6)
    window.document.set_setting("detail", 0.3)
    name = window.document.styles[1].title
    qtbot.waitUntil(lambda: not window.preview.is_busy, timeout=WAIT)
    for size in ("original", "percent"):
        options = ExportOptions(size, percent=150)
        window.exporter.export(
            ExportChoice(tmp_path / f"export {size}.png", overwrite=False, quality=95, options=options)
        )
        qtbot.waitUntil(lambda: not window.exporter.is_running, timeout=WAIT)
        window.preferences.settings.remember_export_options(ExportOptions(size, percent=150, pattern=f"queue {size}"))
        window.menus.actions["add_to_queue"].trigger()
    add_folder(qtbot, window, folder)
    qtbot.waitUntil(lambda: window.queue.jobs.unfinished == 0 and not window.queue.runner.is_running, timeout=WAIT)
    settings = ("--strength", "0.6", "--detail", "0.3", "--style", f"{painting}=0.25", "--style", f"{name}=0.75")
    assert main(["stylize", str(photo), *settings, "-o", str(tmp_path / "command.png")]) == 0
    capsys.readouterr()

    assert [job.state.value for job in window.queue.jobs] == ["done"] * 3
    for size in ("original", "percent"):
        exported, queued = tmp_path / f"export {size}.png", tmp_path / f"queue {size}.png"
        assert np.array_equal(read_picture(exported).pixels, read_picture(queued).pixels)
        described = read_description(queued)
        assert described is not None
        assert described["strength"] == 0.6
        assert described["content"] == "photo"
    expected = read_picture(tmp_path / "command.png").pixels
    assert np.array_equal(read_picture(tmp_path / "queue original.png").pixels, expected)
    assert np.abs(expected.astype(int) - read_picture(photo).pixels).mean() > 5
    (result,) = (folder / "Scumble").iterdir()
    assert read_picture(result).width == 300  # as was chosen for the export before
