"""Fine-tuning with the real networks on tiny pictures, for a handful of steps."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageFilter

from engine.api import Cancelled, DeviceError, StyleChoice, StylizeRequest, TrainingError, UsageError
from engine.networks.generator import Generator
from engine.networks.weights import weights_as_bytes
from engine.styles import StyleLibrary, read_style_file
from engine.stylization import Stylizer
from engine.train_request import TrainControl, TrainProgress, TrainRequest
from engine.training import artist_data, fine_tuning, tuning_session, tuning_task
from engine.training.fine_tuning import estimate, fine_tune
from engine.training.loop import TrainingLoop


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(tuning_task, "_HELD_OUT", 2)
    monkeypatch.setattr(tuning_task, "_HELD_OUT_SIDE", 64)
    monkeypatch.setattr(artist_data, "_LARGEST_VIEW", 128)
    monkeypatch.setattr(tuning_session, "_CHECKPOINT_SECONDS", 0.0)


def _painting(path: Path, seed: int, size: tuple[int, int] = (300, 260)) -> Path:
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    image = Image.fromarray(noise).filter(ImageFilter.GaussianBlur(4))
    stretched = ((np.asarray(image).astype(float) - 128) * 5 + 128).clip(0, 255).astype(np.uint8)
    Image.fromarray(stretched).save(path)
    return path


class Studio:
    """A library, models, works, and a short way to train."""

    def __init__(self, folder: Path, perceptual) -> None:
        torch.manual_seed(0)
        generator = Generator()
        for layer in (generator.to_pixels, generator.modulation[-1], generator.noise_gain[-1]):
            assert isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear))
            torch.nn.init.normal_(layer.weight, std=0.02)
        self.base_model = folder / "base.safetensors"
        self.base_model.write_bytes(weights_as_bytes(generator, {}))
        self.perceptual = folder / "perceptual.safetensors"
        self.perceptual.write_bytes(weights_as_bytes(perceptual, {}))
        self.works = (_painting(folder / "one.png", 1), _painting(folder / "two.png", 2))
        self.folder = folder
        self.library = StyleLibrary(folder / "built-in", folder / "own")
        self.seen: list[TrainProgress] = []

    def request(self, **changes) -> TrainRequest:
        values = {"name": "My Hand", "works": self.works, "steps": 6, "side": 64, "batch_size": 2, "device": "cpu"}
        return TrainRequest(**{**values, "checkpoints": self.folder / "checkpoints", **changes})

    def learn(self, on_progress=None, control=None, **changes):
        def see(progress: TrainProgress) -> None:
            self.seen.append(progress)
            if on_progress is not None:
                on_progress(progress)

        models = {"base_model": self.base_model, "perceptual_network": self.perceptual}
        return fine_tune(self.request(**changes), see, control, library=self.library, **models)

    def notices(self) -> str:
        return " ".join(str(progress.notice) for progress in self.seen if progress.notice is not None)

    def tensors(self, result):
        return read_style_file(result.path)[1]


@pytest.fixture
def studio(tmp_path, perceptual):
    return Studio(tmp_path, perceptual)


def _equal(a, b):
    return a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a)


class Killed(BaseException):
    """Nothing catches this, as nothing catches kill -9."""


def _kill_at(step):
    def see(progress):
        if progress.losses is not None and progress.step == step:
            raise Killed

    return see


def test_a_style_is_learnt_small_enough_and_paints(studio):
    result = studio.learn(artist="Ann", licence="CC BY 4.0", description="Blobs", learning_rate=0.003)

    assert result.ended == "finished"
    assert result.steps == 6
    assert result.best.step > 0
    assert result.best.style < 1
    assert result.path.stat().st_size < 4_000_000
    information = studio.library.find("my hand")
    assert (information.kind, information.artist, information.licence) == ("fine-tuned", "Ann", "CC BY 4.0")
    assert "one.png, two.png" in information.source
    assert information.thumbnail
    tensors = studio.tensors(result)
    assert any(np.abs(value).max() > 0 for name, value in tensors.items() if name.startswith("weights."))
    assert not any("encoder" in name for name in tensors)
    stylizer = Stylizer(studio.library, device="cpu", base_model=studio.base_model)
    photo = Path(artist_data.resources.SAMPLES / "landscape.jpg")
    painted = stylizer.stylize(StylizeRequest(photo, (StyleChoice("My Hand"),), max_side=96)).picture
    assert painted.pixels.std() > 5
    assert not (studio.folder / "checkpoints").exists()


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

    assert _equal(first, again)
    assert not _equal(first, other)


def test_killed_and_resumed_it_ends_as_if_nothing_had_happened(studio):
    whole = studio.tensors(studio.learn(name="Whole"))
    with pytest.raises(Killed):
        studio.learn(_kill_at(4), name="Parts")
    studio.seen.clear()
    resumed = studio.tensors(studio.learn(name="Parts", resume=True))

    assert [progress.step for progress in studio.seen if progress.losses is not None] == [4, 5, 6]
    assert _equal(whole, resumed)


@pytest.mark.parametrize("damage", ["truncated", "missing"])
def test_a_newest_checkpoint_that_is_damaged_costs_only_itself(studio, damage):
    whole = studio.tensors(studio.learn(name="Whole"))
    with pytest.raises(Killed):
        studio.learn(_kill_at(5), name="Parts")
    checkpoints = sorted((studio.folder / "checkpoints").glob("step-*"))
    assert len(checkpoints) == 2
    data = checkpoints[-1].read_bytes()
    checkpoints[-1].write_bytes(data[: len(data) // 2]) if damage == "truncated" else checkpoints[-1].unlink()

    assert _equal(whole, studio.tensors(studio.learn(name="Parts", resume=True)))


def test_a_work_that_was_removed_does_not_keep_it_from_going_on(studio):
    with pytest.raises(Killed):
        studio.learn(_kill_at(3))
    studio.works[1].unlink()
    result = studio.learn(resume=True)

    assert result.steps == 6
    assert "two.png" in studio.notices()


def test_a_disk_that_is_full_leaves_the_last_checkpoint(studio, monkeypatch):
    from engine.training import checkpoints

    whole = studio.tensors(studio.learn(name="Whole"))
    write, calls = checkpoints.write_beside, []

    def full(path, data):
        calls.append(path)
        if len(calls) > 3:
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(checkpoints, "write_beside", full)
    with pytest.raises(TrainingError, match="No space left"):
        studio.learn(name="Parts")
    monkeypatch.setattr(checkpoints, "write_beside", write)

    assert _equal(whole, studio.tensors(studio.learn(name="Parts", resume=True)))


def _failing_once(monkeypatch, at, fail):
    """Let ``fail`` do something to the losses of one step, the first time it comes."""
    original, done = tuning_task.Tuning.generator_losses, []

    def losses(self, batch, step):
        result = original(self, batch, step)
        if step == at and not done:
            done.append(step)
            return fail(result)
        return result

    monkeypatch.setattr(tuning_task.Tuning, "generator_losses", losses)


def test_a_loss_that_is_no_number_sends_it_back_and_it_goes_on_more_slowly(studio, monkeypatch):
    _failing_once(monkeypatch, 3, lambda losses: {**losses, "total": losses["total"] * math.nan})
    rates = []
    original = tuning_session.Session._see

    def see(self, progress, *rest):
        rates.append((progress.step, self.task.rate))
        original(self, progress, *rest)

    monkeypatch.setattr(tuning_session.Session, "_see", see)
    result = studio.learn()

    assert result.ended == "finished"
    assert "no number" in studio.notices()
    assert rates == [(1, 1.0), (2, 1.0), (3, 1.0), (4, 0.5), (5, 0.5), (6, 0.5)]
    assert all(np.isfinite(value).all() for value in studio.tensors(result).values())


def test_losses_that_are_never_numbers_end_in_an_error(studio, monkeypatch):
    original = tuning_task.Tuning.generator_losses
    monkeypatch.setattr(
        tuning_task.Tuning,
        "generator_losses",
        lambda self, batch, step: {"total": original(self, batch, step)["total"] * math.nan},
    )
    with pytest.raises(TrainingError, match="not a number"):
        studio.learn()
    assert studio.library.styles() == []


def test_an_adversary_that_has_won_is_weakened(studio, monkeypatch):
    class Watch(tuning_task.CollapseWatch):
        alarms = 0

        def see(self, discriminator_loss):
            Watch.alarms += 1
            return "discriminator" if Watch.alarms == 2 else None

    monkeypatch.setattr(tuning_task, "CollapseWatch", Watch)
    strengths = []
    monkeypatch.setattr(
        fine_tuning._Training,
        "best",
        staticmethod(lambda task, f=fine_tuning._Training.best: strengths.append(task.adversary_strength) or f(task)),
    )
    assert studio.learn().ended == "finished"
    assert "weaker adversary" in studio.notices()
    assert strengths[-1] == 0.5


def _raise(error):
    def fail(losses):
        raise error

    return fail


@pytest.mark.parametrize("error", [torch.OutOfMemoryError("CUDA"), MemoryError()])
def test_too_little_memory_halves_the_batch_and_goes_on(studio, monkeypatch, error):
    _failing_once(monkeypatch, 2, _raise(error))
    result = studio.learn()

    assert result.ended == "finished"
    assert result.steps == 6
    assert "1 pictures at a time" in studio.notices()


def test_then_the_pictures_become_smaller_and_at_last_it_is_an_error(studio, monkeypatch):
    seen = []

    def losses(self, batch, step):
        seen.append(tuple(batch["content"].shape))
        raise torch.OutOfMemoryError("CUDA")

    monkeypatch.setattr(tuning_task.Tuning, "generator_losses", losses)
    with pytest.raises(DeviceError, match="too little memory"):
        studio.learn(side=128, checkpoints=studio.folder / "other")
    assert seen == [(2, 3, 128, 128), (1, 3, 128, 128), (1, 3, 64, 64)]


def test_a_fault_of_the_program_is_not_taken_for_too_little_memory(studio, monkeypatch):
    _failing_once(monkeypatch, 1, _raise(RuntimeError("a wrong shape")))
    with pytest.raises(RuntimeError, match="wrong shape"):
        studio.learn()


def test_a_lost_card_lets_the_processor_go_on(studio, monkeypatch):
    _failing_once(monkeypatch, 4, _raise(RuntimeError("the card fell off the bus")))
    monkeypatch.setattr(tuning_session, "works_still", lambda device: False)
    moved = []
    original = tuning_session.Session._move_to_processor

    def move(self, error):
        original(self, error)
        moved.append(self._device.type)

    monkeypatch.setattr(tuning_session.Session, "_move_to_processor", move)
    make = tuning_session.Session._make_task

    def make_task(self, plan):  # this computer may have no card: the processor stands for one until it is lost
        task = make(self, plan)
        self._device = torch.device("cpu") if moved else torch.device("meta")
        return task

    monkeypatch.setattr(tuning_session.Session, "_make_task", make_task)
    monkeypatch.setattr(
        tuning_session.Session,
        "_make_loop",
        lambda self, task, plan, folder, f=tuning_session.Session._make_loop: _on_cpu(self, f, task, plan, folder),
    )
    result = studio.learn()

    assert moved == ["cpu"]
    assert result.steps == 6
    assert "does not answer any more" in studio.notices()


def _on_cpu(session, make_loop, task, plan, folder):
    device, session._device = session._device, torch.device("cpu")
    loop: TrainingLoop = make_loop(session, task, plan, folder)
    session._device = device
    return loop


def test_finishing_early_keeps_the_best_and_cancelling_keeps_the_checkpoints(studio):
    control = TrainControl()
    stopped = studio.learn(lambda p: control.finish() if p.losses and p.step == 3 else None, control)
    assert stopped.ended == "stopped"
    assert stopped.steps == 3
    assert stopped.path.is_file()

    control = TrainControl()
    with pytest.raises(Cancelled):
        studio.learn(lambda p: control.cancel() if p.losses and p.step == 3 else None, control, name="Other")
    assert [style.name for style in studio.library.styles()] == ["My Hand"]
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

    assert _equal(whole, studio.tensors(studio.learn(pause, control, name="Paused")))
    assert timers


def test_names_that_are_taken_and_unfinished_trainings_are_asked_about(studio):
    studio.learn(steps=1)
    with pytest.raises(UsageError, match="already"):
        studio.learn()
    before = studio.library.find("My Hand").path.read_bytes()
    replaced = studio.learn(steps=2, overwrite=True)
    assert replaced.path.read_bytes() != before
    assert len(studio.library.styles()) == 1
    with pytest.raises(Killed):
        studio.learn(_kill_at(3), name="Other")
    with pytest.raises(UsageError, match="unfinished"):
        studio.learn(name="Other")


def test_an_unfinished_training_of_another_base_model_is_refused(studio):
    with pytest.raises(Killed):
        studio.learn(_kill_at(3))
    torch.manual_seed(8)
    studio.base_model.write_bytes(weights_as_bytes(Generator(), {}))
    with pytest.raises(TrainingError, match="another version"):
        studio.learn(resume=True)


def test_a_folder_of_photos_is_practised_on_and_a_missing_one_is_told(studio, pictures):
    with_photos = studio.tensors(studio.learn(name="A", content=pictures[0], steps=2))
    assert not _equal(with_photos, studio.tensors(studio.learn(name="B", steps=2)))
    with pytest.raises(TrainingError, match="does not exist"):
        studio.learn(name="C", content=studio.folder / "gone")
    assert not (studio.folder / "checkpoints").exists()


def test_minutes_end_it_in_time_with_the_best(studio):
    result = studio.learn(steps=None, minutes=0.02)
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
