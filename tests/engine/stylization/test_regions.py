"""Regions, gradients and the subject: what is painted where."""

from __future__ import annotations

import numpy as np
import pytest

from engine.api import Picture, PictureError, Region, StyleChoice, StyleGradient, StylizeRequest, UsageError
from engine.stylization import Stylizer
from engine.stylization.layers import gradient_ramps, normalized_shares
from tests.engine.stylization.pictures import difference, picture, request

_HEIGHT, _WIDTH = 200, 320
_CONTENT = picture(0, _HEIGHT, _WIDTH)
_RED = Picture(np.concatenate([picture(1).pixels[..., :1], picture(1).pixels[..., 1:] // 5], 2), name="red")
_BLUE = Picture(np.concatenate([picture(2).pixels[..., :2] // 5, picture(2).pixels[..., 2:]], 2), name="blue")


def _mask(left: int, right: int, top: int = 0, bottom: int = _HEIGHT) -> Picture:
    pixels = np.zeros((_HEIGHT, _WIDTH, 3), np.uint8)
    pixels[top:bottom, left:right] = 255
    return Picture(pixels, name="mask")


def _is_red(pixels: np.ndarray) -> bool:
    return bool(pixels[..., 0].mean() > 1.5 * pixels[..., 2].mean())


def _is_blue(pixels: np.ndarray) -> bool:
    return bool(pixels[..., 2].mean() > 1.5 * pixels[..., 0].mean())


def test_each_region_gets_its_style_and_the_rest_the_base(stylizer: Stylizer) -> None:
    wanted = StylizeRequest(
        _CONTENT, (StyleChoice(_RED),), regions=(Region(_mask(160, _WIDTH), (StyleChoice(_BLUE),)),)
    )
    result = stylizer.stylize(wanted).picture.pixels
    assert _is_red(result[:, :120])
    assert _is_blue(result[:, 200:])


def test_without_a_base_everything_else_stays_to_the_bit(stylizer: Stylizer) -> None:
    alpha = np.full((_HEIGHT, _WIDTH), 90, np.uint8)
    content = Picture(_CONTENT.pixels, alpha)
    wanted = StylizeRequest(content, regions=(Region(_mask(100, 200, 50, 150), (StyleChoice(_BLUE),)),))
    result = stylizer.stylize(wanted).picture
    outside = np.ones((_HEIGHT, _WIDTH), bool)
    outside[50:150, 100:200] = False
    assert np.array_equal(result.pixels[outside], content.pixels[outside])
    assert _is_blue(result.pixels[60:140, 110:190])


def test_a_later_region_covers_an_earlier_one_and_one_without_strength_uncovers(stylizer: Stylizer) -> None:
    everywhere, middle = _mask(0, _WIDTH), _mask(100, 220)
    regions = (Region(everywhere, (StyleChoice(_RED),)), Region(middle, (StyleChoice(_BLUE),)))
    result = stylizer.stylize(StylizeRequest(_CONTENT, regions=regions)).picture.pixels
    assert _is_blue(result[:, 120:200])
    assert _is_red(result[:, :80])
    erased = (regions[0], Region(middle, (StyleChoice(_BLUE),), strength=0.0))
    result = stylizer.stylize(StylizeRequest(_CONTENT, regions=erased)).picture.pixels
    assert np.array_equal(result[:, 100:220], _CONTENT.pixels[:, 100:220])


def test_a_small_region_receives_its_style_whole(stylizer: Stylizer) -> None:
    """Painted with statistics of the whole picture, a dark corner would become a dark patch of the style."""
    pixels = _CONTENT.pixels.copy()
    pixels[:64, :64] = pixels[:64, :64] // 8
    corner = _mask(0, 64, 0, 64)
    style = Picture(np.clip(picture(5, 128, 128).pixels.astype(int) + 40, 0, 255).astype(np.uint8))
    wanted = StylizeRequest(Picture(pixels), regions=(Region(corner, (StyleChoice(style),)),))
    small = stylizer.stylize(wanted).picture.pixels[:64, :64]
    whole = stylizer.stylize(StylizeRequest(Picture(pixels), (StyleChoice(style),))).picture.pixels[:64, :64]
    wanted_mean = style.pixels.mean()
    assert abs(small.mean() - wanted_mean) < 0.5 * abs(whole.mean() - wanted_mean)


def test_borders_melt(stylizer: Stylizer) -> None:
    soft = np.zeros((_HEIGHT, _WIDTH, 3), np.uint8)
    soft[:] = np.linspace(0, 255, _WIDTH).astype(np.uint8)[None, :, None]
    wanted = StylizeRequest(_CONTENT, (StyleChoice(_RED),), regions=(Region(Picture(soft), (StyleChoice(_BLUE),)),))
    result = stylizer.stylize(wanted).picture.pixels.astype(float)
    share = result[..., 2].mean(0) / result.sum(2).mean(0)
    steps = np.array([part.mean() for part in np.split(share, 8)])
    assert (np.diff(steps) > -0.02).all()
    assert steps[-1] - steps[0] > 0.25


def test_regions_have_their_own_strength_and_colour(stylizer: Stylizer) -> None:
    left, right = _mask(0, 160), _mask(160, _WIDTH)
    regions = (
        Region(left, (StyleChoice(_RED),), strength=0.2),
        Region(right, (StyleChoice(_RED),), keep_color=1.0),
    )
    result = stylizer.stylize(StylizeRequest(_CONTENT, regions=regions)).picture.pixels.astype(float)
    full = stylizer.stylize(StylizeRequest(_CONTENT, (StyleChoice(_RED),))).picture.pixels.astype(float)
    before = _CONTENT.pixels.astype(float)
    assert np.abs(result - before)[:, :140].mean() < 0.6 * np.abs(full - before)[:, :140].mean()

    def hue(pixels: np.ndarray) -> np.ndarray:
        return pixels[:, 180:].mean((0, 1)) - pixels[:, 180:].mean()

    assert np.abs(hue(result) - hue(before)).max() < 0.5 * np.abs(hue(full) - hue(before)).max()


@pytest.mark.parametrize(
    ("gradient", "red", "blue"),
    [
        (StyleGradient("linear"), (slice(None), slice(0, 60)), (slice(None), slice(260, None))),
        (StyleGradient("linear", 180), (slice(None), slice(260, None)), (slice(None), slice(0, 60))),
        (StyleGradient("linear", 90), (slice(0, 40), slice(None)), (slice(160, None), slice(None))),
        (StyleGradient("radial"), (slice(80, 120), slice(130, 190)), (slice(0, 20), slice(0, 30))),
        (StyleGradient("mask", mask=_mask(160, _WIDTH)), (slice(None), slice(0, 120)), (slice(None), slice(200, None))),
    ],
)
def test_a_gradient_goes_from_the_first_style_to_the_last(
    stylizer: Stylizer, gradient: StyleGradient, red: tuple[slice, slice], blue: tuple[slice, slice]
) -> None:
    mix = (StyleChoice(_RED), StyleChoice(_BLUE))
    result = stylizer.stylize(request(content=_CONTENT, styles=mix, gradient=gradient)).picture.pixels.astype(float)

    def redness(place: tuple[slice, slice]) -> float:
        return float((result[place][..., 0] - result[place][..., 2]).mean())

    assert redness(red) > redness(blue) + 30


def test_the_bands_of_a_gradient_add_up_to_one_everywhere() -> None:
    for gradient in (StyleGradient("linear", 33), StyleGradient("radial")):
        for count in (2, 3, 8):
            bands = [ramp.at(50, 40) for ramp in gradient_ramps(gradient, count, lambda _: pytest.fail("no mask"))]
            assert np.allclose(sum(bands), 1, atol=1e-4)
            whole = bands[0]
            part = gradient_ramps(gradient, count, lambda _: pytest.fail("no mask"))[0].at(50, 40, (8, 16, 30, 40))
            assert np.allclose(part, whole[16:40, 8:30], atol=1e-6)


def test_normalized_shares_add_up_to_one_even_where_nothing_is_painted() -> None:
    shares = np.random.default_rng(0).random((3, 8, 8)).astype(np.float32)
    shares[:, :4] = 0
    assert np.allclose(normalized_shares(shares).sum(0), 1, atol=1e-5)


def test_the_subject_is_kept_or_painted_alone(stylizer: Stylizer) -> None:
    pixels = np.full((_HEIGHT, _WIDTH, 3), (60, 140, 70), np.uint8)
    pixels += np.random.default_rng(0).integers(0, 12, pixels.shape, dtype=np.uint8)
    y, x = np.mgrid[0:_HEIGHT, 0:_WIDTH]
    disc = np.hypot(x - 170, y - 105) < 55
    pixels[disc] = pixels[disc] // 3 + np.array([150, 20, 20], np.uint8)
    inner, outer = np.hypot(x - 170, y - 105) < 45, np.hypot(x - 170, y - 105) > 70
    content = Picture(pixels)
    kept = stylizer.stylize(request(content=content, subject="keep")).picture.pixels
    only = stylizer.stylize(request(content=content, subject="only")).picture.pixels
    assert np.array_equal(kept[inner], pixels[inner])
    assert np.array_equal(only[outer], pixels[outer])
    assert np.abs(kept[outer].astype(int) - pixels[outer]).mean() > 5
    assert np.abs(only[inner].astype(int) - pixels[inner]).mean() > 5


def test_a_picture_without_a_subject_still_has_something_to_keep_and_to_paint(stylizer: Stylizer) -> None:
    flat = Picture(np.full((80, 120, 3), 128, np.uint8))
    noise = Picture(np.random.default_rng(0).integers(0, 256, (80, 120, 3), dtype=np.uint8))
    for content in (flat, noise):
        kept = stylizer.stylize(request(content=content, subject="keep")).picture
        same = (kept.pixels == content.pixels).all(2).mean()
        assert 0.02 < same < 0.98
        assert difference(kept, content) > 0.5


def test_black_masks_and_regions_without_style_are_refused(stylizer: Stylizer) -> None:
    black = Picture(np.zeros((8, 8, 3), np.uint8), name="black")
    for bad in (
        request(mask=black),
        request(regions=(Region(black, (StyleChoice(_RED),)),)),
        request(styles=(StyleChoice(_RED), StyleChoice(_BLUE)), gradient=StyleGradient("mask", mask=black)),
    ):
        with pytest.raises(PictureError, match="all black"):
            stylizer.stylize(bad)
    with pytest.raises(UsageError, match="no style"):
        Region(black, ())
    with pytest.raises(UsageError, match="two or more"):
        request(gradient=StyleGradient())
    with pytest.raises(UsageError, match="needs a style"):
        StylizeRequest(_CONTENT, mask=black, regions=(Region(black, (StyleChoice(_RED),)),))
    with pytest.raises(UsageError, match="keep or only"):
        request(subject="head")
    with pytest.raises(UsageError):
        StyleGradient("mask")
    with pytest.raises(UsageError):
        StyleGradient("linear", float("nan"))
    with pytest.raises(UsageError, match="at most 16"):
        request(regions=(Region(black, (StyleChoice(_RED),)),) * 17)
