"""The generator: a content image and a style code in, the stylised image out.

The encoder's features of the content image take mean and covariance of the style's at every level, skips included, by
the linear map that moves them least (:mod:`engine.networks.feature_transfer`): nothing of that is learnt, so it holds
for styles that no training has seen. The decoder's own layers are scaled and shifted by what a small network makes of
the code. The decoder does not paint from nothing: it adds to the content image whose colours were moved onto the
style's in the same way, so that fine detail is there from the start and has to be painted over to go. Where the content
image is flat, there is nothing that strokes could grow from: fixed noise gives them seeds, as many as the style wants
(Karras, Laine and Aila, "A style-based generator architecture for generative adversarial networks", CVPR 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.color_transfer import (
    ColorCorrection,
    Palette,
    color_correction,
    color_matrix,
    color_quantiles,
    color_statistics,
    correct_colors,
    keep_in_palette,
    match_quantiles,
    palette_of,
    sample_pixels,
)
from engine.networks.encoder import FEATURE_STRIDES, LARGEST_STRIDE, Encoder
from engine.networks.feature_transfer import FeatureStatistics, feature_matrix, feature_statistics, move_features
from engine.networks.layers import convolution
from engine.networks.modulation import NOISE_SIDE, ModulatedBlock, ModulatedConvolution, Modulation, SeedNoise
from engine.networks.style_code import MOVED_WIDTHS, SUMMARY_SIZE, SplitCode, join_code, split_code, summarize_code

_DECODER_WIDTHS = (48, 96, 192)
"""Channels of the decoder's feature maps at a half, a quarter and an eighth of the size: painting takes more than
seeing."""

_BOTTOM_BLOCKS = 2
_HIDDEN = 256
_CODE_NOISE = 0.1
_FIRST_OPACITY = -3.0
_GRID_CELLS = 4
_FEATURE_GAINS = (1.15, 1.1, 1.0)
"""By how much features of the content image at a half, a quarter and an eighth vary more than those of the style: what
training leaves too faint in pictures that have less detail than its own. Chosen by measure (docs/model_card.md)."""

_STEEPEST_FIRST_CURVE = 3.0


class ContentFeatures(NamedTuple):
    """What the decoder needs of a content image, or of a tile of one: the pixels padded to multiples of 8 and their
    feature maps. ``height`` and ``width`` are those before padding.
    """

    image: Tensor
    maps: list[Tensor]
    height: int
    width: int


class Appearance(NamedTuple):
    """How a content image, or a region of it, looks as a whole: its own code and a sample of its pixels, N x 3 x K."""

    code: Tensor
    sample: Tensor


class Layer(NamedTuple):
    """One style on a content image.

    ``code`` is the style's, N x CODE_SIZE; ``own`` is the appearance of what it is painted on; ``strength`` goes from 0
    (as it was) to 1. ``share`` says how much of each pixel is this layer's, N x 1 x H x W in 0..1, and those of all
    layers add up to 1; None is all of every pixel. ``correction`` is that of the colours of the layer once it is
    painted, measured on the whole picture; a picture painted whole measures its own.
    """

    code: Tensor
    own: Appearance
    strength: float = 1.0
    share: Tensor | None = None
    correction: ColorCorrection | None = None


def pad_to_stride(image: Tensor) -> Tensor:
    """Repeat the right and bottom borders until both sides are multiples of the encoder's largest stride."""
    height, width = image.shape[-2:]
    right, bottom = -width % LARGEST_STRIDE, -height % LARGEST_STRIDE
    return F.pad(image, (0, right, 0, bottom), mode="replicate") if right or bottom else image


def move_colors(image: Tensor, own: SplitCode, sample: Tensor, style: SplitCode) -> Tensor:
    """Return a content image in the colours of a style, N x 3 x H x W in 0..1. ``sample`` is of the whole picture."""
    # Half precision would show as bands.
    with torch.autocast(image.device.type, enabled=False):
        matrix = color_matrix(own.color_covariance, style.color_covariance)
        offset = style.color_mean.unsqueeze(2) - matrix @ own.color_mean.unsqueeze(2)
        moved = (matrix @ image.float().flatten(2) + offset).view_as(image)
        quantiles = color_quantiles(matrix @ sample + offset)
        return match_quantiles(moved, quantiles, style.color_quantiles, _STEEPEST_FIRST_CURVE).clamp(0, 1)


