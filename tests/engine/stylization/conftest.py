from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.networks.generator import Generator
from engine.networks.weights import weights_as_bytes
from engine.styles import StyleLibrary
from engine.stylization import Stylizer


@pytest.fixture(scope="module")
def base_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small painter without any training: it moves colours and adds a pattern."""
    torch.manual_seed(0)
    generator = Generator()
    for layer in (generator.to_pixels, generator.modulation[-1], generator.noise_gain[-1]):
        assert isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear))
        torch.nn.init.normal_(layer.weight, std=0.02)
    path = tmp_path_factory.mktemp("model") / "base_model.safetensors"
    path.write_bytes(weights_as_bytes(generator, {}))
    return path


@pytest.fixture
def library(tmp_path: Path) -> StyleLibrary:
    (tmp_path / "built-in").mkdir()
    return StyleLibrary(tmp_path / "built-in", tmp_path / "own")


@pytest.fixture
def stylizer(base_model: Path, library: StyleLibrary) -> Stylizer:
    return Stylizer(library, device="cpu", base_model=base_model)
