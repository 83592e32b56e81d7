"""Moving the colours of one picture onto those of another in closed form: where the generator starts from."""

from __future__ import annotations

import torch
from torch import Tensor

_NOISE_VARIANCE = 0.02**2
_LARGEST_GAIN = 4.0


def color_statistics(image: Tensor) -> tuple[Tensor, Tensor]:
    """Return the mean colour (N x 3) and the covariance of the channels (N x 3 x 3) of an N x 3 x H x W picture."""
    pixels = image.float().flatten(2)
    mean = pixels.mean(2)
    centered = pixels - mean.unsqueeze(2)
    return mean, centered @ centered.transpose(1, 2) / pixels.shape[2]


def _power(matrix: Tensor, exponent: float, largest: float | None = None) -> Tensor:
    values, vectors = torch.linalg.eigh(matrix)
    values = values.clamp_min(1e-8).pow(exponent)
    if largest is not None:
        values = values.clamp_max(largest)
    return vectors @ torch.diag_embed(values) @ vectors.transpose(1, 2)


def color_matrix(content_covariance: Tensor, style_covariance: Tensor) -> Tensor:
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
    return _power(matrix, 1.0, _LARGEST_GAIN).to(device)