class Generator(nn.Module):
    """Encoder, style code and decoder. Pictures are N x 3 x H x W, RGB in 0..1, of any height and width from 1
    pixel.
    """

    code_mean: Tensor
    code_deviation: Tensor

    def __init__(self) -> None:
        super().__init__()
        half, quarter, eighth = _DECODER_WIDTHS
        self.encoder = Encoder()
        self.from_eighth = nn.Conv2d(MOVED_WIDTHS[2], eighth, 1)
        self.bottom = nn.ModuleList(ModulatedBlock(eighth) for _ in range(_BOTTOM_BLOCKS))
        self.to_quarter = nn.Conv2d(eighth, quarter, 1)
        self.skip_quarter = nn.Conv2d(MOVED_WIDTHS[1], quarter, 1)
        self.quarter_block = ModulatedBlock(quarter)
        self.to_half = nn.Conv2d(quarter, half, 1)
        self.skip_half = nn.Conv2d(MOVED_WIDTHS[0], half, 1)
        self.half_convolution = ModulatedConvolution(half)
        # For each pixel three colours, and how far the colour-moved content image is painted over.
        self.to_pixels = convolution(half, 16)
        self.seeds = SeedNoise((eighth, quarter))
        blocks = [*self.bottom, self.quarter_block, self.half_convolution]
        self._modulation_sizes = [
            block.modulation_size for block in blocks if isinstance(block, (ModulatedBlock, ModulatedConvolution))
        ]
        self.modulation = nn.Sequential(
            nn.Linear(SUMMARY_SIZE, _HIDDEN),
            nn.ReLU(),
            nn.Linear(_HIDDEN, _HIDDEN),
            nn.ReLU(),
            nn.Linear(_HIDDEN, sum(self._modulation_sizes)),
        )
        self._noise_sizes = [eighth, quarter]
        self.noise_gain = nn.Sequential(
            nn.Linear(SUMMARY_SIZE, _HIDDEN // 2), nn.ReLU(), nn.Linear(_HIDDEN // 2, sum(self._noise_sizes))
        )
        # What summaries usually are, so that the modulation network sees numbers around zero.
        self.register_buffer("code_mean", torch.zeros(SUMMARY_SIZE))
        self.register_buffer("code_deviation", torch.ones(SUMMARY_SIZE))
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
        """Return the features of a content image, or of a tile of one."""
        height, width = image.shape[-2:]
        image = pad_to_stride(image)
        return ContentFeatures(image, self.encoder(image), height, width)

    @staticmethod
    def appearance(content: ContentFeatures, share: Tensor | None = None) -> Appearance:
        """Return how a whole content image looks, or the region of it that ``share`` (1 x 1 x H x W) marks."""
        image, maps = content.image, content.maps[1:]
        shares: list[Tensor | None] = [None] * len(maps)
        if share is not None and share.max() > 0:
            # What lies outside the region's box need not be looked at.
            top, bottom, left, right = (
                side * LARGEST_STRIDE for side in _box(F.max_pool2d(share, LARGEST_STRIDE)[0, 0])
            )
            image, share = image[..., top:bottom, left:right], share[..., top:bottom, left:right]
            maps = [
                m[..., top // stride : bottom // stride, left // stride : right // stride]
                for m, stride in zip(maps, FEATURE_STRIDES[1:], strict=True)
            ]
            shares = [*_pyramid(share)]
        sample = sample_pixels(image, share)
        mean, covariance = color_statistics(image, share)
        statistics = [feature_statistics(m, s) for m, s in zip(maps, shares, strict=True)]
        return Appearance(join_code(SplitCode(mean, covariance, statistics, color_quantiles(sample))), sample)

    def style_code(self, image: Tensor) -> Tensor:
        """Return the code of a style image, N x CODE_SIZE float32. Codes may be averaged and blended."""
        return self.appearance(self.encode(image)).code

    def set_code_range(self, codes: Tensor) -> None:
        """Take the usual mean and deviation of summaries from a sample of codes, N x CODE_SIZE."""
        summaries = summarize_code(codes)
        self.code_mean.copy_(summaries.mean(0))
        self.code_deviation.copy_(summaries.std(0).clamp_min(1e-4))

    def normalized_summary(self, code: Tensor) -> Tensor:
        """Return what the modulation network, and a discriminator, see of codes: N x SUMMARY_SIZE around zero."""
        return (summarize_code(code) - self.code_mean) / self.code_deviation

    def paint(
        self,
        content: ContentFeatures,
        layers: Sequence[Layer],
        origin: tuple[int, int] = (0, 0),
        code_noise: Tensor | None = None,
    ) -> Tensor:
        """Paint layers on a content image, N x 3 x H x W of the padded size, colours not yet corrected.

        For a tile, ``origin`` is the row and column of the whole picture where it begins, multiples of 8; training
        draws it, so that no place in the noise is learnt by heart. Several layers melt as features, not as pixels; they
        need N = 1. ``code_noise``, N x SUMMARY_SIZE of normal numbers, keeps the codes of few paintings from being
        learnt by heart.
        """
        codes = [torch.lerp(layer.own.code, layer.code, layer.strength) for layer in layers]
        own, styles = [split_code(layer.own.code) for layer in layers], [split_code(code) for code in codes]
        full, *shares = self._shares(layers)
        moved = []
        for level, (features, share) in enumerate(zip(content.maps[1:], shares, strict=True)):
            pairs = [(o.statistics[level], s.statistics[level]) for o, s in zip(own, styles, strict=True)]
            moved.append(_blend(features, share, [_feature_map(o, s, _FEATURE_GAINS[level]) for o, s in pairs]))
        half, quarter, eighth = moved
        normalized = self.normalized_summary(torch.cat(codes))
        if code_noise is not None:
            normalized = normalized + _CODE_NOISE * code_noise
        modulation = self.modulation(normalized).split(self._modulation_sizes, 1)
        gains = self.noise_gain(normalized).split(self._noise_sizes, 1)
        at_half, at_quarter, at_eighth = shares
        x = self.seeds(self.from_eighth(eighth), 0, Modulation(gains[0], at_eighth), _cell(origin, 8))
        for block, values in zip(self.bottom, modulation, strict=False):
            x = block(x, Modulation(values, at_eighth))
        x = F.interpolate(self.to_quarter(x), scale_factor=2.0, mode="bilinear") + self.skip_quarter(quarter)
        x = self.seeds(x, 1, Modulation(gains[1], at_quarter), _cell(origin, 4))
        x = self.quarter_block(x, Modulation(modulation[_BOTTOM_BLOCKS], at_quarter))
        x = F.interpolate(self.to_half(x), scale_factor=2.0, mode="bilinear") + self.skip_half(half)
        x = self.half_convolution(F.relu(x, inplace=True), Modulation(modulation[_BOTTOM_BLOCKS + 1], at_half))
        painted = _without_grid(self.to_pixels(F.relu(x, inplace=True)).float())
        opacity = F.pixel_shuffle(painted[:, 12:], 2).sigmoid()
        painted = _without_checks(F.pixel_shuffle(painted[:, :12], 2))
        recolored = _blend(
            content.image,
            full,
            [
                partial(move_colors, own=o, sample=layer.own.sample, style=s)
                for layer, o, s in zip(layers, own, styles, strict=True)
            ],
        )
        # As strength rises, painting comes before colour.
        reach = torch.tensor([[1 - (1 - layer.strength) ** 4] for layer in layers], device=painted.device)
        if full is None:
            background, reach = styles[0].color_mean.unsqueeze(2).unsqueeze(3), reach.view(-1, 1, 1, 1)
        else:
            background = Modulation(torch.cat([style.color_mean for style in styles]), full).as_map(painted.dtype)
            reach = Modulation(reach, full).as_map(painted.dtype)
        painted = recolored + reach * torch.addcmul(painted, opacity, background - recolored)
        palettes = [palette_of(style.color_mean, style.color_covariance) for style in styles]
        if full is None:
            return keep_in_palette(painted, recolored, palettes[0])
        changes = [partial(_kept_in_palette, palette=palette) for palette in palettes]
        return _blend(torch.cat([painted, recolored], 1), full, changes)[:, :3]

    @staticmethod
    def recolor(content: ContentFeatures, layer: Layer) -> Tensor:
        """Return the content image in the colours of a style, unpainted: N x 3 x H x W of the padded size."""
        return move_colors(content.image, split_code(layer.own.code), layer.own.sample, split_code(layer.code))

    @staticmethod
    def color_corrections(painted: Tensor, layers: Sequence[Layer]) -> list[ColorCorrection]:
        """Return how the colours of each layer, which strokes have shifted, are brought back to those of its style, by
        what :meth:`paint` returned for a whole picture.
        """
        corrections = []
        with torch.autocast(painted.device.type, enabled=False):
            for layer in layers:
                mean, covariance, _, quantiles = split_code(torch.lerp(layer.own.code, layer.code, layer.strength))
                corrections.append(color_correction(sample_pixels(painted, layer.share), mean, covariance, quantiles))
        return corrections

    def correct_colors(self, painted: Tensor, layers: Sequence[Layer]) -> Tensor:
        """Return what :meth:`paint` returned with the colours of its styles."""
        changes = []
        for layer in layers:
            correction = layer.correction
            if correction is None:
                (correction,) = self.color_corrections(painted, [layer])
            changes.append(partial(correct_colors, correction=correction))
        return _blend(painted, self._shares(layers)[0], changes)

    def decode(
        self,
        content: ContentFeatures,
        layers: Sequence[Layer],
        origin: tuple[int, int] = (0, 0),
        code_noise: Tensor | None = None,
    ) -> Tensor:
        """Paint layers on a content image, as :meth:`paint` does, and correct their colours: N x 3 x H x W.

        The result is not yet clipped to 0..1, so that training feels where it would be.
        """
        painted = self.correct_colors(self.paint(content, layers, origin, code_noise), layers)
        return painted[..., : content.height, : content.width]

    def forward(self, content: Tensor, style: Tensor, strength: float = 1.0) -> Tensor:
        """Paint content images in the hand of style images, N x 3 x H x W both. Strength 0 is the content image."""
        if strength == 0:
            return content.float()
        features = self.encode(content)
        return self.decode(features, [Layer(self.style_code(style), self.appearance(features), strength)])

    @staticmethod
    def _shares(layers: Sequence[Layer]) -> list[Tensor | None]:
        """Return the shares of all layers together, 1 x L x H x W, at full size and at those of the feature maps."""
        shares = [layer.share for layer in layers if layer.share is not None]
        if not shares:
            return [None] * 4
        full = torch.cat(shares, 1)
        return [full, *_pyramid(full)]


def _pyramid(share: Tensor) -> list[Tensor]:
    """Return shares at the sizes of the feature maps at a half, a quarter and an eighth."""
    return [F.avg_pool2d(share, stride) for stride in FEATURE_STRIDES[1:]]


def _without_grid(values: Tensor) -> Tensor:
    """Return what is about to be shuffled into pixels, N x 4C x H x W with sides that are multiples of 4, without the
    pattern of two pixels that the shuffle would show: what the four places of a pixel differ by throughout a
    neighbourhood. Strokes differ by more than that, each in its own way.
    """
    local = F.avg_pool2d(values, _GRID_CELLS).unflatten(1, (-1, 4))
    pattern = (local - local.mean(2, keepdim=True)).flatten(1, 2)
    return values - F.interpolate(pattern, scale_factor=float(_GRID_CELLS), mode="bilinear")


def _without_checks(image: Tensor) -> Tensor:
    """Return N x 3 x H x W without what changes from pixel to pixel in both directions at once, as the squares of a
    chessboard do: strokes do not, and the network would please its judges with it. Lines of one pixel stay.
    """
    across = torch.tensor([1.0, -2.0, 1.0], device=image.device) / 4
    checks = (across.unsqueeze(1) * across).expand(3, 1, 3, 3)
    with torch.autocast(image.device.type, enabled=False):
        return image - F.conv2d(F.pad(image, (1, 1, 1, 1), mode="replicate"), checks, groups=3)


def _kept_in_palette(painted_and_recolored: Tensor, palette: Palette) -> Tensor:
    painted, recolored = painted_and_recolored.split(3, 1)
    return torch.cat([keep_in_palette(painted, recolored, palette), recolored], 1)


def _cell(origin: tuple[int, int], stride: int) -> tuple[int, int]:
    return origin[0] // stride % NOISE_SIDE, origin[1] // stride % NOISE_SIDE


def _feature_map(content: FeatureStatistics, style: FeatureStatistics, gain: float) -> Callable[[Tensor], Tensor]:
    """Return the function that moves features of the one statistics onto the other, ``gain`` times as varied."""
    matrix = gain * feature_matrix(content, style)
    return partial(move_features, matrix=matrix, own_mean=content.mean, wanted_mean=style.mean)


def _blend(image: Tensor, shares: Tensor | None, changes: Sequence[Callable[[Tensor], Tensor]]) -> Tensor:
    """Change N x C x H x W maps pixel by pixel, each layer in its own way, and add what comes out by their shares, 1 x
    L x H x W. A layer costs only the box that it has a share of.
    """
    if shares is None:
        return changes[0](image)
    total = torch.zeros_like(image)
    for change, share in zip(changes, shares[0], strict=True):
        top, bottom, left, right = _box(share)
        if bottom > top:
            box = (..., slice(top, bottom), slice(left, right))
            total[box] += (change(image[box]) * share[box[1:]]).to(total.dtype)
    return total


def _box(share: Tensor) -> tuple[int, int, int, int]:
    """Return first row, last row + 1, first column, last column + 1 of the box, in H x W, outside of which all is 0."""
    rows, columns = (share.amax(axis).nonzero().flatten() for axis in (1, 0))
    if not len(rows):
        return 0, 0, 0, 0
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
