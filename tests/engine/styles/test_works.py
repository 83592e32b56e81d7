from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from engine.api import Cancelled, CancelToken, TrainingError
from engine.styles.works import check_works


def _work(path: Path, seed: int, size: tuple[int, int] = (400, 300), **options: object) -> Path:
    noise = np.random.default_rng(seed).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    image = Image.fromarray(noise).filter(ImageFilter.GaussianBlur(2)).resize(size, Image.Resampling.BICUBIC)
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def test_good_works_pass_in_their_order(tmp_path: Path) -> None:
    paths = [_work(tmp_path / f"{number}.png", number) for number in range(4)]
    told: list[tuple[int, int]] = []
    checked = check_works(paths, lambda done, count: told.append((done, count)))
    assert checked.good == tuple(paths)
    assert checked.problems == ()
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_what_cannot_be_used_is_listed_with_what_to_do_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = _work(tmp_path / "good.png", 1)
    copy = _work(tmp_path / "copy.jpg", 1, (800, 600), quality=60)
    small = _work(tmp_path / "small.png", 2, (900, 255))
    broken = tmp_path / "broken.png"
    broken.write_bytes(good.read_bytes()[:500])
    missing = tmp_path / "missing.png"
    checked = check_works([good, copy, small, broken, missing])
    assert checked.good == (good,)
    lines = {problem.path: str(problem) for problem in checked.problems}
    assert lines.keys() == {copy, small, broken, missing}
    assert "same picture as good.png" in lines[copy]
    assert "900 x 255" in lines[small]
    assert "256 or more" in lines[small]
    assert all("\n" not in line for line in lines.values())


def test_the_mirror_image_of_a_work_is_another_work(tmp_path: Path) -> None:
    first = _work(tmp_path / "a.png", 3)
    second = tmp_path / "b.png"
    Image.open(first).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(second)
    assert check_works([first, second]).good == (first, second)


def test_a_copy_of_a_small_work_is_not_called_a_copy_of_something_left_out(tmp_path: Path) -> None:
    small = _work(tmp_path / "small.png", 4, (200, 150))
    large = _work(tmp_path / "large.png", 4, (800, 600))
    assert check_works([small, large]).good == (large,)


def test_none_left_is_an_error_with_the_reason(tmp_path: Path) -> None:
    small = _work(tmp_path / "small.png", 4, (200, 150))
    with pytest.raises(TrainingError, match=r"small\.png is too small"):
        check_works([small])
    with pytest.raises(TrainingError, match="None of the 2 works"):
        check_works([small, tmp_path / "missing.png"])


def test_checking_can_be_cancelled(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        check_works([_work(tmp_path / "a.png", 1)], cancel=token)
