"""What real and generated pictures both go through before the discriminator, so that it cannot learn few paintings by
heart.

Zhao et al., "Differentiable augmentation for data-efficient GAN training", 2020: translation and cutout. Not colour:
colour is part of the style.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def augment(images: Tensor, seed: int, first_place: int = 0, shift: float = 0.125, hole: float = 0.4) -> Tensor:
    """Shift each picture by up to ``shift`` of its size (wrapping round) and blank a square of ``hole`` of its side.

    What happens to a picture follows from ``seed`` and its place: ``first_place`` is that of the first one.
    """
    _, _, height, width = images.shape
    hole_y, hole_x = int(height * hole), int(width * hole)
    moved = []
    for place, image in enumerate(images, first_place):
        random = np.random.default_rng((seed, place))
        dy, dx = (int(random.integers(-int(side * shift), int(side * shift) + 1)) for side in (height, width))
        top = int(random.integers(-hole_y // 2, height - hole_y // 2))
        left = int(random.integers(-hole_x // 2, width - hole_x // 2))
        mask = torch.ones(1, height, width, device=images.device, dtype=images.dtype)
        mask[:, max(0, top) : max(0, top + hole_y), max(0, left) : max(0, left + hole_x)] = 0
        moved.append((image.roll((dy, dx), (1, 2)) - 0.5) * mask + 0.5)
    return torch.stack(moved)
