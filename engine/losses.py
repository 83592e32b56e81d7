"""The losses that training weighs against each other. All return one number; features come as lists of N x C x H x
W.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

_LUMINANCE = (0.299, 0.587, 0.114)


def gram(features: Tensor) -> Tensor:
    """Return the Gram matrix, the products of all pairs of channels averaged over the pixels: N x C x C, float32.

    Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR 2016.
    """
    h, w = features.shape[-2:]
    flat = features.permute(0, 2, 3, 1).flatten(1, 2)
    return (flat.transpose(1, 2) @ flat).float() / (h * w)


def _relative_distance(a: Tensor, b: Tensor) -> Tensor:
    """Norm of the difference by the norm of ``b``, for each picture, averaged. Square roots are kept finite at zero."""
    difference = (a - b).flatten(1).square().sum(1).add(1e-12).sqrt()
    return (difference / b.flatten(1).square().sum(1).add(1e-8).sqrt()).mean()


def style_loss(features: Sequence[Tensor], style_features: Sequence[Tensor], mean_weight: float = 0.3) -> Tensor:
    """Relative distance of Gram matrices and of means, averaged over the layers."""
    losses = []
    for x, target in zip(features, style_features, strict=True):
        loss = _relative_distance(gram(x), gram(target))
        if mean_weight:
            means = x.mean((2, 3), dtype=torch.float32), target.mean((2, 3), dtype=torch.float32)
            loss = loss + mean_weight * _relative_distance(*means)
        losses.append(loss)
    return torch.stack(losses).mean()


def content_loss(
    features: Sequence[Tensor], content_features: Sequence[Tensor], layers: Sequence[int] = (2, 3)
) -> Tensor:
    """Relative distance of instance-normalised features at ``layers``: what is seen, whatever its colour and
    contrast.
    """
    losses = []
    for layer in layers:
        x, target = features[layer].float(), content_features[layer].float()
        losses.append(_relative_distance(F.instance_norm(x), F.instance_norm(target)))
    return torch.stack(losses).mean()


def luminance(image: Tensor) -> Tensor:
    """N x 3 x H x W, RGB in 0..1, to N x 1 x H x W."""
    weights = torch.tensor(_LUMINANCE, device=image.device, dtype=image.dtype).view(1, 3, 1, 1)
    return (image * weights).sum(1, keepdim=True)


def brightness_loss(image: Tensor, content: Tensor, blur: int = 8) -> Tensor:
    """One minus the correlation of blurred luminance: light stays light and dark stays dark.

    Instance-normalised content losses alone do not see a picture that was turned into its negative.
    """
    a, b = (F.avg_pool2d(luminance(x.float()), blur) for x in (image, content))
    a, b = (x.flatten(1) - x.flatten(1).mean(1, keepdim=True) for x in (a, b))
    product = (a * b).sum(1)
    norms = a.square().sum(1).add(1e-4).sqrt() * b.square().sum(1).add(1e-4).sqrt()
    return (1 - product / norms).mean()


def structure_loss(image: Tensor, content: Tensor, window: int = 11) -> Tensor:
    """One minus the local correlation of luminance, where the content image has any structure: edges stay where they
    are.

    The structure term of SSIM (Wang et al., "Image quality assessment: from error visibility to structural
    similarity", 2004) without its contrast, which belongs to the style, and without flat places, where strokes may
    lie.
    """
    a, b = luminance(image.float()), luminance(content.float())
    mean_a, mean_b, square_a, square_b, product = F.avg_pool2d(
        torch.cat([a, b, a * a, b * b, a * b], 1), window, stride=2
    ).chunk(5, 1)
    variance_a, variance_b = (square_a - mean_a**2).clamp_min(0), (square_b - mean_b**2).clamp_min(0)
    correlation = (product - mean_a * mean_b) / ((variance_a + 3e-4) * (variance_b + 3e-4)).sqrt()
    weight = variance_b / (variance_b + 2e-3)
    return (weight * (1 - correlation)).mean() / weight.mean().add(1e-3)


def total_variation(image: Tensor) -> Tensor:
    """Mean absolute difference of neighbouring pixels."""
    image = image.float()
    return (image[..., 1:, :] - image[..., :-1, :]).abs().mean() + (image[..., 1:] - image[..., :-1]).abs().mean()


def sliced_wasserstein_loss(
    image: Tensor, style: Tensor, *, seed: int, levels: int = 3, projections: int = 32, side: int = 7
) -> Tensor:
    """How far the small patches of a picture, as a crowd, are from those of the style image, N x 3 x H x W in 0..1
    both.

    Patches of each level of a Laplacian pyramid are projected on random directions, where the distance of two crowds is
    that of their sorted values. A Gram matrix knows how often colours and edges go together on average; this knows
    their whole distribution (Heitz et al., "A sliced Wasserstein loss for neural texture synthesis", CVPR 2021, there
    on features; on pixels as in Karras et al., "Progressive growing of GANs", ICLR 2018). ``seed`` draws the
    directions.
    """
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for level, (a, b) in enumerate(
        zip(_laplacian_pyramid(image.float(), levels), _laplacian_pyramid(style.float(), levels), strict=True)
    ):
        stride = max(1, 4 >> level)
        top, left = (int(torch.randint(stride, (), generator=generator)) for _ in range(2))
        directions = F.normalize(torch.randn(projections, 3 * side * side, generator=generator), dim=1)
        filters = directions.view(projections, 3, side, side).to(image.device)
        ours, theirs = (
            F.conv2d(x[..., top:, left:], filters, stride=stride).float().flatten(2).sort(2).values for x in (a, b)
        )
        losses.append((ours - theirs).abs().mean())
    return torch.stack(losses).mean()


def _laplacian_pyramid(image: Tensor, levels: int) -> list[Tensor]:
    pyramid = []
    for _ in range(levels - 1):
        small = F.avg_pool2d(image, 2)
        pyramid.append(image - F.interpolate(small, size=image.shape[-2:], mode="bilinear"))
        image = small
    return [*pyramid, image]


def range_loss(image: Tensor) -> Tensor:
    """How far pixels lie outside 0..1, where they will be clipped."""
    return (image - image.clamp(0, 1)).abs().mean()


def adversarial_loss(judgements: Sequence[Tensor], real: bool, label: float = 1.0) -> Tensor:
    """Binary cross-entropy of the discriminator's logits, averaged over its scales.

    ``label`` below 1 keeps the discriminator from being too sure of real pictures (one-sided label smoothing; Salimans
    et al., "Improved techniques for training GANs", 2016).
    """
    losses = []
    for logits in judgements:
        target = torch.full_like(logits.float(), label if real else 0.0)
        losses.append(F.binary_cross_entropy_with_logits(logits.float(), target))
    return torch.stack(losses).mean()
