from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.training.artist_data import Works
from engine.training.common_palette import CommonPalette


def _work(path: Path, seed: int, color: tuple[float, float, float]) -> Path:
    """Write a picture of soft shapes from black to a colour."""
    shapes = np.random.default_rng(seed).integers(0, 256, (9, 12), dtype=np.uint8)
    light = np.asarray(Image.fromarray(shapes).resize((120, 90), Image.Resampling.BICUBIC), np.float32)
    Image.fromarray((light[..., None] * np.array(color)).round().astype(np.uint8)).save(path)
    return path


@pytest.fixture
def works(tmp_path: Path) -> list[Path]:
    return [_work(tmp_path / "red.png", 1, (1.0, 0.3, 0.2)), _work(tmp_path / "blue.png", 2, (0.1, 0.4, 0.9))]


def _pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))


def test_works_of_two_palettes_come_into_one_and_keep_their_light_and_shade(works: list[Path]) -> None:
    palette = CommonPalette(works, [0, 1])

    red, blue = (palette.recolored(_pixels(work), number) for number, work in enumerate(works))

    before = np.abs(_pixels(works[0]).mean((0, 1)) - _pixels(works[1]).mean((0, 1))).max()
    after = np.abs(red.mean((0, 1)) - blue.mean((0, 1))).max()
    assert before > 50
    assert after < 12
    for work, recolored in zip(works, (red, blue), strict=True):
        assert recolored.dtype == np.uint8
        assert np.corrcoef(_pixels(work).mean(2).ravel(), recolored.mean(2).ravel())[0, 1] > 0.95


def test_a_part_gets_the_colours_that_it_has_in_the_whole(works: list[Path]) -> None:
    palette = CommonPalette(works, [0, 1])
    whole = _pixels(works[0])

    part = palette.recolored(whole[20:60, 30:80], 0)

    assert np.abs(part.astype(int) - palette.recolored(whole, 0)[20:60, 30:80]).max() <= 1


def test_the_most_typical_work_stays_as_it_is_and_others_get_its_colours(works: list[Path], tmp_path: Path) -> None:
    green = _work(tmp_path / "green.png", 3, (0.1, 0.9, 0.2))
    nearly_red = [_work(tmp_path / f"red {n}.png", n, (1.0, 0.3 + 0.05 * n, 0.2)) for n in (1, 2)]
    paths = [green, works[1], nearly_red[1], nearly_red[0], works[0]]

    palette = CommonPalette(paths, range(len(paths)))

    typical = _pixels(nearly_red[0])
    assert np.array_equal(palette.recolored(typical, 3), typical)
    for number in (0, 1):
        recolored = palette.recolored(_pixels(paths[number]), number)
        assert np.abs(recolored.mean((0, 1)) - typical.mean((0, 1))).max() < 12


def test_one_work_alone_stays_as_it_is(works: list[Path]) -> None:
    pixels = _pixels(works[0])

    assert np.array_equal(CommonPalette(works[:1], [0]).recolored(pixels, 0), pixels)


def test_a_work_that_cannot_be_read_changes_nothing_for_the_others(works: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    pixels = _pixels(works[0])

    with_broken = CommonPalette([*works, broken], [0, 1, 2])

    assert np.array_equal(with_broken.recolored(pixels, 0), CommonPalette(works, [0, 1]).recolored(pixels, 0))
    assert np.array_equal(with_broken.recolored(pixels, 2), pixels)
    assert np.array_equal(CommonPalette([broken, broken], [0, 1]).recolored(pixels, 0), pixels)


def test_crops_and_views_of_the_works_are_in_one_palette(works: list[Path]) -> None:
    shown = Works(works, seed=0)

    views = np.array([view.at(1.0)[0].mean((0, 1)) for view in shown.views()])
    crops = np.array([shown.sample(step, 0, 64, 1.0).mean((0, 1)) for step in range(24)])

    # Red is brighter than blue in the one work by far, and darker in the other.
    assert np.ptp(views[:, 0] - views[:, 2]) < 25
    assert np.ptp(crops[:, 0] - crops[:, 2]) < 100
