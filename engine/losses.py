"""The losses that training weighs against each other. All return one number; features come as lists of N x C x H x
W.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.autograd.function import FunctionCtx

from engine.networks.color_transfer import color_statistics

_LUMINANCE = (0.299, 0.587, 0.114)
_MEAN_WEIGHT = 0.3
_LEAST_VARIANCE = 1e-5
_FAINT_TONE = 0.06
_SEEN_CONTRAST = 0.015
"""Where the calmest parts of works have so much local contrast, strokes are seen in them."""


CONTENT_LAYERS = (-2, -1)
"""Which of the perceptual features say what is seen: relu3_1 and relu4_1, counted from the last."""


def gram(features: Tensor) -> Tensor:
    """Return the Gram matrix, the products of all pairs of channels averaged over the pixels: N x C x C, float32.

    Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR 2016.
    """
    return _GramAndMean.apply(features)[0]


class _GramAndMean(torch.autograd.Function):
    """Gram matrix and mean of features, N x C x C and N x C in float32, with one product for the gradient of both: what
    torch makes of them by itself copies and adds large maps, and took a fifth of a training step.
    """

    @staticmethod
    def forward(ctx: FunctionCtx, features: Tensor) -> tuple[Tensor, Tensor]:
        ctx.save_for_backward(features)
        pixels = _pixels(features)
        # A processor takes ten times as long for a batch of one product as for the product.
        products = (pixels[0].T @ pixels[0])[None] if len(pixels) == 1 else pixels.mT @ pixels
        return products.float() / pixels.shape[1], _mean(pixels, features.shape[3])

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        gram_gradient, mean_gradient = gradients
        (features,) = ctx.saved_tensors
        pixels = _pixels(features)
        count, dtype = pixels.shape[1], features.dtype
        factors = ((gram_gradient + gram_gradient.mT) / count).to(dtype)
        offsets = (mean_gradient / count).to(dtype)
        if len(pixels) == 1:
            gradient = F.linear(pixels[0], factors[0], offsets[0])[None]  # factors are symmetric
        else:
            gradient = torch.baddbmm(offsets[:, None], pixels, factors)
        return gradient.unflatten(1, features.shape[-2:]).permute(0, 3, 1, 2)


def _pixels(features: Tensor) -> Tensor:
    """N x C x H x W to N x HW x C."""
    return features.permute(0, 2, 3, 1).flatten(1, 2)


def _mean(pixels: Tensor, width: int) -> Tensor:
    """Return the mean over N x HW x C, in float32. Rows of ``width`` are summed first: a mean of all that is taken in
    float32 makes a copy of all.
    """
    return pixels.unflatten(1, (-1, width)).sum(2).float().sum(1) / pixels.shape[1]


def _relative_distances(a: Tensor, b: Tensor) -> Tensor:
    """Norm of the difference by the norm of ``b``, for each picture. Square roots are kept finite at zero."""
    difference = (a - b).flatten(1).square().sum(1).add(1e-12).sqrt()
    return difference / b.flatten(1).square().sum(1).add(1e-8).sqrt()


def _polar_distances(a: Tensor, b: Tensor) -> Tensor:
    """Difference in direction and, as a logarithm, in size, for each picture: where both are small, as if relative."""
    a, b = a.flatten(1), b.flatten(1)
    size_a, size_b = (x.square().sum(1).add(1e-8).sqrt() for x in (a, b))
    turned = (a / size_a[:, None] - b / size_b[:, None]).square().sum(1)
    return (turned + (size_a.log() - size_b.log()).square() + 1e-8).sqrt()


class StyleStatistics(NamedTuple):
    """What the style loss sees of one layer's features: Gram matrix, N x C x C, and mean, N x C, in float32."""

    gram: Tensor
    mean: Tensor


def style_statistics(features: Sequence[Tensor]) -> list[StyleStatistics]:
    return [StyleStatistics(*_GramAndMean.apply(x)) for x in features]


def statistics_loss(statistics: Sequence[StyleStatistics], wanted: Sequence[StyleStatistics]) -> Tensor:
    """Relative distance of Gram matrices and of means, averaged over the layers."""
    return _over_layers(_relative_distances, statistics, wanted).mean()


