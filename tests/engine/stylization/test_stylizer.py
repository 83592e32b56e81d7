from __future__ import annotations

import dataclasses
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch

from engine.api import (
    Cancelled,
    CancelToken,
    ComputeOptions,
    DeviceError,
    ModelError,
    Picture,
    PictureError,
    Progress,
    ResultError,
    StyleChoice,
    StyleError,
    StylizeRequest,
    UsageError,
)
from engine.imaging import write_picture
from engine.processor import core_count
from engine.styles import StyleInformation, StyleLibrary, write_style_file
from engine.stylization import Stylizer
from engine.stylization.painter import Painter
from tests.engine.stylization.pictures import difference, picture, request


def information(name: str, stylizer: Stylizer, **changes: object) -> StyleInformation:
    values = {
        "name": name,
        "artist": "",
        "description": "",
        "licence": "",
        "created": "2026-01-01T00:00:00+00:00",
        "source": "a test",
        "base_model": stylizer.model_hash,
        "kind": "code",
        "thumbnail": b"",
    }
    return StyleInformation(**{**values, **changes})  # type: ignore[arg-type]


def test_result_has_the_size_and_name_of_the_content_image_and_another_look(stylizer: Stylizer) -> None:
    result = stylizer.stylize(request())
    assert result.picture.pixels.shape == (60, 90, 3)
    assert result.picture.name == "picture 0"
    assert difference(result.picture, picture(0)) > 3
    assert result.device
    assert result.seconds > 0


def test_the_same_request_gives_the_same_pixels_with_warm_and_cold_caches(
    stylizer: Stylizer, base_model: Path, library: StyleLibrary
) -> None:
    first = stylizer.stylize(request()).picture
    stylizer.stylize(request(strength=0.5))
    again = stylizer.stylize(request()).picture
    cold = Stylizer(library, device="cpu", base_model=base_model).stylize(request()).picture
    assert np.array_equal(first.pixels, again.pixels)
    assert np.array_equal(first.pixels, cold.pixels)


def test_another_strength_or_mix_runs_the_decoder_only(stylizer: Stylizer, monkeypatch: pytest.MonkeyPatch) -> None:
    mix = (StyleChoice(picture(1)), StyleChoice(picture(2), 0.5))
    stylizer.stylize(request(styles=mix))

    def forbidden(*_: object) -> None:
        raise AssertionError("encoded again")

    monkeypatch.setattr(Painter, "encode", forbidden)
    monkeypatch.setattr(Painter, "style_code", forbidden)
    stylizer.stylize(request(styles=mix, strength=0.4))
    stylizer.stylize(request(styles=(StyleChoice(picture(2)),)))
    with pytest.raises(AssertionError):
        stylizer.stylize(request(styles=mix, style_scale=2.0))


def test_strength_zero_is_the_content_image_to_the_bit(stylizer: Stylizer) -> None:
    assert np.array_equal(stylizer.stylize(request(strength=0)).picture.pixels, picture(0).pixels)


def test_strength_goes_steadily_from_content_to_style(stylizer: Stylizer) -> None:
    results = [stylizer.stylize(request(strength=s)).picture for s in (0.02, 0.25, 0.5, 1.0)]
    distances = [difference(result, picture(0)) for result in results]
    assert distances == sorted(distances)
    assert distances[0] < 3


def test_max_side_limits_and_never_enlarges(stylizer: Stylizer) -> None:
    assert stylizer.stylize(request(max_side=45)).picture.pixels.shape == (30, 45, 3)
    assert stylizer.stylize(request(max_side=1000)).picture.pixels.shape == (60, 90, 3)


@pytest.mark.parametrize(("height", "width"), [(16, 16), (17, 301), (400, 16), (101, 99)])
def test_any_shape_keeps_its_size(stylizer: Stylizer, height: int, width: int) -> None:
    result = stylizer.stylize(request(content=picture(0, height, width)))
    assert result.picture.pixels.shape == (height, width, 3)


def test_keep_color_keeps_the_hue_of_the_content_image(stylizer: Stylizer) -> None:
    blue = picture(0).pixels // 3
    blue[..., 2] += 150
    red = picture(1).pixels // 3
    red[..., 0] += 150
    kept = stylizer.stylize(request(content=Picture(blue), styles=(StyleChoice(Picture(red)),), keep_color=1.0))
    lost = stylizer.stylize(request(content=Picture(blue), styles=(StyleChoice(Picture(red)),)))
    assert lost.picture.pixels[..., 0].mean() > lost.picture.pixels[..., 2].mean()
    assert kept.picture.pixels[..., 2].mean() > kept.picture.pixels[..., 0].mean()


