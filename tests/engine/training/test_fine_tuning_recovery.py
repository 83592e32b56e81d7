"""Fine-tuning that is killed, starved of memory, or led astray."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from engine.api import DeviceError, TrainingError
from engine.training import fine_tuning, tuning_session, tuning_task
from engine.training.loop import TrainingLoop
from tests.engine.training.studio import Killed, equal, kill_at


def test_killed_and_resumed_it_ends_as_if_nothing_had_happened(studio):
    whole = studio.tensors(studio.learn(name="Whole"))
    with pytest.raises(Killed):
        studio.learn(kill_at(4), name="Parts")
    studio.seen.clear()
    resumed = studio.tensors(studio.learn(name="Parts", resume=True))

    assert [progress.step for progress in studio.seen if progress.losses is not None] == [4, 5, 6]
    assert equal(whole, resumed)


@pytest.mark.parametrize("damage", ["truncated", "missing"])
def test_a_newest_checkpoint_that_is_damaged_costs_only_itself(studio, damage):
    whole = studio.tensors(studio.learn(name="Whole"))
    with pytest.raises(Killed):
        studio.learn(kill_at(5), name="Parts")
    checkpoints = sorted((studio.folder / "checkpoints").glob("step-*"))
    assert len(checkpoints) == 2
    data = checkpoints[-1].read_bytes()
    checkpoints[-1].write_bytes(data[: len(data) // 2]) if damage == "truncated" else checkpoints[-1].unlink()

    assert equal(whole, studio.tensors(studio.learn(name="Parts", resume=True)))


def test_a_work_that_was_removed_does_not_keep_it_from_going_on(studio):
    with pytest.raises(Killed):
        studio.learn(kill_at(3))
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

    assert equal(whole, studio.tensors(studio.learn(name="Parts", resume=True)))


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
    assert studio.style_library.styles() == []


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
