"""What lies in the queue: pieces of work as they were when they were added, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop_app.document import StyleSettings
from desktop_app.export_options import ExportOptions
from desktop_app.session import SavedStyle, SavedWork

EXISTING = ("rename", "skip", "overwrite")
"""What to do when the file of a result exists already."""


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"

    @property
    def is_finished(self) -> bool:
        return self in {State.DONE, State.SKIPPED, State.FAILED}


@dataclass(frozen=True)
class Target:
    """Where results go, and how. ``existing`` is one of EXISTING; the results of one ``batch`` never replace each
    other. ``date`` is that on which it was added, as it is written in names.
    """

    folder: str
    suffix: str = ".png"
    quality: int = 95
    options: ExportOptions = field(default_factory=ExportOptions)
    existing: str = "rename"
    date: str = ""
    batch: int = 0


@dataclass(frozen=True)
class PictureTask:
    """Paint one photo, which is called ``photo``."""

    work: SavedWork
    photo: str
    target: Target

    @property
    def title(self) -> str:
        return self.photo

    @property
    def styles(self) -> tuple[SavedStyle, ...]:
        return self.work.styles


@dataclass(frozen=True)
class SheetTask:
    """Paint each photo in each style, small: on one sheet called ``title``, or each by itself if ``is_folder``.

    ``cell`` is the longer side of each, in pixels; ``columns`` 0 is as many as look well.
    """

    title: str
    contents: tuple[str, ...]
    styles: tuple[SavedStyle, ...]
    settings: StyleSettings
    target: Target
    cell: int
    columns: int = 0
    is_folder: bool = False


Task = PictureTask | SheetTask


@dataclass(frozen=True)
class Job:
    """A task with its number, and what became of it: the result at ``path``, or in English why there is none.

    ``notes`` are the names of what a contact sheet lacks.
    """

    number: int
    task: Task
    state: State = State.WAITING
    path: str = ""
    template: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


def works_of(task: Task) -> list[SavedWork]:
    """Return what a task needs, as works: for the pictures that are kept beside the journal."""
    if isinstance(task, PictureTask):
        return [task.work]
    return [SavedWork(content, task.styles, task.settings) for content in task.contents]


def free_path(path: Path, taken: frozenset[str]) -> Path:
    """Return the path, with a number if something is there already or it is taken."""
    number, free = 2, path
    while free.exists() or path_key(free) in taken:
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free


def path_key(path: Path) -> str:
    """Return what two paths of one file have in common: many file systems take no notice of case."""
    return str(path.absolute()).casefold()
