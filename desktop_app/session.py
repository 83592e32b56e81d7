"""The work that was open, as a file: what comes back after a quit or a crash, and the works opened lately.

Pure reading and writing, without widgets. Versioned JSON; unknown fields are ignored and missing ones have defaults, so
that a later release opens what this one wrote.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, cast

import platformdirs

from desktop_app.canvas.viewport import MOST_ENLARGED, CanvasView
from desktop_app.document import LARGEST_MIX, DocumentStyle, StyleSettings, Work
from desktop_app.unreadable import keep_beside
from engine.api import STYLE_SCALE_RANGE, Picture
from engine.files import write_beside
from engine.imaging import encode_picture

VERSION = 1
LARGEST_RECENT = 10


class SessionError(ValueError):
    """A file that is no session, or one of another version."""


@dataclass(frozen=True)
class SavedStyle:
    """A style of a work: a ``name`` in the library, or the ``path`` of a painting or a style file."""

    title: str
    name: str = ""
    path: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class SavedWork:
    """A work without its pixels. ``content`` is the path of the photo, empty if none is open; ``view`` how it was
    looked at.
    """

    content: str = ""
    styles: tuple[SavedStyle, ...] = ()
    settings: StyleSettings = field(default_factory=StyleSettings)
    view: CanvasView = field(default_factory=CanvasView)

    @property
    def is_empty(self) -> bool:
        return not self.content and not self.styles


def default_folder() -> Path:
    return platformdirs.user_data_path("Scumble", appauthor=False) / "session"


def save_work(work: Work, folder: Path) -> SavedWork:
    """Return a work as it is written. Pictures that came from no file are written into the folder first. Raises
    OSError.
    """
    content = work.content
    path = ""
    if content is not None:
        path = str(content.path.absolute()) if content.path is not None else _keep_picture(content.picture, folder)
    return SavedWork(path, tuple(_saved_style(style, folder) for style in work.styles), work.settings)


def is_on_disk(work: Work) -> bool:
    """Whether every picture of a work came from a file, so that saving it writes none."""
    kept = work.content is None or work.content.path is not None
    return kept and all(style.path is not None or not isinstance(style.source, Picture) for style in work.styles)


def _saved_style(style: DocumentStyle, folder: Path) -> SavedStyle:
    source = style.source if style.path is None else style.path
    if isinstance(source, str):
        return SavedStyle(style.title, name=source, weight=style.weight)
    path = str(source.absolute()) if isinstance(source, Path) else _keep_picture(source, folder)
    return SavedStyle(style.title, path=path, weight=style.weight)


def _keep_picture(picture: Picture, folder: Path) -> str:
    path = folder / f"{picture.digest}.png"
    if not path.exists():
        write_beside(path, encode_picture(picture, "png", compress_level=1))  # closing may wait for it
    return str(path.absolute())


def drop_unused_pictures(folder: Path, works: Sequence[SavedWork]) -> None:
    """Delete the pictures of the folder that no work needs any more."""
    used = {work.content for work in works} | {style.path for work in works for style in work.styles}
    for path in folder.glob("*.png"):
        if str(path.absolute()) not in used:
            path.unlink(missing_ok=True)


def works_as_bytes(works: Sequence[SavedWork]) -> bytes:
    values = {"version": VERSION, "works": [asdict(work) for work in works]}
    return json.dumps(values, indent=1, ensure_ascii=True).encode()


def works_from_bytes(data: bytes) -> list[SavedWork]:
    """Read what :func:`works_as_bytes` wrote. Raises :class:`SessionError`."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SessionError(f"no JSON: {error}") from error
    if not isinstance(values, dict) or values.get("version") != VERSION:
        raise SessionError(f"not a session of version {VERSION}")
    works = values.get("works", [])
    if not isinstance(works, list):
        raise SessionError("works is no list")
    return [work_from(each) for each in works]


def read_works(path: Path) -> list[SavedWork]:
    """Read a file of works; none if there is no file. One that cannot be understood is kept as ``.bak``, and
    :class:`SessionError` is raised.
    """
    try:
        return works_from_bytes(path.read_bytes())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SessionError(str(error)) from error
    except SessionError as error:
        keep_beside(path, error)
        raise


def _typed(values: dict[str, Any], name: str, default: Any) -> Any:
    value = values.get(name, default)
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(default) or (isinstance(value, float) and not math.isfinite(value)):
        raise SessionError(f"{name} is {value!r}")
    return value


def _object(values: object) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise SessionError(f"{values!r} is no object")
    return cast("dict[str, Any]", values)


def work_from(values: object) -> SavedWork:
    """Read a work from JSON values; unknown ones are ignored. Raises :class:`SessionError`."""
    work = _object(values)
    styles = work.get("styles", [])
    if not isinstance(styles, list) or len(styles) > LARGEST_MIX:
        raise SessionError("styles is no list of a mix")
    return SavedWork(
        _typed(work, "content", ""),
        tuple(style_from(each) for each in styles),
        settings_from(_object(work.get("settings", {}))),
        _view(_object(work.get("view", {}))),
    )


def _view(values: dict[str, Any]) -> CanvasView:
    view = CanvasView(
        **{each.name: _typed(values, each.name, getattr(CanvasView(), each.name)) for each in fields(CanvasView)}
    )
    if not 0 <= view.scale <= MOST_ENLARGED or not all(0 <= place <= 1 for place in (view.x, view.y, view.divider)):
        raise SessionError(f"{view} is out of range")
    return view


def style_from(values: object) -> SavedStyle:
    """Read a style from JSON values. Raises :class:`SessionError`."""
    style = _object(values)
    found = SavedStyle(
        _typed(style, "title", ""), _typed(style, "name", ""), _typed(style, "path", ""), _typed(style, "weight", 1.0)
    )
    if bool(found.name) == bool(found.path) or found.weight < 0:
        raise SessionError(f"{found} is no style")
    return found


def settings_from(values: dict[str, Any]) -> StyleSettings:
    """Read settings from JSON values; missing ones have defaults. Raises :class:`SessionError`."""
    settings = StyleSettings(
        **{each.name: _typed(values, each.name, getattr(StyleSettings(), each.name)) for each in fields(StyleSettings)}
    )
    low, high = STYLE_SCALE_RANGE
    shares = (settings.strength, settings.keep_color, settings.detail)
    if not all(0 <= share <= 1 for share in shares) or not low <= settings.style_scale <= high:
        raise SessionError(f"{settings} is out of range")
    return settings
