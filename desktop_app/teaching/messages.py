"""What travels between the window and the training thread: requests in, events out. Everything here is immutable."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from desktop_app.messages import Failed, Source, Stopped
from engine.api import CancelToken, Picture
from engine.train_request import (
    Notice,
    TrainControl,
    TrainEstimate,
    TrainLosses,
    TrainProgress,
    TrainRequest,
    TrainResult,
)


@dataclass(frozen=True)
class ExamineWorks:
    """Look at works, and at those in folders. Pixels without a file are kept as one."""

    job: int
    sources: tuple[Source, ...]
    control: CancelToken


@dataclass(frozen=True)
class EstimateTime:
    """Try how fast this machine learns."""

    job: int
    request: TrainRequest
    control: TrainControl


@dataclass(frozen=True)
class LearnStyle:
    """Learn a style. ``opened`` is a picture without a file that is practised on and painted meanwhile as well."""

    job: int
    request: TrainRequest
    control: TrainControl
    opened: Picture | None = None


TeachRequest = ExamineWorks | EstimateTime | LearnStyle


@dataclass(frozen=True)
class WorkExamined:
    """One work; ``pattern`` tells copies (:func:`engine.styles.works.are_copies`), ``thumbnail`` is null where the work
    cannot be read.
    """

    job: int
    path: Path
    thumbnail: QImage
    pattern: int
    problem: Notice | None


@dataclass(frozen=True)
class WorksExamined:
    """All works of a request have been looked at; ``count`` of them."""

    job: int
    count: int


@dataclass(frozen=True)
class TimeEstimated:
    job: int
    estimate: TrainEstimate


@dataclass(frozen=True)
class LossesFound:
    """The losses of a training that goes on, from before it was interrupted, by their steps."""

    job: int
    losses: tuple[tuple[int, TrainLosses], ...]


@dataclass(frozen=True)
class LearningWent:
    """A training went on. The pictures of ``progress`` are here as images."""

    job: int
    progress: TrainProgress
    previews: tuple[QImage, ...] = ()
    base_previews: tuple[QImage, ...] = ()


@dataclass(frozen=True)
class StyleLearnt:
    """The style is in the library. One that had its name was at ``replaced`` and lies at ``kept``."""

    job: int
    result: TrainResult
    replaced: Path | None = None
    kept: Path | None = None


TeachEvent = WorkExamined | WorksExamined | TimeEstimated | LossesFound | LearningWent | StyleLearnt | Stopped | Failed
