"""Networks that see a picture much as a person does; the losses compare their features."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.encoder import FEATURE_WIDTHS, Encoder
from engine.networks.layers import convolution

VGG16_CONVOLUTIONS = (2, 2, 3, 3, 3)
VGG16_WIDTHS = (64, 128, 256, 512, 512)
PERCEPTUAL_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
_DEEP_WIDTHS = (96, 192)
_CAFFE_MEAN_BGR = (104.00699, 116.66877, 122.67892)


class VGG16(nn.Module):
    """The convolutions of VGG16 up to relu4_1 (Simonyan and Zisserman, 2015): the teacher, and the judge, while
    training.

    Input: N x 3 x H x W, RGB in 0..1. Output: relu1_1, relu2_1, relu3_1, relu4_1, or the ``last`` so many of them; if
    ``sampled``, relu1_1 of every other pixel in every other row.
    """

    mean: Tensor

    def __init__(self) -> None:
        super().__init__()
        blocks = []
        inputs = 3
        for block, (count, width) in enumerate(zip(VGG16_CONVOLUTIONS, VGG16_WIDTHS, strict=True)):
            if block == len(PERCEPTUAL_LAYERS):
                break
            last = block == len(PERCEPTUAL_LAYERS) - 1
            convolutions = [
                nn.Conv2d(inputs if i == 0 else width, width, 3, padding=1) for i in range(1 if last else count)
            ]
            blocks.append(nn.ModuleList(convolutions))
            inputs = width
        self.blocks = nn.ModuleList(blocks)
        self.register_buffer("mean", torch.tensor(_CAFFE_MEAN_BGR).view(1, 3, 1, 1), persistent=False)

    def forward(self, image: Tensor, last: int = len(PERCEPTUAL_LAYERS), sampled: bool = False) -> list[Tensor]:
        x = image.flip(1) * 255 - self.mean
        taps = []
        for number, block in enumerate(self.blocks):
            if number:
                x = F.max_pool2d(x, 2)
            assert isinstance(block, nn.ModuleList)
            for index, layer in enumerate(block):
                x = F.relu(layer(x))
                if index == 0:
                    taps.append(x[..., ::2, ::2] if sampled and number == 0 else x)
        return taps[-last:]


class PerceptualNetwork(nn.Module):
    """A small network whose outputs stand for VGG16's relu1_1, relu2_1, relu3_1 and relu4_1.

    The encoder's features, each followed by a 1 x 1 convolution to as many channels as VGG16 has there. What the deep
    layers see takes more than the encoder has: a few convolutions of their own add it, so that a generator which learns
    from this network alone finds fewer patterns that please it and not VGG16. It ships with Scumble, so that a style
    can be learnt without the teacher.

    Input: N x 3 x H x W, RGB in 0..1, H and W multiples of 8. Output: four maps of VGG16's sizes and widths, zero or
    more, or the ``last`` so many of them, which saves time, since relu1_1 is by far the largest. Its statistics can be
    had for a quarter of the time: ``sampled``, it is that of every other pixel in every other row.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        # relu1_1 has the picture's full size; the encoder starts at a half, so four pixels come out of each step.
        outputs = (VGG16_WIDTHS[0] * 4, *VGG16_WIDTHS[1:4])
        self.regressors = nn.ModuleList(
            nn.Conv2d(width + more, output, 1)
            for width, more, output in zip(FEATURE_WIDTHS, (0, 0, *_DEEP_WIDTHS), outputs, strict=True)
        )
        (quarter, eighth), (deep_quarter, deep_eighth) = FEATURE_WIDTHS[2:], _DEEP_WIDTHS
        self.deep_quarter = nn.Sequential(convolution(quarter, deep_quarter), nn.ReLU())
        self.deep_eighth = nn.Sequential(
            convolution(eighth, deep_eighth), nn.ReLU(), convolution(deep_eighth, deep_eighth), nn.ReLU()
        )
        # VGG16's activations reach from ones to hundreds, channel by channel; the weights need not learn that.
        for layer, width in zip(PERCEPTUAL_LAYERS, VGG16_WIDTHS, strict=False):
            self.register_buffer(f"scale_{layer}", torch.ones(1, width, 1, 1))

    def set_scales(self, features: Sequence[Tensor]) -> None:
        """Take the usual size of each output channel, the root of its mean square, from the teacher's ``features``."""
        for layer, target in zip(PERCEPTUAL_LAYERS, features, strict=True):
            scale = target.float().square().mean((0, 2, 3), keepdim=True).sqrt().clamp_min(1e-3)
            self.get_buffer(f"scale_{layer}").copy_(scale)

    def forward(self, image: Tensor, last: int = len(PERCEPTUAL_LAYERS), sampled: bool = False) -> list[Tensor]:
        outputs = []
        first, half, quarter, eighth = self.encoder(image)
        seen = (
            first,
            half,
            torch.cat([quarter, self.deep_quarter(quarter)], 1),
            torch.cat([eighth, self.deep_eighth(eighth)], 1),
        )
        for layer, regressor, features in list(zip(PERCEPTUAL_LAYERS, self.regressors, seen, strict=True))[-last:]:
            assert isinstance(regressor, nn.Conv2d)
            assert regressor.bias is not None
            scale = self.get_buffer(f"scale_{layer}").flatten()
            if regressor.out_channels != len(scale):
                scale = scale.repeat_interleave(regressor.out_channels // len(scale))
            # Scaling the weights costs nothing; scaling the large maps they make would.
            weight, bias = regressor.weight * scale.view(-1, 1, 1, 1), regressor.bias * scale
            if layer == PERCEPTUAL_LAYERS[0] and sampled:
                weight, bias = weight[::4], bias[::4]
            output = F.conv2d(features, weight, bias)
            if layer == PERCEPTUAL_LAYERS[0] and not sampled:
                output = F.pixel_shuffle(output, 2)
            outputs.append(F.relu(output, inplace=True))
        return outputs
