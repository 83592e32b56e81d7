"""Regions in the queue: snapshots with their masks, and never a region less than was asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.document import DocumentStyle
from desktop_app.main_window import MainWindow
from desktop_app.region_mask import RegionMask
from engine.api import Picture
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer
from tests.desktop_app.queue_helpers import finish, states


def values(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(1, 256, (40, 60), dtype=np.uint8)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return tmp_path / "session"


@pytest.fixture
def queued(qtbot: QtBot, make_window: WindowMaker, session: Path, photo: Path) -> MainWindow:
    """Return a window with a work of two regions in its queue, which is paused; the work was changed since."""
    window = make_window(session_folder=session)
    window.open_files([photo])
    window.shelf.choose(0)
    qtbot.waitUntil(lambda: window.document.is_complete)
    document = window.document
    document.add_region("Sky", RegionMask.of(values(1)))
    document.set_styles([DocumentStyle("Green", "Green", 0.5), DocumentStyle("Blue", "Blue", 1.5)])
    document.set_setting("strength", 0.25)
    document.add_region("Nothing")
    qtbot.waitUntil(lambda: not window.preview.is_busy)
    window.queue.runner.pause()
    window.menus.actions["add_to_queue"].trigger()
    qtbot.waitUntil(lambda: len(window.queue.jobs) == 1)
    document.clear()
    return window


def check(stylizer: InvertingStylizer) -> None:
    request = stylizer.requests[-1]
    assert request.max_side is None
    assert [choice.style for choice in request.styles] == ["Blue"]
    (sky,) = request.regions  # the empty one paints nothing
    assert [(choice.style, choice.weight) for choice in sky.styles] == [("Green", 0.5), ("Blue", 1.5)]
    assert sky.strength == 0.25
    assert isinstance(sky.mask, Picture)
    assert np.array_equal(sky.mask.pixels[..., 0], values(1))


def test_regions_are_painted_as_they_were(qtbot: QtBot, queued: MainWindow, stylizer: InvertingStylizer) -> None:
    queued.queue.runner.resume()
    finish(qtbot, queued)
    assert states(queued) == ["done"]
    check(stylizer)


def test_regions_survive_a_restart(
    qtbot: QtBot, queued: MainWindow, make_window: WindowMaker, session: Path, stylizer: InvertingStylizer
) -> None:
    queued.close()
    again = make_window(session_folder=session)
    qtbot.waitUntil(lambda: len(again.queue.jobs) == 1)
    again.queue.runner.resume()
    finish(qtbot, again)
    assert states(again) == ["done"]
    check(stylizer)


def test_a_mask_that_is_gone_fails_the_job_instead_of_painting_without_it(
    qtbot: QtBot, queued: MainWindow, session: Path, stylizer: InvertingStylizer
) -> None:
    before = len(stylizer.requests)
    for mask in (session / "queue").glob("*.png"):
        mask.unlink()
    queued.queue.runner.resume()
    finish(qtbot, queued)
    assert states(queued) == ["failed"]
    assert len(stylizer.requests) == before


def test_masks_that_no_job_needs_are_deleted_in_the_end(qtbot: QtBot, queued: MainWindow, session: Path) -> None:
    assert len(list((session / "queue").glob("*.png"))) == 1
    queued.queue.jobs.remove([job.number for job in queued.queue.jobs])
    queued.close()
    assert list((session / "queue").glob("*.png")) == []
