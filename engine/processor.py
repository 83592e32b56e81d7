"""What the processor of this computer is called, and whether it can run Scumble at all."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

_LINUX_LIST = Path("/proc/cpuinfo")
# Nehalem (2008) and Bulldozer (2011) have them; found by running numpy, OpenCV, Qt and torch on emulated processors.
# Each with its bit in Windows' IsProcessorFeaturePresent; Windows tells nothing about popcnt, which comes with SSE4.2.
_NEEDED_INSTRUCTIONS = {"ssse3": 36, "sse4_1": 37, "sse4_2": 38, "popcnt": None}
_WINDOWS_KEY = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"


@cache
def processor_name() -> str:
    """Return the name its maker gave the processor, or whatever the system has instead; never empty, never raises."""
    try:
        name = _name_of_system()
    except (OSError, subprocess.SubprocessError):
        name = ""
    return " ".join(name.split()) or platform.processor() or platform.machine() or "CPU"


def core_count() -> int:
    """Return how many threads the processor runs at the same time."""
    return os.cpu_count() or 1


def problem_of_processor() -> str | None:
    """Return one line that says why the libraries Scumble is built on would crash here, or None. Never raises.

    They use the instructions of x86-64-v2 without looking whether they are there. Where nothing is known about the
    processor, nothing is wrong with it; Apple's processors have what they need.
    """
    missing = _missing_instructions() if platform.machine().lower() in {"x86_64", "amd64"} else []
    if not missing:
        return None
    return (
        f"This processor ({processor_name()}) is too old for Scumble: it lacks {', '.join(missing)}. "
        "Use a computer made after 2011."
    )


def _missing_instructions() -> list[str]:
    if sys.platform == "win32":
        import ctypes

        has = ctypes.windll.kernel32.IsProcessorFeaturePresent
        return [name for name, bit in _NEEDED_INSTRUCTIONS.items() if bit is not None and not has(bit)]
    if not sys.platform.startswith("linux"):
        return []
    try:
        text = _LINUX_LIST.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    flags = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    known = flags[1].split() if flags else []
    return [name for name in _NEEDED_INSTRUCTIONS if name not in known] if known else []


def _name_of_system() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS_KEY) as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0])
    if sys.platform == "darwin":
        command = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout
    found = re.search(r"^model name\s*:(.*)$", _LINUX_LIST.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return found[1] if found else ""
