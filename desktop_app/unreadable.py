"""What is done with a file of Scumble's own that cannot be understood: it is kept beside, and the user is told."""

from __future__ import annotations

import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)


def keep_beside(path: Path, reason: Exception) -> None:
    """Rename a file to ``<name>.bak``, in the place of an older one, so that a new one can be written."""
    log.warning("Cannot understand %s (%s)", path, reason)
    try:
        os.replace(path, path.with_name(f"{path.name}.bak"))
    except OSError as problem:
        log.warning("Cannot keep %s: %s", path, problem)
