"""What the processor of this computer is called."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

_LINUX_LIST = Path("/proc/cpuinfo")
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
