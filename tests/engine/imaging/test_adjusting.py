"""Sizes, colour, detail and masks."""

import numpy as np
import pytest
from PIL import Image

from engine.api import Picture, PictureError
from engine.imaging import (
    Mask,
    detail_base,
    enlarge,
    keep_color,
    luminance,
    read_mask,
    resize_picture,
    resize_to,
    restore_detail,
    shrink,
)

RANDOM = np.random.default_rng(5)
CONTENT = RANDOM.uniform(0.3, 0.7, (40, 60, 3)).astype(np.float32)
STYLIZED = RANDOM.uniform(0.3, 0.7, (40, 60, 3)).astype(np.float32)


@pytest.mark.parametrize(("size", "limit", "expected"), [((60, 40), 30, (30, 20)), ((20000, 10), 512, (512, 1))])
def test_the_longer_side_is_limited(size, limit, expected):
    picture = Picture(np.zeros((size[1], size[0], 3), np.uint8), np.zeros((size[1], size[0]), np.uint8))

    small = resize_picture(picture, limit)

    assert (small.width, small.height) == expected
    assert small.alpha is not None
    assert small.alpha.shape == small.pixels.shape[:2]


def test_a_small_picture_is_not_enlarged():
    picture = Picture(np.zeros((40, 60, 3), np.uint8))

    assert resize_picture(picture, 100) is picture
    assert resize_to(picture, 60, 40) is picture


def test_keep_color_takes_light_from_one_and_color_from_the_other():
    kept = keep_color(STYLIZED, CONTENT, 1.0)

    assert np.abs(luminance(kept) - luminance(STYLIZED)).mean() < 0.02
    chroma = [x - luminance(x)[..., None] for x in (kept, CONTENT)]
    assert np.abs(chroma[0] - chroma[1]).mean() < 0.02
    assert keep_color(STYLIZED, CONTENT, 0.0) is STYLIZED
    assert np.allclose(keep_color(STYLIZED, CONTENT, 0.5), (STYLIZED + kept) / 2, atol=1e-6)


def test_detail_brings_fine_lines_back_but_not_light():
    content = np.full((64, 64, 3), 0.5, np.float32)
    content[:, 32:] = 0.7
    content[::4] += 0.03
    stylized = np.full((64, 64, 3), 0.4, np.float32)

    detailed = restore_detail(stylized, content, 1.0, detail_base(content))

    assert restore_detail(stylized, content, 0.0, detail_base(content)) is stylized
    assert detailed[16, 10, 0] - detailed[18, 10, 0] > 0.015, "the lines are there"
    # The large edge is no detail: far from it on both sides nothing changed, and it got no halo.
    assert abs(detailed[:, 2:12].mean() - detailed[:, -12:-2].mean()) < 0.01
    assert np.abs(detailed - 0.4).max() < 0.06


def test_a_mask_is_gray_fits_and_treats_transparent_as_black(tmp_path):
    Image.fromarray(np.array([[0, 255]], np.uint8)).save(tmp_path / "mask.png")
    mask = read_mask(tmp_path / "mask.png").at(40, 20)
    half = np.zeros((4, 4), np.uint8)
    half[:, 2:] = 255
    clear = Picture(np.full((4, 4, 3), 255, np.uint8), half)

    assert mask.shape == (20, 40)
    assert mask[:, 0].max() == 0
    assert mask[:, -1].min() == 1
    assert read_mask(clear).at(4, 4)[:, :2].max() == 0
    assert (read_mask(Picture(np.full((4, 4, 3), 255, np.uint8))).at(8, 8) == 1).all()


def test_a_box_of_a_mask_is_a_cut_of_the_whole():
    random = np.random.default_rng(0)
    values = np.asarray(Image.fromarray(random.integers(0, 256, (9, 7), dtype=np.uint8)).resize((70, 90)))
    mask = Mask(values)
    whole = mask.at(400, 300)
    assert np.abs(mask.at(400, 300, (130, 50, 260, 190))[8:-8, 8:-8] - whole[58:182, 138:252]).max() < 0.02


def test_a_mask_without_any_white_is_refused():
    with pytest.raises(PictureError, match="all black"):
        read_mask(Picture(np.zeros((4, 4, 3), np.uint8), name="night"))


def test_an_enlarged_box_is_a_cut_of_the_enlarged_whole():
    small = np.random.default_rng(0).random((30, 40, 3)).astype(np.float32)
    whole = enlarge(small, 333, 250, (0, 0, 333, 250))
    assert whole.shape == (250, 333, 3)
    box = enlarge(small, 333, 250, (96, 40, 200, 180))
    assert np.abs(box - whole[40:180, 96:200]).max() < 1e-5


def test_a_picture_shrunk_in_strips_is_the_picture_shrunk_whole():
    pixels = np.random.default_rng(0).integers(0, 256, (500, 300, 3), dtype=np.uint8)
    pixels = resize_to(Picture(pixels[:50, :30].copy()), 300, 500).pixels
    shrunk = shrink(pixels, 90, 150)
    whole = np.asarray(Image.fromarray(pixels).resize((90, 150), Image.Resampling.BICUBIC)) / 255
    assert np.abs(shrunk.clip(0, 1) - whole).max() < 0.01  # the small copy has eight bits
