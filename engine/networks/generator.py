"""The generator: a content image and a style code in, the stylised image out.

The encoder's features of the content image take mean and deviation of the style's (Huang and Belongie, "Arbitrary style
transfer in real-time with adaptive instance normalization", ICCV 2017) at every level, skips included; the decoder's
own layers are scaled and shifted by what a small network makes of the code. The decoder does not paint from nothing: it
adds to the content image whose colours were moved onto the style's in closed form, so that fine detail is there from
the start and has to be painted over to go. Where the content image is flat, there is nothing that strokes could grow
from: fixed noise gives them seeds, as many as the style wants (Karras, Laine and Aila, "A style-based generator
architecture for generative adversarial networks", CVPR 2019).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.color_transfer import (
    QUANTILES,
    color_matrix,
    color_quantiles,
    color_statistics,
    match_quantiles,
    sample_pixels,
)
from engine.networks.encoder import FEATURE_WIDTHS, LARGEST_STRIDE, Encoder
from engine.networks.layers import convolution, mean_and_deviation

_COLOR_NUMBERS = 3 + 9
CODE_SIZE = _COLOR_NUMBERS + 2 * sum(FEATURE_WIDTHS) + 3 * QUANTILES
"""Numbers in a style code: mean colour, colour covariance, mean and deviation of each feature map, and the distribution
of each colour channel."""

_LARGEST_FEATURE_GAIN = 8.0
_BOTTOM_BLOCKS = 2
_HIDDEN = 256
_NOISE_CHANNELS = 4
_NOISE_SIDE = 256
_FIRST_OPACITY = -3.0
_STEEPEST_FIRST_CURVE = 6.0
_STEEPEST_LAST_CURVE = 2.0


class ContentFeatures(NamedTuple):
    """What the decoder needs of a content image: the picture padded to multiples of 8, its feature maps, its own code
    and a sample of its pixels.

    ``height`` and ``width`` are those before padding. A tile of a large picture carries code and sample of the whole.
    """

    image: Tensor
    maps: list[Tensor]
    code: Tensor
    sample: Tensor
    height: int
    width: int


def pad_to_stride(image: Tensor) -> Tensor:
    """Repeat the right and bottom borders until both sides are multiples of the encoder's largest stride."""
    height, width = image.shape[-2:]
    right, bottom = -width % LARGEST_STRIDE, -height % LARGEST_STRIDE
    return F.pad(image, (0, right, 0, bottom), mode="replicate") if right or bottom else image


class SplitCode(NamedTuple):
    """The parts of codes: N x 3, N x 3 x 3, (mean, deviation) N x C of each level, N x 3 x QUANTILES."""

    color_mean: Tensor
    color_covariance: Tensor
    statistics: list[tuple[Tensor, Tensor]]
    color_quantiles: Tensor


def split_code(code: Tensor) -> SplitCode:
    """Take codes, N x CODE_SIZE, apart."""
    widths = [width for width in FEATURE_WIDTHS for _ in range(2)]
    mean, covariance, *statistics, quantiles = code.split([3, 9, *widths, 3 * QUANTILES], 1)
    pairs = list(zip(statistics[::2], statistics[1::2], strict=True))
    return SplitCode(mean, covariance.unflatten(1, (3, 3)), pairs, quantiles.unflatten(1, (3, QUANTILES)))


def move_colors(content: ContentFeatures, own: SplitCode, style: SplitCode) -> Tensor:
    """Return the padded content image in the colours of a style, N x 3 x H x W in 0..1."""
    # Half precision would show as bands.
    with torch.autocast(content.image.device.type, enabled=False):
        matrix = color_matrix(own.color_covariance, style.color_covariance)
        offset = style.color_mean.unsqueeze(2) - matrix @ own.color_mean.unsqueeze(2)
        moved = (matrix @ content.image.float().flatten(2) + offset).view_as(content.image)
        quantiles = color_quantiles(matrix @ content.sample + offset)
        return match_quantiles(moved, quantiles, style.color_quantiles, _STEEPEST_FIRST_CURVE).clamp(0, 1)


def correct_colors(painted: Tensor, style: SplitCode) -> Tensor:
    """Return a painted picture with the style's distribution of colours again, which strokes have shifted."""
    quantiles = color_quantiles(sample_pixels(painted))
    return match_quantiles(painted, quantiles, style.color_quantiles, _STEEPEST_LAST_CURVE)


