"""Presets: strength, keep colour, detail and brush size under a name, in a versioned JSON file beside the settings."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.document import StyleSettings
from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.panels.message_bar import MessageBar
from desktop_app.session import SessionError, settings_from
from desktop_app.unreadable import keep_beside
from engine.files import write_beside

VERSION = 1
LONGEST_NAME = 60
MOST_PRESETS = 200

BUILT_IN = {
    QT_TRANSLATE_NOOP("Presets", "Full style"): StyleSettings(),
    QT_TRANSLATE_NOOP("Presets", "A hint of paint"): StyleSettings(strength=0.5, keep_color=0.4, detail=0.3),
    QT_TRANSLATE_NOOP("Presets", "Colours of the photo"): StyleSettings(keep_color=1.0),
    QT_TRANSLATE_NOOP("Presets", "Portrait"): StyleSettings(strength=0.8, detail=0.5, style_scale=0.8),
    QT_TRANSLATE_NOOP("Presets", "Broad brush"): StyleSettings(style_scale=2.0),
}
"""Presets that are always there; their names are English, and translated where they are shown."""

log = logging.getLogger(__name__)


class Presets(QObject):
    """The artist's own presets by name, in the order in which they were saved. Every change is written at once.

    What cannot be read or written changes nothing else, and the message bar says so.
    """

    changed = Signal()

    def __init__(self, path: Path, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._messages = messages
        self._own = self._read()

    @property
    def own(self) -> dict[str, StyleSettings]:
        return dict(self._own)

    def put(self, own: dict[str, StyleSettings]) -> None:
        """Have these presets, and no others."""
        self._own = dict(own)
        values = {
            "version": VERSION,
            "presets": [{"name": name, **asdict(settings)} for name, settings in self._own.items()],
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_beside(self._path, json.dumps(values, indent=1).encode())
        except OSError as error:
            log.warning("Cannot save the presets to %s: %s", self._path, error)
            reason = error.strerror or type(error).__name__
            self._messages.show_message(
                "error",
                lambda: self.tr(
                    "The presets cannot be saved ({reason}); they last until the window is closed. "
                    "Free some space, or check the folder {folder}."
                ).format(reason=reason, folder=self._path.parent),
            )
        self.changed.emit()

    def _read(self) -> dict[str, StyleSettings]:
        """Read the file. One that cannot be understood is kept beside as ``.bak``."""
        try:
            return _parse(json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return {}
        except OSError as error:
            log.warning("Cannot read %s: %s", self._path, error)
            reason = error.strerror or type(error).__name__
            self._messages.show_message(
                "error",
                lambda: self.tr("Your presets cannot be read ({reason}). Check the file {path}.").format(
                    reason=reason, path=self._path
                ),
            )
        except (ValueError, RecursionError) as error:  # SessionError is a ValueError
            keep_beside(self._path, error)
            self._messages.show_message(
                "error",
                lambda: self.tr("Your presets cannot be read; the file is kept as {name} in {folder}.").format(
                    name=f"{self._path.name}.bak", folder=self._path.parent
                ),
            )
        return {}


def _parse(values: object) -> dict[str, StyleSettings]:
    if not isinstance(values, dict) or values.get("version") != VERSION:
        raise SessionError(f"not presets of version {VERSION}")
    presets = values.get("presets")
    if not isinstance(presets, list) or len(presets) > MOST_PRESETS:
        raise SessionError("presets is no list")
    found: dict[str, StyleSettings] = {}
    for each in presets:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str) or not each["name"].strip():
            raise SessionError(f"{each!r} is no preset")
        found[each["name"][:LONGEST_NAME]] = settings_from(each)
    return found
