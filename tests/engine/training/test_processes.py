"""Two processes with half a batch each train as one with the whole batch, by the real networks and torchrun."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from engine.training.processes import agree, average, local_device, process_count, process_number, shared_losses

_ROOT = Path(__file__).parents[3]
_SCRIPT = """
import sys
from pathlib import Path
import torch
from engine.networks.perceptual import PerceptualNetwork
from engine.training.loop import LoopSettings, TrainingLoop
from engine.training.pretraining import LossWeights, Pretraining
from engine.training.processes import joined_processes

photos, paintings, folder = (Path(word) for word in sys.argv[1:4])
torch.set_num_threads(1)
device = torch.device("cpu")
with joined_processes(device):
    torch.manual_seed(0)
    perceptual = PerceptualNetwork().eval()
    task = Pretraining(
        perceptual, photos, paintings, batch_size=int(sys.argv[4]), side=64, seed=0, weights=LossWeights(),
        adversary_from=1, adversary_ramp=1,
    )
    task.start_from(perceptual)
    settings = LoopSettings(steps=4, report_every=1, learning_rate=1e-3, precision="float32")
    TrainingLoop(task, settings, folder, device).run()
"""


def _losses(folder: Path) -> list[dict[str, float]]:
    lines = (folder / "losses.jsonl").read_text(encoding="utf-8").splitlines()
    return [{k: v for k, v in json.loads(line).items() if k != "steps_per_second"} for line in lines]


@pytest.mark.skipif(not torch.distributed.is_available(), reason="this PyTorch has no distributed training")
def test_two_processes_train_like_one_with_the_doubled_batch(pictures, tmp_path):
    script = tmp_path / "train.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"}
    folders = [str(folder) for folder in pictures]
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]

    for command, name, batch in (([sys.executable], "one", "4"), (launch, "two", "2")):
        done = subprocess.run(
            [*command, str(script), *folders, str(tmp_path / name), batch],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]

    one, two = _losses(tmp_path / "one"), _losses(tmp_path / "two")
    assert len(one) == len(two) == 4
    assert "discriminator" in two[-1]
    for alone, together in zip(one, two, strict=True):
        assert together == pytest.approx(alone, rel=0.02, abs=1e-4)
    # The steps differ from each other by more than that, so that agreeing means something.
    assert one[0]["style"] != pytest.approx(one[1]["style"], rel=0.02)


def test_a_single_process_needs_none_of_this():
    assert process_count() == 1
    assert process_number() == 0
    assert agree(True, torch.device("cpu")) is True
    assert agree(False, torch.device("cpu")) is False
    value = torch.tensor([1.0, 2.0])
    assert average(value) is value
    assert local_device(torch.device("cpu")) == torch.device("cpu")

    def compute(batch, step):
        return {"total": torch.zeros(())}

    assert shared_losses(torch.nn.Linear(1, 1), compute) is compute
