"""How quick the frozen program starts: `python packaging/measure_start.py PROGRAM`. A first start warms it up."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTS = 5
LIMITS = {"painted_seconds": 1.0, "stylized_seconds": 4.0, "longest_stall_milliseconds": 100.0}
_LIMIT_SECONDS = 120


def measure(program: Path, starts: int = STARTS) -> list[dict[str, float]]:
    """Start the window some times with a sample, offscreen and with a home of its own; return what each start told."""
    found = []
    for _ in range(starts + 1):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
            names += ("XDG_STATE_HOME", "XDG_CACHE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
            environment = {**os.environ, **dict.fromkeys(names, home), "QT_QPA_PLATFORM": "offscreen"}
            figures = Path(home) / "figures.json"
            command = [str(program), "--sample", "--figures", str(figures)]
            environment["SCUMBLE_STARTED"] = str(time.time())
            subprocess.run(command, env=environment, check=True, timeout=_LIMIT_SECONDS)
            found.append(json.loads(figures.read_bytes()))
    return found[1:]


def report(starts: list[dict[str, float]]) -> str:
    """Return the middle and the worst of each figure beside its limit."""
    lines = [f"The start of the frozen program, {len(starts)} times (offscreen, warm):"]
    for name, limit in LIMITS.items():
        values = [start[name] for start in starts]
        words = name.replace("_", " ")
        lines.append(f"{words:>28}: median {statistics.median(values):7.2f}, worst {max(values):7.2f}, limit {limit:g}")
    for name in ("painted_processor_seconds", "stylized_processor_seconds"):
        values = [start[name] for start in starts if name in start]
        if values:
            lines.append(
                f"{name.replace('_', ' ')}: median {statistics.median(values):.2f} (on a busy machine look here)"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(measure(Path(sys.argv[1]))))
