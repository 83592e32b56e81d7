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
from desktop_app.work import DocumentStyle
from desktop_app.worker import load_engine
from engine.api import Region, StyleChoice, StylizeRequest
from engine.cli import main
from engine.imaging import read_picture
from engine.styles import StyleLibrary
from engine.stylization import Stylizer
from tests.desktop_app.helpers import save_picture
from tests.desktop_app.region_helpers import stroke

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


def test_regions_of_the_window_are_those_of_the_command_line_and_of_a_script(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = save_picture(tmp_path / "photo.png", 200, 136, seed=3)
    window.open_files([photo])
    qtbot.waitUntil(lambda: window.document.content is not None, timeout=WAIT)
    document = window.document
    document.set_styles([DocumentStyle("Candlelight", "Candlelight")])
    sky = Image.linear_gradient("L").resize((90, 50))
    sky.save(tmp_path / "sky.png")
    window.regions.files.import_masks([tmp_path / "sky.png"])
    qtbot.waitUntil(lambda: len(document.work.regions) == 1, timeout=WAIT)
    document.set_styles([DocumentStyle("Halftone", "Halftone", 1.0), DocumentStyle("Deluge", "Deluge", 3.0)])
    document.set_setting("strength", 0.5)
    document.add_region("Dot")
    window.regions.painter.set_active(True)
    document.set_styles([DocumentStyle("Gold Leaf", "Gold Leaf")])
    document.set_setting("keep_color", 0.25)
    stroke(window, (0.2, 0.3), (0.6, 0.6))
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.preview.is_busy, timeout=WAIT)
    window.exporter.export(ExportChoice(tmp_path / "window.png", overwrite=False, quality=95))
    qtbot.waitUntil(lambda: not window.exporter.is_running, timeout=WAIT)
    for region in document.work.regions:
        window.regions.files.export_mask(region.mask, tmp_path / f"{region.name} mask.png")
    qtbot.waitUntil((tmp_path / "Dot mask.png").exists)

    first, second = tmp_path / "sky mask.png", tmp_path / "Dot mask.png"
    arguments = ["stylize", str(photo), "--style", "Candlelight", "-o", str(tmp_path / "command.png")]
    arguments += ["--region", f"{first}:Halftone,Deluge=3;strength=0.5"]
    arguments += ["--region", f"{second}:Gold Leaf;keep-color=0.25;strength=1"]
    assert main(arguments) in {0, None}
    capsys.readouterr()
    regions = (
        Region(first, (StyleChoice("Halftone", 1.0), StyleChoice("Deluge", 3.0)), strength=0.5),
        Region(second, (StyleChoice("Gold Leaf"),), keep_color=0.25),
    )
    stylizer = Stylizer(StyleLibrary.default())
    script = stylizer.stylize(StylizeRequest(photo, (StyleChoice("Candlelight"),), regions=regions)).picture.pixels
    plain = stylizer.stylize(StylizeRequest(photo, (StyleChoice("Candlelight"),))).picture.pixels

    assert np.array_equal(read_picture(tmp_path / "window.png").pixels, script)
    assert np.array_equal(read_picture(tmp_path / "command.png").pixels, script)
    assert np.abs(script.astype(int) - plain).mean() > 5


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
