"""The few building blocks that the networks share."""

from __future__ import annotations

from typing import TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Network = TypeVar("Network", bound=nn.Module)


def channels_last(network: Network) -> Network:
    """Lay a network's weights out as convolutions on CPUs and GPUs like them best, and return it."""
    # torch's own annotations leave this form of to() out.
    return network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def convolution(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Conv2d:
    """A convolution that keeps the size. Borders are replicated: zeros would show as a band along the picture's
    edges.
    """
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, padding_mode="replicate")


def pad(features: Tensor, width: int) -> Tensor:
    """Replicate the borders of feature maps, as :func:`convolution` does."""
    return F.pad(features, (width, width, width, width), mode="replicate")