def hand_loss(statistics: Sequence[StyleStatistics], wanted: Sequence[StyleStatistics]) -> Tensor:
    """Distance of Gram matrices and of means in direction and size, averaged over the layers.

    A relative distance is least for a Gram matrix that is too small, the more so the less its direction fits, and on
    parts of pictures it fits less. So what is learnt on them with it makes whole pictures dull.
    """
    return _over_layers(_polar_distances, statistics, wanted).mean()


def _over_layers(
    distances: Callable[[Tensor, Tensor], Tensor],
    statistics: Sequence[StyleStatistics],
    wanted: Sequence[StyleStatistics],
) -> Tensor:
    """Return the distance of Gram matrices and of means, averaged over the layers, for each picture or pair of them."""
    layers = [
        distances(ours.gram, theirs.gram) + _MEAN_WEIGHT * distances(ours.mean, theirs.mean)
        for ours, theirs in zip(statistics, wanted, strict=True)
    ]
    return torch.stack(layers).mean(0)


@torch.no_grad()
def nearest_statistics(
    statistics: Sequence[StyleStatistics], kinds: Sequence[StyleStatistics]
) -> list[StyleStatistics]:
    """Return those of K pictures' statistics that those of each of N pictures are nearest to by :func:`hand_loss`."""
    nearest = _over_layers(_polar_distances_of_all_pairs, statistics, kinds).argmin(1)
    return [StyleStatistics(layer.gram[nearest], layer.mean[nearest]) for layer in kinds]


def _polar_distances_of_all_pairs(a: Tensor, b: Tensor) -> Tensor:
    """As :func:`_polar_distances`, of N and K pictures: N x K. By products, as differences of all pairs are many."""
    a, b = a.flatten(1), b.flatten(1)
    size_a, size_b = (x.square().sum(1).add(1e-8).sqrt() for x in (a, b))
    with torch.autocast(a.device.type, enabled=False):  # near ones differ in digits that half precision lacks
        turned = 2 - 2 * (a @ b.T) / (size_a[:, None] * size_b)
    return (turned.clamp_min(0) + (size_a.log()[:, None] - size_b.log()).square()).sqrt()


def style_loss(features: Sequence[Tensor], style_features: Sequence[Tensor]) -> Tensor:
    """Relative distance of Gram matrices and of means, averaged over the layers."""
    return statistics_loss(style_statistics(features), style_statistics(style_features))


def content_loss(
    features: Sequence[Tensor], content_features: Sequence[Tensor], layers: Sequence[int] = CONTENT_LAYERS
) -> Tensor:
    """Relative distance of instance-normalised features: what is seen, whatever its colour and contrast.
    ``content_features``, of which the last are enough, get no gradient.
    """
    distances = [_normalised_distances(features[layer], content_features[layer]).mean() for layer in layers]
    return torch.stack(distances).mean()


