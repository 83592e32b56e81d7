"""Fine-tuning: the base model learns the hand of one artist, on this computer. docs/fine_tuning.md describes how.

:func:`fine_tune` checks the works, settles how long to train, and runs the training loop until it ends, is ended, or
cannot go on; what goes wrong on the way (losses that are no numbers, an adversary that won, too little memory, a lost
graphics card) is mended here and said.
"""

from __future__ import annotations

import time
from pathlib import Path

import resources
from engine.api import TrainingError, UsageError
from engine.device import helpers_released
from engine.networks.generator import Generator
from engine.networks.perceptual import PerceptualNetwork
from engine.networks.weights import load_weights, weights_hash
from engine.styles import StyleLibrary
from engine.styles.information import check_name
from engine.styles.works import CheckedWorks, check_works
from engine.train_request import (
    QUALITY_STEPS,
    BestSoFar,
    Notice,
    Quality,
    TrainControl,
    TrainEstimate,
    TrainLosses,
    TrainProgress,
    TrainProgressCallback,
    TrainRequest,
    TrainResult,
)
from engine.training.loop import TrainingProgress
from engine.training.tuned_style import style_information, style_tensors
from engine.training.tuning_plan import FEWEST_STEPS, TuningPlan, checkpoint_folder, has_checkpoints, remove_checkpoints
from engine.training.tuning_previews import Previews
from engine.training.tuning_session import Session
from engine.training.tuning_task import Tuning
from engine.training.unfinished import save_request

_TIME_FOR_LEARNING = 0.96
"""The rest of a time limit is for the last measurement and for writing the style."""


@helpers_released()
def fine_tune(
    request: TrainRequest,
    on_progress: TrainProgressCallback | None = None,
    control: TrainControl | None = None,
    *,
    library: StyleLibrary | None = None,
    base_model: Path = resources.BASE_MODEL,
    perceptual_network: Path = resources.PERCEPTUAL_NETWORK,
) -> TrainResult:
    """Learn a style and put it into the library. The same request gives the same style.

    Raises UsageError (a name that is taken), TrainingError, ModelError, DeviceError, StyleError, or Cancelled, after
    which the checkpoints wait to be resumed.
    """
    library = library or StyleLibrary.default()
    started = time.monotonic()
    training = _Training(request, on_progress, control or TrainControl(), base_model, perceptual_network)
    _check_name(request, library)
    folder = checkpoint_folder(request)
    plan = _planned(request, folder, training.base_model_hash)
    if request.resume and plan is None:
        training.say(Notice("There is nothing to resume: the training begins."), "Checking")
    works = training.check()
    session = Session(training.load, works.good, request, training.say, training.control)
    if plan is None:
        plan = _new_plan(request, training.base_model_hash, session, started)
        remove_checkpoints(folder)
        plan.save(folder)
        save_request(request, folder)
    limit = None if request.steps is not None else _minutes(request) * 60 * 0.98 - (time.monotonic() - started)
    ended, steps = session.run(plan, folder, limit, training.report)
    task = session.task
    previews = session.previews_of_best()
    where = steps, plan.steps, None, None, training.best(task)
    training.tell(TrainProgress("Saving", *where, previews.now, previews.base))
    if not task.best.step:
        training.say(
            Notice("Training brought no gain: the style is the plain one of its works. Try more time or works.")
        )
    tensors = style_tensors(task)
    information = style_information(request, works.good, task, training.base_model_hash)
    written = library.replace(information, tensors) if request.overwrite else library.add(information, tensors)
    remove_checkpoints(folder)
    assert written.path is not None
    best = training.best(task)
    seconds = time.monotonic() - started
    return TrainResult(written.name, written.path, best, steps, seconds, session.device_label, ended)


@helpers_released()
def estimate(
    request: TrainRequest,
    control: TrainControl | None = None,
    *,
    base_model: Path = resources.BASE_MODEL,
    perceptual_network: Path = resources.PERCEPTUAL_NETWORK,
) -> TrainEstimate:
    """Train a few steps, keep nothing, and return how long each quality will take on this machine. Raises Cancelled."""
    started = time.monotonic()
    training = _Training(request, None, control or TrainControl(), base_model, perceptual_network)
    session = Session(training.load, request.works[:1], request, training.say, training.control)
    per_step = session.seconds_per_step()
    once = time.monotonic() - started
    seconds: dict[Quality, float] = {
        quality: min(step.minutes * 60.0, once + session.steps(quality) * per_step / _TIME_FOR_LEARNING)
        for quality, step in QUALITY_STEPS.items()
    }
    return TrainEstimate(per_step, seconds, session.device_label)


