"""The encoder: from a picture to features at a half, a quarter and an eighth of its size."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.layers import convolution

FEATURE_WIDTHS = (32, 48, 64, 128)
"""Channels of the four feature maps."""

FEATURE_STRIDES = (2, 2, 4, 8)
"""How many pixels of the picture lie under one step of each feature map."""

LARGEST_STRIDE = 8


class Encoder(nn.Module):
    """Features of a picture that mean what those of a large classifier mean, at a tenth of its cost.

    It works on 2 x 2 blocks of pixels from its first layer on: full resolution with few channels is where convolutions
    wait for memory. It is trained by distillation (:mod:`engine.training.distillation`) and serves twice, inside
    :class:`~engine.networks.perceptual.PerceptualNetwork` and as the encoder of the generator.

    Input: N x 3 x H x W, RGB in 0..1, H and W multiples of 8. Output: four maps, ``FEATURE_WIDTHS`` by
    ``FEATURE_STRIDES``.
    """

    def __init__(self) -> None:
        super().__init__()
        first, half, quarter, eighth = FEATURE_WIDTHS
        self.half_1 = convolution(12, first)
        self.half_2 = convolution(first, half)
        self.quarter_1 = convolution(half, quarter)
        self.quarter_2 = convolution(quarter, quarter)
        self.eighth_1 = convolution(quarter, eighth)
        self.eighth_2 = convolution(eighth, eighth)

    def forward(self, image: Tensor) -> list[Tensor]:
        x = F.pixel_unshuffle(image * 2 - 1, 2)
        first = F.relu(self.half_1(x))
        half = F.relu(self.half_2(first))
        quarter = F.relu(self.quarter_1(F.max_pool2d(half, 2)))
        quarter = F.relu(self.quarter_2(quarter))
        eighth = F.relu(self.eighth_1(F.max_pool2d(quarter, 2)))
        eighth = F.relu(self.eighth_2(eighth))
        return [first, half, quarter, eighth]
