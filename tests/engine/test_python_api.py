"""The library as a script sees it: the worked example of the documentation, run as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import engine
import resources

_DOCUMENTATION = Path(__file__).parents[2] / "docs" / "python_api.md"


def test_the_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", _DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    monkeypatch.chdir(tmp_path)
    sample = Image.open(resources.SAMPLES / "landscape.jpg").resize((160, 104))
    sample.save("photo.jpg")
    sample.transpose(Image.Transpose.ROTATE_90).save("painting.png")
    mask = np.zeros((104, 160), np.uint8)
    mask[:50] = 255
    Image.fromarray(mask).save("mask.png")

    exec(compile(blocks[0], str(_DOCUMENTATION), "exec"), {})

    assert Image.open("painted.png").size == (160, 104)
    assert capsys.readouterr().out.startswith("160 x 104 in ")


def test_every_public_name_is_there_and_others_are_not() -> None:
    for name in engine.__all__:
        assert getattr(engine, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Painter'"):
        _ = engine.Painter  # type: ignore[attr-defined]


def test_importing_the_engine_imports_no_torch() -> None:
    code = "import sys, engine; from engine import StylizeRequest; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
