from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from engine.losses import style_statistics
from engine.training.artist_data import ArtistContent
from engine.training.data import to_tensor
from engine.training.held_out import HeldOut, Measure
from engine.training.kinds import stacked_statistics

CPU = torch.device("cpu")


def _pictures(*sizes: tuple[int, int]) -> list[np.ndarray]:
    return [np.random.default_rng(n).integers(0, 256, (*size, 3), np.uint8) for n, size in enumerate(sizes)]


def test_what_is_untouched_has_lost_no_content_and_what_is_painted_over_has(perceptual) -> None:
    pictures = _pictures((64, 64), (64, 96))
    with torch.no_grad():
        wanted = style_statistics(perceptual(to_tensor(_pictures((80, 80)))))
    held_out = HeldOut(pictures, perceptual, CPU)

    same = held_out.measure(lambda x: (x, x), wanted)
    other = held_out.measure(lambda x: (x.mean((2, 3), keepdim=True).expand_as(x), x), wanted)

    assert same.content == pytest.approx(0, abs=1e-3)
    assert other.content > 0.5
    assert other.style > same.style
    assert same.tone == 0
    assert other.tone > 0


def test_pictures_give_the_same_measure_together_and_one_by_one(perceptual, monkeypatch) -> None:
    pictures = _pictures((64, 64), (64, 96), (64, 64), (64, 64))
    with torch.no_grad():
        wanted = style_statistics(perceptual(to_tensor(_pictures((80, 80)))))
    one_by_one = HeldOut(pictures, perceptual, CPU)

    # No card is needed for what is done on one.
    monkeypatch.setattr(torch.Tensor, "to", lambda self, *_: self)
    together = HeldOut(pictures, perceptual, torch.device("cuda"))
    monkeypatch.undo()

    assert [len(batch) for batch in together._batches] == [3, 1]
    a, b = (held_out.measure(lambda x: (1 - x, x), wanted) for held_out in (one_by_one, together))
    assert a.style == pytest.approx(b.style, rel=1e-3)
    assert a.content == pytest.approx(b.content, rel=1e-3)
    assert a.tone == pytest.approx(b.tone, rel=1e-3)


def test_a_picture_like_one_of_several_works_is_at_no_distance(perceptual) -> None:
    works = _pictures((64, 96), (96, 64))
    flat = np.full((64, 64, 3), 40, np.uint8)
    with torch.no_grad():
        kinds = stacked_statistics([style_statistics(perceptual(to_tensor([work]))) for work in (*works, flat)])

    each = [HeldOut([work], perceptual, CPU).measure(lambda x: (x, x), kinds).style for work in works]

    assert each == pytest.approx([0, 0], abs=1e-3)
    assert HeldOut(works, perceptual, CPU).measure(lambda x: (x * 0.5, x), kinds).style > 0.1


def test_content_may_lose_a_little_for_the_style_and_tone_nothing() -> None:
    base = Measure(0.4, 0.8, 0.1)
    assert base.score(base) == pytest.approx(1)
    assert Measure(0.3, 0.82, 0.1).score(base) == pytest.approx(0.75)
    assert Measure(0.3, 1.2, 0.1).score(base) > 1
    assert Measure(0.3, 0.8, 0.13).score(base) > 1


def test_strips_are_parts_of_photos_that_are_not_trained_on_at_their_own_size(tmp_path) -> None:
    # Left and top are red, what is measured on is green.
    for name, size, green in (
        ("wide", (400, 200), (288, 0)),
        ("high", (200, 400), (0, 288)),
        ("tiny", (40, 20), (29, 0)),
    ):
        image = Image.new("RGB", size, (200, 0, 0))
        image.paste((0, 200, 0), (*green, *size))
        image.save(tmp_path / f"{name}.png")
    content = ArtistContent(tmp_path, seed=0)

    strips = content.strips(16)

    assert sorted(strip.shape for strip in strips) == [(136, 256, 3), (256, 136, 3), (256, 136, 3)]
    for strip in strips:
        assert strip[..., 1].mean() > 180
        assert strip[..., 0].mean() < 20
    assert len(content.strips(2)) == 2
    assert all(not (content.sample(step, 0, 64) == (0, 200, 0)).all() for step in range(30))
