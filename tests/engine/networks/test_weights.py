import pytest
import torch
from torch import nn

from engine.api import ModelError
from engine.networks.weights import load_weights, weights_as_bytes, weights_hash


class Small(nn.Module):
    def __init__(self, width: int = 3) -> None:
        super().__init__()
        self.layer = nn.Linear(4, width)


@pytest.fixture
def path(tmp_path):
    torch.manual_seed(1)
    file = tmp_path / "small.safetensors"
    file.write_bytes(weights_as_bytes(Small(), {"steps": 7}))
    return file


def test_weights_come_back_at_half_precision(path):
    torch.manual_seed(1)
    original = Small()

    loaded = load_weights(Small(), path)

    assert not loaded.training
    assert torch.allclose(loaded.layer.weight, original.layer.weight, atol=1e-3)
    assert loaded.layer.weight.dtype == torch.float32


def test_the_hash_is_that_of_the_file(path):
    first = weights_hash(path)
    path.write_bytes(path.read_bytes() + b" ")

    assert len(first) == 64
    assert weights_hash(path) != first


def test_a_missing_a_damaged_and_a_foreign_file_are_told_apart_from_good_ones(path, tmp_path):
    with pytest.raises(ModelError):
        load_weights(Small(), tmp_path / "gone.safetensors")
    with pytest.raises(ModelError):
        load_weights(Small(width=5), path)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ModelError):
        load_weights(Small(), path)
    with pytest.raises(ModelError):
        weights_hash(tmp_path / "gone.safetensors")
