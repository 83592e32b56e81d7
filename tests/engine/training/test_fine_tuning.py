"""Fine-tuning with the real networks on tiny pictures, for a handful of steps."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.api import Cancelled, StyleChoice, StylizeRequest, TrainingError, UsageError
from engine.device import DeviceChoice
from engine.networks.generator import Generator
from engine.networks.perceptual import PerceptualNetwork
from engine.networks.weights import load_weights, weights_as_bytes
from engine.stylization import Stylizer
from engine.train_request import QUALITY_STEPS, TrainControl
from engine.training import artist_data, hand, tuning_session, tuning_task
from engine.training.adversarial_balance import AdversarialBalance
from engine.training.fine_tuning import estimate
from engine.training.held_out import Measure
from engine.training.tuning_session import Session
from tests.engine.training.studio import Killed, equal, kill_at


def test_a_style_is_learnt_small_enough_and_paints(studio):
    # Models that nobody trained learn little in so few steps: with the usual weights, less than rounding may cost.
    fast = {"learning_rate": 0.01, "style_weight": 30.0}
    result = studio.learn(artist="Ann", licence="CC BY 4.0", description="Blobs", steps=16, **fast)

    assert result.ended == "finished"
    assert result.steps == 16
    assert result.best.step > 0
    assert result.best.style < 0.998
    assert result.path.stat().st_size < 4_000_000
    information = studio.style_library.find("my hand")
    assert (information.kind, information.artist, information.licence) == ("fine-tuned", "Ann", "CC BY 4.0")
    assert "one.png, two.png" in information.source
    assert information.thumbnail
    tensors = studio.tensors(result)
    assert any(np.abs(value).max() > 0 for name, value in tensors.items() if name.startswith("weights."))
    assert not any("encoder" in name for name in tensors)
    stylizer = Stylizer(studio.style_library, device="cpu", base_model=studio.base_model)
    photo = Path(artist_data.resources.SAMPLES / "landscape.jpg")
    painted = stylizer.stylize(StylizeRequest(photo, (StyleChoice("My Hand"),), max_side=96)).picture
    assert painted.pixels.std() > 5
    assert not (studio.folder / "checkpoints").exists()


def test_one_picture_at_a_time_may_be_larger_than_what_is_practised_of_other_styles(studio):
    result = studio.learn(side=200, batch_size=1, steps=4)
    assert (result.ended, result.steps) == ("finished", 4)
    assert all(np.isfinite(value).all() for value in studio.tensors(result).values())


def test_events_tell_losses_time_previews_and_the_best(studio):
    studio.learn()

    stages = list(dict.fromkeys(progress.stage for progress in studio.seen))
    assert stages == ["Checking", "Looking", "Learning", "Saving"]
    reports = [progress for progress in studio.seen if progress.losses is not None]
    assert [report.step for report in reports] == [1, 2, 3, 4, 5, 6]
    assert all(report.seconds_left is not None and report.seconds_left >= 0 for report in reports)
    assert reports[0].losses.discriminator > 0
    assert reports[0].losses.style > 0
    assert reports[-1].previews[0].pixels.shape == (64, 64, 3)
    assert reports[-1].best is not None


def test_the_same_seed_gives_the_same_style_and_another_one_another(studio):
    first = studio.tensors(studio.learn(name="A"))
    again = studio.tensors(studio.learn(name="B"))
    other = studio.tensors(studio.learn(name="C", seed=1))

    assert equal(first, again)
    assert not equal(first, other)


def test_finishing_early_keeps_the_best_and_cancelling_keeps_the_checkpoints(studio):
    control = TrainControl()
    stopped = studio.learn(lambda p: control.finish() if p.losses and p.step == 3 else None, control)
    assert stopped.ended == "stopped"
    assert stopped.steps == 3
    assert stopped.path.is_file()

    control = TrainControl()
    with pytest.raises(Cancelled):
        studio.learn(lambda p: control.cancel() if p.losses and p.step == 3 else None, control, name="Other")
    assert [style.name for style in studio.style_library.styles()] == ["My Hand"]
    assert studio.learn(name="Other", resume=True).steps == 6


def test_a_pause_changes_nothing(studio):
    import threading

    whole = studio.tensors(studio.learn(name="Whole"))
    control = TrainControl()
    timers = []

    def pause(progress):
        if progress.losses is not None and progress.step == 2:
            control.pause()
            timers.append(threading.Timer(0.3, control.go_on))
            timers[0].start()

    assert equal(whole, studio.tensors(studio.learn(pause, control, name="Paused")))
    assert timers


def test_names_that_are_taken_and_unfinished_trainings_are_asked_about(studio):
    studio.learn(steps=1)
    with pytest.raises(UsageError, match="already"):
        studio.learn()
    before = studio.style_library.find("My Hand").path.read_bytes()
    replaced = studio.learn(steps=2, overwrite=True)
    assert replaced.path.read_bytes() != before
    assert len(studio.style_library.styles()) == 1
    with pytest.raises(Killed):
        studio.learn(kill_at(3), name="Other")
    with pytest.raises(UsageError, match="unfinished"):
        studio.learn(name="Other")


def test_an_unfinished_training_of_another_base_model_is_refused(studio):
    with pytest.raises(Killed):
        studio.learn(kill_at(3))
    torch.manual_seed(8)
    studio.base_model.write_bytes(weights_as_bytes(Generator(), {}))
    with pytest.raises(TrainingError, match="another version"):
        studio.learn(resume=True)


def test_an_unfinished_training_of_an_older_scumble_is_refused(studio):
    with pytest.raises(Killed):
        studio.learn(kill_at(3))
    plan = studio.folder / "checkpoints" / "training.json"
    values = json.loads(plan.read_text())
    plan.write_text(json.dumps({**values, "version": values["version"] - 1}))
    with pytest.raises(TrainingError, match="cannot be resumed"):
        studio.learn(resume=True)


def keep_the_last(monkeypatch):
    """The later a state is measured the better it is: so little training need not bring a gain."""
    measured = []

    def score(measure, base):
        measured.extend(each for each in (base, measure) if each not in measured)
        return -measured.index(measure)

    monkeypatch.setattr(Measure, "score", score)


def test_works_with_calm_parts_teach_something_else_than_lively_ones(studio, monkeypatch):
    def learnt(name, calmest):
        keep_the_last(monkeypatch)
        monkeypatch.setattr(hand, "_calmest_part", lambda picture: calmest)
        tensors = studio.tensors(studio.learn(name=name))
        assert any(tensor.startswith("weights.") for tensor in tensors)
        return tensors

    lively = learnt("A", 0.2)
    assert equal(lively, learnt("B", 0.3))
    assert not equal(lively, learnt("C", 0.005))


def test_content_and_tone_weigh_as_much_as_it_takes_to_keep_them(studio, monkeypatch):
    measured = tuning_task.Tuning.measure

    def learnt(name, content, tone):
        def measure(task, generator):
            found = measured(task, generator)
            if generator is task.base:
                return found
            return Measure(found.style, task.base_measure.content * content, task.base_measure.tone * tone)

        keep_the_last(monkeypatch)
        monkeypatch.setattr(tuning_task.Tuning, "measure", measure)
        return studio.tensors(studio.learn(name=name))

    kept = learnt("A", 1.01, 1.0)
    assert equal(kept, learnt("B", 1.01, 1.0))
    assert not equal(kept, learnt("C", 1.2, 1.0))
    assert not equal(kept, learnt("D", 1.01, 1.5))
    # In plain works a glow is seen: however near the tone is, its weight does not fall as low.
    monkeypatch.setattr(hand, "_calmest_part", lambda picture: 0.001)
    near = learnt("E", 1.01, 0.1)
    monkeypatch.setattr(tuning_task, "_TONE_OF_PLAIN", 0.0)
    assert not equal(near, learnt("F", 1.01, 0.1))


def test_the_adversary_counts_only_from_its_step_on(studio, monkeypatch):
    def learnt(name, adversary_from, adversarial_weight):
        keep_the_last(monkeypatch)
        monkeypatch.setattr(tuning_session, "_ADVERSARY_FROM", adversary_from)
        monkeypatch.setattr(tuning_session, "_ADVERSARY_RAMP", 0.0)
        monkeypatch.setattr(AdversarialBalance, "skill", lambda self: 1.0)
        tensors = studio.tensors(studio.learn(name=name, adversarial_weight=adversarial_weight))
        assert any(tensor.startswith("weights.") for tensor in tensors)
        return tensors

    assert equal(learnt("A", 2.0, 1.0), learnt("B", 2.0, 5.0))
    assert not equal(learnt("C", 0.0, 1.0), learnt("D", 0.0, 5.0))


def test_a_folder_of_photos_is_practised_on_and_a_missing_one_is_told(studio, pictures):
    with_photos = studio.tensors(studio.learn(name="A", content=pictures[0], steps=20))
    assert not equal(with_photos, studio.tensors(studio.learn(name="B", steps=20)))
    with pytest.raises(TrainingError, match="does not exist"):
        studio.learn(name="C", content=studio.folder / "gone")
    assert not (studio.folder / "checkpoints").exists()


def test_minutes_end_it_in_time_with_the_best(studio):
    reports = []
    result = studio.learn(reports.append, steps=None, minutes=0.2)
    losses = [report.losses for report in reports if report.losses is not None]
    assert losses
    assert all(each.discriminator is not None for each in losses)
    assert result.ended in {"time", "finished"}
    assert result.path.is_file()


def test_without_gain_the_plain_style_is_kept_and_said(studio):
    result = studio.learn(learning_rate=1e-12)
    assert result.best.style == pytest.approx(1, abs=1e-3)
    assert result.path.is_file()


def test_the_estimate_orders_the_qualities(studio):
    found = estimate(studio.request(steps=None), base_model=studio.base_model, perceptual_network=studio.perceptual)
    assert found.seconds_per_step > 0
    assert 0 < found.seconds["quick"] <= found.seconds["standard"] <= found.seconds["thorough"]
    assert not (studio.folder / "checkpoints").exists()


class _Clock:
    """Seconds that pass only where a test says so."""

    def __init__(self):
        self.now = 0.0

    def perf_counter(self):
        return self.now


class _Held(TrainControl):
    """Every step takes ``step`` seconds, and then waits for something more urgent for ``wait`` seconds."""

    def __init__(self, clock, step, wait):
        super().__init__()
        self._clock, self._step, self._wait = clock, step, wait
        self.steps = 0

    def raise_if_cancelled(self):
        self._clock.now += self._step

    def wait_while_held(self):
        self.steps += 1
        self._clock.now += self._wait


@pytest.mark.parametrize(("available", "tried"), [(0.0, 5), (3000.0, 16), (1e9, 20)])
def test_the_trial_counts_steps_alone_and_more_of_them_for_longer_trainings(studio, monkeypatch, available, tried):
    clock = _Clock()
    monkeypatch.setattr(tuning_session, "time", clock)
    monkeypatch.setattr(tuning_session, "_LONGEST_PROBE", 20)
    control = _Held(clock, step=2.0, wait=500.0)

    def load():
        networks = Generator(), PerceptualNetwork()
        return load_weights(networks[0], studio.base_model), load_weights(networks[1], studio.perceptual)

    session = Session(load, studio.works, studio.request(steps=None), lambda _: None, control)

    assert session.seconds_per_step(available) == pytest.approx(2.0)
    assert control.steps == tried


def test_a_request_is_checked_when_it_is_made(studio):
    good = studio.request()
    for wrong in (
        {"name": " "},
        {"works": ()},
        {"works": (Path("a.png"),) * 501},
        {"steps": 0},
        {"minutes": 5.0},
        {"steps": None, "minutes": math.nan},
        {"content_weight": -1.0},
        {"style_weight": 0.0, "content_weight": 0.0},
        {"side": 65},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"seed": -1},
        {"quality": "best"},
    ):
        with pytest.raises(UsageError):
            dataclasses.replace(good, **wrong)


def _no_networks():
    raise AssertionError


def test_a_graphics_card_takes_more_pictures_at_a_time_and_fewer_steps(studio, monkeypatch):
    threads = []
    monkeypatch.setattr(tuning_session, "use_threads", lambda count, device: threads.append((count, device.type)))

    def session(kind, **changes):
        choice = DeviceChoice(torch.device(kind), kind)
        monkeypatch.setattr(tuning_session, "choose_device", lambda _: choice)
        request = studio.request(**{"batch_size": None, **changes})
        return Session(_no_networks, studio.works, request, lambda _: None, TrainControl())

    processor, card = session("cpu"), session("mps")

    assert (processor.batch_size, card.batch_size) == (1, 4)
    assert session("mps", batch_size=1).batch_size == 1
    for quality in QUALITY_STEPS:
        assert processor.steps(quality) >= 4 * card.steps(quality)
    assert threads == [(None, "mps")] * 2
