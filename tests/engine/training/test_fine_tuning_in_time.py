"""A training that has minutes uses them: it plans anew where its trial was wrong."""

from __future__ import annotations

import time

import pytest

from engine.training.tuning_plan import TuningPlan
from engine.training.tuning_session import Session
from engine.training.tuning_task import Tuning
from tests.engine.training.studio import Killed, kill_at


@pytest.fixture
def seconds(monkeypatch):
    """Let time pass by training alone, a second a step, and begin with a trial that is wrong."""
    passed = [0.0]
    learn = Tuning.generator_losses

    def learn_for_a_second(task, batch, step):
        passed[0] += 1.0
        return learn(task, batch, step)

    monkeypatch.setattr(time, "monotonic", lambda: passed[0])
    monkeypatch.setattr(Tuning, "generator_losses", learn_for_a_second)

    def trial_says(seconds_per_step):
        monkeypatch.setattr(Session, "seconds_per_step", lambda _session, _available: seconds_per_step)
        return passed

    return trial_says


@pytest.mark.parametrize("trial", [2.4, 0.5])
def test_a_trial_in_a_busy_or_too_quiet_moment_costs_no_time(studio, seconds, trial):
    passed = seconds(trial)
    result = studio.learn(steps=None, minutes=1.0)
    assert result.ended == "finished"
    assert 50 <= result.steps <= 59
    assert passed[0] == pytest.approx(result.steps, abs=1)
    planned = [progress.steps for progress in studio.seen if progress.losses is not None]
    assert planned[0] == int(60 * 0.96 / trial)
    assert planned[-1] == result.steps


def test_a_trial_that_was_right_changes_no_plan(studio, seconds):
    seconds(1.0)
    result = studio.learn(steps=None, minutes=0.5)
    assert {progress.steps for progress in studio.seen if progress.losses is not None} == {result.steps}


def test_a_new_plan_is_kept_by_a_training_that_is_killed_and_resumed(studio, seconds):
    seconds(2.4)
    with pytest.raises(Killed):
        studio.learn(kill_at(20), steps=None, minutes=1.0)
    plan = TuningPlan.load(studio.folder / "checkpoints")
    assert plan is not None
    assert plan.steps > 50
    assert studio.learn(steps=None, minutes=1.0, resume=True).steps == plan.steps
