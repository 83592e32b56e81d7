"""How much each loss of fine-tuning counts, and when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TuningWeights:
    """How much each loss counts; ``adversarial`` is a share of the style loss's gradient, as in pre-training.
    ``content`` and ``tone`` are where they begin: they follow what is measured.
    """

    content: float = 9.0
    style: float = 60.0
    adversarial: float = 0.15
    patches: float = 60.0
    brightness: float = 1.0
    similarity: float = 3.5
    range: float = 10.0
    palette: float = 3.0
    tone: float = 10.0
    halo: float = 40.0
    grid: float = 40.0
    calm: float = 1000.0
    replay: float = 40.0
    pull: float = 40.0


@dataclass(frozen=True)
class Schedule:
    """From which step on the adversary counts, and over how many it grows to its full weight."""

    adversary_from: int
    adversary_ramp: int
