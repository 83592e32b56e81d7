"""What travels between the window and its worker thread: requests in, events out. Everything here is immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from PySide6.QtGui import QImage

from desktop_app.queueing.hold import Hold
from desktop_app.queueing.jobs import Task
from engine.api import CancelToken, ComputeOptions, Picture, Progress, StylizeRequest
from engine.styles import StyleInformation


class Role(Enum):
    """What a picture that comes in is meant to be."""

    CONTENT = "content"
    STYLE = "style"
    SHELF = "shelf"  # a style to be at hand until the window is closed
    LIBRARY = "library"  # a style to be kept


# What a picture is read from: a file, or pixels from the clipboard or from a drag.
Source = Path | QImage


@dataclass(frozen=True)
class LoadEngine:
    """Import torch and load the base model, or load it anew with other options."""

    job: int
    options: ComputeOptions = field(default_factory=ComputeOptions)


@dataclass(frozen=True)
class ReadPicture:
    """Read one picture, or one style file when ``source`` is the path of one."""

    job: int
    role: Role
    source: Source
    name: str = ""


@dataclass(frozen=True)
class MakeStyle:
    """Make a style, to be kept in the library, from a picture."""

    job: int
    picture: Picture


@dataclass(frozen=True)
class RenderPreview:
    """Stylise at the size of the canvas, or that part of a larger result which is seen."""

    job: int
    request: StylizeRequest
    cancel: CancelToken


@dataclass(frozen=True)
class ExportPicture:
    """Stylise at full resolution, or at ``size`` (width, height), and write the result to ``path``."""

    job: int
    request: StylizeRequest
    path: Path
    overwrite: bool
    quality: int
    cancel: CancelToken
    size: tuple[int, int] | None = None
    keeps_details: bool = True


@dataclass(frozen=True)
class ExamineComputer:
    """Find out what a bug report needs, with a self-test."""

    job: int
    options: ComputeOptions
    cancel: CancelToken


@dataclass(frozen=True)
class RunTask:
    """Do a task of the queue. It waits at every step while ``hold`` says so; no result in ``taken`` is replaced."""

    job: int
    task: Task
    hold: Hold
    cancel: CancelToken
    taken: frozenset[str] = frozenset()


Request = LoadEngine | ReadPicture | MakeStyle | RenderPreview | ExportPicture | ExamineComputer | RunTask


@dataclass(frozen=True)
class Device:
    """A device that works: what the engine calls it (``cuda:0``), and its name."""

    word: str
    name: str


@dataclass(frozen=True)
class EngineReady:
    """The base model is loaded. ``notes`` are why a faster device is not used, ``devices`` all that work."""

    job: int
    device: str
    notes: tuple[str, ...]
    devices: tuple[Device, ...] = ()


@dataclass(frozen=True)
class PictureLoaded:
    """A picture was read. ``image`` is the picture for the screen; it may be smaller than ``picture``."""

    job: int
    role: Role
    picture: Picture
    path: Path | None
    image: QImage


@dataclass(frozen=True)
class StyleFileLoaded:
    """A style file was read. ``thumbnail`` is an encoded picture and may be empty."""

    job: int
    role: Role
    name: str
    artist: str
    path: Path
    thumbnail: bytes


@dataclass(frozen=True)
class StyleMade:
    """A picture became a style; nothing is written yet."""

    job: int
    information: StyleInformation
    tensors: Mapping[str, NDArray]


@dataclass(frozen=True)
class PreviewReady:
    """A preview was made, in ``seconds``. For a part of a picture, ``content`` is that part of the content image."""

    job: int
    image: QImage
    seconds: float
    content: QImage | None = None


@dataclass(frozen=True)
class ProgressMade:
    """A piece of work went on."""

    job: int
    progress: Progress


@dataclass(frozen=True)
class ExportFinished:
    """The result lies, complete, at ``path``."""

    job: int
    path: Path
    width: int
    height: int


@dataclass(frozen=True)
class TaskFinished:
    """A task of the queue is done in ``seconds``, without those it was held. ``was_there``: its result existed, and was
    left as it is. ``failed`` are the names of pictures of a contact sheet that could not be painted.
    """

    job: int
    path: Path
    seconds: float = 0.0
    was_there: bool = False
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComputerExamined:
    """``findings`` are those of :func:`engine.doctor.examine`, ``text`` the same as text."""

    job: int
    findings: Mapping[str, Any]
    text: str


@dataclass(frozen=True)
class Stopped:
    """The work was cancelled; nothing was written."""

    job: int


@dataclass(frozen=True)
class Failed:
    """The work failed. ``template`` is English with ``{names}`` for ``values``; its translation context is "engine".

    ``is_fault``: nothing the user did; what a bug report needs is worth having. ``is_place``: the place of the results
    is full or gone, so that no other result could be written either.
    """

    job: int
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_fault: bool = False
    is_place: bool = False


Event = (
    EngineReady
    | PictureLoaded
    | StyleFileLoaded
    | StyleMade
    | PreviewReady
    | ProgressMade
    | ExportFinished
    | TaskFinished
    | ComputerExamined
    | Stopped
    | Failed
)
