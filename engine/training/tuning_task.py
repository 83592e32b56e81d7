"""The task of fine-tuning for the training loop: the decoder learns one hand.

The style code of the works is averaged over many views and stays. First only the modulation is trained, a few thousand
numbers, then the decoder's convolutions too. Painted crops are held against the Gram matrices of the work that they
come nearest to; a discriminator sees crops of works and of results, both augmented, so that one work is
enough (Zhao et al., "Differentiable augmentation for data-efficient GAN training", NeurIPS 2020). Two things keep what
the base model knows, at every eighth step: the batch shows other styles, which have to be painted as before (Li and
Hoiem, "Learning without forgetting", ECCV 2016), and weights are pulled to where they started.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.api import Picture
from engine.losses import (
    CONTENT_LAYERS,
    adversarial_loss,
    brightness_loss,
    calm_loss,
    calmness,
    content_loss,
    grid_loss,
    halo_loss,
    hand_loss,
    nearest_statistics,
    palette_loss,
    range_loss,
    similarity_loss,
    sliced_wasserstein_loss,
    style_statistics,
    tone_loss,
)
from engine.networks.discriminator import JUDGED_LAYERS, Discriminator, judged
from engine.networks.encoder import LARGEST_STRIDE
from engine.networks.generator import ContentFeatures, Generator, Layer
from engine.networks.layers import channels_last
from engine.networks.modulation import NOISE_SIDE
from engine.networks.tuned_weights import decoder_weights, modulation_weights, tuned_weights
from engine.training.adversarial_balance import AdversarialBalance
from engine.training.artist_data import ArtistContent, Works, other_style
from engine.training.augmentation import augment
from engine.training.batches import Batch, BatchSource
from engine.training.collapse import Collapse, CollapseWatch
from engine.training.data import picture_of, to_tensor
from engine.training.hand import TRAINED_SCALES, Hand
from engine.training.held_out import TONE_KEPT, HeldOut, Measure
from engine.training.loop import ParameterGroup
from engine.training.pull import Pull
from engine.training.tuning_weights import Schedule, TuningWeights
from engine.training.weight_balance import WeightBalance

_REAL_LABEL = 0.9
_REPLAY_EVERY, _REPLAYED_SIDE = 8, 192
_MODULATION_RATE, _CONVOLUTION_RATE = 3.0, 0.5
_MODULATION_ALONE = 0.03
_DECODER_JOINS = 0.05
_HAND = "hand."
_BEST = "best."
_SHOWN, _SHOWN_SIDE = 2, 256
_MEASURED, _MEASURED_SIDE = 16, 512
_CONTENT_EAGERNESS, _CONTENT_FACTORS = 8.0, (0.25, 10.0)
_TONE_EAGERNESS, _TONE_FACTORS, _TONE_OF_PLAIN = 1.0, (0.1, 10.0), 0.25
"""In plain parts a glow is seen, so where the works have such parts the factor does not fall as low."""

_SCALE_SAMPLES = 8
_SCALE_SHARES = (0.05, 0.9, 0.05)


@dataclass(frozen=True)
class Best:
    """The best weights yet, averaged ones, and where they were found; step 0 is the base model."""

    step: int
    measure: Measure
    weights: dict[str, Tensor]


class Tuning:
    """The task; ``hand`` is what is to be learnt, ``perceptual`` judges.

    ``content_kept`` is the distance to the content that is aimed at, in parts of the base model's. Whoever plans the
    training anew sets ``schedule``. ``rate`` and ``adversary_strength`` are 1 until something went wrong; they, the
    best state and the watch over the adversary are kept in the checkpoints.
    """

    def __init__(
        self,
        base: Generator,
        perceptual: nn.Module,
        content: ArtistContent,
        works: Works,
        hand: Hand,
        *,
        batch_size: int,
        side: int,
        seed: int,
        weights: TuningWeights,
        schedule: Schedule,
        content_kept: float = 1.0,
        device: torch.device,
        precision: torch.dtype = torch.float32,
    ) -> None:
        self.base = base.to(device)
        self.generator = copy.deepcopy(self.base).requires_grad_(False)
        tuned = list(tuned_weights(self.generator).values())
        self._pull = Pull(tuned)
        for weight in tuned:
            weight.requires_grad_(True)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.discriminator = channels_last(Discriminator()).to(device) if weights.adversarial else None
        self.perceptual = perceptual.eval().requires_grad_(False).to(device)
        self.hand = hand
        self.hand.to(device)
        self.batch_size = batch_size
        self.side = side
        self.weights = weights
        self.adversary_strength = 1.0
        self.rate = 1.0
        self.recoveries = 0
        self.collapse: Collapse | None = None
        self._content = content
        self._works = works
        self._seed = seed
        self.schedule = schedule
        self._device = device
        self._precision = precision
        self._balance = AdversarialBalance()
        self._content_balance = WeightBalance(content_kept, _CONTENT_EAGERNESS, _CONTENT_FACTORS)
        least = _TONE_FACTORS[0] + _TONE_OF_PLAIN * calmness(hand.calmest[1.0])
        self._tone_balance = WeightBalance(TONE_KEPT, _TONE_EAGERNESS, (least, _TONE_FACTORS[1]))
        self._watch = CollapseWatch()
        self._judged: Sequence[Tensor] | None = None
        if self.discriminator is not None:
            crops = to_tensor([works.sample(0, place, side, 1.0) for place in range(_SCALE_SAMPLES)])
            with torch.no_grad():
                self.discriminator.set_scales(judged(self.perceptual(crops.to(device), len(JUDGED_LAYERS))))
        self._shown = to_tensor(content.held_out(_SHOWN, _SHOWN_SIDE)).to(device)
        with self._autocast():
            self._held_out = HeldOut(content.strips(_MEASURED, _MEASURED_SIDE), self.perceptual, device)
        self.base_measure = self.measure(self.base)
        self.best = Best(0, self.base_measure, self._weights_of(self.base))

    def groups(self, steps: int) -> list[ParameterGroup]:
        """Return the parameters with their learning rates: the modulation's is high, the decoder's follows later."""
        first, grows = _MODULATION_ALONE * steps, max(1.0, _DECODER_JOINS * steps)

        def decoder_rate(step: int) -> float:
            return self.rate * min(1.0, max(0.0, (step - first) / grows))

        decoder = list(decoder_weights(self.generator).values())
        convolutions = [weight for weight in decoder if weight.ndim > 1]
        biases = [weight for weight in decoder if weight.ndim == 1]
        return [
            ParameterGroup(list(modulation_weights(self.generator).values()), lambda _: self.rate * _MODULATION_RATE),
            ParameterGroup(biases, decoder_rate),
            ParameterGroup(convolutions, lambda step: _CONVOLUTION_RATE * decoder_rate(step), convolutions=True),
        ]

    @property
    def source(self) -> BatchSource:
        return self  # with as many pictures, and as large ones, as the memory has room for by then

    def batch(self, step: int) -> Batch:
        places, side = range(self.batch_size), self.side
        if self._replays(step):
            side = min(side, _REPLAYED_SIDE)
        content = to_tensor([self._content.sample(step, place, side) for place in places])
        if self._replays(step):
            return {"content": content, "style": to_tensor([other_style(self._seed, step, p, side) for p in places])}
        scale = self._scale(step)
        return {"content": content, "style": to_tensor([self._works.sample(step, p, side, scale) for p in places])}

    def generator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        return self._replay(batch, step) if self._replays(step) else self._learn(batch, step)

    def trains_discriminator(self, step: int) -> bool:
        return self.discriminator is not None and not self._replays(step)

    def discriminator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        assert self.discriminator is not None
        assert self._judged is not None
        code = self._condition(step)
        with torch.no_grad():
            shifted = batch["style"].roll(self._shift(step), (2, 3))
            works = judged(self.perceptual(shifted, len(JUDGED_LAYERS)))
        real = self.discriminator(works, code, partial(augment, seed=step + 1))
        generated = self.discriminator(self._judged, code, partial(augment, seed=step + 2))
        losses = adversarial_loss(real, real=True, label=_REAL_LABEL) + adversarial_loss(generated, real=False)
        loss = 0.5 * losses
        self._balance.see(loss)
        if step >= self.schedule.adversary_from:
            self.collapse = self._watch.see(float(loss.detach()))
        return {"discriminator": loss}

    def recover(self, *, rate: float = 1.0, adversary: float = 1.0) -> None:
        """Go on more carefully: with a lower learning rate, a weaker adversary, or both (factors)."""
        self.rate *= rate
        self.adversary_strength *= adversary
        self.recoveries += 1
        self.collapse = None
        self._watch.reset()

    def state(self) -> dict[str, Tensor]:
        best, base = self.best.measure, self.base_measure
        numbers = (
            *(self.adversary_strength, self.rate, self.recoveries),
            *(self.best.step, *dataclasses.astuple(best), *dataclasses.astuple(base)),
        )
        return {
            **self._balance.state(),
            "content_balance": self._content_balance.state(),
            "tone_balance": self._tone_balance.state(),
            **self._watch.state(),
            **{f"{_HAND}{name}": value for name, value in self.hand.state().items()},
            **{f"{_BEST}{name}": value for name, value in self.best.weights.items()},
            "numbers": torch.tensor(numbers, dtype=torch.float64),
        }

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        self._balance.load_state(state)
        self._content_balance.load_state(state["content_balance"])
        self._tone_balance.load_state(state["tone_balance"])
        self._watch.load_state(state)
        self.collapse = None
        self.hand.load_state({k.removeprefix(_HAND): v for k, v in state.items() if k.startswith(_HAND)})
        self.adversary_strength, self.rate, recoveries, step, *measures = state["numbers"].tolist()
        self.recoveries = int(recoveries)
        self.base_measure = Measure(*measures[3:])
        weights = {k.removeprefix(_BEST): v for k, v in state.items() if k.startswith(_BEST)}
        self.best = Best(int(step), Measure(*measures[:3]), weights)

    def consider(self, generator: nn.Module, step: int) -> bool:
        """Measure a state of the generator and keep it if it is the best yet; return whether it is. The weights of
        content and tone follow what was measured.
        """
        measure, base = self.measure(generator), self.base_measure
        self._content_balance.see(measure.content / max(base.content, 1e-6))
        self._tone_balance.see(measure.tone / max(base.tone, 1e-6))
        if not measure.score(base) < self.best.measure.score(base):
            return False
        assert isinstance(generator, Generator)
        self.best = Best(step, measure, self._weights_of(generator))
        return True

    def best_generator(self) -> Generator:
        """Return the base model with the best weights."""
        generator = copy.deepcopy(self.base)
        with torch.no_grad():
            for name, weight in tuned_weights(generator).items():
                weight.copy_(self.best.weights[name])
        return generator

    def measure(self, generator: nn.Module) -> Measure:
        """Return how near a generator comes to the hand, and how much of content and tones it keeps."""
        with self._autocast():
            return self._held_out.measure(partial(self._paint_and_recolor, generator), self.hand.statistics[1.0])

    @torch.no_grad()
    def previews(self, generator: nn.Module) -> list[Picture]:
        """Return crops that are not trained on, painted."""
        with self._autocast():
            return [picture_of(self._paint(generator, crop)[0]) for crop in self._shown.split(1)]

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self._device.type, torch.bfloat16, enabled=self._precision == torch.bfloat16)

    @torch.no_grad()
    def painted(self, generator: nn.Module, pixels: NDArray[np.uint8]) -> Picture:
        """Return a picture, H x W x 3, painted in the hand."""
        with self._autocast():
            return picture_of(self._paint(generator, to_tensor([pixels]).to(self._device))[0])

    @staticmethod
    def _weights_of(generator: Generator) -> dict[str, Tensor]:
        return {name: weight.detach().cpu().clone() for name, weight in tuned_weights(generator).items()}

    def _paint(self, generator: nn.Module, content: Tensor) -> Tensor:
        return self._paint_and_recolor(generator, content)[0]

    def _paint_and_recolor(self, generator: nn.Module, content: Tensor) -> tuple[Tensor, Tensor]:
        assert isinstance(generator, Generator)
        looked_at = generator.encode(content)
        code = self.hand.code(1.0).expand(len(content), -1)
        layer = Layer(code, generator.appearance(looked_at))
        return generator.decode(looked_at, [layer]), generator.recolor(looked_at, layer)

    def _replays(self, step: int) -> bool:
        return step % _REPLAY_EVERY == _REPLAY_EVERY - 1

    def _scale(self, step: int) -> float:
        random = np.random.default_rng((self._seed, 16, step))
        return float(random.choice(TRAINED_SCALES, p=_SCALE_SHARES))

    def _origin(self, step: int) -> tuple[int, int]:
        random = np.random.default_rng((self._seed, 17, step))
        top, left = (LARGEST_STRIDE * int(cell) for cell in random.integers(0, NOISE_SIDE, 2))
        return top, left

    def _shift(self, step: int) -> tuple[int, int]:
        """Return by how many rows and columns pictures are shifted before they are judged: the small perceptual network
        sees blocks of pixels, and patterns that please it in one place only would be learnt instead of strokes.
        """
        down, right = (int(cells) for cells in np.random.default_rng((self._seed, 18, step)).integers(0, 8, 2))
        return down, right

    def _condition(self, step: int) -> Tensor:
        code = self.generator.normalized_summary(self.hand.code(self._scale(step)))
        return code.expand(self.batch_size, -1)

    def _look(self, content: Tensor) -> ContentFeatures:
        with torch.no_grad():  # the encoder does not learn
            return self.generator.encode(content)

    def _learn(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        content = batch["content"]
        scale = self._scale(step)
        looked_at = self._look(content)
        layer = Layer(self.hand.code(scale).expand(len(content), -1), self.generator.appearance(looked_at))
        painted = self.generator.decode(looked_at, [layer], self._origin(step))
        shift = self._shift(step)
        with torch.no_grad():
            content_features = self.perceptual(content.roll(shift, (2, 3)), len(CONTENT_LAYERS))
            recolored = self.generator.recolor(looked_at, layer)
        features = self.perceptual(painted.roll(shift, (2, 3)), sampled=True)
        statistics = style_statistics(features)
        wanted = nearest_statistics(statistics, self.hand.statistics[scale])
        losses = {
            "content": content_loss(features, content_features),
            "style": hand_loss(statistics, wanted),
            "patches": sliced_wasserstein_loss(painted, batch["style"], seed=step, stride=_patch_stride(painted)),
            "brightness": brightness_loss(painted, content),
            "similarity": similarity_loss(painted, content),
            "range": range_loss(painted),
            "palette": palette_loss(painted, recolored),
            "tone": tone_loss(painted, recolored),
            "halo": halo_loss(painted, recolored),
            "grid": grid_loss(painted, recolored),
            "calm": calm_loss(painted, recolored, self.hand.calmest[scale]),
        }
        weights = dataclasses.replace(
            self.weights,
            content=self.weights.content * self._content_balance.factor,
            tone=self.weights.tone * self._tone_balance.factor,
        )
        total = torch.stack([getattr(weights, name) * loss for name, loss in losses.items()]).sum()
        if self.discriminator is not None:
            share = self._adversarial_share(step)
            self.discriminator.requires_grad_(False)
            with torch.set_grad_enabled(share > 0):
                judgements = self.discriminator(judged(features), self._condition(step), partial(augment, seed=step))
            self.discriminator.requires_grad_(True)
            adversarial = adversarial_loss(judgements, real=True)
            if share > 0:
                style = losses["style"] * self.weights.style
                factor = self._balance.factor(style, adversarial, self.generator.to_pixels.weight, step)
                total = total + share * factor * adversarial
            losses["adversarial"] = adversarial
            self._judged = judged([x.detach() for x in features])
        return {"total": total, **{name: loss.detach() for name, loss in losses.items()}}

    def _replay(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        with torch.no_grad():
            looked_at = self.base.encode(batch["content"])
            layer = Layer(self.base.style_code(batch["style"]), self.base.appearance(looked_at))
            wanted = self.base.decode(looked_at, [layer], self._origin(step))
        difference = (self.generator.decode(looked_at, [layer], self._origin(step)) - wanted).abs().mean()
        total = self.weights.replay * difference + self.weights.pull * self._pull.loss()
        return {"total": total, "replay": difference.detach()}

    def _adversarial_share(self, step: int) -> float:
        """Return what share of the style loss's gradient the adversary has at a step, if it knows everything."""
        since = step - self.schedule.adversary_from
        ramp = min(1.0, max(0.0, since / max(1, self.schedule.adversary_ramp)))
        return self.weights.adversarial * self.adversary_strength * ramp


def _patch_stride(painted: Tensor) -> int:
    """Of larger pictures as many patches are compared: to sort more of them takes longer and says no more."""
    return max(4, max(painted.shape[-2:]) // 48)
