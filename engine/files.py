"""Writing files so that a name always holds a whole file: the old one or the new one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_beside(path: Path, data: bytes) -> None:
    """Write ``data`` into a temporary file beside ``path``, flush it to the disk and rename it. Raises OSError.

    Nothing is left behind on failure.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the mask for new files; the system only tells it when it is set."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
