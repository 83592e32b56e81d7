"""Training on several processes, graphics cards or machines, as started by torchrun.

Each process works on its own part of every batch; gradients are averaged by PyTorch's DistributedDataParallel. A single
process needs none of this: then every function here does nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel


def process_count() -> int:
    """Return how many processes train together."""
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1


def process_number() -> int:
    """Return which of them this is; number 0 writes the files and reports."""
    return dist.get_rank() if process_count() > 1 else 0


def local_device(device: torch.device) -> torch.device:
    """Return the graphics card of this process among those of its machine."""
    return torch.device(device.type, int(os.environ.get("LOCAL_RANK", "0"))) if device.type == "cuda" else device


@contextmanager
def joined_processes(device: torch.device) -> Iterator[None]:
    """Join the other processes if torchrun started this one, and leave them at the end."""
    if int(os.environ.get("WORLD_SIZE", "1")) <= 1:
        yield
        return
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield
    finally:
        dist.destroy_process_group()


def average(value: Tensor) -> Tensor:
    """Return the mean of a tensor over all processes."""
    if process_count() == 1:
        return value
    value = value.detach().clone()
    dist.all_reduce(value)
    return value / process_count()


def agree(flag: bool, device: torch.device) -> bool:
    """Return whether any process says yes: so all stop at the same step."""
    return float(average(torch.tensor(float(flag), device=device))) > 0


class _Computation(nn.Module):
    """Losses as the forward pass of a module with the trained network inside, which is how DistributedDataParallel
    learns what to average.
    """

    def __init__(self, network: nn.Module, compute: Callable[[Mapping[str, Tensor], int], dict[str, Tensor]]) -> None:
        super().__init__()
        self.network = network
        self._compute = compute

    def forward(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        return self._compute(batch, step)


def shared_losses(
    network: nn.Module, compute: Callable[[Mapping[str, Tensor], int], dict[str, Tensor]]
) -> Callable[[Mapping[str, Tensor], int], dict[str, Tensor]]:
    """Return ``compute``, whose gradients for ``network`` will be averaged over all processes."""
    if process_count() == 1:
        return compute
    return DistributedDataParallel(_Computation(network, compute), broadcast_buffers=False)
