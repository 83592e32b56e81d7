"""Pre-training and distillation, a few steps of each with the real networks on tiny pictures."""

import dataclasses

import numpy as np
import pytest
import torch
from PIL import Image

from engine.api import Cancelled, CancelToken, TrainingError
from engine.networks.perceptual import VGG16
from engine.networks.weights import weights_as_bytes
from engine.training.data import ContentData, PictureFolder, StyleData
from engine.training.distillation import Distillation
from engine.training.loop import LoopSettings, TrainingLoop
from engine.training.pretraining import LossWeights, Pretraining

CPU = torch.device("cpu")
SETTINGS = LoopSettings(steps=3, report_every=1, learning_rate=1e-3, final_learning_rate=1e-4, precision="float32")


def _pretraining(pictures, perceptual, **changes):
    torch.manual_seed(0)
    arguments = {"batch_size": 2, "side": 64, "seed": 0, "weights": LossWeights(), "adversary_from": 1}
    task = Pretraining(perceptual, *pictures, **{**arguments, **changes})
    task.start_from(perceptual)
    return task


def _run(task, folder, settings=SETTINGS):
    seen = []
    network = TrainingLoop(task, settings, folder, CPU).run(seen.append)
    return network, seen


def test_pretraining_trains_both_networks_in_turn_and_leaves_the_encoder(pictures, perceptual, tmp_path):
    task = _pretraining(pictures, perceptual, adversary_ramp=1)
    assert task.discriminator is not None
    before = {
        name: parameter.detach().clone()
        for name, parameter in [*task.generator.named_parameters(), *task.discriminator.named_parameters("real")]
    }

    _, progress = _run(task, tmp_path / "checkpoints")

    names = set(progress[-1].losses)
    assert {"total", "content", "style", "patches", "adversarial", "discriminator"} <= names
    after = dict([*task.generator.named_parameters(), *task.discriminator.named_parameters("real")])
    moved = {name for name, value in before.items() if not torch.equal(value, after[name])}
    assert any(name.startswith("real") for name in moved)
    assert "to_pixels.weight" in moved
    assert not any(name.startswith("encoder") for name in moved)


def test_the_encoder_is_that_of_the_perceptual_network(pictures, perceptual):
    task = _pretraining(pictures, perceptual)

    for ours, theirs in zip(task.generator.encoder.parameters(), perceptual.encoder.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    assert task.generator.code_deviation.min() > 0
    assert not torch.equal(task.generator.code_mean, torch.zeros_like(task.generator.code_mean))


def test_every_weighted_loss_reaches_the_generator(pictures, perceptual):
    for name in ("content", "style", "patches", "similarity"):
        weights = LossWeights(**{**dict.fromkeys(LossWeights().as_dict(), 0.0), name: 1.0})
        task = _pretraining(pictures, perceptual, weights=weights)

        losses = task.generator_losses(task.source.batch(0), 0)
        losses["total"].backward()

        assert float(losses["total"].detach()) == pytest.approx(float(losses[name]), rel=1e-5)
        gradient = task.generator.to_pixels.weight.grad
        assert gradient is not None
        assert float(gradient.abs().sum()) > 0


def test_without_an_adversary_there_is_no_discriminator(pictures, perceptual, tmp_path):
    task = _pretraining(pictures, perceptual, weights=LossWeights(adversarial=0.0))

    _, progress = _run(task, tmp_path / "checkpoints")

    assert task.discriminator is None
    assert "discriminator" not in progress[-1].losses


def test_a_resumed_pretraining_ends_where_an_unbroken_one_does(pictures, perceptual, tmp_path):
    settings = LoopSettings(steps=4, report_every=1, checkpoint_seconds=0, precision="float32")
    torch.manual_seed(5)
    whole, _ = _run(_pretraining(pictures, perceptual, adversary_from=9), tmp_path / "whole", settings)

    first = TrainingLoop(_pretraining(pictures, perceptual, adversary_from=9), settings, tmp_path / "parts", CPU)

    class Stop(Exception):
        pass

    def stop(progress):
        if progress.step == 2:
            first.save()
            raise Stop

    with pytest.raises(Stop):
        first.run(stop)
    second = TrainingLoop(_pretraining(pictures, perceptual, adversary_from=9), settings, tmp_path / "parts", CPU)
    assert second.resume()
    assert second.step == 2
    resumed = second.run()

    # The noise inside the generator is shifted at random, so alike, not equal.
    for ours, theirs in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.allclose(ours, theirs, atol=5e-3)


def test_distillation_brings_the_student_nearer_to_its_teacher(pictures, tmp_path):
    torch.manual_seed(2)
    teacher = VGG16().eval().requires_grad_(False)
    task = Distillation(teacher, *pictures, batch_size=2, side=64, seed=0)
    settings = LoopSettings(steps=12, report_every=4, learning_rate=2e-3, precision="float32", warm_up_steps=1)

    _, progress = _run(task, tmp_path / "checkpoints", settings)

    assert progress[-1].losses["total"] < progress[0].losses["total"]
    assert {"1_1", "2_1", "3_1", "4_1", "gram"} <= set(progress[-1].losses)


def test_distillation_looks_at_what_was_painted_and_goes_on_from_weights(pictures, perceptual, tmp_path):
    painted, start = tmp_path / "painted", tmp_path / "start.safetensors"
    painted.mkdir()
    Image.new("RGB", (80, 80), (10, 200, 30)).save(painted / "green.png")
    start.write_bytes(weights_as_bytes(perceptual, {}))
    teacher = VGG16().eval().requires_grad_(False)
    task = Distillation(teacher, *pictures, batch_size=4, side=64, seed=0, painted=painted, start=start)

    images = torch.stack([task.source.batch(step)["image"] for step in range(8)])
    ours, theirs = task.generator.state_dict(), perceptual.half().state_dict()

    # Two of four are of that folder, unless they were mixed with a neighbour.
    greens = ((images - torch.tensor([10, 200, 30]).view(3, 1, 1) / 255).abs().amax((2, 3, 4)) < 0.02).sum(1)
    assert int(greens.max()) == 2
    assert all(torch.equal(ours[name], theirs[name].float()) for name in ours)


def test_the_same_step_brings_the_same_pictures(pictures):
    for data in (ContentData(pictures[0], seed=1), StyleData(pictures[1], seed=1)):
        first, again, other = data.sample(3, 0, 64), data.sample(3, 0, 64), data.sample(4, 0, 64)

        assert first.shape == (64, 64, 3)
        assert first.dtype == np.uint8
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)


