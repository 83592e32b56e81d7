"""Moving feature maps onto a style's statistics in closed form, as :mod:`engine.networks.color_transfer` moves colours.

What kinds of edge and texture go together is in the covariance of features; their mean and deviation alone, which is
what most feed-forward methods move, leave it to be learnt, and what is learnt from few paintings holds for few.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

_NOISE_SHARE = 0.04


class FeatureStatistics(NamedTuple):
    """Mean, N x C, and covariance of the channels, N x C x C, of feature maps, in float32."""

    mean: Tensor
    covariance: Tensor


def feature_statistics(features: Tensor, share: Tensor | None = None) -> FeatureStatistics:
    """Return the statistics of N x C x H x W features over their pixels; of those that ``share`` (N x 1 x H x W in
    0..1) marks, if it is given.
    """
    n, channels, height, width = features.shape
    with torch.autocast(features.device.type, enabled=False):
        flat = features.permute(0, 2, 3, 1).reshape(n, height * width, channels).float()
        if share is None:
            mean = flat.mean(1)
            centered = flat - mean.unsqueeze(1)
            return FeatureStatistics(mean, centered.mT @ centered / (height * width))
        weights = share.float().reshape(n, height * width, 1)
        weights = weights / weights.sum(1, keepdim=True).clamp_min(1e-8)
        mean = (flat * weights).sum(1)
        centered = flat - mean.unsqueeze(1)
        return FeatureStatistics(mean, centered.mT @ (centered * weights))


@torch.no_grad()
def feature_matrix(content: FeatureStatistics, style: FeatureStatistics) -> Tensor:
    """Return the N x C x C matrices that give content features the style's covariance and move each the least.

    The linear Monge-Kantorovich map, on features as in Lu et al., "A closed-form solution to universal style transfer",
    ICCV 2019. Variance below a share of the style's mean variance does not count, or a flat content image would be
    amplified into noise. Computed in float32 on the CPU, since not every device has the decomposition.
    """
    ours, theirs = content.covariance.float().cpu(), style.covariance.float().cpu()
    channels = ours.shape[1]
    noise = theirs.diagonal(dim1=1, dim2=2).mean(1).mul(_NOISE_SHARE).add(1e-6)
    identity = torch.eye(channels) * noise.view(-1, 1, 1)
    values, vectors = torch.linalg.eigh(ours + identity)
    values = torch.maximum(values, noise.unsqueeze(1)).unsqueeze(1)
    root = (vectors * values.sqrt()) @ vectors.mT
    inverse_root = (vectors * values.rsqrt()) @ vectors.mT
    values, vectors = torch.linalg.eigh(root @ (theirs + identity) @ root)
    middle = (vectors * values.clamp_min(0).sqrt().unsqueeze(1)) @ vectors.mT
    return (inverse_root @ middle @ inverse_root).to(content.covariance.device)


def move_features(features: Tensor, matrix: Tensor, own_mean: Tensor, wanted_mean: Tensor) -> Tensor:
    """Return ``matrix @ (features - own_mean) + wanted_mean`` for N x C x H x W features, N x C x C and N x C."""
    n, channels, height, width = features.shape
    flat = features.permute(0, 2, 3, 1).reshape(n, height * width, channels)
    offset = wanted_mean.unsqueeze(1) - own_mean.unsqueeze(1) @ matrix.mT
    moved = torch.baddbmm(offset.to(flat.dtype), flat, matrix.mT.to(flat.dtype))
    return moved.view(n, height, width, channels).permute(0, 3, 1, 2)
