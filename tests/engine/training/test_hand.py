from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from engine.losses import style_statistics
from engine.networks.generator import Generator
from engine.networks.style_code import FILE_SCALES
from engine.training import kinds
from engine.training.artist_data import Works
from engine.training.data import to_tensor
from engine.training.hand import TRAINED_SCALES, Hand
from engine.training.kinds import mean_statistics

CPU = torch.device("cpu")


def _hand(works: Works, perceptual: torch.nn.Module) -> Hand:
    torch.manual_seed(0)
    return Hand.of_works(works, Generator(), perceptual, CPU)


def test_the_statistics_of_each_work_are_kept_and_the_code_is_their_mean(studio, perceptual) -> None:
    works = Works(studio.works, 0)
    hand = _hand(works, perceptual)

    for number, view in enumerate(works.views()):
        # The parts of a large view are drawn by lot, one scale after the other.
        parts = [view.at(scale) for scale in FILE_SCALES[: FILE_SCALES.index(1.0) + 1]][-1]
        with torch.no_grad():
            seen = mean_statistics([style_statistics(perceptual(to_tensor([part]))) for part in parts])
        for layer, kept in zip(seen, hand.statistics[1.0], strict=True):
            assert torch.allclose(layer.gram[0], kept.gram[number], rtol=1e-3, atol=1e-6)
    assert {len(layer.mean) for scale in TRAINED_SCALES for layer in hand.statistics[scale]} == {2}
    assert hand.code(1.0).shape[0] == 1


def test_of_many_works_only_so_many_kinds_are_kept(studio, perceptual, monkeypatch) -> None:
    monkeypatch.setattr(kinds, "MOST_KINDS", 2)
    hand = _hand(Works(studio.works * 2, 0), perceptual)
    assert {len(layer.gram) for scale in TRAINED_SCALES for layer in hand.statistics[scale]} == {2}


def test_a_hand_comes_back_from_a_checkpoint_though_a_work_is_gone(studio, perceptual) -> None:
    hand = _hand(Works(studio.works, 0), perceptual)
    after_the_loss = _hand(Works(studio.works[:1], 0), perceptual)

    after_the_loss.load_state(hand.state())

    assert torch.equal(after_the_loss.codes, hand.codes)
    assert after_the_loss.calmest == pytest.approx(hand.calmest)
    for scale, layers in hand.statistics.items():
        for ours, theirs in zip(after_the_loss.statistics[scale], layers, strict=True):
            assert torch.equal(ours.gram, theirs.gram)
            assert torch.equal(ours.mean, theirs.mean)


def test_the_calmest_parts_of_the_works_are_what_is_left_plain(tmp_path, perceptual) -> None:
    strokes = np.random.default_rng(0).integers(0, 256, (512, 512, 3), dtype=np.uint8)
    plain = strokes.copy()
    plain[:128] = 200
    Image.fromarray(strokes).save(tmp_path / "strokes.png")
    Image.fromarray(plain).save(tmp_path / "plain.png")

    everywhere, with_a_sky = (_hand(Works([tmp_path / name], 0), perceptual) for name in ("strokes.png", "plain.png"))

    assert everywhere.calmest[1.0] > 0.1
    assert with_a_sky.calmest[1.0] < 0.001
