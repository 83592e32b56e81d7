"""What is said when there can be no window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_app import main as start
from desktop_app.start_problem import tell
from engine.api import ModelError


def dialog(folder: Path, name: str) -> Path:
    """Return a file into which a stand-in for one of the system's dialogs writes its arguments."""
    program, told = folder / name, folder / "told"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{told}"\n', encoding="utf-8")
    program.chmod(0o755)
    return told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the other systems have dialogs of their own")
@pytest.mark.parametrize("name", ["zenity", "kdialog", "xmessage"])
def test_who_started_it_from_a_menu_sees_a_dialog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    told = dialog(tmp_path, name)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    monkeypatch.setattr("shutil.which", lambda program: str(tmp_path / program) if program == name else None)
    monkeypatch.setenv("DISPLAY", ":9")
    tell("It is <too> old.")
    assert capsys.readouterr().err == "It is <too> old.\n"
    assert "It is <too> old." in told.read_text(encoding="utf-8")


def test_without_a_display_standard_error_has_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    tell("It is too old.")
    assert capsys.readouterr().err == "It is too old.\n"


def test_an_import_that_fails_for_a_missing_file_names_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = ModelError("Files of Scumble are missing or damaged: {files}. Install Scumble again.", files="a.so")
    monkeypatch.setattr("engine.installation.damage", lambda: damaged)
    monkeypatch.setitem(sys.modules, "desktop_app.application", None)
    assert start.open_window([]) == 1
    assert "a.so" in capsys.readouterr().err
