"""torch's libraries are there before torch is, and torch works after that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def python(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads what Linux tells about itself")
def test_they_are_loaded_without_importing_torch():
    code = """
import sys
from pathlib import Path
from engine.torch_libraries import load_torch_libraries
maps = Path("/proc/self/maps")
assert "libtorch_cpu" not in maps.read_text()
load_torch_libraries()
assert "libtorch_cpu" in maps.read_text()
assert "torch" not in sys.modules and "numpy" not in sys.modules
import torch
assert float(torch.nn.Conv2d(1, 1, 3)(torch.ones(1, 1, 3, 3)).sum().backward() is None) == 1.0
load_torch_libraries()
print("done")
"""
    assert python(code) == "done"


def test_without_torch_nothing_happens():
    code = """
import sys
sys.modules["torch"] = None
from engine.torch_libraries import load_torch_libraries
import engine.torch_libraries as module
module.find_spec = lambda name: None
load_torch_libraries()
print("done")
"""
    assert python(code) == "done"
