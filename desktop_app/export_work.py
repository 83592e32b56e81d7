"""From a request to a file, as an export of the window and a job of the queue both do it: the same pixels."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from engine.api import (
    CancelToken,
    Picture,
    Progress,
    ProgressCallback,
    StylizeRequest,
    StylizeResult,
    describe_request,
)
from engine.imaging import check_output, check_side, resize_to, write_picture

_SECONDS_BETWEEN_PROGRESS = 0.05


class Painter(Protocol):
    """What an export needs of :class:`engine.stylization.Stylizer`."""

    def stylize(
        self,
        request: StylizeRequest,
        on_progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> StylizeResult: ...


@dataclass(frozen=True)
class ExportWork:
    """A result of ``size`` (width, height; None: that of the photo), and the file it goes into."""

    request: StylizeRequest
    path: Path
    overwrite: bool
    quality: int
    size: tuple[int, int] | None = None
    keeps_details: bool = True


def export_picture(
    painter: Painter, work: ExportWork, on_progress: ProgressCallback, cancel: CancelToken
) -> tuple[int, int]:
    """Paint and write; return width and height of the result. What cannot be written is refused before the work.

    Raises what :meth:`engine.stylization.Stylizer.stylize` and :func:`engine.imaging.write_picture` raise.
    """
    check_output(work.path, work.overwrite)
    if work.size is not None:
        check_side(work.path, max(work.size))
    request = at_size(work.request, work.size)
    result = painter.stylize(request, on_progress, cancel)
    cancel.raise_if_cancelled()
    write_picture(
        result.picture if work.keeps_details else replace(result.picture, exif=None),
        work.path,
        overwrite=work.overwrite,
        quality=work.quality,
        description=describe_request(request) if work.keeps_details else None,
    )
    return result.picture.width, result.picture.height


def at_size(request: StylizeRequest, size: tuple[int, int] | None) -> StylizeRequest:
    """Return what gives a result of this size. A photo is enlarged before it is painted, so that strokes are sharp."""
    content = request.content
    if size is None or not isinstance(content, Picture) or size == (content.width, content.height):
        return request
    if max(size) < max(content.width, content.height):
        return replace(request, max_side=max(size))
    return replace(request, content=resize_to(content, *size))


class ProgressReporter:
    """Passes progress on, but not more often than a screen can show."""

    def __init__(self, emit: Callable[[Progress], None]) -> None:
        self._emit = emit
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_PROGRESS or progress.fraction >= 1:
            self._last = now
            self._emit(progress)
