"""Whether every file of this installation is there and whole, so that a damaged one is told by the names of its files.

An installed program brings a list of its files with sizes and hashes (``packaging/make_manifest.py``). A checkout has
none; there it is only known which files of ``resources`` must be there.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import resources
from engine.api import ModelError

MANIFEST = resources.FOLDER.parent / "installation.json"
MANIFEST_VERSION = 1
_NEEDED = (
    resources.BASE_MODEL,
    resources.PERCEPTUAL_NETWORK,
    resources.BUILT_IN_STYLES,
    resources.SAMPLES,
    resources.PRACTICE,
    resources.ICONS,
    resources.TRANSLATIONS,
    resources.LICENCES,
)
_MOST_NAMES = 5


def damaged_files(manifest: Path = MANIFEST, *, thorough: bool = False) -> list[str]:
    """Return the files that are missing or are not as they were shipped, by their paths inside the program's folder.

    Looks at sizes alone, some milliseconds for all files; ``thorough`` reads them all, a second or more.
    """
    # On macOS the signature of the program says what is damaged, and does not allow another file.
    has_list = getattr(sys, "frozen", False) and sys.platform != "darwin"
    if not manifest.is_file() and not has_list:
        return [str(path) for path in _NEEDED if not path.exists()]
    try:
        values = json.loads(manifest.read_bytes())
        files: dict[str, tuple[int, str]] = values["files"] if values["version"] == MANIFEST_VERSION else {}
        if not files:
            return [manifest.name]
        return [name for name, state in files.items() if not _is_whole(manifest.parent / name, *state, thorough)]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return [manifest.name]


def _is_whole(path: Path, size: int, sha256: str, thorough: bool) -> bool:
    try:
        if path.stat().st_size != size:
            return False
        if not thorough:
            return True
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def damage(manifest: Path = MANIFEST) -> ModelError | None:
    """Return what to tell about files that are missing or damaged; None if there are none."""
    files = damaged_files(manifest)
    if not files:
        return None
    more = len(files) - _MOST_NAMES
    names = ", ".join(files[:_MOST_NAMES]) + (f" (+{more})" if more > 0 else "")
    return ModelError("Files of Scumble are missing or damaged: {files}. Install Scumble again.", files=names)