class _Covariance(torch.autograd.Function):
    """Variances over the pixels of ``a`` and of ``b`` and their covariance, N x C each in float32; ``b`` gets no
    gradient. With that of all in one go, for the reason that :class:`_GramAndMean` has.
    """

    @staticmethod
    def forward(ctx: FunctionCtx, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        width = a.shape[3]
        pixels_a, pixels_b = _pixels(a), _pixels(b)
        mean_a, mean_b = _mean(pixels_a, width), _mean(pixels_b, width)
        ctx.save_for_backward(a, b, mean_a, mean_b)
        # In the features' own precision, with what rounding the means leaves over put right afterwards.
        rounded_a, rounded_b = mean_a.to(a.dtype), mean_b.to(b.dtype)
        centered_a, centered_b = pixels_a - rounded_a[:, None], pixels_b - rounded_b[:, None]
        left_a, left_b = mean_a - rounded_a, mean_b - rounded_b
        variance_a = _mean(centered_a * centered_a, width) - left_a.square()
        variance_b = _mean(centered_b * centered_b, width) - left_b.square()
        covariance = _mean(centered_a * centered_b, width) - left_a * left_b
        return variance_a.clamp_min(0), variance_b.clamp_min(0), covariance

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        a, b, mean_a, mean_b = ctx.saved_tensors
        count = a.shape[2] * a.shape[3]
        by_a, by_b = 2 * gradients[0] / count, gradients[2] / count
        offset = -by_a * mean_a - by_b * mean_b
        by_a, by_b, offset = (x.to(a.dtype)[..., None, None] for x in (by_a, by_b, offset))
        return torch.addcmul(torch.addcmul(offset, a, by_a), b, by_b), None


def _normalised_distances(a: Tensor, b: Tensor) -> Tensor:
    """Relative distance of instance-normalised features, for each picture; ``b`` gets no gradient.

    From their variances and covariance alone: the normalised maps, in float32, take several times as long.
    """
    variance_a, variance_b, covariance = _Covariance.apply(a, b)
    size_a, size_b = (variance / (variance + _LEAST_VARIANCE) for variance in (variance_a, variance_b))
    deviations = ((variance_a + _LEAST_VARIANCE) * (variance_b + _LEAST_VARIANCE)).sqrt()
    difference = (size_a + size_b - 2 * covariance / deviations).sum(1)
    return (difference.clamp_min(0).add(1e-12) / size_b.sum(1).add(1e-8)).sqrt()


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


def similarity_loss(image: Tensor, content: Tensor, window: int = 11, sigma: float = 1.5) -> Tensor:
    """One minus the structural similarity of luminance: edges and detail stay where they are.

    Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004.
    """
    a, b = luminance(image.float()), luminance(content.float())
    stacked = torch.cat([a, b, a * a, b * b, a * b], 0)
    # Matrices, as convolutions of one channel are slow; in float32, as differences of squares need the digits.
    with torch.autocast(image.device.type, enabled=False):
        down, across = (_blur_matrix(side, window, sigma, image.device) for side in a.shape[-2:])
        blurred = down @ stacked @ across.T
    mean_a, mean_b, square_a, square_b, product = blurred.chunk(5, 0)
    variances = square_a - mean_a**2 + square_b - mean_b**2
    covariance = product - mean_a * mean_b
    means = (2 * mean_a * mean_b + 0.01**2) / (mean_a**2 + mean_b**2 + 0.01**2)
    return 1 - (means * (2 * covariance + 0.03**2) / (variances + 0.03**2)).mean()


def _blur_matrix(side: int, window: int, sigma: float, device: torch.device) -> Tensor:
    """Return the matrix that blurs a column of ``side`` numbers, its ends left out: side - window + 1 x side."""
    places = torch.arange(window, dtype=torch.float32, device=device) - window // 2
    kernel = torch.exp(-places.square() / (2 * sigma**2))
    offsets = torch.arange(side, device=device) - torch.arange(side - window + 1, device=device)[:, None]
    inside = (offsets >= 0) & (offsets < window)
    return torch.where(inside, (kernel / kernel.sum())[offsets.clamp(0, window - 1)], 0.0)


def total_variation(image: Tensor) -> Tensor:
    """Mean absolute difference of neighbouring pixels."""
    image = image.float()
    return (image[..., 1:, :] - image[..., :-1, :]).abs().mean() + (image[..., 1:] - image[..., :-1]).abs().mean()


def sliced_wasserstein_loss(
    image: Tensor, style: Tensor, *, seed: int, levels: int = 3, projections: int = 32, side: int = 7, stride: int = 4
) -> Tensor:
    """How far the small patches of a picture, as a crowd, are from those of the style image, N x 3 x H x W in 0..1
    both.

    Patches of each level of a Laplacian pyramid are projected on random directions, where the distance of two crowds is
    that of their sorted values. A Gram matrix knows how often colours and edges go together on average; this knows
    their whole distribution (Heitz et al., "A sliced Wasserstein loss for neural texture synthesis", CVPR 2021, there
    on features; on pixels as in Karras et al., "Progressive growing of GANs", ICLR 2018). ``seed`` draws the
    directions. Patches of the first level are ``stride`` pixels apart, those of each further level half as many.
    """
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for level, (a, b) in enumerate(
        zip(_laplacian_pyramid(image.float(), levels), _laplacian_pyramid(style.float(), levels), strict=True)
    ):
        step = max(1, stride >> level)
        top, left = (int(torch.randint(step, (), generator=generator)) for _ in range(2))
        directions = F.normalize(torch.randn(projections, 3 * side * side, generator=generator), dim=1)
        filters = directions.view(projections, 3, side, side).to(image.device)
        ours, theirs = (
            F.conv2d(x[..., top:, left:], filters, stride=step).float().flatten(2).sort(2).values for x in (a, b)
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


def palette_loss(image: Tensor, reference: Tensor) -> Tensor:
    """How far the mean colour of a picture and the covariance of its colours are from those of ``reference``, N x 3 x H
    x W both, in parts of what the colours of ``reference`` vary by.
    """
    mean, covariance = color_statistics(image)
    wanted_mean, wanted_covariance = color_statistics(reference.detach())
    variance = wanted_covariance.diagonal(dim1=1, dim2=2).sum(1).add(1e-4)
    shift = ((mean - wanted_mean).square().sum(1) / variance).add(1e-8).sqrt()
    return (shift + _relative_distances(covariance, wanted_covariance)).mean()


def tone_loss(image: Tensor, reference: Tensor, blur: int = 16) -> Tensor:
    """How far the colours of a picture, blurred, are from those of ``reference``, N x 3 x H x W both: a glow around
    dark things, patches in a sky. Strokes are smaller than that, and cost nothing. By squares, in parts of a difference
    that is hardly seen: glows are few and strong.
    """
    ours, theirs = (F.avg_pool2d(x.float(), blur) for x in (image, reference.detach()))
    return (ours - theirs).square().mean() / _FAINT_TONE


def halo_loss(image: Tensor, reference: Tensor, window: int = 15) -> Tensor:
    """How far a picture goes beyond the colours of its surroundings in ``reference``, N x 3 x H x W both, where those
    have a strong edge: bright and dark lines along edges. Strokes elsewhere cost nothing.
    """
    reference = reference.detach().float()
    highest, lowest = _highest_around(reference, window), -_highest_around(-reference, window)
    edge = ((highest - lowest).amax(1, keepdim=True) / 0.3 - 0.5).clamp(0, 1)
    beyond = (image.float() - highest - 0.03).clamp_min(0) + (lowest - 0.03 - image.float()).clamp_min(0)
    return ((edge * beyond).mean((1, 2, 3)) / edge.mean((1, 2, 3)).add(1e-2)).mean()


def _highest_around(image: Tensor, window: int) -> Tensor:
    """Return the highest value within a square of ``window`` (odd) pixels around each pixel: rows first, then columns,
    each from the highest of two neighbours, of four, and so on, which takes a tenth of the time of pooling.
    """
    for axis, sides in ((2, (0, 0, window // 2, window // 2)), (3, (window // 2, window // 2))):
        image = F.pad(image, sides, value=-torch.inf)
        seen = 1
        while seen < window:
            step = min(seen, window - seen)
            count = image.shape[axis] - step
            image = torch.maximum(image.narrow(axis, 0, count), image.narrow(axis, step, count))
            seen += step
    return image


def local_contrast(image: Tensor, side: int = 16) -> Tensor:
    """Return how far pixels are from the mean of those next to them, in luminance: the root of the mean square in
    squares of ``side`` pixels, N x 1 x H/side x W/side.
    """
    light = luminance(image.float())
    detail = light - F.avg_pool2d(light, 5, 1, 2, count_include_pad=False)
    return F.avg_pool2d(detail.square(), side).add(1e-7).sqrt()


def calm_loss(image: Tensor, reference: Tensor, calmest: float) -> Tensor:
    """How much was drawn into the calm parts of ``reference``, N x 3 x H x W both: local contrast of more than twice
    what was there and more than ``calmest``, which that of the calmest parts of the works is. Of a picture that is
    mostly sky, Gram matrices want strokes there that an artist who leaves skies alone never made. The more strokes the
    calmest parts have themselves, the less it counts.
    """
    before = local_contrast(reference.detach())
    beyond = (local_contrast(image) - (2 * before).clamp_min(calmest)).clamp_min(0)
    return calmness(calmest) * (beyond * (before < 2 * calmest)).mean()


def calmness(calmest: float) -> float:
    """Return from the local contrast of the calmest parts of works how plain those are: 1 without any, 0 where strokes
    are seen in them.
    """
    return max(0.0, 1 - calmest / _SEEN_CONTRAST)


def grid_loss(image: Tensor, reference: Tensor, period: int = 8) -> Tensor:
    """How strong a pattern of ``period`` pixels was added to ``reference``, N x 3 x H x W both: the traces of
    up-sampling. Strokes, which lie anywhere, average out.
    """
    added = image.float() - reference.detach().float()
    height, width = (side // period * period for side in added.shape[-2:])
    cells = added[..., :height, :width].unflatten(3, (-1, period)).unflatten(2, (-1, period))
    pattern = cells.mean((2, 4))
    return (pattern - pattern.mean((2, 3), keepdim=True)).square().mean((1, 2, 3)).add(1e-8).sqrt().mean()


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
