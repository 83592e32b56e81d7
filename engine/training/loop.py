"""The one training loop: generator and discriminator in turn, with checkpoints, averaging, mixed precision and limits.

Pre-training, distillation and fine-tuning say what a step costs (:class:`TrainingTask`); when it is taken, saved,
resumed or stopped is decided here.
"""

from __future__ import annotations

import copy
import json
import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from engine.api import Cancelled, CancelToken, TrainingError
from engine.training.batches import Batch, BatchSource, batches_of_thread, batches_of_workers
from engine.training.checkpoints import (
    load_newest_checkpoint,
    optimizer_tensors,
    restore_optimizer,
    save_checkpoint,
)
from engine.training.muon import Muon
from engine.training.processes import agree, average, process_number, shared_losses

_Losses = Callable[[Mapping[str, Tensor], int], dict[str, Tensor]]

_LOG = logging.getLogger(__name__)
_LARGEST_GRADIENT = 1.0
_TASK = "task."


class DivergedError(TrainingError):
    """A loss is not finite any more; the last checkpoint is from before it."""


@dataclass(frozen=True)
class LoopSettings:
    """``steps`` is the length of the whole training; the learning rate falls to ``final_learning_rate`` by cosine at
    its end.

    ``minutes`` stops earlier, to be resumed; ``averaging`` is the decay of the moving average of the weights (EMA),
    which is what training returns. ``precision`` is float32 or bfloat16 (autocast). ``data_workers`` processes make
    the pictures, a thread of this one where it is 0.
    """

    steps: int
    learning_rate: float = 3e-4
    final_learning_rate: float = 3e-5
    discriminator_learning_rate: float = 1e-3
    warm_up_steps: int = 50
    averaging: float = 0.999
    checkpoint_seconds: float = 60.0
    report_every: int = 20
    minutes: float | None = None
    precision: str = "bfloat16"
    data_workers: int = 0


@dataclass(frozen=True)
class ParameterGroup:
    """Parameters with a learning rate of their own: ``factor``, from the step, times that of the settings. Those of
    ``convolutions`` are moved by Muon, others by Adam.
    """

    parameters: Sequence[nn.Parameter]
    factor: Callable[[int], float]
    convolutions: bool = False


