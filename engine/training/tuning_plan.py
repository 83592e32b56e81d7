"""What a fine-tuning has settled on, kept beside its checkpoints: a resumed one goes on with the same numbers."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from engine.api import TrainingError
from engine.files import write_beside
from engine.train_request import TrainRequest

_LOG = logging.getLogger(__name__)
_VERSION = 4
_FILE = "training.json"
REQUEST_FILE = "request.json"
LOSSES_FILE = "losses.jsonl"
FEWEST_STEPS = 20
"""Where a time limit plans the steps: with fewer, nothing is learnt."""


@dataclass(frozen=True)
class TuningPlan:
    """``steps`` of the whole training, size of the batches and of the pictures in them, and what they belong to."""

    name: str
    base_model: str
    steps: int
    batch_size: int
    side: int
    seed: int
    learning_rate: float
    content_weight: float
    style_weight: float
    adversarial_weight: float

    def save(self, folder: Path) -> None:
        """Write the plan. Raises TrainingError if that is not possible."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_beside(folder / _FILE, json.dumps({"version": _VERSION, **asdict(self)}, indent=1).encode())
        except OSError as error:
            raise TrainingError(
                "The checkpoint cannot be written into {folder} ({reason}). Make room or choose another folder.",
                folder=folder,
                reason=error.strerror or error,
            ) from error

    @classmethod
    def load(cls, folder: Path) -> TuningPlan | None:
        """Return the plan of a folder; None if there is none that this version understands, which is kept as .bak."""
        path = folder / _FILE
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if values.pop("version") != _VERSION:
                raise ValueError("version")
            plan = cls(**values)
            if not all(isinstance(value, type(asdict(_EXAMPLE)[name])) for name, value in asdict(plan).items()):
                raise TypeError("value")
            return plan
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _LOG.warning("%s cannot be used (%s)", path, error)
            path.replace(path.with_suffix(".bak"))
            return None


_EXAMPLE = TuningPlan("", "", 1, 1, 1, 0, 1.0, 1.0, 1.0, 1.0)


def checkpoint_folder(request: TrainRequest) -> Path:
    """Return where the checkpoints of a request lie."""
    if request.checkpoints is not None:
        return request.checkpoints
    stem = re.sub(r"[^\w-]+", "-", request.name.casefold()).strip("-")[:60] or "style"
    return trainings_folder() / stem


def trainings_folder() -> Path:
    """Return where the checkpoints of all trainings lie, each in a folder of its own, unless they are told another."""
    return Path(platformdirs.user_data_dir("Scumble", appauthor=False)) / "training"


def has_checkpoints(folder: Path) -> bool:
    """Return whether an unfinished training lies in a folder."""
    return folder.is_dir() and next(folder.glob("step-*.safetensors"), None) is not None


def remove_checkpoints(folder: Path) -> None:
    """Remove what a training has written into a folder, and the folder if nothing else is in it."""
    for path in (*folder.glob("step-*.safetensors"), *(folder / n for n in (LOSSES_FILE, REQUEST_FILE, _FILE))):
        path.unlink(missing_ok=True)
    try:
        folder.rmdir()
    except OSError:
        _LOG.info("%s holds other things and stays", folder)
