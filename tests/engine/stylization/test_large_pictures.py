"""Pictures larger than a tile: the real base model, real pictures; survey and tiles made small, for speed."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

import resources
from engine.api import (
    Cancelled,
    CancelToken,
    DeviceError,
    Picture,
    Progress,
    Region,
    StyleChoice,
    StylizeRequest,
    UsageError,
)
from engine.imaging import read_picture, resize_picture, resize_to
from engine.stylization import Stylizer, rendering
from engine.stylization import stylizer as stylizer_module
from engine.stylization.painter import Painter
from tests.engine.stylization.pictures import difference

_WIDTH, _HEIGHT = 520, 344
_STYLE = (StyleChoice("Olive Trees"),)


@pytest.fixture(scope="module")
def stylizer() -> Stylizer:
    return Stylizer(device="cpu")


@pytest.fixture(scope="module")
def photo() -> Picture:
    return resize_to(read_picture(resources.SAMPLES / "landscape.jpg"), _WIDTH, _HEIGHT)


@pytest.fixture(autouse=True)
def _small_survey(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stylizer_module, "SURVEY_SIDE", 256)


def _with_tiles_of(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendering.Rendering.__init__.__defaults__ is not None
    monkeypatch.setattr(rendering.Rendering.__init__, "__defaults__", (side,))


@pytest.mark.parametrize("fixed_strokes", [False, True])
def test_a_picture_in_tiles_is_the_picture_done_whole(
    stylizer: Stylizer, photo: Picture, monkeypatch: pytest.MonkeyPatch, fixed_strokes: bool
) -> None:
    request = StylizeRequest(photo, _STYLE, fixed_strokes=fixed_strokes, detail=0.5, keep_color=0.3)
    _with_tiles_of(4096, monkeypatch)
    whole = stylizer.stylize(request).picture
    _with_tiles_of(128, monkeypatch)
    tiled = stylizer.stylize(request).picture
    assert difference(whole, photo) > 5
    assert difference(whole, tiled) < 0.25


def _step_at_borders(pixels: np.ndarray, side: int) -> float:
    """Mean step across tile borders by the mean step elsewhere."""
    steps = np.abs(np.diff(pixels.astype(float).mean(2), axis=1)).mean(0)
    border = np.zeros(len(steps), bool)
    border[side - 1 :: side] = True
    return float((steps[border].mean() + 0.05) / (steps[~border].mean() + 0.05))


@pytest.mark.parametrize("content", ["photo", "flat"])
def test_no_seam_shows(stylizer: Stylizer, photo: Picture, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    if content == "flat":
        photo = Picture(np.full((256, 512, 3), (90, 130, 170), np.uint8))
    else:
        photo = resize_to(photo, 512, 256)
    _with_tiles_of(128, monkeypatch)
    result = stylizer.stylize(StylizeRequest(photo, _STYLE)).picture.pixels
    assert 0.75 < _step_at_borders(result, 128) < 1.25

    # A control that must fail: every tile painted with statistics of its own.
    own = [
        stylizer.stylize(StylizeRequest(Picture(part), _STYLE)).picture.pixels for part in np.split(photo.pixels, 4, 1)
    ]
    assert _step_at_borders(np.concatenate(own, 1), 128) > 1.25


def test_strokes_grow_with_the_picture_unless_they_are_fixed(stylizer: Stylizer, photo: Picture) -> None:
    small = stylizer.stylize(StylizeRequest(resize_picture(photo, 256), _STYLE)).picture
    large = stylizer.stylize(StylizeRequest(photo, _STYLE)).picture
    fixed = stylizer.stylize(StylizeRequest(photo, _STYLE, fixed_strokes=True)).picture
    assert large.width == _WIDTH
    blurred = resize_to(small, _WIDTH, _HEIGHT)

    def from_promise(picture: Picture) -> float:
        return difference(resize_to(picture, small.width, small.height), small)

    # Making a picture larger and smaller again loses something by itself.
    assert from_promise(large) < 2.25 * from_promise(blurred)
    assert from_promise(fixed) > 3 * from_promise(large)
    # And it is no enlargement: it has detail of its own size.

    def sharpness(picture: Picture) -> float:
        return float(np.abs(np.diff(picture.pixels.astype(float), axis=1)).mean())

    assert sharpness(large) > 1.2 * sharpness(blurred)


def test_memory_that_runs_out_halves_the_tiles_and_ends_in_words(
    stylizer: Stylizer, photo: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_tiles_of(1024, monkeypatch)
    paint_tile, widths = Painter.paint_tile, []

    def small_memory(painter: Painter, features, layers, origin):
        widths.append(features.width)
        if features.width > 400:
            raise torch.OutOfMemoryError("full")
        return paint_tile(painter, features, layers, origin)

    expected = stylizer.stylize(StylizeRequest(photo, _STYLE)).picture
    monkeypatch.setattr(Painter, "paint_tile", small_memory)
    monkeypatch.setattr(rendering, "_SMALLEST_TILE_SIDE", 64)
    result = stylizer.stylize(StylizeRequest(photo, _STYLE)).picture
    assert difference(expected, result) < 0.25
    assert max(widths) > 400 > min(widths)

    monkeypatch.setattr(rendering, "_SMALLEST_TILE_SIDE", 1024)
    with pytest.raises(DeviceError, match="too little memory"):
        stylizer.stylize(StylizeRequest(photo, _STYLE))


def test_progress_and_cancel_go_tile_by_tile(
    stylizer: Stylizer, photo: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_tiles_of(128, monkeypatch)
    seen: list[Progress] = []
    stylizer.stylize(StylizeRequest(photo, _STYLE), seen.append)
    painting = [progress for progress in seen if progress.stage == "Painting"]
    assert len(painting) >= 15
    assert [p.fraction for p in seen] == sorted(p.fraction for p in seen)
    assert painting[-1].seconds_left is not None
    assert painting[-1].seconds_left > 0

    token, calls = CancelToken(), []

    def stop_at_third_tile(progress: Progress) -> None:
        calls.append(progress)
        if progress.stage == "Painting" and progress.seconds_left is not None:
            token.cancel()

    with pytest.raises(Cancelled):
        stylizer.stylize(StylizeRequest(photo, _STYLE), stop_at_third_tile, token)
    assert len(calls) < len(seen)


def test_what_no_region_covers_stays_to_the_bit_in_tiles_too(
    stylizer: Stylizer, photo: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.api import Region

    _with_tiles_of(128, monkeypatch)
    mask = np.zeros((_HEIGHT, _WIDTH, 3), np.uint8)
    mask[100:180, 150:400] = 255
    request = StylizeRequest(photo, regions=(Region(Picture(mask), _STYLE),))
    result = stylizer.stylize(request).picture
    outside = mask[..., 0] == 0
    assert np.array_equal(result.pixels[outside], photo.pixels[outside])
    assert np.abs(result.pixels[~outside].astype(int) - photo.pixels[~outside]).mean() > 5


@pytest.mark.parametrize(
    "crop", [(0, 0, 200, 100), (133, 61, 301, 290), (333, 200, _WIDTH, _HEIGHT), (300, 20, 301, 21)]
)
@pytest.mark.parametrize(
    "changes", [{}, {"detail": 0.5, "keep_color": 0.3}, {"fixed_strokes": True}, {"max_side": 400}]
)
def test_a_crop_is_that_part_of_the_whole(
    stylizer: Stylizer,
    photo: Picture,
    monkeypatch: pytest.MonkeyPatch,
    crop: tuple[int, int, int, int],
    changes: dict[str, Any],
) -> None:
    _with_tiles_of(128, monkeypatch)
    request = StylizeRequest(photo, _STYLE, **changes)
    whole = stylizer.stylize(request).picture.pixels
    width, height = whole.shape[1], whole.shape[0]
    left, top, right, bottom = (min(place, (width, height)[axis % 2]) for axis, place in enumerate(crop))
    left, top = min(left, right - 1), min(top, bottom - 1)
    cropped = stylizer.stylize(dataclasses.replace(request, crop=(left, top, right, bottom))).picture.pixels
    assert cropped.shape == (bottom - top, right - left, 3)
    assert np.abs(cropped.astype(int) - whole[top:bottom, left:right]).max() <= 3
    assert np.abs(cropped.astype(int) - whole[top:bottom, left:right]).mean() < 0.3


def test_a_crop_follows_every_change_and_knows_regions_and_alpha(
    stylizer: Stylizer, photo: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_tiles_of(128, monkeypatch)
    mask = Picture(np.repeat(np.linspace(0, 255, 64, dtype=np.uint8)[None, :, None], 3, 2).repeat(48, 0))
    alpha = np.tile(np.linspace(0, 255, _WIDTH).astype(np.uint8), (_HEIGHT, 1))
    content = Picture(photo.pixels, alpha)
    box = (200, 100, 320, 220)
    for strength, style in ((1.0, "Woodcut"), (0.6, "Woodcut"), (0.6, "Deluge")):
        region = Region(mask, (StyleChoice(style),), strength=strength)
        request = StylizeRequest(content, _STYLE, regions=(region,), keep_color=0.2)
        cropped = stylizer.stylize(dataclasses.replace(request, crop=box)).picture
        whole = stylizer.stylize(request).picture.pixels[100:220, 200:320]
        again = stylizer.stylize(dataclasses.replace(request, crop=box)).picture
        assert np.abs(cropped.pixels.astype(int) - whole).mean() < 0.3
        assert (again.pixels == cropped.pixels).all()
        assert cropped.alpha is not None
        assert (cropped.alpha == alpha[100:220, 200:320]).all()


@pytest.mark.parametrize("crop", [(0, 0, _WIDTH + 1, 20), (0, 0, 20, _HEIGHT + 1)])
def test_a_crop_beyond_the_picture_is_refused(stylizer: Stylizer, photo: Picture, crop: Any) -> None:
    with pytest.raises(UsageError, match="beyond the picture"):
        stylizer.stylize(StylizeRequest(photo, _STYLE, crop=crop))


@pytest.mark.parametrize("crop", [(20, 0, 20, 20), (-1, 0, 20, 20), (0, 30, 20, 20)])
def test_an_impossible_crop_is_refused(photo: Picture, crop: Any) -> None:
    with pytest.raises(UsageError, match="no part of a picture"):
        StylizeRequest(photo, _STYLE, crop=crop)
