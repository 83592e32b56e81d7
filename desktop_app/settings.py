"""What the window remembers between two starts: a versioned JSON file, read into a dataclass."""

from __future__ import annotations

import json
import logging
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import platformdirs

from desktop_app.export_options import (
    DEFAULT_PATTERN,
    LONGEST_PATTERN,
    PERCENT_RANGE,
    SIDE_RANGE,
    SIZE_KINDS,
    ExportOptions,
)
from desktop_app.queueing.jobs import EXISTING
from desktop_app.unreadable import keep_beside
from engine.api import ComputeOptions

VERSION = 1
LANGUAGES = ("system", "en", "zh_CN")
THEMES = ("dark", "light", "system")
PREVIEW_QUALITIES = ("fine", "fast")
MOST_THREADS = 1024
MOST_GIGABYTES = 4096
_DEVICE = re.compile(r"auto|cpu|mps|(cuda|xpu)(:\d{1,3})?")
SHELF_GROUPS = ("all", "built-in", "own", "recent", "favourites")
PANELS = ("", "history", "queue", "teach")
_LONGEST_LIST = 10_000
_LONGEST_ENTRY = 1000

log = logging.getLogger(__name__)


@dataclass
class Settings:
    """``geometry`` is Qt's description of the window's place, in base 64; the folders are empty until they are used.

    ``export_folder`` is where the last export went; ``default_export_folder``, if one was chosen, is where every export
    begins. ``export_seconds_per_megapixel`` is what exports took on this machine, 0 before the first one.
    ``queue_existing`` is what the queue does with files that exist. ``threads`` and ``memory_gigabytes`` are 0 for as
    much as there is. ``panel`` is shown beside the canvas, none if it is empty.
    The lists name styles of the shelf by their keys (see :class:`desktop_app.panels.shelf_model.ShelfItem`).
    """

    version: int = VERSION
    language: str = "system"
    theme: str = "dark"
    photo_folder: str = ""
    painting_folder: str = ""
    style_folder: str = ""
    export_folder: str = ""
    export_suffix: str = ".png"
    export_quality: int = 95
    export_size_kind: str = "original"
    export_percent: int = 100
    export_pixels: int = 2048
    export_pattern: str = DEFAULT_PATTERN
    export_keeps_details: bool = True
    export_seconds_per_megapixel: float = 0.0
    queue_existing: str = "rename"
    geometry: str = ""
    side_by_side: bool = False
    panel: str = ""
    device: str = "auto"
    threads: int = 0
    memory_gigabytes: int = 0
    default_export_folder: str = ""
    preview_quality: str = "fine"
    shelf_group: str = "all"
    shelf_order: list[str] = field(default_factory=list)
    shelf_favourites: list[str] = field(default_factory=list)
    shelf_recent: list[str] = field(default_factory=list)

    def export_options(self) -> ExportOptions:
        return ExportOptions(
            self.export_size_kind,
            self.export_percent,
            self.export_pixels,
            self.export_pattern,
            self.export_keeps_details,
        )

    def remember_export_options(self, options: ExportOptions) -> None:
        self.export_size_kind = options.size_kind
        self.export_percent = options.percent
        self.export_pixels = options.pixels
        self.export_pattern = options.pattern
        self.export_keeps_details = options.keeps_details

    def compute_options(self) -> ComputeOptions:
        """Return what of this concerns the engine, in its own units."""
        return ComputeOptions(self.device, self.threads or None, self.memory_gigabytes * 10**9 or None)


def default_path() -> Path:
    return platformdirs.user_config_path("Scumble", appauthor=False) / "settings.json"


def load_settings(path: Path, unreadable: Callable[[Path], object] | None = None) -> Settings:
    """Read the settings. A file that cannot be understood is kept beside as ``.bak``, the defaults are used, and
    ``unreadable`` is told its path.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        log.warning("Cannot read %s: %s", path, error)
        return Settings()
    try:
        return _parse(json.loads(text))
    except (ValueError, RecursionError) as error:
        keep_beside(path, error)
        if unreadable is not None:
            unreadable(path)
        return Settings()


def _parse(values: object) -> Settings:
    if not isinstance(values, dict) or values.get("version") != VERSION:
        raise ValueError(f"not settings of version {VERSION}")
    settings = Settings()
    for entry in fields(Settings):
        value = values.get(entry.name, getattr(settings, entry.name))
        if type(value) is not type(getattr(settings, entry.name)):
            raise ValueError(f"{entry.name} is {value!r}")
        if isinstance(value, list) and not _is_list_of_keys(value):
            raise ValueError(f"{entry.name} is no list of names")
        setattr(settings, entry.name, value)
    known = (
        settings.language in LANGUAGES,
        settings.theme in THEMES,
        1 <= settings.export_quality <= 100,
        settings.export_size_kind in SIZE_KINDS,
        PERCENT_RANGE[0] <= settings.export_percent <= PERCENT_RANGE[1],
        SIDE_RANGE[0] <= settings.export_pixels <= SIDE_RANGE[1],
        len(settings.export_pattern) <= LONGEST_PATTERN,
        0 <= settings.export_seconds_per_megapixel < 1e6,
        settings.queue_existing in EXISTING,
        _DEVICE.fullmatch(settings.device),
        0 <= settings.threads <= MOST_THREADS,
        0 <= settings.memory_gigabytes <= MOST_GIGABYTES,
        settings.preview_quality in PREVIEW_QUALITIES,
        settings.shelf_group in SHELF_GROUPS,
        settings.panel in PANELS,
    )
    if not all(known):
        raise ValueError("a value is out of range")
    return settings


def _is_list_of_keys(value: list[object]) -> bool:
    return len(value) <= _LONGEST_LIST and all(isinstance(key, str) and len(key) <= _LONGEST_ENTRY for key in value)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings beside and rename. A failure is logged: it must not keep a window from closing."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".tmp", delete=False) as file:
            temporary = Path(file.name)
            json.dump(asdict(settings), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        log.warning("Cannot save the settings to %s: %s", path, error)
        if temporary is not None:
            temporary.unlink(missing_ok=True)
