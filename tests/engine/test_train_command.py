"""``scumble train`` from the command line; the training itself is a stand-in but for one test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import train_command
from engine.api import Cancelled, TrainingError
from engine.cli import main
from engine.train_request import BestSoFar, Notice, TrainLosses, TrainProgress, TrainResult

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ["train", "--name", "My Hand", "painting.png"]


class Learner:
    """Tells of three steps like the real one, and ends when it is asked to."""

    def __init__(self) -> None:
        self.requests = []
        self.press_at = 0
        self.error = None

    def __call__(self, request, on_progress, control):
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        on_progress(TrainProgress("Checking", 1, 1))
        on_progress(TrainProgress("Checking", notice=Notice("{name} is broken.", {"name": "b.png"})))
        best = BestSoFar(0, 1.0, 1.0)
        for step in (1, 2, 3):
            best = BestSoFar(step, 1 - step / 10, 1.0)
            on_progress(TrainProgress("Learning", step, 3, 65.0, TrainLosses(2.0, 1.0, 0.5), best))
            if step == self.press_at:
                os.kill(os.getpid(), signal.SIGINT)
            if control.is_finishing:
                break
        ended = "stopped" if control.is_finishing else "finished"
        return TrainResult(request.name, Path("hand.scumble"), best, best.step, 12.0, "cpu", ended)


@pytest.fixture
def learner(folder, monkeypatch):
    fake = Learner()
    monkeypatch.setattr(train_command, "learn", fake)
    return fake


def test_the_words_of_the_command_line_become_the_request(learner):
    words = [
        *(*COMMAND, "photo.jpg", "--content", "photos", "--steps", "70", "--seed", "4", "--device", "cpu", "--resume"),
        *("--content-weight", "0.5", "--style-weight", "2", "--adversarial-weight", "0", "--overwrite"),
        *("--licence", "CC0-1.0", "--artist", "Ann", "--checkpoints", "kept"),
    ]
    assert main(words) == 0
    (request,) = learner.requests
    assert request.works == (Path("painting.png"), Path("photo.jpg"))
    assert (request.content, request.steps, request.minutes, request.seed) == (Path("photos"), 70, None, 4)
    assert (request.content_weight, request.style_weight, request.adversarial_weight) == (0.5, 2.0, 0.0)
    assert (request.resume, request.overwrite, request.checkpoints) == (True, True, Path("kept"))
    assert (request.licence, request.artist) == ("CC0-1.0", "Ann")


def test_progress_goes_to_standard_output_and_notices_to_standard_error(learner, capsys):
    assert main(COMMAND) == 0
    output, errors = capsys.readouterr()
    lines = output.splitlines()
    assert lines[0].startswith("step 1/3")
    assert all(word in lines[2] for word in ("total 2.000", "style 0.500", "best 0.70", "1:05 left"))
    assert "adversarial" not in lines[2]
    assert "hand.scumble" in lines[3]
    assert errors == "scumble: b.png is broken.\n"


def test_json_prints_one_object_a_line_and_the_result_last(learner, capsys):
    assert main([*COMMAND, "--json"]) == 0
    output, errors = capsys.readouterr()
    events = [json.loads(line) for line in output.splitlines()]
    assert [event["event"] for event in events] == ["progress", "notice", "progress", "progress", "progress", "result"]
    assert events[1]["text"] == "b.png is broken."
    assert events[4]["losses"]["style"] == 0.5
    assert events[4]["best"]["step"] == 3
    assert events[4]["seconds_left"] == 65.0
    assert events[-1]["path"] == "hand.scumble"
    assert events[-1]["ended"] == "finished"
    assert errors == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals cannot be sent to oneself there")
def test_ctrl_c_stops_and_keeps_the_best(learner, capsys):
    learner.press_at = 2
    before = signal.getsignal(signal.SIGINT)
    assert main(COMMAND) == 130
    output, errors = capsys.readouterr()
    assert "best at step 2" in output
    assert "keeping the best" in errors
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    "arguments",
    [
        ["train", "painting.png"],
        ["train", "--name", "x"],
        [*COMMAND, "--steps", "0"],
        [*COMMAND, "--steps", "5", "--minutes", "5"],
        [*COMMAND, "--minutes", "nan"],
        [*COMMAND, "--quality", "best"],
        [*COMMAND, "--style-weight", "-1"],
        [*COMMAND, "--side", "65"],
        [*COMMAND, "--learning-rate", "0"],
        ["train", "--name", " ", "painting.png"],
    ],
)
def test_wrong_usage_is_one_line(assert_refused, arguments):
    assert_refused(arguments, 2)


def test_a_name_of_the_library_is_asked_for_another(assert_refused):
    assert_refused(["train", "--name", "olive trees", "painting.png"], 2, ["another name"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (["gone.png"], ["gone.png"]),
        (["painting.png"], ["too small to learn from", "256"]),
        (["painting.png", "photo.jpg"], ["None of the 2 works"]),
    ],
)
def test_works_that_are_of_no_use_are_told_before_anything_is_written(folder, change, words, capsys):
    assert main(["train", "--name", "x", *change, "--device", "cpu", "--steps", "2"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert all(line.startswith("scumble: ") for line in lines)
    for word in words:
        assert word in lines[-1]


@pytest.mark.parametrize(("error", "code"), [(TrainingError("No."), 1), (Cancelled(), 1), (KeyboardInterrupt(), 130)])
def test_a_failure_is_one_line(learner, error, code, error_line):
    learner.error = error
    assert main(COMMAND) == code
    error_line()


def test_the_command_line_runs_as_a_module():
    result = subprocess.run([sys.executable, "-m", "engine.cli", "train"], cwd=ROOT, capture_output=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith(b"scumble: ")


def test_help_is_quick_and_whole():
    code = "import sys; from engine.cli import main; main(['train', '--help']); sys.exit('torch' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    for flag in ("--name", "--content", "--minutes", "--steps", "--quality", "--resume", "--style-weight", "--json"):
        assert flag in result.stdout


def _train(folder, *more):
    words = ["train", "--name", "My Hand", "work.png", "--steps", "12", "--side", "64", "--device", "cpu", "--json"]
    command = [sys.executable, "-m", "engine.cli", *words, *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.timeout(600)
def test_a_training_that_was_killed_goes_on_and_ends_in_the_library(folder):
    noise = np.random.default_rng(1).integers(0, 256, (10, 10, 3), dtype=np.uint8)
    Image.fromarray(noise).resize((320, 320)).save(folder / "work.png")
    first = _train(folder)
    assert first.stdout is not None
    for line in first.stdout:
        if json.loads(line).get("step", 0) >= 2 and '"losses"' in line:
            first.kill()  # kill -9
            break
    first.wait()
    first.stdout.close()
    assert first.returncode not in {0, None}

    second = _train(folder, "--resume")
    output, _ = second.communicate()
    events = [json.loads(line) for line in output.splitlines()]
    assert second.returncode == 0
    assert events[-1]["event"] == "result"
    assert (events[-1]["steps"], events[-1]["name"]) == (12, "My Hand")
    assert not any("nothing to resume" in event.get("text", "") for event in events)
    assert Path(events[-1]["path"]).stat().st_size < 4_000_000
