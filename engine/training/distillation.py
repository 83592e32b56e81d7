"""Distillation: a small perceptual network learns to see what VGG16 sees.

Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015; here the features of four layers are
matched, not the outputs of a classifier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.losses import gram
from engine.networks.layers import channels_last
from engine.networks.perceptual import PERCEPTUAL_LAYERS, VGG16, PerceptualNetwork
from engine.networks.weights import load_weights
from engine.training.batches import Batch
from engine.training.data import ContentData, PaintedData, StyleData, to_tensor, vary_colors
from engine.training.processes import process_number

_LAYER_NAMES = tuple(name.removeprefix("relu") for name in PERCEPTUAL_LAYERS)


def feature_distance(features: Tensor, target: Tensor) -> Tensor:
    """Squared difference by the target's variance about zero: 0 is a perfect copy, 1 a network that returns nothing."""
    return (features - target).square().mean(dtype=torch.float32) / target.square().mean(dtype=torch.float32)


def gram_distance(features: Tensor, target: Tensor) -> Tensor:
    """Relative distance of the Gram matrices, averaged over the pictures."""
    a, b = gram(features).flatten(1), gram(target).flatten(1)
    return ((a - b).norm(dim=1) / b.norm(dim=1)).mean()


class DistillationPictures:
    """Photos, styles and what was painted, in turn, and blends of them."""

    def __init__(
        self,
        content: Path,
        style: Path,
        painted: Path | None,
        *,
        batch_size: int,
        side: int,
        seed: int,
        subset: int | None = None,
    ) -> None:
        photos = ContentData(content, seed, subset=subset)
        styles = StyleData(style, seed, photos=content, subset=subset)
        self._folders: Sequence[ContentData | StyleData | PaintedData] = (photos, styles)
        if painted is not None:
            paintings = PaintedData(painted, seed, subset)
            self._folders = (photos, paintings, styles, paintings)
        self._side = side
        first = process_number() * batch_size
        self._places = range(first, first + batch_size)

    def batch(self, step: int) -> Batch:
        pictures = [self._folders[place % len(self._folders)].sample(step, place, self._side) for place in self._places]
        random = np.random.default_rng((3, step, process_number()))
        # Half-finished pictures will be judged too: blends of two are the nearest thing to them.
        batch = to_tensor([vary_colors(p, random) if place % 4 == 0 else p for place, p in enumerate(pictures)])
        mix = torch.from_numpy(random.beta(0.2, 0.2, (len(pictures), 1, 1, 1)).astype(np.float32))
        return {"image": batch * mix + batch.roll(1, 0) * (1 - mix)}


class Distillation:
    """The task for the training loop: a batch is half photos, half styles, since both will be looked at.

    With ``painted``, a folder of what generators have painted, half of it is that: a generator that learns from the
    network finds what the network and its teacher disagree about. ``start`` are weights to go on from.
    """

    discriminator: nn.Module | None = None

    def __init__(
        self,
        teacher: VGG16,
        content: Path,
        style: Path,
        *,
        batch_size: int,
        side: int,
        seed: int,
        gram_weight: float = 0.3,
        device: torch.device | None = None,
        subset: int | None = None,
        painted: Path | None = None,
        start: Path | None = None,
    ) -> None:
        student = channels_last(PerceptualNetwork())
        self._teacher = teacher
        self.source = DistillationPictures(
            content, style, painted, batch_size=batch_size, side=side, seed=seed, subset=subset
        )
        self._gram_weight = gram_weight
        if start is not None:
            load_weights(student, start).train().requires_grad_(True)
        self.generator: nn.Module = student.to(device)
        if start is None:
            with torch.no_grad():
                pictures = torch.cat([self.source.batch(step)["image"] for step in range(4)])
                student.set_scales(teacher(pictures.to(device)))

    def generator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        del step
        image = batch["image"]
        with torch.no_grad():
            targets = self._teacher(image)
        features = self.generator(image)
        distances = [feature_distance(x, y) for x, y in zip(features, targets, strict=True)]
        losses = {name: d.detach() for name, d in zip(_LAYER_NAMES, distances, strict=True)}
        grams = torch.stack([gram_distance(x, y) for x, y in zip(features, targets, strict=True)]).mean()
        total = torch.stack(distances).mean() + self._gram_weight * grams
        return {"total": total, **losses, "gram": grams.detach()}

    def discriminator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        del batch, step
        return {}

    def trains_discriminator(self, step: int) -> bool:
        del step
        return False

    def state(self) -> dict[str, Tensor]:
        return {}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        del state
