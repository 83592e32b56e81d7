"""The few building blocks that the networks share."""

from __future__ import annotations

from typing import TypeVar

import torch
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


def mean_and_deviation(features: Tensor, epsilon: float = 1e-5) -> tuple[Tensor, Tensor]:
    """Return mean and standard deviation over the pixels of each channel: N x C x H x W to two N x C, in float32."""
    mean = features.mean((2, 3), dtype=torch.float32)
    variance = (features * features).mean((2, 3), dtype=torch.float32) - mean * mean
    return mean, variance.clamp_min(0).add(epsilon).sqrt()
