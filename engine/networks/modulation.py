"""How a style speaks to the decoder: scales, shifts and seeds for the channels of its feature maps."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.layers import convolution, pad

NOISE_SIDE = 256
"""After so many cells the noise repeats."""

_NOISE_CHANNELS = 4


class Modulation(NamedTuple):
    """Scale and shift, or gain, of the channels: N x K for the whole picture, or L x K for L layers with their shares,
    1 x L x H x W at the size of the feature map.
    """

    values: Tensor
    shares: Tensor | None = None

    def chunk(self, count: int) -> list[Modulation]:
        return [Modulation(part, self.shares) for part in self.values.chunk(count, 1)]

    def as_map(self, dtype: torch.dtype) -> Tensor:
        """Return the values for each channel, N x K x 1 x 1, or for each place, 1 x K x H x W."""
        if self.shares is None:
            return self.values.to(dtype).unsqueeze(2).unsqueeze(3)
        height, width = self.shares.shape[-2:]
        places = self.shares[0].flatten(1).to(dtype).t() @ self.values.to(dtype)
        return places.view(1, height, width, -1).permute(0, 3, 1, 2)


class ModulatedConvolution(nn.Module):
    """A 3 x 3 convolution whose outputs are scaled and shifted channel by channel from outside (2C numbers)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.convolution = convolution(width, width)
        self.modulation_size = 2 * width

    def forward(self, x: Tensor, modulation: Modulation) -> Tensor:
        if len(x) > 1 or modulation.shares is not None:
            scale, shift = (part.as_map(x.dtype) for part in modulation.chunk(2))
            return torch.addcmul(shift, self.convolution(x), 1 + scale)
        # For one picture in one style, scaling the weights does the same and spares a pass over the feature map.
        scale, shift = modulation.values.chunk(2, 1)
        weight, bias = self.convolution.weight, self.convolution.bias
        assert bias is not None
        weight = weight * (1 + scale).view(-1, 1, 1, 1)
        return F.conv2d(pad(x, 1), weight, torch.addcmul(shift, bias, 1 + scale)[0])


class ModulatedBlock(nn.Module):
    """A residual block of two modulated convolutions."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = ModulatedConvolution(width)
        self.second = ModulatedConvolution(width)
        self.modulation_size = self.first.modulation_size + self.second.modulation_size

    def forward(self, x: Tensor, modulation: Modulation) -> Tensor:
        first, second = modulation.chunk(2)
        y = F.relu(self.first(x, first), inplace=True)
        return F.relu(x + self.second(y, second), inplace=True)


class SeedNoise(nn.Module):
    """Adds noise to feature maps, each channel as much as it is told.

    The noise is part of the weights and repeats every 256 cells, so that the same picture is always painted alike.
    """

    noise: Tensor

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        shape = (1, _NOISE_CHANNELS, NOISE_SIDE, NOISE_SIDE)
        self.register_buffer("noise", torch.randn(shape, generator=generator))
        self.mixers = nn.ModuleList(nn.Conv2d(_NOISE_CHANNELS, width, 1, bias=False) for width in widths)

    def forward(self, x: Tensor, level: int, gain: Modulation, origin: tuple[int, int]) -> Tensor:
        """Return ``x`` (N x C x H x W) with noise of a strength ``gain``; ``origin`` is the cell of the whole picture
        (row, column) that its first cell is.
        """
        height, width = x.shape[-2:]
        noise = self.noise
        if any(origin):
            noise = noise.roll((-origin[0], -origin[1]), (2, 3))
        noise = noise.tile(1, 1, -(-height // NOISE_SIDE), -(-width // NOISE_SIDE))[..., :height, :width]
        mixed = self.mixers[level](noise.contiguous(memory_format=torch.channels_last))
        return torch.addcmul(x, mixed.to(x.dtype), gain.as_map(x.dtype))
