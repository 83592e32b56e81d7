"""Lists every file of a bundle with its size and hash, so that the program can name what is missing or damaged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from engine.installation import MANIFEST, MANIFEST_VERSION
from engine.version import __version__


def write_manifest(folder: Path) -> Path:
    """Write the list into ``folder``, which is the one that ``resources`` lies in. Nothing may change there after."""
    path = folder / MANIFEST.name
    files = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file != path:
            with file.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            files[file.relative_to(folder).as_posix()] = [file.stat().st_size, digest]
    values = {"version": MANIFEST_VERSION, "program": __version__, "files": files}
    path.write_text(json.dumps(values, indent=0), encoding="utf-8")
    return path
