"""The queue as a file: one line of JSON for each job, below one that says which version it is.

Pure reading and writing. Unknown fields are ignored and missing ones have defaults. Of a file that is damaged, or of
another version, every line that can be understood counts.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, cast

from desktop_app.export_options import PERCENT_RANGE, SIDE_RANGE, SIZE_KINDS, ExportOptions
from desktop_app.queueing.jobs import EXISTING, Job, PictureTask, SheetTask, State, Target, Task
from desktop_app.session import settings_from, style_from, work_from
from engine.api import EngineError
from engine.contact_sheet import SheetSize
from engine.imaging import WRITABLE_SUFFIXES

VERSION = 1
_HEADER = "scumble_queue"

log = logging.getLogger(__name__)


class JournalError(ValueError):
    """A line that is no job."""


@dataclass(frozen=True)
class Recovered:
    """What a journal held. ``is_damaged``: not all of it could be understood, and the file is kept as ``.bak``."""

    jobs: tuple[Job, ...] = ()
    is_paused: bool = False
    is_damaged: bool = False


class JournalText:
    """Writes journals. Lines of jobs that are still the same are not made again: thousands of them take long."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[Job, str]] = {}

    def encode(self, jobs: Sequence[Job], *, is_paused: bool) -> bytes:
        lines: dict[int, tuple[Job, str]] = {}
        for job in jobs:
            known = self._lines.get(job.number)
            lines[job.number] = known if known is not None and known[0] is job else (job, _line(job))
        self._lines = lines
        header = json.dumps({_HEADER: VERSION, "paused": is_paused})
        return "\n".join([header, *(line for _, line in lines.values()), ""]).encode()


def _line(job: Job) -> str:
    values = {
        "kind": "picture" if isinstance(job.task, PictureTask) else "sheet",
        "task": asdict(job.task),
        "state": State.WAITING if job.state is State.RUNNING else job.state,
        "path": job.path,
        "template": job.template,
        "values": {name: value if isinstance(value, int | float) else str(value) for name, value in job.values.items()},
        "seconds": round(job.seconds, 3),
        "notes": job.notes,
    }
    return json.dumps(values)


def read_journal(path: Path) -> Recovered:
    """Read a journal; nothing if there is none. Raises OSError if the file cannot be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Recovered()
    header, *lines = data.decode("utf-8", "replace").split("\n")
    version, is_paused = _header(header)
    is_damaged = version != VERSION or lines[-1:] != [""]  # a whole file ends with the end of a line
    jobs: list[Job] = []
    for line in lines if version is not None else [header, *lines]:
        if not line.strip():
            continue
        try:
            jobs.append(job_from(json.loads(line), len(jobs) + 1))
        except (ValueError, RecursionError, EngineError) as error:
            log.warning("A line of %s is no job: %s", path, error)
            is_damaged = True
    if is_damaged:
        _keep(path)
    return Recovered(tuple(jobs), is_paused, is_damaged)


def _header(line: str) -> tuple[object, bool]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None, False
    if not isinstance(values, dict) or _HEADER not in values:
        return None, False
    return values[_HEADER], values.get("paused") is True


def _keep(path: Path) -> None:
    try:
        os.replace(path, path.with_name(path.name + ".bak"))
    except OSError as problem:
        log.warning("Cannot keep %s: %s", path, problem)


def job_from(values: object, number: int) -> Job:
    """Read a job from JSON values. Raises ValueError or EngineError for what is none."""
    job = _object(values)
    task = _object(job.get("task"))
    state = State(_typed(job, "state", State.WAITING.value))
    template, replaced = _typed(job, "template", ""), _object(job.get("values", {}))
    try:
        template.format(**replaced)
    except (LookupError, AttributeError, TypeError) as error:
        raise JournalError(f"{template} and {replaced} do not fit") from error
    return Job(
        number,
        _picture_task(task) if job.get("kind") == "picture" else _sheet_task(task),
        State.WAITING if state is State.RUNNING else state,
        _typed(job, "path", ""),
        template,
        replaced,
        _typed(job, "seconds", 0.0),
        _texts(job.get("notes", [])),
    )


def _picture_task(values: Mapping[str, Any]) -> Task:
    work = work_from(values.get("work"))
    if work.is_empty:
        raise JournalError("there is nothing to do")
    return PictureTask(work, _typed(values, "photo", ""), _target(values))


def _sheet_task(values: Mapping[str, Any]) -> Task:
    styles, contents = values.get("styles"), _texts(values.get("contents"))
    if not isinstance(styles, list) or not styles or not contents:
        raise JournalError("a sheet without pictures or styles")
    task = SheetTask(
        _typed(values, "title", ""),
        contents,
        tuple(style_from(each) for each in styles),
        settings_from(dict(_object(values.get("settings", {})))),
        _target(values),
        _typed(values, "cell", 0),
        _typed(values, "columns", 0),
        _typed(values, "is_folder", False),
    )
    SheetSize(task.cell, task.columns or None)  # checks both
    return task


def _target(values: Mapping[str, Any]) -> Target:
    found, usual = _object(values.get("target")), Target("")
    chosen, usual_options = _object(found.get("options", {})), ExportOptions()
    options = ExportOptions(
        **{each.name: _typed(chosen, each.name, getattr(usual_options, each.name)) for each in fields(ExportOptions)}
    )
    target = Target(
        options=options,
        **{
            each.name: _typed(found, each.name, getattr(usual, each.name))
            for each in fields(Target)
            if each.name != "options"
        },
    )
    good = (
        target.folder,
        target.suffix in WRITABLE_SUFFIXES,
        1 <= target.quality <= 100,
        target.existing in EXISTING,
        options.size_kind in SIZE_KINDS,
        PERCENT_RANGE[0] <= options.percent <= PERCENT_RANGE[1],
        SIDE_RANGE[0] <= options.pixels <= SIDE_RANGE[1],
    )
    if not all(good):
        raise JournalError(f"{target} is out of range")
    return target


def _object(values: object) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise JournalError(f"{values!r} is no object")
    return cast("Mapping[str, Any]", values)


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise JournalError(f"{values!r} are no texts")
    return tuple(values)


def _typed(values: Mapping[str, Any], name: str, default: Any) -> Any:
    value = values.get(name, default)
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(default):
        raise JournalError(f"{name} is {value!r}")
    return value
