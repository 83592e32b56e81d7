"""What real and generated pictures both go through before the discriminator, so that it cannot learn few paintings by
heart.

Zhao et al., "Differentiable augmentation for data-efficient GAN training", 2020: translation and cutout. Not colour:
colour is part of the style.
"""

from __future__ import annotations

import torch
from torch import Tensor


def augment(images: Tensor, seed: int, shift: float = 0.125, hole: float = 0.4) -> Tensor:
    """Shift each picture by up to ``shift`` of its size (wrapping round) and blank a square of ``hole`` of its side."""
    generator = torch.Generator().manual_seed(seed)
    n, _, height, width = images.shape
    limit_y, limit_x = int(height * shift), int(width * shift)
    moved = []
    for image in images:
        dy = int(torch.randint(-limit_y, limit_y + 1, (), generator=generator))
        dx = int(torch.randint(-limit_x, limit_x + 1, (), generator=generator))
        moved.append(image.roll((dy, dx), (1, 2)))
    mask = torch.ones(n, 1, height, width, device=images.device, dtype=images.dtype)
    hole_y, hole_x = int(height * hole), int(width * hole)
    for number in range(n):
        top = int(torch.randint(-hole_y // 2, height - hole_y // 2, (), generator=generator))
        left = int(torch.randint(-hole_x // 2, width - hole_x // 2, (), generator=generator))
        mask[number, :, max(0, top) : top + hole_y, max(0, left) : left + hole_x] = 0
    return (torch.stack(moved) - 0.5) * mask + 0.5
