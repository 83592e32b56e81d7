"""The teach panel with the real engine: a few steps on tiny pictures, closed in the middle and resumed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.teaching.worker import EngineTrainer
from desktop_app.worker import load_engine
from engine.styles import StyleLibrary
from engine.training.tuning_plan import trainings_folder
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.shelf_helpers import titles
from tests.desktop_app.teach_helpers import save_work

WAIT = 240_000  # torch is loaded, and the works are looked at with all its layers


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.training import artist_data, tuning_task

    monkeypatch.setattr(tuning_task, "_SHOWN_SIDE", 64)
    monkeypatch.setattr(tuning_task, "_MEASURED", 2)
    monkeypatch.setattr(tuning_task, "_MEASURED_SIDE", 128)
    monkeypatch.setattr(artist_data, "_LARGEST_VIEW", 128)
    monkeypatch.setattr("desktop_app.teaching.teacher.ESTIMATE_MILLISECONDS", 3_600_000)


@pytest.mark.timeout(600)
def test_from_works_to_a_painted_picture_with_the_window_closed_in_between(
    qtbot: QtBot, make_window: WindowMaker, library: StyleLibrary, photo: Path, tmp_path: Path
) -> None:
    first = make_window(load_engine, trainer=EngineTrainer())
    teacher, panel = first.teaching.teacher, first.teaching.panel
    first.open_files([photo])
    first.menus.actions["teach"].trigger()
    teacher.add_works([save_work(tmp_path / f"work {number}.png", number) for number in range(2)])
    qtbot.waitUntil(lambda: not teacher.is_examining and first.document.content is not None)
    teacher.set_lesson(name="My Hand", steps=20, side=64)
    panel.buttons.start_button.click()
    qtbot.waitUntil(lambda: len(panel.progress.chart.curves["style"].steps) >= 2, timeout=WAIT)
    base, now = panel.progress.previews.shown
    assert (base[0].width(), base[0].height()) == (now[0].width(), now[0].height()) == (60, 40)  # the opened picture
    first.close()
    assert list((trainings_folder() / "my-hand").glob("step-*"))

    second = make_window(load_engine, trainer=EngineTrainer())
    teacher, panel = second.teaching.teacher, second.teaching.panel
    qtbot.waitUntil(lambda: teacher.unfinished != ())
    assert 0 < teacher.unfinished[0].step < 20
    second.open_files([photo])
    second.menus.actions["teach"].trigger()
    panel.unfinished.resume_button.click()
    qtbot.waitUntil(lambda: teacher.phase == "done", timeout=WAIT)
    qtbot.waitUntil(lambda: "My Hand" in titles(second))
    steps = panel.progress.chart.curves["style"].steps
    assert steps == sorted(set(steps))
    assert steps[-1] == 20
    style = library.find("My Hand")
    assert style.path is not None
    assert style.path.stat().st_size < 4_000_000
    assert is_chosen(second)
    qtbot.waitUntil(lambda: second.canvas.compare.result is not None, timeout=WAIT)
    assert not (trainings_folder() / "my-hand").exists()


def is_chosen(window: MainWindow) -> bool:
    return [style.title for style in window.document.styles] == ["My Hand"]
