"""Trainings that were interrupted are found again, with what they were to learn."""

from __future__ import annotations

import json

import pytest

from engine.api import TrainingError
from engine.training import unfinished
from engine.training.unfinished import loss_history, unfinished_trainings
from tests.engine.training.studio import Killed, kill_at


@pytest.fixture
def interrupted(studio):
    with pytest.raises(Killed):
        studio.learn(kill_at(4), artist="Ann", photos=(studio.works[0],), previews=(studio.works[1],))
    return studio


def test_an_interrupted_training_goes_on_from_what_was_kept(interrupted):
    (found,) = unfinished_trainings(interrupted.folder)
    assert (found.folder, found.step, found.steps) == (interrupted.folder / "checkpoints", 3, 6)
    request = found.request
    assert (request.name, request.artist, request.works) == ("My Hand", "Ann", interrupted.works)
    assert (request.photos, request.previews) == ((interrupted.works[0],), (interrupted.works[1],))
    assert request.resume
    interrupted.request = lambda **_changes: request
    assert interrupted.learn().steps == 6
    assert interrupted.seen[-1].stage == "Saving"
    assert unfinished_trainings(interrupted.folder) == []
    assert not found.folder.exists()


def test_what_cannot_be_resumed_is_left_out_and_left_alone(interrupted):
    folder = interrupted.folder / "checkpoints"
    values = json.loads((folder / "request.json").read_text())
    for damaged in ("{", "[]", json.dumps({**values, "side": 65}), json.dumps({**values, "unknown": 1})):
        (folder / "request.json").write_text(damaged)
        assert unfinished_trainings(interrupted.folder) == []
    (folder / "request.json").write_text(json.dumps(values))
    assert len(unfinished_trainings(interrupted.folder)) == 1
    for checkpoint in folder.glob("step-*"):
        checkpoint.unlink()
    assert unfinished_trainings(interrupted.folder) == []
    assert (folder / "request.json").exists()
    assert unfinished_trainings(interrupted.folder / "nowhere") == []


def test_the_losses_from_before_are_read_back(interrupted):
    folder = interrupted.folder / "checkpoints"
    with (folder / "losses.jsonl").open("a") as file:
        file.write('{"step": 4, "tot')  # the power went
    history = loss_history(folder, 3)
    assert [step for step, _ in history] == [1, 2, 3]
    told = [progress.losses for progress in interrupted.seen if progress.losses is not None]
    assert [losses.style for _, losses in history] == pytest.approx([losses.style for losses in told[:3]])
    assert loss_history(folder / "nowhere", 3) == []


def test_a_disk_that_is_full_at_the_start_is_told(studio, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(unfinished, "write_beside", full)
    with pytest.raises(TrainingError, match="No space left"):
        studio.learn()
