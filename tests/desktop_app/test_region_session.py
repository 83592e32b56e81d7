"""Regions come back: their masks lie beside the saved work, and a work with a damaged mask opens all the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_app.document import Content, DocumentStyle, Work
from desktop_app.main_window import MainWindow
from desktop_app.queueing.running import work_of
from desktop_app.region_mask import RegionMask
from desktop_app.session import (
    SavedRegion,
    SavedStyle,
    SavedWork,
    SessionError,
    is_on_disk,
    save_work,
    works_from_bytes,
)
from desktop_app.work import DocumentRegion
from engine.api import Picture


def values(seed: int = 0, width: int = 60, height: int = 40) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)


def add_regions(window: MainWindow) -> None:
    document = window.document
    document.add_region("Sky", RegionMask.of(values(1)))
    document.set_styles([DocumentStyle("Blue", "Blue", 0.25), DocumentStyle("Green", "Green", 0.75)])
    document.set_setting("strength", 0.5)
    document.set_setting("keep_color", 0.75)
    document.add_region("Face", RegionMask.of(values(2)))
    document.switch_region(document.selected, False)
    document.switch_region("", False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "session"


@pytest.fixture
def kept(qtbot: QtBot, make_window, folder: Path, photo: Path) -> MainWindow:
    window = make_window(session_folder=folder)
    window.open_files([photo])
    qtbot.waitUntil(lambda: window.document.content is not None)
    window.shelf.choose(0)
    add_regions(window)
    return window


def test_regions_come_back_as_they_were(qtbot: QtBot, make_window, kept: MainWindow, folder: Path) -> None:
    kept.close()
    again = make_window(session_folder=folder)
    again.session.restore()
    qtbot.waitUntil(lambda: again.document.content is not None)
    work = again.document.work
    sky, face = work.regions
    assert (sky.name, sky.strength, sky.keep_color, sky.is_on) == ("Sky", 0.5, 0.75, True)
    assert [(style.title, style.weight) for style in sky.styles] == [("Blue", 0.25), ("Green", 0.75)]
    assert np.array_equal(sky.mask.values, values(1))
    assert np.array_equal(face.mask.values, values(2))
    assert not face.is_on
    assert not work.paints_rest
    assert again.document.undo_stack.count() == 0


def test_damaged_and_missing_masks_cost_only_themselves(
    qtbot: QtBot, make_window, kept: MainWindow, folder: Path
) -> None:
    kept.close()
    saved = json.loads((folder / "session.json").read_text())["works"][0]
    sky, face = (Path(region["mask"]) for region in saved["regions"])
    sky.write_bytes(sky.read_bytes()[:100])
    face.unlink()
    again = make_window(session_folder=folder)
    again.session.restore()
    qtbot.waitUntil(lambda: again.document.content is not None)
    assert [(region.name, region.mask.is_empty) for region in again.document.work.regions] == [
        ("Sky", True),
        ("Face", True),
    ]
    assert [style.title for style in again.document.work.regions[0].styles] == ["Blue", "Green"]
    assert "Sky, Face" in again.messages.text


def test_a_mask_that_nothing_needs_any_more_is_deleted(kept: MainWindow, qtbot: QtBot, folder: Path) -> None:
    kept.session.save()
    qtbot.waitUntil(lambda: len(list(folder.glob("*.png"))) == 2)
    document = kept.document
    document.remove_region(document.work.regions[0].key)
    kept.session.save()
    qtbot.waitUntil(lambda: len(list(folder.glob("*.png"))) == 1)


def test_a_work_can_be_saved_into_any_folder(tmp_path: Path) -> None:
    region = DocumentRegion("Sky", RegionMask.of(values(3)), (DocumentStyle("Blue", "Blue"),))
    empty = DocumentRegion("Nothing", RegionMask.empty(60, 40))
    saved = save_work(Work(regions=(region, empty), paints_rest=False), tmp_path)
    assert Path(saved.regions[0].mask).parent == tmp_path
    assert saved.regions[1] == SavedRegion("Nothing")
    assert saved.files == {saved.regions[0].mask}


@pytest.mark.parametrize(
    "wrong",
    [
        {"regions": [{"name": "Sky", "strength": 2}]},
        {"regions": [{"name": 3}]},
        {"regions": "all"},
        {"regions": [{"name": "Sky"}] * 17},
        {"paints_rest": "no"},
    ],
)
def test_nonsense_is_no_session(wrong: dict[str, object]) -> None:
    data = json.dumps({"version": 1, "works": [wrong]}).encode()
    with pytest.raises(SessionError):
        works_from_bytes(data)


def test_a_session_without_regions_is_read_as_before() -> None:
    data = json.dumps({"version": 1, "works": [{"styles": [{"title": "Blue", "name": "Blue"}]}]}).encode()
    assert works_from_bytes(data) == [replace(SavedWork(), styles=(SavedStyle("Blue", name="Blue"),))]


def test_a_mask_shares_what_a_stroke_did_not_touch() -> None:
    before = values(5, 300, 500)
    mask = RegionMask.of(before)
    after = before.copy()
    after[200:260, 20:40] = 255
    changed = mask.changed(after, (200, 260))
    assert np.array_equal(changed.values, after)
    assert np.array_equal(mask.values, before)
    shared = sum(a is b for a, b in zip(mask._bands, changed._bands, strict=True))
    assert shared == len(mask._bands) - 2


def test_a_job_of_the_queue_paints_the_regions_it_was_given(tmp_path: Path) -> None:
    content = Picture(np.zeros((40, 60, 3), np.uint8))
    mix = (DocumentStyle("Blue", "Blue", 0.25), DocumentStyle("Green", "Green", 0.75))
    regions = (
        DocumentRegion("Sky", RegionMask.of(values(4)), mix, 0.5, 0.25),
        DocumentRegion("Empty", RegionMask.empty(60, 40)),
    )
    work = Work(Content(content, tmp_path / "photo.png", QImage()), regions=regions, paints_rest=False)
    assert not is_on_disk(work)
    wanted, found = work.request(), work_of(save_work(work, tmp_path), content).request()
    assert wanted is not None
    assert found is not None
    assert np.array_equal(found.regions[0].mask.pixels, wanted.regions[0].mask.pixels)  # pyright: ignore
    assert replace(found.regions[0], mask=wanted.regions[0].mask) == wanted.regions[0]
    assert found.styles == ()