class ModulatedBlock(nn.Module):
    """A residual block of two convolutions, each scaled and shifted channel by channel from outside."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.convolution_1 = convolution(width, width)
        self.convolution_2 = convolution(width, width)
        self.modulation_size = 4 * width

    def forward(self, x: Tensor, modulation: Tensor) -> Tensor:
        scale_1, shift_1, scale_2, shift_2 = modulation.to(x.dtype).unsqueeze(2).unsqueeze(3).chunk(4, 1)
        y = self.convolution_1(x)
        y = F.relu(torch.addcmul(shift_1, y, 1 + scale_1))
        y = self.convolution_2(y)
        return F.relu(x + torch.addcmul(shift_2, y, 1 + scale_2))


def match_statistics(features: Tensor, content: tuple[Tensor, Tensor], style: tuple[Tensor, Tensor]) -> Tensor:
    """Give features (N x C x H x W) of the content's mean and deviation (N x C each) those of the style."""
    (content_mean, content_deviation), (style_mean, style_deviation) = content, style
    scale = style_deviation / torch.maximum(content_deviation, style_deviation / _LARGEST_FEATURE_GAIN)
    shift = style_mean - content_mean * scale
    scale, shift = (x.to(features.dtype).unsqueeze(2).unsqueeze(3) for x in (scale, shift))
    return torch.addcmul(shift, features, scale)


