"""Does a task of the queue, in a worker's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage

from desktop_app.document import Content, DocumentStyle, Work
from desktop_app.export_options import DEFAULT_PATTERN, file_stem, is_too_large
from desktop_app.export_work import ExportWork, Painter, export_picture
from desktop_app.messages import RunTask, TaskFinished
from desktop_app.queueing.jobs import PictureTask, SheetTask, free_path, path_key
from desktop_app.session import SavedStyle, SavedWork
from engine.api import (
    OutputError,
    Picture,
    PictureError,
    Progress,
    StyleChoice,
    StylizeRequest,
    StylizeResult,
    UsageError,
)
from engine.contact_sheet import SheetCell, SheetSize, SheetStyle, compose_sheet, paint_cells
from engine.imaging import check_side, read_picture, write_picture


class PlaceError(OutputError):
    """The place of the results is gone or full: no other result could be written there either."""


class _Skipped(Exception):
    """The result is there already and stays as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


def run_task(request: RunTask, painter: Painter, report: Callable[[Progress], None]) -> TaskFinished:
    """Do it. Raises PlaceError, Cancelled, and any other EngineError for what concerns this task alone."""
    started, held = time.monotonic(), request.hold.seconds
    target = request.task.target

    def on_progress(progress: Progress) -> None:
        report(progress)
        request.hold.wait(request.cancel)

    request.hold.wait(request.cancel)
    _check_folder(target.folder)
    failed: tuple[str, ...] = ()
    try:
        if isinstance(request.task, PictureTask):
            path = _run_picture(request, request.task, painter, on_progress)
        else:
            path, failed = _run_sheet(request, request.task, painter, on_progress)
    except _Skipped as skipped:
        return TaskFinished(request.job, skipped.path, was_there=True)
    except OutputError as error:
        _check_folder(target.folder)
        if isinstance(error.__cause__, OSError):  # the disk said so, not we
            raise PlaceError(error.template, **error.values) from error
        raise
    return TaskFinished(request.job, path, time.monotonic() - started - (request.hold.seconds - held), failed=failed)


def _check_folder(folder: str) -> None:
    if not Path(folder).is_dir():
        raise PlaceError("The folder {folder} is gone. Bring it back, then let the queue go on.", folder=folder)


def _run_picture(
    request: RunTask, task: PictureTask, painter: Painter, on_progress: Callable[[Progress], None]
) -> Path:
    target = task.target
    if "{size}" not in target.options.pattern:  # what is there already is skipped without reading the photo
        _output(_path_of(task, ""), request, task)
    if not task.work.content:
        raise PictureError("There is no photo. Open one, and add it to the queue again.")
    content = read_picture(Path(task.work.content))
    content = replace(content, name=task.photo)
    request.hold.wait(request.cancel)
    size = target.options.size_of(content.width, content.height)
    if is_too_large(*size):
        raise UsageError(
            "{width} x {height} pixels are too many. Choose a smaller size.", width=size[0], height=size[1]
        )
    path, overwrite = _output(_path_of(task, f"{size[0]}x{size[1]}"), request, task)
    stylized = work_of(task.work, content).request()
    if stylized is None:
        raise UsageError("No style was given: name at least one picture, style file or style of the library.")
    work = ExportWork(stylized, path, overwrite, target.quality, size, target.options.keeps_details)
    export_picture(painter, work, on_progress, request.cancel)
    return path


def work_of(saved: SavedWork, content: Picture) -> Work:
    """Return a saved work as the document has it, without what is only for the screen."""
    styles = tuple(
        DocumentStyle(style.title, _source_of(style), style.weight, path=Path(style.path) if style.path else None)
        for style in saved.styles
    )
    return Work(Content(content, Path(saved.content), QImage()), styles, saved.settings)


def _source_of(style: SavedStyle) -> Path | str:
    return Path(style.path) if style.path else style.name


def _path_of(task: PictureTask, size: str) -> Path:
    target = task.target
    styles = "__".join(style.title for style in task.styles if style.title)
    names = {"photo": task.photo, "style": styles, "date": target.date, "size": size}
    try:
        stem = file_stem(target.options.pattern, names)
    except ValueError:
        stem = file_stem(DEFAULT_PATTERN, names)
    return Path(target.folder) / (stem + target.suffix)


def _output(path: Path, request: RunTask, task: PictureTask | SheetTask) -> tuple[Path, bool]:
    """Return where a result goes, and whether it may replace what is there.

    Neither a picture that the task needs nor another result of its batch is ever replaced. Raises _Skipped.
    """
    is_ours = path_key(path) in request.taken or any(path_key(path) == path_key(source) for source in _sources_of(task))
    existing = task.target.existing
    if is_ours or (existing == "rename" and path.exists()):
        return free_path(path, request.taken), False
    if existing == "skip" and path.exists():
        raise _Skipped(path)
    return path, existing == "overwrite"


def _sources_of(task: PictureTask | SheetTask) -> list[Path]:
    contents = (task.work.content,) if isinstance(task, PictureTask) else task.contents
    return [Path(each) for each in (*contents, *(style.path for style in task.styles)) if each]


def _run_sheet(
    request: RunTask, task: SheetTask, painter: Painter, on_progress: Callable[[Progress], None]
) -> tuple[Path, tuple[str, ...]]:
    target, size = task.target, SheetSize(task.cell, task.columns or None)
    styles = [SheetStyle(style.title, StyleChoice(_source_of(style))) for style in task.styles]
    contents = [Path(content) for content in task.contents]
    path, overwrite = Path(target.folder), False
    if not task.is_folder:
        path, overwrite = _output(Path(target.folder) / (_plain_name(task.title) + target.suffix), request, task)
        check_side(path, max(size.largest(len(contents), len(styles))))
    count = len(contents) * len(styles)
    cells: list[SheetCell] = []

    def stylize(each: StylizeRequest) -> StylizeResult:
        def on_part(progress: Progress) -> None:
            on_progress(Progress(progress.stage, (len(cells) + progress.fraction) / count))

        return painter.stylize(each, on_part, request.cancel)

    settings = StylizeRequest(
        content=contents[0],
        styles=(styles[0].choice,),
        strength=task.settings.strength,
        keep_color=task.settings.keep_color,
        detail=task.settings.detail,
        style_scale=task.settings.style_scale,
    )
    taken = request.taken
    for cell in paint_cells(stylize, contents, styles, settings, task.cell):
        if task.is_folder and cell.picture is not None:
            taken = taken | {_write_cell(cell, cell.picture, replace(request, taken=taken), task)}
            cell = replace(cell, picture=None)  # noqa: PLW2901  (nothing is kept of what is written)
        cells.append(cell)
    errors = [cell.error for cell in cells if cell.error is not None]
    if len(errors) == len(cells):
        raise errors[0]
    if not task.is_folder:
        request.cancel.raise_if_cancelled()
        write_picture(compose_sheet(cells, size), path, overwrite=overwrite, quality=target.quality)
    return path, tuple(dict.fromkeys(str(error) for error in errors))


def _write_cell(cell: SheetCell, picture: Picture, request: RunTask, task: SheetTask) -> str:
    name = _plain_name(f"{cell.photo}__{cell.style}") + task.target.suffix
    try:
        path, overwrite = _output(Path(task.target.folder) / name, request, task)
        write_picture(picture, path, overwrite=overwrite, quality=task.target.quality)
    except _Skipped as skipped:
        return path_key(skipped.path)
    return path_key(path)


def _plain_name(name: str) -> str:
    """Return a name without what no file name may have."""
    return file_stem(name.replace("{", "(").replace("}", ")"), {})
