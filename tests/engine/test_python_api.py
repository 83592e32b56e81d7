"""The library as a script sees it: the worked example of the documentation, run as it stands there."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import Image

import engine
import resources
from engine.train_request import QUALITY_STEPS, QualityStep, TrainRequest
from engine.training import artist_data, tuning_task

_DOCUMENTATION = Path(__file__).parents[2] / "docs" / "python_api.md"


def test_the_examples_of_the_documentation_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", _DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    monkeypatch.chdir(tmp_path)
    sample = Image.open(resources.SAMPLES / "landscape.jpg").resize((160, 104))
    sample.save("photo.jpg")
    sample.transpose(Image.Transpose.ROTATE_90).resize((260, 400)).save("painting.png")
    mask = np.zeros((104, 160), np.uint8)
    mask[:50] = 255
    Image.fromarray(mask).save("mask.png")

    # Learning as it is done, on pictures and for a time that a test can wait for.
    monkeypatch.setitem(cast("dict[str, QualityStep]", QUALITY_STEPS), "quick", QualityStep(2, 2, 5))
    monkeypatch.setattr(TrainRequest.__init__, "__defaults__", _with_side_64())
    monkeypatch.setattr(tuning_task, "_SHOWN_SIDE", 64)
    monkeypatch.setattr(tuning_task, "_MEASURED_SIDE", 128)
    monkeypatch.setattr(artist_data, "_LARGEST_VIEW", 128)

    exec(compile("\n".join(blocks), str(_DOCUMENTATION), "exec"), {})

    assert Image.open("painted.png").size == (160, 104)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("160 x 104 in ")
    assert lines[-1].endswith("of the distance that the base model leaves")
    assert engine.StyleLibrary.default().find("My Hand").licence == "CC BY 4.0"


def _with_side_64() -> tuple[object, ...]:
    fields = [field for field in dataclasses.fields(TrainRequest) if field.default is not dataclasses.MISSING]
    return tuple(64 if field.name == "side" else field.default for field in fields)


def test_every_public_name_is_there_and_others_are_not() -> None:
    for name in engine.__all__:
        assert getattr(engine, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Painter'"):
        _ = engine.Painter  # type: ignore[attr-defined]


def test_importing_the_engine_imports_no_torch() -> None:
    code = "import sys, engine; from engine import StylizeRequest; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
