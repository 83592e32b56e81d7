"""What the window remembers between two starts: a versioned JSON file, read into a dataclass."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import platformdirs

VERSION = 1
LANGUAGES = ("system", "en", "zh_CN")
THEMES = ("dark", "light", "system")

log = logging.getLogger(__name__)


@dataclass
class Settings:
    """``geometry`` is Qt's description of the window's place, in base 64; the folders are empty until they are used."""

    version: int = VERSION
    language: str = "system"
    theme: str = "dark"
    photo_folder: str = ""
    painting_folder: str = ""
    export_folder: str = ""
    export_suffix: str = ".png"
    export_quality: int = 95
    geometry: str = ""
    style_group: str = "all"
    favorite_styles: list[str] = field(default_factory=list)
    recent_styles: list[str] = field(default_factory=list)


def default_path() -> Path:
    return platformdirs.user_config_path("Scumble", appauthor=False) / "settings.json"


def load_settings(path: Path) -> Settings:
    """Read the settings. A file that cannot be understood is kept beside as ``.bak``, and the defaults are used."""
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
        log.warning("Cannot understand %s (%s); the defaults are used", path, error)
        try:
            os.replace(path, path.with_name(path.name + ".bak"))
        except OSError as problem:
            log.warning("Cannot keep %s: %s", path, problem)
        return Settings()


def _parse(values: object) -> Settings:
    if not isinstance(values, dict) or values.get("version") != VERSION:
        raise ValueError(f"not settings of version {VERSION}")
    settings = Settings()
    for each in fields(Settings):
        value = values.get(each.name, getattr(settings, each.name))
        if type(value) is not type(getattr(settings, each.name)):
            raise ValueError(f"{each.name} is {value!r}")
        if isinstance(value, list) and not all(isinstance(entry, str) for entry in value):
            raise ValueError(f"{each.name} is {value!r}")
        setattr(settings, each.name, value)
    if settings.language not in LANGUAGES or settings.theme not in THEMES or not 1 <= settings.export_quality <= 100:
        raise ValueError("a value is out of range")
    return settings


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