def test_mask_keeps_the_content_image_where_it_is_black(stylizer: Stylizer) -> None:
    mask = np.zeros((30, 45, 3), np.uint8)
    mask[:, 30:] = 255
    result = stylizer.stylize(request(mask=Picture(mask))).picture
    assert np.array_equal(result.pixels[:, :50], picture(0).pixels[:, :50])
    assert not np.array_equal(result.pixels[:, 70:], picture(0).pixels[:, 70:])


def test_alpha_travels_with_the_result(stylizer: Stylizer) -> None:
    alpha = np.full((60, 90), 128, np.uint8)
    result = stylizer.stylize(request(content=dataclasses.replace(picture(0), alpha=alpha))).picture
    assert result.alpha is not None
    assert np.array_equal(result.alpha, alpha)


def test_files_and_pictures_in_memory_give_the_same(stylizer: Stylizer, tmp_path: Path) -> None:
    write_picture(picture(0), tmp_path / "photo.png")
    write_picture(picture(1), tmp_path / "painting.png")
    from_files = stylizer.stylize(StylizeRequest(tmp_path / "photo.png", (StyleChoice(tmp_path / "painting.png"),)))
    assert np.array_equal(from_files.picture.pixels, stylizer.stylize(request()).picture.pixels)


def test_a_file_saved_anew_is_read_anew(stylizer: Stylizer, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    write_picture(picture(0), path)
    first = stylizer.stylize(request(content=path)).picture
    write_picture(picture(3, 80, 80), path, overwrite=True)
    second = stylizer.stylize(request(content=path)).picture
    assert second.pixels.shape == (80, 80, 3) != first.pixels.shape


@pytest.mark.parametrize("style_scale", [0.25, 0.7, 1.0, 1.5, 4.0])
def test_a_style_file_paints_like_the_picture_it_was_made_from(
    stylizer: Stylizer, tmp_path: Path, style_scale: float
) -> None:
    path = tmp_path / "own.scumble"
    write_style_file(path, information("Own", stylizer), stylizer.style_tensors(picture(1)))
    from_file = stylizer.stylize(request(styles=(StyleChoice(path),), style_scale=style_scale)).picture
    from_picture = stylizer.stylize(request(style_scale=style_scale)).picture
    other = stylizer.stylize(request(styles=(StyleChoice(picture(2)),), style_scale=style_scale)).picture
    assert difference(from_file, from_picture) < (1 if style_scale in {0.25, 1.0, 4.0} else 4)
    assert difference(from_file, other) > 5


def test_a_style_of_the_library_is_found_by_name(stylizer: Stylizer, library: StyleLibrary) -> None:
    library.add(information("Own hand", stylizer), stylizer.style_tensors(picture(1)))
    result = stylizer.stylize(request(styles=(StyleChoice("own hand"),))).picture
    assert difference(result, stylizer.stylize(request()).picture) < 1
    with pytest.raises(StyleError, match="Own hand"):
        stylizer.stylize(request(styles=(StyleChoice("own hnd"),)))


def test_a_mix_lies_between_its_styles_and_zero_weight_counts_for_nothing(stylizer: Stylizer) -> None:
    one, two = picture(1), picture(2)
    alone = stylizer.stylize(request()).picture
    with_nothing = stylizer.stylize(request(styles=(StyleChoice(one, 3.0), StyleChoice(two, 0.0)))).picture
    assert np.array_equal(alone.pixels, with_nothing.pixels)
    other = stylizer.stylize(request(styles=(StyleChoice(two),))).picture
    mix = stylizer.stylize(request(styles=(StyleChoice(one), StyleChoice(two)))).picture
    assert difference(mix, alone) < difference(alone, other)
    assert difference(mix, other) < difference(alone, other)


def test_a_style_of_another_base_model_or_with_foreign_tensors_is_refused(stylizer: Stylizer, tmp_path: Path) -> None:
    tensors = stylizer.style_tensors(picture(1))
    foreign, strange = tmp_path / "foreign.scumble", tmp_path / "strange.scumble"
    write_style_file(foreign, information("Foreign", stylizer, base_model="0" * 64), tensors)
    write_style_file(
        strange, information("Strange", stylizer), {"codes": tensors["codes"][:, :10], "scales": tensors["scales"]}
    )
    for path in (foreign, strange):
        with pytest.raises(StyleError):
            stylizer.stylize(request(styles=(StyleChoice(path),)))


@pytest.mark.parametrize("shape", [(1, 1), (10, 20000), (15, 15)])
def test_pictures_too_narrow_to_paint_are_refused(stylizer: Stylizer, shape: tuple[int, int]) -> None:
    tiny = Picture(np.zeros((*shape, 3), np.uint8), name="tiny")
    with pytest.raises(PictureError, match="too small"):
        stylizer.stylize(request(content=tiny))
    with pytest.raises(StyleError, match="too small"):
        stylizer.stylize(request(styles=(StyleChoice(tiny),)))


def test_a_picture_larger_than_memory_is_refused_with_the_size_that_fits(
    stylizer: Stylizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = psutil.virtual_memory()._replace(available=3_000_000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    with pytest.raises(DeviceError, match="at most") as caught:
        stylizer.stylize(request())
    side = caught.value.values["side"]
    assert isinstance(side, int)
    assert stylizer.stylize(request(max_side=side)).picture.width == side


def test_a_gpu_without_memory_is_an_error_in_words(stylizer: Stylizer, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(Painter, "survey", full)
    with pytest.raises(DeviceError, match="too little memory"):
        stylizer.stylize(request())


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.5, 7.0])
def test_results_that_are_no_pictures_are_refused(
    stylizer: Stylizer, monkeypatch: pytest.MonkeyPatch, value: float
) -> None:
    monkeypatch.setattr(Painter, "survey", lambda _, __, layers, ___: (layers, np.full((60, 90, 3), value, np.float32)))
    with pytest.raises(ResultError):
        stylizer.stylize(request())


def test_a_flat_content_image_may_stay_flat(stylizer: Stylizer) -> None:
    flat = Picture(np.full((64, 64, 3), 120, np.uint8))
    assert stylizer.stylize(request(content=flat)).picture.pixels.shape == (64, 64, 3)


def test_progress_runs_from_zero_to_one_and_cancel_stops(stylizer: Stylizer) -> None:
    seen: list[Progress] = []
    stylizer.stylize(request(), seen.append)
    fractions = [progress.fraction for progress in seen]
    assert fractions[0] == 0
    assert fractions[-1] == 1
    assert fractions == sorted(fractions)

    token = CancelToken()
    with pytest.raises(Cancelled):
        stylizer.stylize(
            request(strength=0.3), lambda progress: token.cancel() if progress.fraction > 0.1 else None, token
        )
    assert stylizer.stylize(request(strength=0.3)).picture.width == 90


def test_a_missing_or_damaged_base_model_is_named(tmp_path: Path, library: StyleLibrary, base_model: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.safetensors is missing"):
        Stylizer(library, device="cpu", base_model=tmp_path / "nowhere.safetensors")
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(base_model.read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"damaged\.safetensors is damaged"):
        Stylizer(library, device="cpu", base_model=damaged)


@pytest.mark.parametrize(
    "changes",
    [
        {"strength": 1.1},
        {"strength": float("nan")},
        {"keep_color": -0.1},
        {"detail": 2},
        {"style_scale": 0.1},
        {"style_scale": float("inf")},
        {"max_side": 0},
        {"styles": ()},
        {"styles": (StyleChoice("a", -1),)},
        {"styles": (StyleChoice("a", 0),)},
        {"styles": (StyleChoice("a", float("nan")),)},
        {"styles": (StyleChoice("a"),) * 9},
    ],
)
def test_requests_that_make_no_sense_cannot_be_made(changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        request(**changes)


@pytest.mark.skipif(
    sys.platform != "linux" or not any(Path(torch.__file__).with_name("lib").glob("libgomp*")),
    reason="torch computes with another OpenMP here",
)
def test_what_has_painted_keeps_no_threads_from_others(base_model: Path, library: StyleLibrary) -> None:
    """More than there are cores, and each of them sleeps after every operation."""
    left = []

    def paint() -> None:
        before = psutil.Process().num_threads()
        painter = Stylizer(library, "cpu", base_model, options=ComputeOptions("cpu", threads=core_count()))
        painter.stylize(request())
        until = time.monotonic() + 5
        while psutil.Process().num_threads() > before and time.monotonic() < until:
            time.sleep(0.01)
        left.append(psutil.Process().num_threads() - before)

    thread = threading.Thread(target=paint)
    thread.start()
    thread.join()
    assert left == [0]
