"""Pre-training: the base model learns to paint any content image in the hand of any style image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.losses import (
    adversarial_loss,
    brightness_loss,
    content_loss,
    grid_loss,
    halo_loss,
    range_loss,
    similarity_loss,
    sliced_wasserstein_loss,
    style_loss,
    total_variation,
)
from engine.networks.discriminator import Discriminator, judged
from engine.networks.encoder import LARGEST_STRIDE
from engine.networks.generator import Generator, Layer
from engine.networks.layers import channels_last
from engine.networks.modulation import NOISE_SIDE
from engine.networks.perceptual import PerceptualNetwork
from engine.networks.style_code import SUMMARY_SIZE
from engine.training.adversarial_balance import AdversarialBalance
from engine.training.batches import Batch
from engine.training.data import ContentData, StyleData, to_tensor
from engine.training.processes import process_count, process_number

_REAL_LABEL = 0.9
_IDENTITY_SHARE = 0.06
_CODE_SAMPLES = 64
_CODE_PLACE = 1_000_000
_SCALE_SAMPLES = 8


@dataclass(frozen=True)
class LossWeights:
    """How much each loss counts.

    ``adversarial`` is not a factor but a share: how strong the adversarial gradient at the last layer of the decoder
    would be beside that of the style loss if the discriminator were never wrong.
    """

    content: float = 2.0
    style: float = 16.0
    adversarial: float = 0.25
    patches: float = 100.0
    brightness: float = 1.0
    similarity: float = 3.5
    range: float = 10.0
    halo: float = 40.0
    grid: float = 40.0
    total_variation: float = 0.0

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


class PretrainingPictures:
    """Content and style images of each step."""

    def __init__(
        self, content: Path, style: Path, *, batch_size: int, side: int, seed: int, subset: int | None = None
    ) -> None:
        self.content = ContentData(content, seed, subset=subset)
        self.style = StyleData(style, seed, photos=content, subset=subset)
        self._side = side
        self._seed = seed
        first = process_number() * batch_size  # the place of this process's first picture in the batch of all
        self._places = range(first, first + batch_size)

    def batch(self, step: int) -> Batch:
        content = [self.content.sample(step, place, self._side) for place in self._places]
        style = [self.style.sample(step, place, self._side) for place in self._places]
        # A picture in its own style is itself: teaches what must not be touched, at no cost.
        for number, place in enumerate(self._places):
            if np.random.default_rng((self._seed, 4, step, place)).random() < _IDENTITY_SHARE:
                content[number] = style[number]
        return {"content": to_tensor(content), "style": to_tensor(style)}


class Pretraining:
    """The task for the training loop. ``perceptual`` judges content and style: VGG16, or the network distilled from
    it.
    """

    def __init__(
        self,
        perceptual: nn.Module,
        content: Path,
        style: Path,
        *,
        batch_size: int,
        side: int,
        seed: int,
        weights: LossWeights,
        adversary_from: int,
        adversary_ramp: int = 500,
        train_encoder: bool = False,
        subset: int | None = None,
    ) -> None:
        self.generator = channels_last(Generator())
        self.discriminator = channels_last(Discriminator()) if weights.adversarial else None
        self.perceptual = perceptual.eval().requires_grad_(False)
        self.weights = weights
        self.source = PretrainingPictures(content, style, batch_size=batch_size, side=side, seed=seed, subset=subset)
        self._batch_size = batch_size
        self._side = side
        self._seed = seed
        self._adversary_from = adversary_from
        self._adversary_ramp = adversary_ramp
        self._balance = AdversarialBalance()
        self._judged: tuple[Sequence[Tensor], Sequence[Tensor]] | None = None
        self._code: Tensor | None = None
        self.train_encoder(train_encoder)

    def start_from(self, perceptual: PerceptualNetwork) -> None:
        """Take the perceptual network's encoder, and measure what style codes usually are."""
        self.generator.encoder.load_state_dict(perceptual.encoder.state_dict())
        pictures = [self.source.style.sample(number, _CODE_PLACE, self._side) for number in range(_CODE_SAMPLES)]
        with torch.no_grad():
            self.generator.set_code_range(torch.cat([self.generator.style_code(to_tensor([p])) for p in pictures]))

    def to(self, device: torch.device) -> None:
        self.generator.to(device)
        if self.discriminator is not None:
            self.discriminator.to(device)
            pictures = [self.source.style.sample(number, _CODE_PLACE, self._side) for number in range(_SCALE_SAMPLES)]
            with torch.no_grad():
                self.discriminator.set_scales(judged(self.perceptual(to_tensor(pictures).to(device))))

    def train_encoder(self, trained: bool) -> None:
        self.generator.encoder.requires_grad_(trained)

    def generator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        content, style = batch["content"], batch["style"]
        code = self.generator.style_code(style)
        looked_at = self.generator.encode(content)
        layer = Layer(code, self.generator.appearance(looked_at))
        painted = self.generator.decode(looked_at, [layer], *self._variation(step, content.device))
        with torch.no_grad():
            targets = self.perceptual(torch.cat([content, style]))
            content_features, style_features = zip(*(t.chunk(2) for t in targets), strict=True)
        recolored = self.generator.recolor(looked_at, layer)
        features = self.perceptual(painted)
        losses = {
            "content": content_loss(features, content_features),
            "style": style_loss(features, style_features),
            "patches": sliced_wasserstein_loss(painted, style, seed=step),
            "brightness": brightness_loss(painted, content),
            "similarity": similarity_loss(painted, content),
            "range": range_loss(painted),
            "halo": halo_loss(painted, recolored),
            "grid": grid_loss(painted, recolored),
            "total_variation": total_variation(painted),
        }
        weights = self.weights.as_dict()
        total = torch.stack([weights[name] * loss for name, loss in losses.items() if weights[name]]).sum()
        if self.discriminator is not None and step >= self._adversary_from:
            self.discriminator.requires_grad_(False)
            judgements = self.discriminator(judged(features), self._normalized(code))
            self.discriminator.requires_grad_(True)
            adversarial = adversarial_loss(judgements, real=True)
            total = (
                total + self._adversarial_factor(losses["style"] * weights["style"], adversarial, step) * adversarial
            )
            losses["adversarial"] = adversarial
        self._judged = judged(style_features), judged([x.detach() for x in features])
        self._code = code.detach()
        reported = {name: loss.detach() for name, loss in losses.items() if name != "total_variation"}
        return {"total": total, **reported}

    def trains_discriminator(self, step: int) -> bool:
        # It learns a while before its word counts.
        return self.discriminator is not None and step >= self._adversary_from - self._adversary_ramp

    def discriminator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:  # noqa: ARG002
        assert self.discriminator is not None
        assert self._judged is not None
        assert self._code is not None
        code = self._normalized(self._code)
        real, generated = (self.discriminator(features, code) for features in self._judged)
        loss = 0.5 * (adversarial_loss(real, real=True, label=_REAL_LABEL) + adversarial_loss(generated, real=False))
        self._balance.see(loss)
        return {"discriminator": loss}

    def state(self) -> dict[str, Tensor]:
        return self._balance.state()

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        self._balance.load_state(state)

    def _variation(self, step: int, device: torch.device) -> tuple[tuple[int, int], Tensor]:
        """Draw where the noise begins, and the noise for the codes: from the step, so that a resumed training, and one
        of several processes, see the same.
        """
        random = np.random.default_rng((self._seed, 5, step))
        top, left = (LARGEST_STRIDE * int(cell) for cell in random.integers(0, NOISE_SIDE, 2))
        noise = random.standard_normal((process_count() * self._batch_size, SUMMARY_SIZE), np.float32)
        first = process_number() * self._batch_size
        own = noise[first : first + self._batch_size]
        return (top, left), torch.from_numpy(own).to(device)

    def _normalized(self, code: Tensor) -> Tensor:
        return self.generator.normalized_summary(code.detach())

    def _adversarial_factor(self, style: Tensor, adversarial: Tensor, step: int) -> float:
        """The adversary's weight, ramped up from nothing."""
        ramp = min(1.0, (step - self._adversary_from) / max(1, self._adversary_ramp))
        last = self.generator.to_pixels.weight
        return self.weights.adversarial * ramp * self._balance.factor(style, adversarial, last, step)