def test_an_unreadable_picture_is_replaced_and_none_at_all_is_an_error(pictures, tmp_path):
    (pictures[0] / "1.png").write_bytes(b"broken")
    folder = PictureFolder(pictures[0])

    assert np.array_equal(np.asarray(folder.picture(1)), np.asarray(folder.picture(2)))
    for path in pictures[0].glob("*.png"):
        path.write_bytes(b"broken")
    with pytest.raises(TrainingError, match="can be read"):
        PictureFolder(pictures[0]).picture(0)
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrainingError, match="no pictures"):
        PictureFolder(tmp_path / "empty")
    with pytest.raises(TrainingError, match="does not exist"):
        PictureFolder(tmp_path / "gone")


def test_a_training_that_was_interrupted_goes_on_to_the_same_curve(pictures, perceptual, tmp_path):
    settings = dataclasses.replace(SETTINGS, steps=6, checkpoint_seconds=0.0)
    _, whole = _run(_pretraining(pictures, perceptual, adversary_ramp=1), tmp_path / "whole", settings)

    first = TrainingLoop(_pretraining(pictures, perceptual, adversary_ramp=1), settings, tmp_path / "parts", CPU)
    token = CancelToken()
    with pytest.raises(Cancelled):
        first.run(lambda progress: token.cancel() if progress.step == 3 else None, token)
    second = TrainingLoop(_pretraining(pictures, perceptual, adversary_ramp=1), settings, tmp_path / "parts", CPU)
    assert second.resume()
    rest = []
    second.run(rest.append)

    assert [progress.step for progress in rest] == [4, 5, 6]
    for ours, theirs in zip(rest, whole[3:], strict=True):
        assert ours.losses == pytest.approx(theirs.losses, rel=1e-5)


def test_a_subset_is_spread_evenly_and_never_larger_than_the_folder(pictures):
    whole = PictureFolder(pictures[0])
    few = PictureFolder(pictures[0], subset=2)
    assert len(few) == 2
    assert set(few.paths) < set(whole.paths)
    assert few.paths == [whole.paths[0], whole.paths[len(whole) // 2]]
    assert PictureFolder(pictures[0], subset=1000).paths == whole.paths
