from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch

from engine.losses import StyleStatistics, hand_loss, nearest_statistics, statistics_loss, style_statistics
from engine.training.kinds import MOST_KINDS, kinds_of, mean_statistics, stacked_statistics


def _features(mood: int, seed: int, count: int = 1) -> list[torch.Tensor]:
    """Return features of pictures: those of one mood have the same few channels strong."""
    strong = torch.tensor(np.random.default_rng(mood).choice([0.1, 3.0], 32), dtype=torch.float32)
    generator = torch.Generator().manual_seed(seed)
    return [torch.rand(count, 32, side, side, generator=generator) * strong[:, None, None] for side in (16, 8)]


def _work(mood: int, seed: int) -> list[StyleStatistics]:
    return style_statistics(_features(mood, seed))


def _distance(features: Sequence[torch.Tensor], wanted: list[StyleStatistics]) -> float:
    return float(statistics_loss(style_statistics(features), wanted))


def test_few_works_are_a_kind_each() -> None:
    assert kinds_of([_work(1, seed) for seed in range(MOST_KINDS)]) == [[number] for number in range(MOST_KINDS)]


def test_works_of_one_mood_are_one_kind_and_the_same_ones_each_time() -> None:
    moods = [seed % MOST_KINDS for seed in range(30)]
    works = [_work(mood, seed) for seed, mood in enumerate(moods)]

    kinds = kinds_of(works)

    assert sorted(number for kind in kinds for number in kind) == list(range(30))
    assert all(len({moods[number] for number in kind}) == 1 for kind in kinds)
    assert kinds_of(works) == kinds


def test_works_that_are_all_the_same_are_kinds_without_holes() -> None:
    kinds = kinds_of([_work(1, 1)] * 20)
    assert sorted(number for kind in kinds for number in kind) == list(range(20))
    assert all(kinds)


def test_each_picture_is_held_against_the_kind_it_is_nearest_to() -> None:
    kinds = stacked_statistics([_work(mood, 0) for mood in (1, 2, 3)])
    pictures = [torch.cat(layers) for layers in zip(_features(3, 5), _features(1, 6), strict=True)]

    nearest = nearest_statistics(style_statistics(pictures), kinds)

    for layer, all_kinds in zip(nearest, kinds, strict=True):
        assert torch.equal(layer.gram, all_kinds.gram[[2, 0]])
        assert torch.equal(layer.mean, all_kinds.mean[[2, 0]])
    assert _distance(pictures, nearest) < 0.2 < _distance(pictures, mean_statistics([_work(m, 0) for m in (1, 2, 3)]))


def test_the_nearest_kind_is_that_of_the_least_loss_in_half_precision_too() -> None:
    kinds = stacked_statistics([_work(1, seed) for seed in range(8)])  # of one mood, so all are near
    pictures = style_statistics(_features(1, 20, count=5))

    def loss(picture: int, kind: int) -> float:
        ours, theirs = (
            [StyleStatistics(layer.gram[[number]], layer.mean[[number]]) for layer in statistics]
            for statistics, number in ((pictures, picture), (kinds, kind))
        )
        return float(hand_loss(ours, theirs))

    with torch.autocast("cpu", torch.bfloat16):
        nearest = nearest_statistics(pictures, kinds)

    for picture, gram in enumerate(nearest[0].gram):
        least = min(range(8), key=lambda kind, picture=picture: loss(picture, kind))
        assert torch.equal(gram, kinds[0].gram[least])


def test_one_kind_is_what_all_pictures_are_held_against() -> None:
    kind = _work(1, 0)
    nearest = nearest_statistics(style_statistics(_features(2, 1, count=3)), kind)
    assert [layer.gram.shape for layer in nearest] == [(3, 32, 32)] * 2
    assert torch.equal(nearest[0].gram[2], kind[0].gram[0])


def test_the_mean_of_statistics_is_taken_layer_by_layer() -> None:
    works = [_work(mood, 0) for mood in (1, 2)]
    mean = mean_statistics(works)
    assert torch.allclose(mean[1].gram, (works[0][1].gram + works[1][1].gram) / 2)
    assert mean[0].mean.shape == (1, 32)
    assert pytest.approx(0, abs=1e-6) == float(statistics_loss(mean_statistics([works[0]]), works[0]))
