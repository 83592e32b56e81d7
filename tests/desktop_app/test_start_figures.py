"""The figures of a start are written, make sense, and end the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from measure_start import LIMITS, report
from pytestqt.qtbot import QtBot

from desktop_app.start_figures import StartFigures
from tests.desktop_app.conftest import WindowMaker


def test_a_start_tells_when_it_was_painted_and_when_the_picture_was_there(
    qtbot: QtBot, make_window: WindowMaker, photo: Path, painting: Path, tmp_path: Path
) -> None:
    window = make_window()
    StartFigures(window, tmp_path / "figures.json")
    window.canvas.update()
    window.open_files([photo, painting])
    qtbot.waitUntil((tmp_path / "figures.json").is_file)
    figures = json.loads((tmp_path / "figures.json").read_bytes())
    assert 0 < figures["painted_seconds"] <= figures["stylized_seconds"]
    assert 0 < figures["painted_processor_seconds"] <= figures["stylized_processor_seconds"]
    assert figures["longest_stall_milliseconds"] >= 0
    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_result_that_is_there_before_the_first_paint_waits_for_it(
    qtbot: QtBot, make_window: WindowMaker, photo: Path, painting: Path, tmp_path: Path
) -> None:
    window = make_window()
    StartFigures(window, tmp_path / "figures.json")
    window.canvas.setUpdatesEnabled(False)
    with qtbot.waitSignal(window.preview.ready):
        window.open_files([photo, painting])
    assert not (tmp_path / "figures.json").exists()

    window.canvas.setUpdatesEnabled(True)

    qtbot.waitUntil((tmp_path / "figures.json").is_file)
    assert json.loads((tmp_path / "figures.json").read_bytes())["painted_seconds"] > 0


def test_figures_are_told_beside_their_limits() -> None:
    starts = [dict.fromkeys(LIMITS, 0.5), dict.fromkeys(LIMITS, 2.5), dict.fromkeys(LIMITS, 1.5)]
    text = report(starts)
    assert text.count("median    1.50, worst    2.50") == len(LIMITS)
    with pytest.raises(KeyError):
        report([{}])
