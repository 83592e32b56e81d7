"""The window with the real engine, its real base model and built-in styles."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.demo import PICTURE, SCREENSHOT
from desktop_app.dialogs.export import ExportChoice
from desktop_app.i18n import Languages
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.worker import load_engine
from engine.api import StyleChoice, StylizeRequest
from engine.cli import main
from engine.imaging import read_picture
from engine.styles import StyleLibrary
from engine.stylization import Stylizer
from tests.desktop_app.helpers import save_picture

WAIT = 60_000  # the first preview waits for torch


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
    assert not window.worker.is_running


def test_window_command_line_and_script_paint_the_same_pixels(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = save_picture(tmp_path / "photo.png", 200, 136, seed=3)
    painting = save_picture(tmp_path / "painting.png", 160, 160, seed=4)

    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None, timeout=WAIT)
    window.side_panel.controls.sliders["strength"].slider.setValue(60)
    qtbot.waitUntil(lambda: not window.preview.is_busy, timeout=WAIT)
    window.exporter.export(ExportChoice(tmp_path / "window.png", overwrite=False, quality=95))
    qtbot.waitUntil(lambda: not window.exporter.is_running, timeout=WAIT)
    assert main(
        [
            *("stylize", str(photo), "--style", str(painting), "--strength", str(window.document.settings.strength)),
            *("-o", str(tmp_path / "command.png")),
        ]
    ) in {0, None}
    capsys.readouterr()
    request = StylizeRequest(photo, (StyleChoice(painting),), strength=window.document.settings.strength)
    script = Stylizer().stylize(request).picture.pixels

    assert 0 < window.document.settings.strength < 1
    assert np.array_equal(read_picture(tmp_path / "window.png").pixels, script)
    assert np.array_equal(read_picture(tmp_path / "command.png").pixels, script)
    assert np.abs(script.astype(int) - read_picture(photo).pixels).mean() > 5


def test_a_transparent_picture_is_painted_and_stays_transparent(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    photo = save_picture(tmp_path / "photo.png", 200, 136, seed=3)
    with Image.open(photo) as picture:
        picture.putalpha(Image.linear_gradient("L").resize(picture.size))
        picture.save(photo)
    window.open_files([photo, save_picture(tmp_path / "painting.png", 160, 160, seed=4)])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None or bool(window.messages.text), timeout=WAIT)
    result = window.canvas.compare.result
    assert result is not None, window.messages.text
    assert [result.pixelColor(100, y).alpha() for y in (0, result.height() - 1)] == [0, 255]


def test_the_demo_runs_as_make_run_runs_it(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": ""}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)

    done = subprocess.run(
        [sys.executable, "-m", "desktop_app.main", "--demo", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=110,
        env=environment,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(tmp_path / "out" / PICTURE), str(tmp_path / "out" / SCREENSHOT)]
    with Image.open(tmp_path / "out" / PICTURE) as picture:
        assert picture.size == (1600, 1067)
        assert np.asarray(picture).std() > 20
