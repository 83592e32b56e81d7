"""Where trainings and pictures without a file are kept between two starts, and who may touch them."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from engine.api import Picture
from engine.imaging import write_picture
from engine.train_request import TrainRequest
from engine.training.tuning_plan import checkpoint_folder, remove_checkpoints, trainings_folder
from engine.training.unfinished import Unfinished, unfinished_trainings

_UNUSED_SECONDS = 24 * 3600.0
"""So long a picture is kept that no training needs: another window may still be about to begin with it."""


def training_lock(folder: Path) -> QLockFile:
    """Return the lock of a training, to be taken by who works on it: another window must not offer to resume it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(folder.with_name(folder.name + ".lock")))
    lock.setStaleLockTime(0)  # one of a crashed process is found by its number, not by its age
    return lock


def resumable_trainings() -> list[Unfinished]:
    """Return the interrupted trainings nobody works on, the newest first; pictures that none needs are removed."""
    found = unfinished_trainings()
    _drop_unused_pictures(found)
    return [training for training in found if _is_free(training.folder)]


def unfinished_of(request: TrainRequest) -> Unfinished | None:
    """Return the interrupted training that has the name of a request, if there is one."""
    folder = checkpoint_folder(request)
    return next((training for training in unfinished_trainings() if training.folder == folder), None)


def discard_training(folder: Path) -> None:
    """Remove the checkpoints of a training."""
    if folder.is_dir():
        remove_checkpoints(folder)
    folder.with_name(folder.name + ".lock").unlink(missing_ok=True)


def keep_picture(picture: Picture) -> Path:
    """Write a picture that has no file, and return its file."""
    path = _pictures_folder() / f"{picture.digest[:16]}.png"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_picture(picture, path)
    return path


def _is_free(folder: Path) -> bool:
    lock = training_lock(folder)
    is_free = lock.tryLock(0)
    if is_free:
        lock.unlock()
    return is_free


def _pictures_folder() -> Path:
    return trainings_folder() / "pictures"


def _drop_unused_pictures(trainings: list[Unfinished]) -> None:
    requests = [each.request for each in trainings]
    needed = {path for each in requests for path in (*each.works, *each.photos, *each.previews)}
    with contextlib.suppress(OSError):
        for path in _pictures_folder().glob("*.png"):
            if path not in needed and time.time() - path.stat().st_mtime > _UNUSED_SECONDS:
                path.unlink(missing_ok=True)
