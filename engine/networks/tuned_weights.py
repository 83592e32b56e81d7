"""Which weights of the generator one style may change, and what becomes of it when styles with changes are mixed.

Only the decoder's convolutions change, and the last biases of what the style code tells them: the encoder and the
networks that read codes stay as they are, so codes keep their meaning and the changes of a style stay small. Changes
are differences from the base model. A mix adds them up by the weights of its styles, W = W0 + sum of w * dW: fine-tuned
models that started from the same weights can be averaged like that (Wortsman et al., "Model soups", ICML 2022).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from engine.networks.generator import Generator
from engine.networks.layers import channels_last

_DECODER = (
    "from_eighth.",
    "bottom.",
    "to_quarter.",
    "skip_quarter.",
    "quarter_block.",
    "to_half.",
    "skip_half.",
    "half_convolution.",
    "to_pixels.",
)


def modulation_weights(generator: Generator) -> dict[str, nn.Parameter]:
    """Return the few thousand numbers that a style's modulation starts from: what every channel is scaled and shifted
    by, and how much noise it gets.
    """
    last = tuple(f"{name}.{len(getattr(generator, name)) - 1}.bias" for name in ("modulation", "noise_gain"))
    return {name: weight for name, weight in generator.named_parameters() if name in last}


def decoder_weights(generator: Generator) -> dict[str, nn.Parameter]:
    """Return the convolutions of the decoder, about 1.6 million numbers."""
    return {name: weight for name, weight in generator.named_parameters() if name.startswith(_DECODER)}


def tuned_weights(generator: Generator) -> dict[str, nn.Parameter]:
    """Return all that a style may change."""
    return modulation_weights(generator) | decoder_weights(generator)


def weight_changes(tuned: Generator, base: Generator) -> dict[str, Tensor]:
    """Return by how much the weights of one generator differ from those of another, on the CPU."""
    start = tuned_weights(base)
    return {name: (weight - start[name]).detach().cpu() for name, weight in tuned_weights(tuned).items()}


def changed_generator(base: Generator, changes: Sequence[tuple[Mapping[str, Tensor], float]]) -> Generator:
    """Return a copy of the base model with changes added, each times its weight. Raises ValueError for changes of
    another network.
    """
    changed = copy.deepcopy(base)
    weights = tuned_weights(changed)
    with torch.no_grad():
        for change, amount in changes:
            for name, value in change.items():
                if name not in weights or weights[name].shape != value.shape:
                    raise ValueError(name)
                weights[name].add_(value.to(weights[name].device), alpha=amount)
    return channels_last(changed)
