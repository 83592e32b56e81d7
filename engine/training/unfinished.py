"""Trainings that were interrupted: what they were to learn, how far they came, and their losses. Imports no torch, so
that a window can look at its start.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from engine.api import TrainingError, UsageError
from engine.files import write_beside
from engine.train_request import TrainLosses, TrainRequest
from engine.training.tuning_plan import LOSSES_FILE, REQUEST_FILE, TuningPlan, has_checkpoints, trainings_folder

_LOG = logging.getLogger(__name__)
_PATHS = {"works", "photos", "previews"}
_PATH = {"content", "checkpoints"}


@dataclass(frozen=True)
class Unfinished:
    """A training that can go on: ``request`` resumes it from ``step`` of ``steps``."""

    request: TrainRequest
    folder: Path
    step: int
    steps: int


def save_request(request: TrainRequest, folder: Path) -> None:
    """Write what a training is to learn beside its checkpoints. Raises TrainingError if that is not possible."""
    values = {name: _plain(value) for name, value in asdict(request).items()}
    try:
        write_beside(folder / REQUEST_FILE, json.dumps(values, indent=1).encode())
    except OSError as error:
        raise TrainingError(
            "The checkpoint cannot be written into {folder} ({reason}). Make room or choose another folder.",
            folder=folder,
            reason=error.strerror or error,
        ) from error


def unfinished_trainings(folder: Path | None = None) -> list[Unfinished]:
    """Return the interrupted trainings that can be resumed, the newest first (``folder`` None: those in the user's
    data). Others are logged and left alone.
    """
    root = trainings_folder() if folder is None else folder
    candidates = [path for path in root.iterdir() if has_checkpoints(path)] if root.is_dir() else []
    found = [_unfinished(path) for path in sorted(candidates, key=lambda path: path.stat().st_mtime, reverse=True)]
    return [training for training in found if training is not None]


def loss_history(folder: Path, last_step: int) -> list[tuple[int, TrainLosses]]:
    """Return the losses that were told before step ``last_step``, by their steps; what cannot be read is left out."""
    losses: dict[int, TrainLosses] = {}
    try:
        lines = (folder / LOSSES_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
    names = {field.name for field in fields(TrainLosses)}
    for line in lines:
        try:
            values = json.loads(line)
            step = int(values["step"])
            losses[step] = TrainLosses(**{name: float(value) for name, value in values.items() if name in names})
        except (ValueError, TypeError, KeyError):
            continue  # the power may have gone in the middle of a line
    return sorted((step, loss) for step, loss in losses.items() if step <= last_step)


def _unfinished(folder: Path) -> Unfinished | None:
    try:
        request = _request(json.loads((folder / REQUEST_FILE).read_text(encoding="utf-8")), folder)
    except (OSError, ValueError, TypeError, AttributeError, UsageError) as error:
        _LOG.warning("The training in %s cannot be offered (%s)", folder, error)
        return None
    plan = TuningPlan.load(folder)
    if plan is None:
        return None
    newest = max(folder.glob("step-*.safetensors"))
    return Unfinished(request, folder, int(newest.stem.removeprefix("step-")), plan.steps)


def _request(values: dict[str, Any], folder: Path) -> TrainRequest:
    for name in _PATHS & values.keys():
        values[name] = tuple(Path(path) for path in values[name])
    for name in _PATH & values.keys():
        values[name] = None if values[name] is None else Path(values[name])
    return TrainRequest(**{**values, "checkpoints": folder, "resume": True})


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value.absolute()) if isinstance(value, Path) else value
