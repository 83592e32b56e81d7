"""What crosses the border when a style is taught: the request, what is told while it is learnt, and how to stop it.

Like :mod:`engine.api` this imports neither torch nor Qt, and everything in it is immutable but :class:`TrainControl`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.api import Cancelled, CancelToken, Picture, UsageError

Quality = Literal["quick", "standard", "thorough"]

MOST_WORKS = 500
LARGEST_BATCH = 64
MOST_PREVIEWS = 4
SIDE_RANGE = (64, 1024)
_LONGEST_STEPS = 1_000_000
_PAUSE_SECONDS = 0.1


@dataclass(frozen=True)
class QualityStep:
    """How long a training of this quality is: so many steps, but no longer than these minutes. A graphics card looks
    at more pictures in a step, and needs fewer of them.
    """

    steps: int
    steps_of_card: int
    minutes: float


QUALITY_STEPS: Mapping[Quality, QualityStep] = {
    "quick": QualityStep(800, 100, 5),
    "standard": QualityStep(5000, 1250, 30),
    "thorough": QualityStep(20000, 5000, 120),
}


@dataclass(frozen=True)
class TrainRequest:
    """Everything that decides what is learnt.

    ``works`` are the style images, 1 to 500; ``content`` is a folder of photos to practise on (None: photos that ship
    with Scumble, and drawings), ``photos`` are more of them. ``previews``, at most four, are painted every few
    seconds while it is learnt (none: parts of the photos that are not practised on). ``steps`` or ``minutes`` say how
    long; without them ``quality`` does. The weights of the losses are factors of what Scumble thinks best (1); 0
    leaves a loss out. ``side`` is that of the training pictures in pixels, a multiple of 8, ``batch_size`` how many
    are looked at together (None: one, on a graphics card four). ``checkpoints`` is a
    folder for this training alone (None: one in the user's data). With ``resume`` an interrupted training goes on;
    with ``overwrite`` a style of the user's with this name is replaced, and an unfinished training of it given up.
    Raises :class:`UsageError` for values out of range.
    """

    name: str
    works: tuple[Path, ...]
    artist: str = ""
    description: str = ""
    licence: str = ""
    content: Path | None = None
    photos: tuple[Path, ...] = ()
    previews: tuple[Path, ...] = ()
    quality: Quality = "standard"
    steps: int | None = None
    minutes: float | None = None
    content_weight: float = 1.0
    style_weight: float = 1.0
    adversarial_weight: float = 1.0
    side: int = 384
    batch_size: int | None = None
    learning_rate: float = 1.5e-3
    seed: int = 0
    device: str = "auto"
    checkpoints: Path | None = None
    resume: bool = False
    overwrite: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UsageError("The style needs a name. Give it one.")
        if not self.works:
            raise UsageError("No work was given to learn from. Name at least one picture.")
        if len(self.works) > MOST_WORKS:
            raise UsageError(
                "A style is learnt from at most {limit} works, not {count}.", limit=MOST_WORKS, count=len(self.works)
            )
        if len(self.previews) > MOST_PREVIEWS:
            raise UsageError("At most {limit} pictures are painted meanwhile. Choose fewer.", limit=MOST_PREVIEWS)
        if self.quality not in QUALITY_STEPS:
            raise UsageError("The quality is quick, standard or thorough, not {value}.", value=self.quality)
        if self.steps is not None and self.minutes is not None:
            raise UsageError("Say how long with steps or with minutes, not with both.")
        if self.steps is not None and not 1 <= self.steps <= _LONGEST_STEPS:
            raise UsageError(
                "steps must be between 1 and {limit}, not {value}.", limit=_LONGEST_STEPS, value=self.steps
            )
        if self.minutes is not None and not (math.isfinite(self.minutes) and self.minutes > 0):
            raise UsageError("minutes must be above zero, not {value}.", value=self.minutes)
        self._check_recipe()

    def _check_recipe(self) -> None:
        for name in ("content_weight", "style_weight", "adversarial_weight"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= 100):
                raise UsageError("{name} must be between 0 and 100, not {value}.", name=name, value=value)
        if not self.content_weight + self.style_weight:
            raise UsageError("Content and style cannot both weigh nothing: there would be nothing to learn.")
        low, high = SIDE_RANGE
        if self.side % 8 or not low <= self.side <= high:
            raise UsageError(
                "side must be a multiple of 8 between {low} and {high}, not {value}.",
                low=low,
                high=high,
                value=self.side,
            )
        if self.batch_size is not None and not 1 <= self.batch_size <= LARGEST_BATCH:
            raise UsageError(
                "batch_size must be between 1 and {limit}, not {value}.", limit=LARGEST_BATCH, value=self.batch_size
            )
        if not (math.isfinite(self.learning_rate) and 0 < self.learning_rate <= 1):
            raise UsageError("learning_rate must be above 0 and at most 1, not {value}.", value=self.learning_rate)
        if self.seed < 0:
            raise UsageError("seed must be zero or more, not {value}.", value=self.seed)


@dataclass(frozen=True)
class Notice:
    """Something the user should know while work goes on: English text with ``{names}`` for ``values``, to be translated
    like the template of an :class:`~engine.api.EngineError`. ``str(notice)`` is the English line.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True)
