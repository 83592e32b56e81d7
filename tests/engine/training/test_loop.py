from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from engine.api import Cancelled, CancelToken, TrainingError
from engine.training.checkpoints import load_newest_checkpoint
from engine.training.loop import LoopSettings, TrainingLoop, TrainingProgress, learning_rate_factor

CPU = torch.device("cpu")


class LineTask:
    """A generator that learns y = 2x + 1, and a discriminator that learns something beside it."""

    def __init__(self, fail_at: int | None = None) -> None:
        torch.manual_seed(0)
        self.generator: nn.Module = nn.Linear(1, 1)
        self.discriminator: nn.Module | None = nn.Linear(1, 1)
        self.fail_at = fail_at
        self.steps_seen: list[int] = []

    @property
    def source(self) -> LineTask:
        return self

    def batch(self, step: int) -> Mapping[str, Tensor]:
        return {"x": torch.rand(16, 1, generator=torch.Generator().manual_seed(step))}

    def generator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        self.steps_seen.append(step)
        loss = (self.generator(batch["x"]) - (2 * batch["x"] + 1)).square().mean()
        if step == self.fail_at:
            loss = loss * math.nan
        return {"total": loss}

    def discriminator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        assert self.discriminator is not None
        return {"discriminator": (self.discriminator(batch["x"]) - batch["x"] * step / 100).square().mean()}

    def trains_discriminator(self, step: int) -> bool:
        return self.discriminator is not None

    def state(self) -> dict[str, Tensor]:
        return {}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        assert not state


def settings(steps: int, **changes: object) -> LoopSettings:
    values = {
        "learning_rate": 0.05,
        "report_every": 5,
        "checkpoint_seconds": 0.0,
        "precision": "float32",
        "warm_up_steps": 1,
    }
    return LoopSettings(steps=steps, **{**values, **changes})  # type: ignore[arg-type]


def weights(module: nn.Module) -> list[float]:
    return [float(value) for parameter in module.parameters() for value in parameter.detach().flatten()]


def test_training_learns_and_returns_the_average(tmp_path: Path) -> None:
    task = LineTask()
    reports: list[TrainingProgress] = []
    average = TrainingLoop(task, settings(400, averaging=0.9), tmp_path, CPU).run(reports.append)
    assert reports[-1].step == 400
    assert reports[-1].losses["total"] < reports[0].losses["total"] / 20
    assert "discriminator" in reports[-1].losses
    assert weights(average) == pytest.approx([2, 1], abs=0.3)
    assert weights(average) != weights(task.generator)


def test_a_training_stopped_and_resumed_follows_the_same_curve(tmp_path: Path) -> None:
    whole = TrainingLoop(LineTask(), settings(40), tmp_path / "whole", CPU)
    whole.run()
    token = CancelToken()

    def stop_at_20(progress: TrainingProgress) -> None:
        if progress.step == 20:
            token.cancel()

    with pytest.raises(Cancelled):
        TrainingLoop(LineTask(), settings(40), tmp_path / "parts", CPU).run(stop_at_20, token)
    task = LineTask()
    second = TrainingLoop(task, settings(40), tmp_path / "parts", CPU)
    assert second.resume()
    second.run()
    assert task.steps_seen == list(range(20, 40))
    assert weights(second.task.generator) == weights(whole.task.generator)
    assert weights(second.average) == weights(whole.average)
    assert task.discriminator is not None
    assert whole.task.discriminator is not None
    assert weights(task.discriminator) == weights(whole.task.discriminator)


@pytest.mark.parametrize("damage", ["truncated", "empty", "garbage", "missing"])
def test_a_damaged_newest_checkpoint_is_passed_over(tmp_path: Path, damage: str) -> None:
    TrainingLoop(LineTask(), settings(20), tmp_path, CPU).run()
    older, newest = sorted(tmp_path.glob("step-*.safetensors"))
    data = newest.read_bytes()
    if damage == "missing":
        newest.unlink()
    else:
        newest.write_bytes({"truncated": data[: len(data) // 2], "empty": b"", "garbage": b"x" * len(data)}[damage])
    loop = TrainingLoop(LineTask(), settings(20), tmp_path, CPU)
    assert loop.resume()
    assert loop.step == int(older.stem.removeprefix("step-"))


def test_without_a_checkpoint_there_is_nothing_to_resume(tmp_path: Path) -> None:
    assert not TrainingLoop(LineTask(), settings(20), tmp_path / "none", CPU).resume()


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    TrainingLoop(LineTask(), settings(5), tmp_path, CPU).run()
    task = LineTask()
    task.generator = nn.Linear(3, 3)
    with pytest.raises(TrainingError, match="another network"):
        TrainingLoop(task, settings(5), tmp_path, CPU).resume()


def test_a_loss_that_is_no_number_stops_and_keeps_the_good_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="not a number"):
        TrainingLoop(LineTask(fail_at=12), settings(40), tmp_path, CPU).run()
    found = load_newest_checkpoint(tmp_path)
    assert found is not None
    step, tensors, _ = found
    assert step == 10
    assert all(tensor.isfinite().all() for tensor in tensors.values())


def test_the_time_limit_ends_early_with_a_checkpoint(tmp_path: Path) -> None:
    loop = TrainingLoop(LineTask(), settings(100_000, minutes=0.0), tmp_path, CPU)
    loop.run()
    assert 0 < loop.step < 100_000
    found = load_newest_checkpoint(tmp_path)
    assert found is not None
    assert found[0] == loop.step


def test_losses_are_kept_as_lines_of_json(tmp_path: Path) -> None:
    TrainingLoop(LineTask(), settings(20), tmp_path, CPU).run()
    lines = [json.loads(line) for line in (tmp_path / "losses.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [5, 10, 15, 20]
    assert all({"total", "discriminator", "steps_per_second"} <= line.keys() for line in lines)


def test_a_folder_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TrainingError, match="cannot be written"):
        TrainingLoop(LineTask(), settings(5), tmp_path / "file", CPU).run()


def test_learning_rate_warms_up_and_falls_to_its_end() -> None:
    values = LoopSettings(steps=100, learning_rate=1e-3, final_learning_rate=1e-4, warm_up_steps=10)
    factors = [learning_rate_factor(step, values) for step in range(101)]
    assert factors[0] == pytest.approx(0.1)
    assert max(factors) == pytest.approx(1, abs=0.05)
    assert factors[-1] == pytest.approx(0.1)
    assert factors[20:] == sorted(factors[20:], reverse=True)