class TrainingTask(Protocol):
    """What is trained, on what, and what it costs."""

    @property
    def generator(self) -> nn.Module: ...

    @property
    def discriminator(self) -> nn.Module | None: ...

    @property
    def source(self) -> BatchSource:
        """What makes the pictures of each step."""
        ...

    def generator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        """Return the losses by name; ``total`` is the weighted sum that is minimised."""
        ...

    def discriminator_losses(self, batch: Mapping[str, Tensor], step: int) -> dict[str, Tensor]:
        """Likewise for the discriminator; called after the generator's step, only if it is trained at that step."""
        ...

    def trains_discriminator(self, step: int) -> bool:
        """Return whether the discriminator has a step of its own after the generator's."""
        ...

    def state(self) -> dict[str, Tensor]:
        """Return what the task remembers from step to step besides its networks; it goes into the checkpoints."""
        ...

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Take back what :meth:`state` returned; nothing from an older checkpoint."""
        ...


@dataclass(frozen=True)
class TrainingProgress:
    """``losses`` are means since the last report; ``seconds_left`` counts to the last step or to the time limit."""

    step: int
    steps: int
    losses: Mapping[str, float]
    steps_per_second: float
    seconds_left: float

    def line(self) -> str:
        losses = "  ".join(f"{name} {value:.4f}" for name, value in self.losses.items())
        left = time.strftime("%H:%M:%S", time.gmtime(self.seconds_left))
        return f"step {self.step}/{self.steps}  {losses}  {self.steps_per_second:.2f} steps/s  {left} left"


def learning_rate_factor(step: int, settings: LoopSettings) -> float:
    """A linear warm-up, then a cosine from 1 to final / first learning rate."""
    warm_up = min(1.0, (step + 1) / max(1, settings.warm_up_steps))
    low = settings.final_learning_rate / settings.learning_rate
    return warm_up * (low + (1 - low) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / max(1, settings.steps)))))


class TrainingLoop:
    """Runs a task on a device and keeps its checkpoints in a folder. ``information`` describes the task in each of
    them.
    """

    def __init__(
        self,
        task: TrainingTask,
        settings: LoopSettings,
        folder: Path,
        device: torch.device,
        information: Mapping[str, Any] | None = None,
        groups: Sequence[ParameterGroup] | None = None,
    ) -> None:
        self.task = task
        self.settings = settings
        self.folder = folder
        self.device = device
        self.information = dict(information or {})
        self.step = 0
        self.average = copy.deepcopy(task.generator).requires_grad_(False)
        if groups is None:
            groups = [ParameterGroup([p for p in task.generator.parameters() if p.requires_grad], lambda _: 1.0)]
        self._generator_optimizers = _optimizers(groups, settings)
        self._discriminator_optimizer = (
            torch.optim.Adam(
                task.discriminator.parameters(), settings.discriminator_learning_rate, betas=(0.5, 0.99), fused=True
            )
            if task.discriminator is not None
            else None
        )

        # Wrapped when the training starts: by then every network is on its device.
        self._generator_losses: _Losses = task.generator_losses
        self._discriminator_losses: _Losses = task.discriminator_losses

    def resume(self) -> bool:
        """Go on from the newest checkpoint of the folder; return whether there was one."""
        found = load_newest_checkpoint(self.folder)
        if found is None:
            return False
        step, tensors, _ = found
        try:
            for prefix, module in self._modules().items():
                own = {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
                module.load_state_dict(own)
            for prefix, optimizer in self._optimizers().items():
                restore_optimizer(optimizer, tensors, prefix)
            self.task.load_state({k.removeprefix(_TASK): v for k, v in tensors.items() if k.startswith(_TASK)})
        except (RuntimeError, ValueError) as error:
            raise TrainingError(
                "The checkpoint in {folder} belongs to another network. Choose another folder, or do not resume.",
                folder=self.folder,
            ) from error
        self.step = step
        return True

    def save(self) -> None:
        if process_number() != 0:
            return
        tensors: dict[str, Tensor] = {}
        for prefix, module in self._modules().items():
            tensors |= {prefix + name: value for name, value in module.state_dict().items()}
        for prefix, optimizer in self._optimizers().items():
            tensors |= optimizer_tensors(optimizer, prefix)
        tensors |= {_TASK + name: value for name, value in self.task.state().items()}
        save_checkpoint(self.folder, self.step, tensors, self.information)

    def run(
        self,
        on_progress: Callable[[TrainingProgress], None] | None = None,
        cancel: CancelToken | None = None,
        on_step: Callable[[], None] | None = None,
    ) -> nn.Module:
        """Train until the last step, the time limit or :class:`Cancelled`; return the averaged generator. ``on_step``
        is called between two steps, and may raise: whoever does saves, if anything is to be saved.

        Raises DivergedError when a loss is not finite: the last checkpoint is from before it.
        """
        settings = self.settings
        self._share_losses()
        start = last_save = last_report = time.monotonic()
        start_step = self.step
        sums: dict[str, Tensor] = {}
        counts: Counter[str] = Counter()
        count = 0
        with closing(self._batches()) as batches:
            for made in batches:
                batch = {k: v.to(self.device, non_blocking=True) for k, v in made.items()}
                losses = self._train_step(batch)
                for name, value in losses.items():
                    sums[name] = sums.get(name, torch.zeros((), device=value.device)) + value.detach().float()
                counts.update(losses.keys())
                count += 1
                self.step += 1
                now = time.monotonic()
                out_of_time = agree(settings.minutes is not None and now - start >= settings.minutes * 60, self.device)
                last = self.step == settings.steps or out_of_time
                if self.step % settings.report_every == 0 or last:
                    means = {name: float(average(value)) / counts[name] for name, value in sums.items()}
                    if not all(math.isfinite(value) for value in means.values()):
                        raise DivergedError(
                            "Training ran out of bounds (a loss is not a number). Lower the learning rate."
                        )
                    speed = count / max(1e-9, now - last_report)
                    left = self._seconds_left(now - start, self.step - start_step)
                    progress = TrainingProgress(self.step, settings.steps, means, speed, left)
                    self._tell(progress, on_progress)
                    sums, counts, count, last_report = {}, Counter(), 0, now
                    if agree(now - last_save >= settings.checkpoint_seconds or last, self.device):
                        self.save()
                        last_save = time.monotonic()
                if out_of_time:
                    break
                if agree(cancel is not None and cancel.is_cancelled, self.device):
                    self.save()
                    raise Cancelled
                if on_step is not None:
                    before = time.monotonic()
                    on_step()
                    waited = time.monotonic() - before  # a pause is no part of the time that a step takes
                    start, last_report = start + waited, last_report + waited
        return self.average

    def _batches(self) -> Generator[Batch]:
        steps = range(self.step, self.settings.steps)
        if self.settings.data_workers:
            return batches_of_workers(self.task.source, steps, self.settings.data_workers)
        return batches_of_thread(self.task.source, steps)

    def _seconds_left(self, spent: float, steps: int) -> float:
        left = (self.settings.steps - self.step) * spent / steps
        if self.settings.minutes is not None:
            left = min(left, self.settings.minutes * 60 - spent)
        return max(0.0, left)

    def _tell(self, progress: TrainingProgress, on_progress: Callable[[TrainingProgress], None] | None) -> None:
        if process_number() == 0:
            self._log_losses(progress)
            if on_progress is not None:
                on_progress(progress)

    def _share_losses(self) -> None:
        """Average the gradients of all processes that train together, if there are more than this one."""
        task = self.task
        self._generator_losses = shared_losses(task.generator, task.generator_losses)
        if task.discriminator is not None:
            self._discriminator_losses = shared_losses(task.discriminator, task.discriminator_losses)

    def _train_step(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        factor = learning_rate_factor(self.step, self.settings)
        for optimizer in self._generator_optimizers.values():
            for group in optimizer.param_groups:
                group["lr"] = self.settings.learning_rate * factor * group["factor"](self.step)
        task = self.task
        with self._autocast():
            losses = self._generator_losses(batch, self.step)
        for optimizer in self._generator_optimizers.values():
            optimizer.zero_grad(set_to_none=True)
        losses["total"].backward()
        nn.utils.clip_grad_norm_([p for p in task.generator.parameters() if p.grad is not None], _LARGEST_GRADIENT)
        for optimizer in self._generator_optimizers.values():
            optimizer.step()
        self._update_average()
        if self._discriminator_optimizer is not None and task.trains_discriminator(self.step):
            with self._autocast():
                discriminator_losses = self._discriminator_losses(batch, self.step)
            for group in self._discriminator_optimizer.param_groups:
                group["lr"] = self.settings.discriminator_learning_rate * factor
            self._discriminator_optimizer.zero_grad(set_to_none=True)
            discriminator_losses["discriminator"].backward()
            self._discriminator_optimizer.step()
            losses = {**losses, **discriminator_losses}
        return losses

    def _update_average(self) -> None:
        # A short memory at first, or the average would be of the untrained network for a long time.
        decay = min(self.settings.averaging, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for average, value in zip(self.average.parameters(), self.task.generator.parameters(), strict=True):
                average.lerp_(value, 1 - decay)
            for average, value in zip(self.average.buffers(), self.task.generator.buffers(), strict=True):
                average.copy_(value)

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.settings.precision == "bfloat16")

    def _modules(self) -> dict[str, nn.Module]:
        modules = {"generator.": self.task.generator, "average.": self.average}
        if self.task.discriminator is not None:
            modules["discriminator."] = self.task.discriminator
        return modules

    def _optimizers(self) -> dict[str, torch.optim.Optimizer]:
        optimizers = dict(self._generator_optimizers)
        if self._discriminator_optimizer is not None:
            optimizers["discriminator_optimizer."] = self._discriminator_optimizer
        return optimizers

    def _log_losses(self, progress: TrainingProgress) -> None:
        line = {"step": progress.step, "steps_per_second": progress.steps_per_second, **progress.losses}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "losses.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        except OSError as error:
            _LOG.warning("The losses cannot be written into %s: %s", self.folder, error)


def _optimizers(groups: Sequence[ParameterGroup], settings: LoopSettings) -> dict[str, torch.optim.Optimizer]:
    """Return the optimizers of the generator by their names in checkpoints."""
    convolutions, others = (
        [{"params": list(group.parameters), "factor": group.factor} for group in groups if group.convolutions is are]
        for are in (True, False)
    )
    optimizers: dict[str, torch.optim.Optimizer] = {}
    if others:
        optimizers["generator_optimizer."] = torch.optim.Adam(
            others, settings.learning_rate, betas=(0.9, 0.99), fused=True
        )
    if convolutions:
        precision = torch.bfloat16 if settings.precision == "bfloat16" else torch.float32
        optimizers["convolution_optimizer."] = Muon(convolutions, settings.learning_rate, precision=precision)
    return optimizers
