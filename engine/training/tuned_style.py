"""From the best state of a fine-tuning to a style file: code, changed weights, thumbnail, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

import resources
from engine.imaging import compose_over_white, encode_picture, read_picture
from engine.networks.style_code import FILE_SCALES
from engine.networks.tuned_weights import weight_changes
from engine.styles import StyleInformation
from engine.train_request import TrainRequest
from engine.training.tuning_task import Tuning
from engine.version import __version__

_THUMBNAIL_SIDE = 256
_PAINTED_SIDE = 384
_NAMED_WORKS = 20


def style_tensors(task: Tuning) -> dict[str, NDArray[np.floating]]:
    """Return the tensors of the style file, in half precision: as those of a style made from a picture, and by how much
    each changed weight differs from the base model's.
    """
    codes = task.hand.codes.cpu().numpy().astype(np.float16)
    tensors: dict[str, NDArray[np.floating]] = {"codes": codes, "scales": np.array(FILE_SCALES, np.float32)}
    if task.best.step:
        for name, change in weight_changes(task.best_generator(), task.base).items():
            tensors[f"weights.{name}"] = change.numpy().astype(np.float16)
    return tensors


def style_information(request: TrainRequest, works: Sequence[Path], task: Tuning, base_model: str) -> StyleInformation:
    """Return what the header of the style file says."""
    names = ", ".join(path.name[:60] for path in works[:_NAMED_WORKS])
    more = f" and {len(works) - _NAMED_WORKS} more" if len(works) > _NAMED_WORKS else ""
    return StyleInformation(
        name=request.name,
        artist=request.artist,
        description=request.description,
        licence=request.licence,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        source=f"learnt by Scumble {__version__} in {task.best.step} steps, seed {request.seed}, from {names}{more}",
        base_model=base_model,
        kind="fine-tuned",
        thumbnail=_thumbnail(task),
    )


def _thumbnail(task: Tuning) -> bytes:
    sample = Image.fromarray(compose_over_white(read_picture(resources.SAMPLES / "landscape.jpg")))
    painted = task.painted(task.best_generator(), np.asarray(ImageOps.fit(sample, (_PAINTED_SIDE, _PAINTED_SIDE))))
    small = ImageOps.fit(Image.fromarray(painted.pixels), (_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
    return encode_picture(type(painted)(np.asarray(small).copy()), "webp", 80)
