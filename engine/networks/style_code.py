"""A style as numbers: what they are, and how they are taken apart."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from engine.networks.color_transfer import QUANTILES
from engine.networks.encoder import FEATURE_WIDTHS
from engine.networks.feature_transfer import FeatureStatistics

_COLOR_NUMBERS = 3 + 9
MOVED_WIDTHS = FEATURE_WIDTHS[1:]
"""The first feature map is too fine to be worth its time; colours and edges are in the second as well."""

CODE_SIZE = _COLOR_NUMBERS + sum(width + width * (width + 1) // 2 for width in MOVED_WIDTHS) + 3 * QUANTILES
"""Numbers in a style code: mean colour, colour covariance, mean and covariance of the feature maps, and the
distribution of each colour channel."""

SUMMARY_SIZE = _COLOR_NUMBERS + 2 * sum(MOVED_WIDTHS) + 3 * QUANTILES
"""Numbers in a summary of a code, which has deviations in place of covariances: what networks can learn from."""


NATURAL_SIDE = 512
"""The longer side, in pixels, at which a style image is encoded when the style scale is 1."""

FILE_SCALES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""A style file carries a code for each of these style scales; between them codes are interpolated."""


class SplitCode(NamedTuple):
    """The parts of codes: N x 3, N x 3 x 3, mean N x C and covariance N x C x C of each level, N x 3 x QUANTILES."""

    color_mean: Tensor
    color_covariance: Tensor
    statistics: list[FeatureStatistics]
    color_quantiles: Tensor


def join_code(parts: SplitCode) -> Tensor:
    """Put the parts together to codes, N x CODE_SIZE. Covariances are symmetric: a half of each is kept."""
    pieces = [parts.color_mean, parts.color_covariance.flatten(1)]
    for mean, covariance in parts.statistics:
        rows, columns = torch.triu_indices(mean.shape[1], mean.shape[1], device=mean.device)
        pieces += [mean, covariance[:, rows, columns]]
    return torch.cat([*pieces, parts.color_quantiles.flatten(1)], 1)


def split_code(code: Tensor) -> SplitCode:
    """Take codes, N x CODE_SIZE, apart."""
    sizes = [size for width in MOVED_WIDTHS for size in (width, width * (width + 1) // 2)]
    mean, covariance, *pieces, quantiles = code.split([3, 9, *sizes, 3 * QUANTILES], 1)
    statistics = []
    for width, level_mean, half in zip(MOVED_WIDTHS, pieces[::2], pieces[1::2], strict=True):
        rows, columns = torch.triu_indices(width, width, device=code.device)
        full = half.new_zeros(len(half), width, width)
        full[:, rows, columns] = half
        full[:, columns, rows] = half
        statistics.append(FeatureStatistics(level_mean, full))
    return SplitCode(mean, covariance.unflatten(1, (3, 3)), statistics, quantiles.unflatten(1, (3, QUANTILES)))


def summarize_code(code: Tensor) -> Tensor:
    """Return the summary of codes, N x CODE_SIZE to N x SUMMARY_SIZE."""
    parts = split_code(code)
    pieces = [parts.color_mean, parts.color_covariance.flatten(1)]
    for mean, covariance in parts.statistics:
        pieces += [mean, covariance.diagonal(dim1=1, dim2=2).clamp_min(1e-5).sqrt()]
    return torch.cat([*pieces, parts.color_quantiles.flatten(1)], 1)
