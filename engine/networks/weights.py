"""Weights on disk: safetensors, half precision, with a hash by which style files name the model they belong to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import nn

from engine.api import ModelError
from engine.networks.layers import Network, channels_last


def weights_as_bytes(network: nn.Module, information: Mapping[str, Any]) -> bytes:
    """Return a network's weights in half precision as the bytes of a safetensors file; ``information`` goes into its
    header.
    """
    tensors = {
        name: value.detach().cpu().to(torch.float16 if value.is_floating_point() else value.dtype).contiguous()
        for name, value in network.state_dict().items()
    }
    return save(tensors, {"scumble": json.dumps(dict(information))})


def load_weights(network: Network, path: Path) -> Network:
    """Fill a network with the weights of a file and return it, in float32, for inference.

    Raises ModelError if the file is missing, damaged or belongs to another network.
    """
    try:
        with safe_open(path, framework="pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
        network.load_state_dict(tensors)
    except FileNotFoundError as error:
        raise ModelError("The file {name} is missing. Install Scumble again.", name=path.name) from error
    except (SafetensorError, OSError, RuntimeError) as error:
        raise ModelError("The file {name} is damaged. Install Scumble again.", name=path.name) from error
    return channels_last(network.float().eval().requires_grad_(False))


def weights_hash(path: Path) -> str:
    """Return the SHA-256 of a weights file in hexadecimal. Raises ModelError if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError("The file {name} is missing. Install Scumble again.", name=path.name) from error