class _Training:
    """Tells how a request goes on, and loads what it needs."""

    def __init__(
        self,
        request: TrainRequest,
        on_progress: TrainProgressCallback | None,
        control: TrainControl,
        base_model: Path,
        perceptual_network: Path,
    ) -> None:
        self.control = control
        self.base_model_hash = weights_hash(base_model)
        self._request = request
        self._on_progress = on_progress
        self._files = base_model, perceptual_network

    def load(self) -> tuple[Generator, PerceptualNetwork]:
        base_model, perceptual_network = self._files
        return load_weights(Generator(), base_model), load_weights(PerceptualNetwork(), perceptual_network)

    def tell(self, progress: TrainProgress) -> None:
        if self._on_progress is not None:
            self._on_progress(progress)

    def say(self, notice: Notice, stage: str = "Learning") -> None:
        self.tell(TrainProgress(stage, notice=notice))

    def check(self) -> CheckedWorks:
        works = check_works(
            self._request.works, lambda done, count: self.tell(TrainProgress("Checking", done, count)), self.control
        )
        for problem in works.problems:
            self.say(problem.notice, "Checking")
        self.tell(TrainProgress("Looking"))
        return works

    def report(self, progress: TrainingProgress, task: Tuning, previews: Previews, left: float) -> None:
        seen = {name: progress.losses.get(name) for name in ("content", "style", "adversarial", "discriminator")}
        losses = TrainLosses(progress.losses["total"], **seen)
        best = self.best(task)
        where = progress.step, progress.steps, left
        self.tell(TrainProgress("Learning", *where, losses, best, previews.now, previews.base))

    @staticmethod
    def best(task: Tuning) -> BestSoFar:
        best, base = task.best, task.base_measure
        return BestSoFar(best.step, best.measure.style / base.style, best.measure.content / base.content)


def _check_name(request: TrainRequest, library: StyleLibrary) -> None:
    """Raise UsageError before anything is done if the name cannot be used."""
    name = check_name(request.name)
    taken = next((style for style in library.styles() if style.name.casefold() == name.casefold()), None)
    if taken is not None and taken.built_in:
        raise UsageError("{name} is the name of a style that came with Scumble. Choose another name.", name=name)
    if taken is not None and not request.overwrite:
        raise UsageError("There is a style called {name} already. Choose another name, or overwrite it.", name=name)


def _planned(request: TrainRequest, folder: Path, base_model: str) -> TuningPlan | None:
    """Return the plan to go on with, None to begin. Raises UsageError if there is something to be asked first."""
    if not has_checkpoints(folder):
        return None
    if not request.resume:
        if request.overwrite:
            return None
        raise UsageError(
            "An unfinished training of {name} is there. Resume it, choose another name, or overwrite it.",
            name=request.name,
        )
    plan = TuningPlan.load(folder)
    if plan is None:
        raise TrainingError("What {folder} holds cannot be resumed. Begin anew with overwriting.", folder=folder)
    if plan.base_model != base_model:
        raise TrainingError("The training was begun with another version of Scumble. Begin anew with overwriting.")
    return plan


def _minutes(request: TrainRequest) -> float:
    return request.minutes if request.minutes is not None else QUALITY_STEPS[request.quality].minutes


def _new_plan(request: TrainRequest, base_model: str, session: Session, started: float) -> TuningPlan:
    steps = request.steps
    if steps is None:
        seconds = _minutes(request) * 60 * _TIME_FOR_LEARNING
        per_step = session.seconds_per_step(seconds)
        steps = max(FEWEST_STEPS, int((seconds - (time.monotonic() - started)) / per_step))
        if request.minutes is None:
            steps = min(steps, session.steps(request.quality))
    return TuningPlan(
        name=request.name,
        base_model=base_model,
        steps=steps,
        batch_size=session.batch_size,
        side=request.side,
        seed=request.seed,
        learning_rate=float(request.learning_rate),
        content_weight=float(request.content_weight),
        style_weight=float(request.style_weight),
        adversarial_weight=float(request.adversarial_weight),
    )
