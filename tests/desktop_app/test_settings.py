"""Settings survive a restart, and a damaged file costs nothing but the settings."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings, default_path, load_settings, save_settings
from engine.api import ComputeOptions
from tests.desktop_app.conftest import WindowMaker

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.json"
    settings = Settings(language="zh_CN", theme="light", export_folder="/pictures/é", export_quality=80)
    save_settings(settings, path)
    assert load_settings(path) == settings
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_are_used(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()
    assert list(tmp_path.iterdir()) == []


GARBAGE = {
    "no JSON": b"{",
    "no text": b"\xff\xfe\x00",
    "no object": b"[1, 2]",
    "newer version": json.dumps({**asdict(Settings()), "version": 99}).encode(),
    "wrong type": json.dumps({**asdict(Settings()), "theme": 5}).encode(),
    "unknown theme": json.dumps({**asdict(Settings()), "theme": "pink"}).encode(),
    "quality out of range": json.dumps({**asdict(Settings()), "export_quality": 1000}).encode(),
    "true for a number": json.dumps({**asdict(Settings()), "export_quality": True}).encode(),
    "deeply nested": b"[" * 100_000,
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_is_kept_as_bak_and_the_defaults_are_used(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert not path.exists()
    assert (tmp_path / "settings.json.bak").read_bytes() == content


def test_an_unknown_entry_is_ignored_and_a_missing_one_has_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "theme": "light", "gone": 5}))
    assert load_settings(path) == Settings(theme="light")


def test_settings_that_cannot_be_written_are_no_disaster(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    save_settings(Settings(), file / "settings.json")
    assert file.read_bytes() == b""


def test_a_folder_in_place_of_the_file_is_no_disaster(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_the_window_remembers_its_size_theme_and_language(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path
) -> None:
    first = make_window()
    first.resize(800, 640)  # fits the small screen of the offscreen platform
    first.menus.actions["theme:light"].trigger()
    first.menus.actions["language:zh_CN"].trigger()
    first.close()
    saved = load_settings(tmp_path / "settings" / "settings.json")
    assert (saved.theme, saved.language) == ("light", "zh_CN")
    second = make_window(settings=saved)
    assert (second.width(), second.height()) == (800, 640)
    assert second.menus.actions["theme:light"].isChecked()
    assert second.menus.actions["language:zh_CN"].isChecked()


def test_a_crash_takes_no_preference(window: MainWindow, tmp_path: Path) -> None:
    window.preferences.choose("theme", "light")
    assert load_settings(tmp_path / "settings" / "settings.json").theme == "light"  # the window is open still


_START = """
import sys
from PySide6.QtCore import QTimer
from desktop_app import application, main_window

class Window(main_window.MainWindow):
    def load_engine(self):
        print(self.messages.kind, self.messages.text)
        QTimer.singleShot(0, self, self.close)

application.MainWindow = Window
sys.exit(application.run([]))
"""


def test_the_program_says_that_its_settings_are_garbage_and_starts() -> None:
    path = default_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"{garbage")
    done = subprocess.run(
        [sys.executable, "-c", _START], cwd=ROOT, timeout=60, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("error ")
    assert "settings.json.bak" in done.stdout
    assert path.with_name("settings.json.bak").read_bytes() == b"{garbage"
    assert load_settings(path) == Settings(geometry=load_settings(path).geometry)


def test_the_default_size(make_window: WindowMaker) -> None:
    window = make_window(settings=Settings(language="en", geometry="garbage"))
    assert (window.width(), window.height()) == (1280, 800)
    assert window.windowState() == Qt.WindowState.WindowNoState


def test_the_settings_lie_in_a_folder_of_their_own() -> None:
    assert default_path().name == "settings.json"
    assert default_path().parent.name == "Scumble"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("device", "gpu"),
        ("device", "cuda:x"),
        ("device", "auto "),
        ("threads", -1),
        ("threads", 5000),
        ("memory_gigabytes", -2),
        ("memory_gigabytes", 1.5),
        ("preview_quality", "best"),
        ("default_export_folder", None),
    ],
)
def test_what_the_engine_could_not_use_is_refused(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({**asdict(Settings()), name: value}))
    assert load_settings(path) == Settings()
    assert path.with_name("settings.json.bak").exists()


def test_settings_in_the_units_of_the_engine() -> None:
    assert Settings().compute_options() == ComputeOptions("auto", None, None)
    settings = Settings(device="xpu:1", threads=3, memory_gigabytes=2)
    assert settings.compute_options() == ComputeOptions("xpu:1", 3, 2_000_000_000)
