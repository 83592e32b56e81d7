import numpy as np
import pytest

from engine.styles import StyleInformation, StyleLibrary, write_style_file


@pytest.fixture
def information():
    def make(name="Waves", **values):
        usual = {
            "artist": "A. Painter",
            "description": "Blue lines",
            "licence": "CC0-1.0",
            "created": "2026-01-02T03:04:05+00:00",
            "source": "one print",
            "base_model": "ab" * 32,
            "thumbnail": b"a picture",
        }
        return StyleInformation(name=name, **{**usual, **values})

    return make


@pytest.fixture
def tensors():
    return {"code": np.linspace(-1, 1, 12, dtype=np.float32)}


@pytest.fixture
def library(tmp_path, information, tensors):
    """A library with two built-in styles and an empty folder of the user's."""
    built_in = tmp_path / "built-in"
    built_in.mkdir()
    for name in ("Olive Trees", "Night"):
        write_style_file(built_in / f"{name}.scumble", information(name), tensors)
    return StyleLibrary(built_in, tmp_path / "user")
