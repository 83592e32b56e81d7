"""One fine-tuning at work: it runs the training loop, and mends what goes wrong on the way.

- Losses that are no numbers: back to the last good checkpoint, at half the learning rate.
- Generator or discriminator has won for long: back to it, with an adversary half as strong.
- Too little memory: batches half as large, then pictures half as large.
- The graphics card is lost: the processor goes on from the last checkpoint.

Each is said. What was changed is kept in the next checkpoint.
"""

from __future__ import annotations

import dataclasses
import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import torch

from engine.api import Cancelled, DeviceError, TrainingError
from engine.device import choose_device, free_memory, release_helpers, use_threads, works_still
from engine.networks.generator import Generator
from engine.networks.perceptual import PerceptualNetwork
from engine.train_request import QUALITY_STEPS, SIDE_RANGE, Notice, Quality, TrainControl, TrainRequest
from engine.training.artist_data import ArtistContent, Works
from engine.training.collapse import Collapse
from engine.training.hand import Hand
from engine.training.loop import DivergedError, LoopSettings, TrainingLoop, TrainingProgress
from engine.training.time_limit import TimeLimit
from engine.training.tuning_plan import FEWEST_STEPS, TuningPlan
from engine.training.tuning_previews import Previewer, Previews
from engine.training.tuning_task import Tuning
from engine.training.tuning_weights import Schedule, TuningWeights

Ended = Literal["finished", "stopped", "early", "time"]
Report = Callable[[TrainingProgress, Tuning, Previews, float], None]

_LOG = logging.getLogger(__name__)
_CHECKPOINT_SECONDS = 30.0
_MOST_RECOVERIES = 6
_PROBE_STEPS, _LONGEST_PROBE, _PROBE_SHARE = 4, 400, 0.01
"""A trial takes so many steps, more of them if that is less than so much of the time there is: a few alone may be slow
by chance.
"""

_REPLANNED_UNTIL, _PLAN_MAY_MISS, _TIME_FOR_STEPS = 0.8, 0.05, 0.98
"""Up to four fifths of it a training is planned anew where it would miss its time by a twentieth of its steps."""

_BATCH_SIZE = 1
_BATCH_SIZE_OF_CARD = 4
"""What takes a card its time is the number of operations, not their size: with two pictures of 384 pixels it worked a
quarter of the time that a step took.
"""

_MEASUREMENTS, _MEASUREMENTS_OF_CARD = 20, 10
_ADVERSARY_FROM, _ADVERSARY_RAMP = 0.3, 0.2
_AVERAGING = 0.98
_CONTENT_KEPT = 1.012
"""The distance to the content that is aimed at, in parts of the base model's: strokes of one's own cost a little."""

_KEPT_BY_WEIGHT = 0.05
"""Whoever doubles the weight of the content wants it nearer by 3.5 %."""

_LEAST_CONTENT_WEIGHT = 0.01
_PATIENCE = 0.6
_LEAST_PATIENCE = 150
_LITTLE_MEMORY = 500_000_000
"""torch has no type of its own for a processor out of memory: a RuntimeError with less than this free, in bytes."""


class _CollapsedError(TrainingError):
    """Generator or discriminator has won for long."""

    def __init__(self, who: Collapse) -> None:
        if who == "discriminator":
            super().__init__(
                "The discriminator had won for long: on from the last good state, with a weaker adversary."
            )
        else:
            super().__init__("The generator had won for long: on from the last good state, with a weaker adversary.")


