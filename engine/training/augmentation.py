"""What features of real and generated pictures both go through before the discriminator, so that it cannot learn few
works by heart.

Zhao et al., "Differentiable augmentation for data-efficient GAN training", 2020: translation and cutout. Not colour:
colour is part of the style.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor


def augment(features: Sequence[Tensor], seed: int, shift: float = 0.125, hole: float = 0.4) -> list[Tensor]:
    """Shift feature maps by up to ``shift`` of their size (wrapping round) and blank a square of ``hole`` of the side
    of each picture: N x C x H x W each, finest first, the sides of the last dividing those of all.

    The same happens to all maps of a picture, and all pictures are shifted alike; what is done follows from ``seed``.
    """
    count, _, height, width = features[-1].shape
    random = np.random.default_rng(seed)
    down, right = (int(random.integers(-int(side * shift), int(side * shift) + 1)) for side in (height, width))
    seen = np.ones((count, 1, height, width), bool)
    for place in range(count):
        tops, lefts = (_hole(side, hole, random) for side in (height, width))
        seen[place, 0, slice(*tops), slice(*lefts)] = False
    mask = torch.from_numpy(seen).to(features[-1].device)
    augmented = []
    for x in features:
        ratio = x.shape[-1] // width
        # A product with the mask is one pass over the map; writing into parts of it takes several, backwards too.
        whole = mask.to(x.dtype).repeat_interleave(ratio, 2).repeat_interleave(ratio, 3)
        augmented.append(x.roll((down * ratio, right * ratio), (2, 3)) * whole)
    return augmented


def _hole(side: int, share: float, random: np.random.Generator) -> tuple[int, int]:
    """Return where a hole begins and ends; it may reach beyond the edge."""
    size = int(side * share)
    start = int(random.integers(-size // 2, side - size // 2))
    return max(0, start), max(0, start + size)
