"""What features of real and generated pictures both go through before the discriminator, so that it cannot learn few
works by heart.

Zhao et al., "Differentiable augmentation for data-efficient GAN training", 2020: translation and cutout. Not colour:
colour is part of the style.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import Tensor


def augment(features: Sequence[Tensor], seed: int, shift: float = 0.125, hole: float = 0.4) -> list[Tensor]:
    """Shift the feature maps of each picture by up to ``shift`` of their size (wrapping round) and blank a square of
    ``hole`` of their side: N x C x H x W each, finest first, the sides of the last dividing those of all.

    The same happens to all maps of a picture; what does, follows from ``seed`` and its place.
    """
    height, width = features[-1].shape[-2:]
    ratios = [x.shape[-1] // width for x in features]
    augmented = [x.clone() for x in features]
    for place in range(len(features[-1])):
        random = np.random.default_rng((seed, place))
        down, right = (int(random.integers(-int(side * shift), int(side * shift) + 1)) for side in (height, width))
        hole_height, hole_width = int(height * hole), int(width * hole)
        top = int(random.integers(-hole_height // 2, height - hole_height // 2))
        left = int(random.integers(-hole_width // 2, width - hole_width // 2))
        rows = [max(0, top), max(0, top + hole_height)]
        columns = [max(0, left), max(0, left + hole_width)]
        for x, whole, ratio in zip(augmented, features, ratios, strict=True):
            x[place] = whole[place].roll((down * ratio, right * ratio), (1, 2))
            x[place, :, slice(*(r * ratio for r in rows)), slice(*(c * ratio for c in columns))] = 0
    return augmented