class SeedNoise(nn.Module):
    """Adds noise to feature maps, each channel as much as it is told.

    The noise is part of the weights and repeats every 256 cells, so that the same picture is always painted alike; in
    training it is shifted at random, so that no place in it is learnt by heart.
    """

    noise: Tensor

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        shape = (1, _NOISE_CHANNELS, _NOISE_SIDE, _NOISE_SIDE)
        self.register_buffer("noise", torch.randn(shape, generator=generator))
        self.mixers = nn.ModuleList(nn.Conv2d(_NOISE_CHANNELS, width, 1, bias=False) for width in widths)

    def forward(self, x: Tensor, level: int, gain: Tensor) -> Tensor:
        """Return ``x`` (N x C x H x W) with noise of a strength ``gain`` (N x C)."""
        height, width = x.shape[-2:]
        noise = self.noise
        if self.training:
            top, left = (int(shift) for shift in torch.randint(_NOISE_SIDE, (2,)))
            noise = noise.roll((top, left), (2, 3))
        noise = noise.tile(1, 1, -(-height // _NOISE_SIDE), -(-width // _NOISE_SIDE))[..., :height, :width]
        mixed = self.mixers[level](noise.contiguous(memory_format=torch.channels_last))
        return torch.addcmul(x, mixed.to(x.dtype), gain.to(x.dtype).unsqueeze(2).unsqueeze(3))


class Generator(nn.Module):
    """Encoder, style code and decoder. Pictures are N x 3 x H x W, RGB in 0..1, of any height and width from 1
    pixel.
    """

    code_mean: Tensor
    code_deviation: Tensor

    def __init__(self) -> None:
        super().__init__()
        first, half, quarter, eighth = FEATURE_WIDTHS
        self.encoder = Encoder()
        self.bottom = nn.ModuleList(ModulatedBlock(eighth) for _ in range(_BOTTOM_BLOCKS))
        self.to_quarter = nn.Conv2d(eighth, quarter, 1)
        self.skip_quarter = nn.Conv2d(quarter, quarter, 1)
        self.quarter_block = ModulatedBlock(quarter)
        self.to_half = nn.Conv2d(quarter, half, 1)
        self.skip_half = nn.Conv2d(first + half, half, 1)
        self.half_block = ModulatedBlock(half)
        # For each pixel three colours, and how far the colour-moved content image is painted over.
        self.to_pixels = convolution(half, 16)
        self.seeds = SeedNoise((eighth, quarter, half))
        blocks = [*self.bottom, self.quarter_block, self.half_block]
        self._modulation_sizes = [block.modulation_size for block in blocks if isinstance(block, ModulatedBlock)]
        self.modulation = nn.Sequential(
            nn.Linear(CODE_SIZE, _HIDDEN),
            nn.ReLU(),
            nn.Linear(_HIDDEN, _HIDDEN),
            nn.ReLU(),
            nn.Linear(_HIDDEN, sum(self._modulation_sizes)),
        )
        self._noise_sizes = [eighth, quarter, half]
        self.noise_gain = nn.Sequential(
            nn.Linear(CODE_SIZE, _HIDDEN // 2), nn.ReLU(), nn.Linear(_HIDDEN // 2, sum(self._noise_sizes))
        )
        # What codes usually are, so that the modulation network sees numbers around zero.
        self.register_buffer("code_mean", torch.zeros(CODE_SIZE))
        self.register_buffer("code_deviation", torch.ones(CODE_SIZE))
        # An untrained decoder adds nothing and modulates nothing.
        for layer in (self.to_pixels, self.modulation[-1], self.noise_gain[-1]):
            assert isinstance(layer, (nn.Conv2d, nn.Linear))
            nn.init.zeros_(layer.weight)
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)
        with torch.no_grad():
            assert self.to_pixels.bias is not None
            self.to_pixels.bias[12:] = _FIRST_OPACITY

    def encode(self, image: Tensor) -> ContentFeatures:
        """Return all that :meth:`decode` needs of a content image."""
        height, width = image.shape[-2:]
        image = pad_to_stride(image)
        maps = self.encoder(image)
        return ContentFeatures(image, maps, self._code(image, maps), sample_pixels(image), height, width)

    def style_code(self, image: Tensor) -> Tensor:
        """Return the code of a style image, N x CODE_SIZE float32. Codes may be averaged and blended."""
        image = pad_to_stride(image)
        return self._code(image, self.encoder(image))

    def set_code_range(self, codes: Tensor) -> None:
        """Take the usual mean and deviation of codes from a sample, N x CODE_SIZE."""
        self.code_mean.copy_(codes.mean(0))
        self.code_deviation.copy_(codes.std(0).clamp_min(1e-4))

    def decode(self, content: ContentFeatures, code: Tensor, strength: float = 1.0) -> Tensor:
        """Paint. ``strength`` goes from the content's own code (0: the content image, exactly) to the style's (1).

        The result is not yet clipped to 0..1, so that training feels where it would be.
        """
        code = torch.lerp(content.code, code, strength)
        own, style = split_code(content.code), split_code(code)
        first, half, quarter, eighth = (
            match_statistics(features, *statistics)
            for features, *statistics in zip(content.maps, own.statistics, style.statistics, strict=True)
        )
        normalized = (code - self.code_mean) / self.code_deviation
        modulation = self.modulation(normalized).split(self._modulation_sizes, 1)
        gains = self.noise_gain(normalized).split(self._noise_sizes, 1)
        x = self.seeds(eighth, 0, gains[0])
        for block, values in zip(self.bottom, modulation, strict=False):
            x = block(x, values)
        x = F.interpolate(self.to_quarter(x), scale_factor=2.0, mode="bilinear") + self.skip_quarter(quarter)
        x = self.seeds(x, 1, gains[1])
        x = self.quarter_block(x, modulation[_BOTTOM_BLOCKS])
        x = F.interpolate(self.to_half(x), scale_factor=2.0, mode="bilinear")
        x = self.seeds(x + self.skip_half(torch.cat([first, half], 1)), 2, gains[2])
        x = self.half_block(x, modulation[_BOTTOM_BLOCKS + 1])
        painted = self.to_pixels(x).float()
        painted, opacity = F.pixel_shuffle(painted[:, :12], 2), F.pixel_shuffle(painted[:, 12:], 2).sigmoid()
        moved = move_colors(content, own, style)
        if strength == 0:
            return content.image.float()[..., : content.height, : content.width]
        painted = painted + opacity * (style.color_mean.unsqueeze(2).unsqueeze(3) - moved)
        result = correct_colors(moved + painted * (1 - (1 - strength) ** 4), style)
        return result[..., : content.height, : content.width]

    def forward(self, content: Tensor, style: Tensor, strength: float = 1.0) -> Tensor:
        """Encode both, decode once."""
        return self.decode(self.encode(content), self.style_code(style), strength)

    @staticmethod
    def _code(image: Tensor, maps: list[Tensor]) -> Tensor:
        mean, covariance = color_statistics(image)
        statistics = [part for features in maps for part in mean_and_deviation(features)]
        quantiles = color_quantiles(sample_pixels(image))
        return torch.cat([mean, covariance.flatten(1), *statistics, quantiles.flatten(1)], 1)
