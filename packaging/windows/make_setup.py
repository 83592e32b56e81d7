"""Makes the installer of Windows with NSIS, of a real bundle or of one that stands in for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bundle_report import size_of
from make_icons import write_ico

from engine.version import __version__
from resources import ICONS

SCRIPT = Path(__file__).resolve().with_name("scumble.nsi")


def command(bundle: Path, icon: Path, output: Path, version: str = __version__) -> list[str]:
    """Return how makensis is called; every warning is an error."""
    values = {
        "VERSION": version,
        "VERSION_OF_FOUR_NUMBERS": f"{version.split('-', maxsplit=1)[0]}.0",
        "BUNDLE": str(bundle),
        "ICON": str(icon),
        "OUTPUT": str(output),
        "KILOBYTES": str(size_of(bundle) // 1024),
    }
    if sys.platform == "linux":
        values["TARGET"] = "amd64-unicode"  # Debian's NSIS has it, and a Wine of 64 bits needs it
    # -WX before the script, and UTF-8 whatever the system's own encoding is.
    options = ["-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    return ["makensis", *options, *(f"-D{name}={value}" for name, value in values.items()), str(SCRIPT)]


def make_setup(bundle: Path, work: Path, output: Path, version: str = __version__) -> Path:
    """Return the path of the installer. Raises CalledProcessError if makensis refuses the script."""
    icon = work / "scumble.ico"
    write_ico(ICONS / "scumble.svg", icon)
    path = output / f"scumble-{version}-setup.exe"
    subprocess.run(command(bundle.resolve(), icon.resolve(), path.resolve(), version), check=True)
    return path