class TrainLosses:
    """Means since the last event. ``adversarial`` is the generator's against the discriminator, ``discriminator`` the
    other's; None where there was none yet.
    """

    total: float
    content: float | None = None
    style: float | None = None
    adversarial: float | None = None
    discriminator: float | None = None


@dataclass(frozen=True)
class BestSoFar:
    """The best state yet, on pictures that are not trained on: ``style`` and ``content`` are distances in parts of the
    base model's (0.8: a fifth nearer).
    """

    step: int
    style: float
    content: float


@dataclass(frozen=True)
class TrainProgress:
    """What is told while a style is learnt.

    ``stage`` is ``Checking``, ``Looking`` (at the works), ``Learning`` or ``Saving``. ``losses`` come every few steps,
    ``previews`` every few seconds, and in the end those of the best state, with the same pictures painted by the base
    model as ``base_previews``; ``notice`` whenever there is something to say.
    """

    stage: str
    step: int = 0
    steps: int = 0
    seconds_left: float | None = None
    losses: TrainLosses | None = None
    best: BestSoFar | None = None
    previews: tuple[Picture, ...] = ()
    base_previews: tuple[Picture, ...] = ()
    notice: Notice | None = None


TrainProgressCallback = Callable[[TrainProgress], None]


@dataclass(frozen=True)
class TrainResult:
    """The style in the library: its name and file, what was reached, how many steps were taken, and how it ended."""

    name: str
    path: Path
    best: BestSoFar
    steps: int
    seconds: float
    device: str
    ended: Literal["finished", "stopped", "early", "time"]


@dataclass(frozen=True)
class TrainEstimate:
    """What a short trial says about this machine. ``seconds`` are those each quality will take."""

    seconds_per_step: float
    seconds: Mapping[Quality, float]
    device: str


class TrainControl(CancelToken):
    """Steers a running training, from any thread.

    :meth:`cancel` stops it and leaves its checkpoints, to be resumed; :meth:`finish` stops it and keeps the best as the
    style; :meth:`pause` stops it for a while, with a checkpoint, until :meth:`go_on`. :meth:`hold` lets something more
    urgent pass until :meth:`release`, and has nothing to do with a pause.
    """

    def __init__(self) -> None:
        super().__init__()
        self._finish = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._free = threading.Event()
        self._free.set()

    def finish(self) -> None:
        self._finish.set()

    def pause(self) -> None:
        self._running.clear()

    def go_on(self) -> None:
        self._running.set()

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    @property
    def is_finishing(self) -> bool:
        return self._finish.is_set()

    @property
    def is_paused(self) -> bool:
        return not self._running.is_set()

    def wait_while_paused(self) -> None:
        """Return at once, or when somebody goes on, finishes or cancels."""
        self._wait_for(self._running)

    @property
    def is_held(self) -> bool:
        return not self._free.is_set()

    def wait_while_held(self) -> None:
        """Return at once, or when somebody releases, finishes or cancels."""
        self._wait_for(self._free)

    def _wait_for(self, event: threading.Event) -> None:
        while not (self._finish.is_set() or self.is_cancelled) and not event.wait(_PAUSE_SECONDS):
            pass

    def raise_if_cancelled(self) -> None:
        if self.is_cancelled:
            raise Cancelled
