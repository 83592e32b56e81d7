"""What earlier versions kept for their users still opens: settings, presets, sessions, styles (tests/upgrades)."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.document import StyleSettings
from desktop_app.panels.message_bar import MessageBar
from desktop_app.presets import Presets
from desktop_app.settings import Settings, load_settings, save_settings
from engine.imaging import read_picture
from engine.styles import StyleLibrary, read_style_file
from tests.desktop_app.conftest import WindowMaker

FIXTURES = Path(__file__).resolve().parents[1] / "upgrades"
VERSIONS = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
SETTINGS = StyleSettings(strength=0.5, keep_color=0.25, detail=0.75, style_scale=2.0)


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a folder with the files of an earlier version."""
    folder = tmp_path / "old"
    shutil.copytree(FIXTURES / request.param, folder)
    for path in folder.glob("session/*.json"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"@FOLDER@', f'"{json.dumps(str(folder))[1:-1]}'), encoding="utf-8")
    return folder


def test_there_is_a_fixture() -> None:
    assert "0.1.0" in VERSIONS


def test_settings_are_what_they_were(old: Path) -> None:
    written = json.loads((old / "settings.json").read_bytes())
    settings = load_settings(old / "settings.json")
    assert not (old / "settings.json.bak").exists()
    values = dataclasses.asdict(settings)
    kept = {name: values[name] for name in written if name in values}
    assert kept == {name: value for name, value in written.items() if name in values}
    chosen = {name for name, value in kept.items() if value != getattr(Settings(), name)}
    assert {"language", "theme", "export_quality", "device", "shelf_favourites"} <= chosen
    save_settings(settings, old / "settings.json")
    assert load_settings(old / "settings.json") == settings


def test_presets_are_what_they_were(qtbot: QtBot, old: Path) -> None:
    messages = MessageBar()
    qtbot.addWidget(messages)
    assert Presets(old / "presets.json", messages).own["Mine 我的"] == SETTINGS
    assert messages.text == ""
    assert not (old / "presets.json.bak").exists()


def test_a_style_is_what_it_was(old: Path, tmp_path: Path) -> None:
    information, tensors = read_style_file(old / "my-hand.scumble")
    assert (information.name, information.description) == ("My Hand 手", "Taught by me")
    assert information.thumbnail
    assert all(np.isfinite(tensor.astype(float)).all() for tensor in tensors.values())
    library = StyleLibrary(tmp_path / "none", tmp_path / "styles")
    assert library.import_file(old / "my-hand.scumble").name == "My Hand 手"


def test_what_was_open_comes_back(qtbot: QtBot, make_window: WindowMaker, old: Path) -> None:
    window = make_window(session_folder=old / "session")
    window.session.restore()
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert window.document.content_path == old / "photo.png"
    assert window.document.settings == SETTINGS
    assert [(style.title, style.weight) for style in window.document.styles] == [
        ("Painting", 0.75),
        ("Blue", 0.5),
        ("My Hand", 1.0),
    ]
    assert window.messages.text == ""


def test_a_recent_work_with_a_pasted_picture_opens(qtbot: QtBot, make_window: WindowMaker, old: Path) -> None:
    window = make_window(session_folder=old / "session")
    assert [Path(work.content).name for work in window.session.recent] == ["photo.png", "pasted.png"]
    window.session.open_recent(1)
    qtbot.waitUntil(lambda: window.document.content is not None)
    content = window.document.content
    assert content is not None
    assert np.array_equal(content.pixels, read_picture(old / "session" / "pasted.png").pixels)
    assert [style.title for style in window.document.styles] == ["Green"]
