"""Moving the colours of one picture onto those of another in closed form: where the generator starts from.

First a linear map gives mean and covariance of the style, then a curve for each channel its whole distribution: black
lines on white paper have the same mean and covariance as grey fog. Strokes may bring no colours that the style has
nowhere. What was painted is corrected the other way round: curves alone know nothing of which colours go together, and
dark lines turn blue.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor

QUANTILES = 33
"""Points of a channel's distribution in a style code."""

_NOISE_VARIANCE = 0.02**2
_LARGEST_GAIN = 4.0
_LARGEST_LAST_GAIN = 2.0
_STEEPEST_LAST_CURVE = 2.0
_LAST_SHARE = 0.5
"""How far what was painted is moved to the style's covariance: half-way, by measure (docs/model_card.md)."""

_PALETTE_DEVIATIONS = 4.0
_LUMINANCE = (0.299, 0.587, 0.114)

_SAMPLED_PIXELS = 8192
_TABLE = 512
_TABLE_RANGE = (-0.5, 1.5)


def color_statistics(image: Tensor, share: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Return the mean colour (N x 3) and the covariance of the channels (N x 3 x 3) of an N x 3 x H x W picture, or of
    the region that ``share`` (N x 1 x H x W in 0..1) marks.
    """
    # Covariance wants the digits, and of so few channels it takes twenty times as long in bfloat16.
    with torch.autocast(image.device.type, enabled=False):
        pixels = image.float().flatten(2)
        if share is None:
            mean = pixels.mean(2)
            centered = pixels - mean.unsqueeze(2)
            return mean, centered @ centered.mT / pixels.shape[2]
        weights = share.float().flatten(2)
        weights = weights / weights.sum(2, keepdim=True).clamp_min(1e-8)
        mean = (pixels * weights).sum(2)
        centered = pixels - mean.unsqueeze(2)
        return mean, (centered * weights) @ centered.mT


def _power(matrix: Tensor, exponent: float, largest: float | None = None) -> Tensor:
    values, vectors = torch.linalg.eigh(matrix)
    values = values.clamp_min(1e-8).pow(exponent)
    if largest is not None:
        values = values.clamp_max(largest)
    return vectors @ torch.diag_embed(values) @ vectors.transpose(1, 2)


def color_matrix(content_covariance: Tensor, style_covariance: Tensor, largest_gain: float = _LARGEST_GAIN) -> Tensor:
    """Return the 3 x 3 matrix that gives the content's colours the style's covariance and moves each the least.

    The linear Monge-Kantorovich map (Pitie and Kokaram, "The linear Monge-Kantorovitch linear colour mapping for
    example-based colour transfer", 2007). Being symmetric and positive it never turns light into dark. A nearly flat
    content image would be amplified into noise: variance below that of faint noise does not count, and gains are
    limited. N x 3 x 3 each, computed on the CPU, since not every device has the decomposition.
    """
    device = content_covariance.device
    noise = _NOISE_VARIANCE * torch.eye(3)
    content = content_covariance.detach().float().cpu() + noise
    style = style_covariance.detach().float().cpu() + noise
    root, inverse_root = _power(content, 0.5), _power(content, -0.5)
    matrix = inverse_root @ _power(root @ style @ root, 0.5) @ inverse_root
    return _power(matrix, 1.0, largest_gain).to(device)


def sample_pixels(image: Tensor, share: Tensor | None = None) -> Tensor:
    """Return evenly spread pixels of an N x 3 x H x W picture, N x 3 x about 8,000; with ``share``, of a 1 x 1 x H x W
    region of one picture, those that are mostly the region's.
    """
    if share is None:
        height, width = image.shape[-2:]
        stride = max(1, math.isqrt(height * width // _SAMPLED_PIXELS))
        return image[..., ::stride, ::stride].float().flatten(2)
    inside = (share[0, 0] >= 0.5 * share.max()).flatten().nonzero().flatten()
    inside = inside[:: max(1, len(inside) // _SAMPLED_PIXELS)]
    return image.flatten(2)[..., inside].float()


def color_quantiles(pixels: Tensor) -> Tensor:
    """Return the distribution of each channel of N x 3 x K pixels as QUANTILES rising values: N x 3 x QUANTILES."""
    count = pixels.shape[2]
    places = torch.linspace(0.002, 0.998, QUANTILES, device=pixels.device) * (count - 1)
    ordered = pixels.sort(2).values
    low = places.floor().long()
    high = (low + 1).clamp_max(count - 1)
    return torch.lerp(ordered[..., low], ordered[..., high], places - low)


def match_quantiles(image: Tensor, own: Tensor, wanted: Tensor, steepest: float) -> Tensor:
    """Bend each channel of N x 3 x H x W so that its distribution (``own``, N x 3 x QUANTILES) becomes ``wanted``.

    Rising curves, so nothing light gets darker than what was dark; nowhere steeper than ``steepest``, so that faint
    noise stays faint: the mean of the highest such curve below the wanted one and the lowest above it.
    """
    reach = steepest * (own.unsqueeze(3) - own.unsqueeze(2)).abs()
    below = (wanted.unsqueeze(2) + reach).amin(3)
    above = (wanted.unsqueeze(2) - reach).amax(3)
    target = (below + above) / 2
    low, high = _TABLE_RANGE
    places = torch.linspace(low, high, _TABLE, device=image.device).expand(*own.shape[:2], _TABLE).contiguous()
    right = torch.searchsorted(own.contiguous(), places).clamp(1, QUANTILES - 1)
    x0, x1 = own.gather(2, right - 1), own.gather(2, right)
    y0, y1 = target.gather(2, right - 1), target.gather(2, right)
    table = torch.lerp(y0, y1, ((places - x0) / (x1 - x0).clamp_min(1e-6)).clamp(0, 1))
    position = ((image.flatten(2) - low) / (high - low) * (_TABLE - 1)).clamp(0, _TABLE - 1.001)
    index = position.long()
    bent = torch.lerp(table.gather(2, index), table.gather(2, index + 1), position - index)
    return bent.view_as(image)


class Palette(NamedTuple):
    """What colours a style has: its ``mean`` (N x 3 x 1), the map from there to what brightness says nothing about
    (``aside``, N x 3 x 3), and to deviations of it (``deviations``, N x 3 x 3).
    """

    mean: Tensor
    aside: Tensor
    deviations: Tensor


def palette_of(mean: Tensor, covariance: Tensor) -> Palette:
    """Return the palette of a style with a mean colour, N x 3, and a covariance of its channels, N x 3 x 3."""
    with torch.autocast(mean.device.type, enabled=False):
        luminance = torch.tensor(_LUMINANCE, device=mean.device).view(1, 3, 1)
        identity = torch.eye(3, device=mean.device)
        covariance = covariance.float() + _NOISE_VARIANCE * identity
        along = covariance @ luminance
        variance = luminance.mT @ along
        rest = covariance - along @ along.mT / variance + _NOISE_VARIANCE * identity
        aside = identity - along @ luminance.mT / variance
        whitening = _power(rest.detach().cpu(), -0.5).to(mean.device)
        return Palette(mean.float().unsqueeze(2), aside, whitening @ aside)


def keep_in_palette(painted: Tensor, recolored: Tensor, palette: Palette) -> Tensor:
    """Return what was painted, N x 3 x H x W, with colours that a style has nowhere, as strokes get them along hard
    edges, drawn back to four deviations of its palette, or to as many as the recoloured content image has there. Each
    keeps its brightness.
    """
    with torch.autocast(painted.device.type, enabled=False):
        centered, allowed = ((image.float().contiguous().flatten(2) - palette.mean) for image in (painted, recolored))
        ratio = _squared_deviations(allowed, palette).clamp_min(_PALETTE_DEVIATIONS**2)
        ratio = ratio / _squared_deviations(centered, palette).clamp_min(1e-12)
        excess = 1 - ratio.clamp_max(1).sqrt()
        return painted - (excess * (palette.aside @ centered)).view(painted.shape)


def _squared_deviations(centered: Tensor, palette: Palette) -> Tensor:
    """Return how many deviations aside each of N x 3 x K pixels is, squared: N x 1 x K."""
    first, second, third = (palette.deviations @ centered).square().split(1, 1)
    return first + second + third  # a sum or norm along this axis takes thirty times as long


class ColorCorrection(NamedTuple):
    """How the colours of a painted layer are brought back to those of its style: curves from ``own`` to ``wanted``
    quantiles (N x 3 x QUANTILES), then a linear map (N x 3 x 3 and N x 3 x 1).
    """

    own: Tensor
    wanted: Tensor
    matrix: Tensor
    offset: Tensor


def color_correction(sample: Tensor, mean: Tensor, covariance: Tensor, quantiles: Tensor) -> ColorCorrection:
    """Return the correction for what was painted, of which ``sample`` shows N x 3 x K pixels, towards a style's mean,
    covariance and quantiles of colours.
    """
    own = color_quantiles(sample)
    bent = match_quantiles(sample.unsqueeze(3), own, quantiles, _STEEPEST_LAST_CURVE)
    own_mean, own_covariance = color_statistics(bent)
    full = color_matrix(own_covariance, covariance, _LARGEST_LAST_GAIN)
    matrix = torch.lerp(torch.eye(3, device=full.device), full, _LAST_SHARE)
    wanted_mean = torch.lerp(own_mean, mean, _LAST_SHARE)
    return ColorCorrection(own, quantiles, matrix, wanted_mean.unsqueeze(2) - matrix @ own_mean.unsqueeze(2))


def correct_colors(image: Tensor, correction: ColorCorrection) -> Tensor:
    """Return N x 3 x H x W with a correction made."""
    with torch.autocast(image.device.type, enabled=False):
        bent = match_quantiles(image.float(), correction.own, correction.wanted, _STEEPEST_LAST_CURVE)
        return torch.baddbmm(correction.offset, correction.matrix, bent.flatten(2)).view_as(image)
