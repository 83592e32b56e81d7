"""Checkpoints: tensors as safetensors, everything else as JSON. A file that was cut short is passed over, not
trusted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from engine.api import TrainingError
from engine.files import write_beside

_LOG = logging.getLogger(__name__)
_KEPT = 2


def save_checkpoint(folder: Path, step: int, tensors: Mapping[str, Tensor], information: Mapping[str, Any]) -> Path:
    """Write one checkpoint and remove all but the newest two. Raises TrainingError if it cannot be written."""
    path = folder / f"step-{step:08d}.safetensors"
    metadata = {"scumble": json.dumps({"step": step, **information})}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_beside(
            path, save({name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}, metadata)
        )
        for old in sorted(folder.glob("step-*.safetensors"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise TrainingError(
            "The checkpoint cannot be written into {folder} ({reason}). Make room or choose another folder.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    return path


def load_newest_checkpoint(folder: Path) -> tuple[int, dict[str, Tensor], dict[str, Any]] | None:
    """Return step, tensors and information of the newest checkpoint that can be read, or None if there is none."""
    for path in sorted(folder.glob("step-*.safetensors"), reverse=True):
        try:
            with safe_open(path, framework="pt") as file:
                information = json.loads((file.metadata() or {})["scumble"])
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
            return int(information["step"]), tensors, information
        except (SafetensorError, OSError, KeyError, ValueError) as error:
            _LOG.warning("Checkpoint %s cannot be read (%s); trying an older one.", path, error)
    return None


def optimizer_tensors(optimizer: torch.optim.Optimizer, prefix: str) -> dict[str, Tensor]:
    """Return the state of an optimizer as named tensors."""
    state = optimizer.state_dict()["state"]
    return {
        f"{prefix}{index}.{key}": torch.as_tensor(value)
        for index, entry in state.items()
        for key, value in entry.items()
    }


def restore_optimizer(optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor], prefix: str) -> None:
    """Undo :func:`optimizer_tensors`. Does nothing if the checkpoint holds no such state."""
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        if name.startswith(prefix):
            index, key = name.removeprefix(prefix).split(".")
            state.setdefault(int(index), {})[key] = tensor
    # Fused optimizers go through memory as it lies: each moment must lie as its parameter does (channels last).
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    for index, entry in state.items():
        for key, tensor in entry.items():
            if tensor.shape == parameters[index].shape:
                entry[key] = torch.empty_like(parameters[index], dtype=tensor.dtype).copy_(tensor)
    if state:
        optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
