"""A fine-tuning that is watched and held up: previews of chosen pictures, photos of the artist's, hold, sleep."""

from __future__ import annotations

import threading
import time

import pytest

from engine.api import Cancelled, UsageError
from engine.train_request import TrainControl
from engine.training import tuning_previews, tuning_task
from engine.training.fine_tuning import estimate
from tests.engine.training.studio import equal


def pictures_told(studio):
    return [progress for progress in studio.seen if progress.previews]


def test_pictures_of_the_artists_choice_are_painted_beside_the_base_models(studio, monkeypatch):
    monkeypatch.setattr(tuning_previews, "_SECONDS", 0.0)
    monkeypatch.setattr(tuning_previews, "_SHARE_OF_TIME", 1e9)
    monkeypatch.setattr(tuning_previews, "_LONGER_SIDE", 64)
    # The base model, then six steps: the fourth is the best, and not the last.
    styles = iter([1.0, 0.9, 0.8, 0.7, 0.6, 0.9, 0.9])
    monkeypatch.setattr(tuning_task.Tuning, "measure", lambda *_: tuning_task.Measure(next(styles, 0.9), 1.0, 1.0))
    gone = studio.folder / "gone.png"
    studio.learn(previews=(studio.works[0], gone), learning_rate=0.01)

    told = pictures_told(studio)
    assert [progress.step for progress in told] == [1, 2, 3, 4, 5, 6, 6]
    assert told[-1].stage == "Saving"
    assert told[-1].best.step == 4
    assert told[-1].previews[0].digest == told[3].previews[0].digest
    assert told[-1].previews[0].digest != told[5].previews[0].digest
    assert all(progress.previews[0].pixels.shape == (55, 64, 3) for progress in told)
    assert all(len(progress.previews) == len(progress.base_previews) == 1 for progress in told)
    assert len({progress.base_previews[0].digest for progress in told}) == 1
    assert len({progress.previews[0].digest for progress in told}) > 1


def test_previews_come_at_the_start_and_the_end_and_no_more_often_than_every_few_seconds(studio, monkeypatch):
    monkeypatch.setattr(tuning_previews, "_SECONDS", 3600.0)
    studio.learn()
    assert [progress.step for progress in pictures_told(studio)] == [1, 6, 6]


def test_previews_change_nothing_of_what_is_learnt(studio, monkeypatch):
    plain = studio.tensors(studio.learn(name="Plain"))
    monkeypatch.setattr(tuning_previews, "_SECONDS", 0.0)
    monkeypatch.setattr(tuning_previews, "_SHARE_OF_TIME", 1e9)
    assert equal(plain, studio.tensors(studio.learn(name="Watched", previews=(studio.works[1],))))


def test_a_photo_of_the_artists_is_practised_on_and_one_that_is_gone_is_passed_over(studio):
    plain = studio.tensors(studio.learn(name="A"))
    assert not equal(plain, studio.tensors(studio.learn(name="B", photos=(studio.works[0],))))
    assert studio.learn(name="C", photos=(studio.folder / "gone.png",)).steps == 6


def test_too_many_previews_are_refused(studio):
    with pytest.raises(UsageError, match="At most 4"):
        studio.request(previews=(studio.works[0],) * 5)


def test_a_hold_changes_nothing_and_lets_go_when_it_is_to_end(studio):
    whole = studio.tensors(studio.learn(name="Whole"))
    control, timers = TrainControl(), []

    def hold(progress):
        if progress.losses is not None and progress.step in {2, 4}:
            control.hold()
            timers.append(threading.Timer(0.2, control.release))
            timers[-1].start()

    assert equal(whole, studio.tensors(studio.learn(hold, control, name="Held")))
    assert len(timers) == 2
    assert not control.is_paused

    control = TrainControl()

    def hold_for_ever(progress):
        if progress.losses is not None and progress.step == 2:
            control.hold()
            threading.Timer(0.2, control.finish).start()

    assert studio.learn(hold_for_ever, control, name="Ended").steps == 2


def test_a_computer_that_sleeps_in_a_step_loses_neither_time_nor_steps(studio, monkeypatch):
    """Where the clock goes on while the computer sleeps, a limit of minutes would be over when it wakes up."""
    slept, steps = [], []
    clock, control = time.monotonic, TrainControl()
    monkeypatch.setattr(time, "monotonic", lambda: clock() + sum(slept))

    def sleep(progress):
        if progress.losses is not None:
            steps.append(progress.step)
            if len(steps) == 1:
                slept.append(7 * 3600.0)
            elif len(steps) == 3:
                control.finish()

    result = studio.learn(sleep, control, steps=None, minutes=60.0)
    assert slept
    assert (result.ended, result.steps) == ("stopped", steps[2])


def test_an_estimate_can_be_stopped(studio):
    control = TrainControl()
    control.cancel()
    with pytest.raises(Cancelled):
        estimate(studio.request(), control, base_model=studio.base_model, perceptual_network=studio.perceptual)
