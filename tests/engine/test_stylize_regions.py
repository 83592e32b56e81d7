"""Regions, gradients and the subject in the words of ``scumble stylize``."""

import numpy as np
import pytest
from PIL import Image

from engine.api import StyleGradient
from engine.cli import main
from engine.imaging import read_description


@pytest.fixture
def mask(folder):
    pixels = np.zeros((10, 20), np.uint8)
    pixels[:, 10:] = 255
    Image.fromarray(pixels).save(folder / "mask.png")
    return folder / "mask.png"


def test_regions_have_masks_mixes_and_settings(folder, stylizer, mask):
    command = ["stylize", "photo.jpg", "-o", "result.png", "--strength", "0.7"]
    command += [
        "--region",
        "mask.png:painting.png=2,Woodcut",
        "--region",
        "mask.png:beach.png;strength=0.5;keep-color=1",
    ]

    assert main(command) == 0

    first, second = stylizer.requests[0].regions
    assert stylizer.requests[0].styles == ()
    assert [choice.weight for choice in first.styles] == [2, 1]
    assert first.styles[0].style.name == "painting"
    assert first.styles[1].style == "Woodcut"
    assert (first.strength, first.keep_color) == (0.7, 0.0)
    assert (second.strength, second.keep_color) == (0.5, 1.0)
    assert first.mask.pixels.shape == (10, 20, 3)
    described = read_description(folder / "result.png")
    assert described is not None
    assert described["regions"][0]["mask"] == "mask.png"


def test_a_region_s_mask_and_style_may_have_commas_and_colons_in_their_names(folder, stylizer, mask):
    odd = folder / "a, b.png"
    (folder / "painting.png").rename(odd)

    assert main(["stylize", "photo.jpg", "-o", "r.png", "--region", f"{mask}:{odd},Woodcut"]) == 0

    assert [getattr(c.style, "name", c.style) for c in stylizer.requests[0].regions[0].styles] == ["a, b", "Woodcut"]


@pytest.mark.parametrize(
    ("words", "gradient"),
    [
        ("linear", StyleGradient("linear")),
        ("linear:-90", StyleGradient("linear", -90)),
        ("radial", StyleGradient("radial")),
    ],
)
def test_gradients_in_words(words, gradient, stylizer):
    command = ["stylize", "photo.jpg", "-o", "r.png", "--style", "painting.png", "--style", "Woodcut"]
    assert main([*command, "--gradient", words]) == 0
    assert stylizer.requests[0].gradient == gradient


def test_a_gradient_by_mask_the_subject_and_fixed_strokes(stylizer, mask):
    command = ["stylize", "photo.jpg", "-o", "r.png", "--style", "painting.png", "--style", "Woodcut"]
    assert main([*command, "--gradient", "mask.png", "--subject", "keep", "--fixed-strokes"]) == 0
    request = stylizer.requests[0]
    assert request.gradient.mask.name == "mask"
    assert request.subject == "keep"
    assert request.fixed_strokes


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, ["No style"]),
        (["--region", "mask.png"], 2, ["names no style"]),
        (["--region", "mask.png:"], 2, ["no style"]),
        (["--region", "nowhere.png:Woodcut"], 1, ["nowhere.png", "does not exist"]),
        (["--region", "mask.png:Wodcut"], 1, ["Woodcut"]),
        (["--region", "mask.png:Woodcut=0"], 2, ["weight"]),
        (["--region", "mask.png:Woodcut;strength=2"], 2, ["strength"]),
        (["--region", "mask.png:Woodcut;size=2"], 2, ["no setting"]),
        (["--style", "Woodcut", "--gradient", "radial"], 2, ["two or more"]),
        (["--style", "Woodcut", "--style", "Tahiti", "--gradient", "linear:up"], 2, ["no angle"]),
        (["--style", "Woodcut", "--style", "Tahiti", "--gradient", "diagonal"], 1, ["no gradient"]),
        (["--style", "Woodcut", "--subject", "head"], 2, ["keep"]),
        (["--mask", "mask.png", "--region", "mask.png:Woodcut"], 2, ["needs a style"]),
        (["--style", "Woodcut"] * 9, 2, ["at most 8"]),
    ],
)
def test_regions_and_gradients_that_make_no_sense_are_refused(arguments, code, words, stylizer, mask, assert_refused):
    assert_refused(["stylize", "photo.jpg", "-o", "r.png", *arguments], code, words)