class _End(Exception):
    """Ends the loop, and says why."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(ended)
        self.ended: Ended = ended


class _Replanned(Exception):
    """The training goes on, with another number of steps than was planned."""

    def __init__(self, steps: int) -> None:
        super().__init__(steps)
        self.steps = steps


class _Probed(Exception):
    """The trial has seen enough."""


class Session:
    """Trains one request. ``load`` returns fresh networks, ``say`` is told what the user should know."""

    def __init__(
        self,
        load: Callable[[], tuple[Generator, PerceptualNetwork]],
        works: Sequence[Path],
        request: TrainRequest,
        say: Callable[[Notice], None],
        control: TrainControl,
    ) -> None:
        self._load = load
        self._works = Works(works, request.seed)
        self._content = ArtistContent(request.content, request.seed, request.photos)
        self._previewer = Previewer(request.previews)
        self._request = request
        self._say = say
        self._control = control
        choice = choose_device(request.device)
        for note in choice.notes:
            say(Notice("Device: {note}", {"note": note}))
        self._device = choice.device
        if choice.device.type != "cpu":  # where the processor trains, whoever began says with how many threads
            use_threads(None, choice.device)
        self._precision = "bfloat16" if choice.precision == torch.bfloat16 else "float32"
        self.device_label = choice.label
        self._hand: Hand | None = None
        self._task: Tuning | None = None

    @property
    def batch_size(self) -> int:
        """How many pictures are looked at together, where a plan does not say it."""
        usual = _BATCH_SIZE if self._device.type == "cpu" else _BATCH_SIZE_OF_CARD
        return self._request.batch_size or usual

    def steps(self, quality: Quality) -> int:
        """Return how many steps a training of this quality has at most."""
        step = QUALITY_STEPS[quality]
        return step.steps if self._device.type == "cpu" else step.steps_of_card

    @property
    def task(self) -> Tuning:
        """The task of the last run, with the best state."""
        assert self._task is not None
        return self._task

    def previews_of_best(self) -> Previews:
        """Return the pictures that were painted meanwhile, painted with the best state of the last run."""
        return self._previewer.paint(self.task, self.task.best_generator(), even_if_recent=True)

    def seconds_per_step(self, available: float = 0.0) -> float:
        """Train a few steps for nothing and return how long one takes, measurements included. The more seconds are
        ``available`` to the training, the longer is tried.
        """
        request = self._request
        plan = TuningPlan(
            *("", "", _LONGEST_PROBE, self.batch_size, request.side, request.seed),
            *(request.learning_rate, request.content_weight, request.style_weight, request.adversarial_weight),
        )
        task = self._make_task(plan)
        measured = time.perf_counter()
        task.measure(task.base)
        measuring = time.perf_counter() - measured
        times: list[float] = []
        waited = 0.0

        def count() -> None:
            nonlocal waited
            self._control.raise_if_cancelled()
            began = time.perf_counter()
            self._control.wait_while_held()
            waited += time.perf_counter() - began
            times.append(time.perf_counter() - waited)
            if len(times) > _PROBE_STEPS and times[-1] - times[0] >= _PROBE_SHARE * available:
                raise _Probed

        with tempfile.TemporaryDirectory(prefix="scumble-") as folder:
            loop = self._make_loop(task, plan, Path(folder))
            while True:
                try:
                    loop.run(on_step=count)
                    break
                except _Probed:
                    break
                except (torch.OutOfMemoryError, MemoryError) as error:
                    plan = self._smaller(plan, task, error)
                    times.clear()
        # The first step warms up.
        per_step = (times[-1] - times[0]) / (len(times) - 1)
        whole = dataclasses.replace(plan, steps=request.steps or self.steps(request.quality))
        return per_step + measuring / self._measure_every(self._settings(whole))

    def run(self, plan: TuningPlan, folder: Path, seconds: float | None, report: Report) -> tuple[Ended, int]:
        """Train; return how it ended and after how many steps. ``seconds`` is a limit."""
        limit = TimeLimit(seconds)
        task = self._make_task(plan)
        loop = self._make_loop(task, plan, folder)
        began = None  # a training that is resumed keeps its plan
        if not loop.resume():
            loop.save()  # there is a good state to go back to from the first step on, and a full disk shows now
            began = limit.spent()
        while True:
            try:
                loop.run(
                    lambda progress, loop=loop: self._see(progress, loop, limit, report),
                    self._control,
                    lambda loop=loop: self._between_steps(loop, limit, began),
                )
                return "finished", loop.step
            except _Replanned as found:
                plan = dataclasses.replace(plan, steps=found.steps)
                plan.save(folder)
                loop.settings = dataclasses.replace(loop.settings, steps=plan.steps)
                self.task.schedule = _schedule(plan)
            except _End as end:
                if end.ended != "early":
                    self.task.consider(loop.average, loop.step)
                return end.ended, loop.step
            except DivergedError as error:
                self._go_back(
                    loop, error, Notice("A loss was no number: on from the last good state, more slowly."), rate=0.5
                )
            except _CollapsedError as error:
                self._go_back(loop, error, Notice(error.template), adversary=0.5)
            except (torch.OutOfMemoryError, MemoryError) as error:
                plan = self._smaller(plan, self.task, error)
                plan.save(folder)
            except RuntimeError as error:
                if self._device.type != "cpu" and not works_still(self._device):
                    self._move_to_processor(error)
                    loop = self._make_loop(self._make_task(plan), plan, folder)
                    loop.resume()
                elif (free_memory(self._device) or _LITTLE_MEMORY) < _LITTLE_MEMORY:
                    plan = self._smaller(plan, self.task, error)
                    plan.save(folder)
                else:
                    raise

    def _make_task(self, plan: TuningPlan) -> Tuning:
        base, perceptual = self._load()
        base, perceptual = base.to(self._device), perceptual.to(self._device)
        if self._hand is None:
            self._hand = Hand.of_works(self._works, base, perceptual, self._device, self._control.raise_if_cancelled)
        weights = TuningWeights()
        self._task = Tuning(
            base,
            perceptual,
            self._content,
            self._works,
            self._hand,
            batch_size=plan.batch_size,
            side=plan.side,
            seed=plan.seed,
            weights=dataclasses.replace(
                weights,
                content=weights.content * plan.content_weight,
                similarity=weights.similarity * plan.content_weight,
                style=weights.style * plan.style_weight,
                adversarial=weights.adversarial * plan.adversarial_weight,
            ),
            content_kept=_CONTENT_KEPT * max(plan.content_weight, _LEAST_CONTENT_WEIGHT) ** -_KEPT_BY_WEIGHT,
            schedule=_schedule(plan),
            device=self._device,
            precision=torch.bfloat16 if self._precision == "bfloat16" else torch.float32,
        )
        return self._task

    def _make_loop(self, task: Tuning, plan: TuningPlan, folder: Path) -> TrainingLoop:
        return TrainingLoop(task, self._settings(plan), folder, self._device, groups=task.groups(plan.steps))

    def _settings(self, plan: TuningPlan) -> LoopSettings:
        return LoopSettings(
            steps=plan.steps,
            learning_rate=plan.learning_rate,
            final_learning_rate=plan.learning_rate / 10,
            warm_up_steps=min(10, plan.steps),
            averaging=_AVERAGING,
            checkpoint_seconds=_CHECKPOINT_SECONDS,
            report_every=_report_every(plan.steps),
            precision=self._precision,
        )

    def _see(self, progress: TrainingProgress, loop: TrainingLoop, limit: TimeLimit, report: Report) -> None:
        """Measure now and then, keep the best, tell; end early when nothing gets better."""
        task = self.task
        if task.collapse is not None:
            raise _CollapsedError(task.collapse)
        is_last = progress.step == loop.settings.steps
        is_measured = is_last or progress.step % self._measure_every(loop.settings) == 0
        if is_measured:
            task.consider(loop.average, progress.step)
        previews = self._previewer.paint(task, loop.average, even_if_recent=is_last)
        left = progress.seconds_left if limit.left() is None else min(progress.seconds_left, limit.left() or 0.0)
        report(progress, task, previews, left)
        if is_measured and progress.step - task.best.step > max(_LEAST_PATIENCE, _PATIENCE * loop.settings.steps):
            raise _End("early")

    def _measure_every(self, settings: LoopSettings) -> int:
        """Return after how many steps the state is measured: a multiple of those after which losses are reported."""
        measurements = _MEASUREMENTS if self._device.type == "cpu" else _MEASUREMENTS_OF_CARD
        return min(50, max(1, round(settings.steps / measurements / settings.report_every)) * settings.report_every)

    def _between_steps(self, loop: TrainingLoop, limit: TimeLimit, began: float | None) -> None:
        limit.notice_sleep()
        if self._control.is_held or self._control.is_paused:
            release_helpers()
        held = time.monotonic()
        self._control.wait_while_held()
        limit.wait(time.monotonic() - held)
        if self._control.is_paused:
            loop.save()
            paused = time.monotonic()
            self._control.wait_while_paused()
            limit.wait(time.monotonic() - paused)
        limit.note_step()
        if self._control.is_cancelled:
            loop.save()
            raise Cancelled
        if self._control.is_finishing:
            raise _End("stopped")
        if (limit.left() or 0.0) < 0:
            raise _End("time")
        if began is not None and loop.step % self._measure_every(loop.settings) == 0:
            self._replan(loop, limit, limit.spent() - began)

    def _replan(self, loop: TrainingLoop, limit: TimeLimit, spent: float) -> None:
        """Raise _Replanned if the time there is allows for clearly more steps, or fewer, than are planned: another
        program may have been busy during the trial.
        """
        left, planned = limit.left(), loop.settings.steps
        if left is None or loop.step > _REPLANNED_UNTIL * planned:
            return
        steps = loop.step + int(_TIME_FOR_STEPS * left * loop.step / max(spent, 1e-9))
        if self._request.minutes is None:
            steps = min(steps, self.steps(self._request.quality))
        steps = max(FEWEST_STEPS, steps)
        if abs(steps - planned) > _PLAN_MAY_MISS * planned:
            _LOG.info("Step %s: %s steps instead of %s are what there is time for", loop.step, steps, planned)
            raise _Replanned(steps)

    def _go_back(
        self, loop: TrainingLoop, error: TrainingError, notice: Notice, rate: float = 1.0, adversary: float = 1.0
    ) -> None:
        """Take the last good state, and go on from it more carefully. Raises ``error`` after too many attempts."""
        task = self.task
        recoveries, before = task.recoveries, (task.rate, task.adversary_strength)
        if recoveries >= _MOST_RECOVERIES or not loop.resume():
            raise error
        # What was changed since that state was written counts as well.
        task.recoveries, task.rate, task.adversary_strength = recoveries, *before
        task.recover(rate=rate, adversary=adversary)
        loop.save()
        _LOG.warning("Step %s: %s", loop.step, notice)
        self._say(notice)

    def _smaller(self, plan: TuningPlan, task: Tuning, error: BaseException) -> TuningPlan:
        """Return a plan that takes about half the memory, and let the task follow it."""
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        if plan.batch_size > 1:
            plan = dataclasses.replace(plan, batch_size=plan.batch_size // 2)
            notice = Notice("Memory ran out: on with {count} pictures at a time.", {"count": plan.batch_size})
        elif plan.side // 16 * 8 >= SIDE_RANGE[0]:
            plan = dataclasses.replace(plan, side=plan.side // 16 * 8)
            notice = Notice("Memory ran out: on with pictures of {side} pixels.", {"side": plan.side})
        else:
            raise DeviceError(
                "{device} has too little memory to learn a style. Close other programs.", device=self.device_label
            ) from error
        _LOG.warning("%s", notice, exc_info=error)
        task.batch_size, task.side = plan.batch_size, plan.side
        self._say(notice)
        return plan

    def _move_to_processor(self, error: RuntimeError) -> None:
        notice = Notice("{device} does not answer any more: the processor goes on.", {"device": self.device_label})
        _LOG.warning("%s", notice, exc_info=error)
        self._say(notice)
        choice = choose_device("cpu")
        self._device, self.device_label = choice.device, choice.label
        use_threads(None, choice.device)
        self._precision = "bfloat16" if choice.precision == torch.bfloat16 else "float32"
        self._hand = None


def _schedule(plan: TuningPlan) -> Schedule:
    return Schedule(round(_ADVERSARY_FROM * plan.steps), round(_ADVERSARY_RAMP * plan.steps))


def _report_every(steps: int) -> int:
    return max(1, min(5, steps // 10))
