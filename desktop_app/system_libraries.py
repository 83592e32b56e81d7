"""Names the system libraries that Qt needs and Linux lacks, before Qt ends the process over them.

PySide6 brings Qt itself, but not the libraries of the system below it. Without them the import fails with a line of the
linker, or Qt aborts because its platform plugin does not load. Imports neither Qt nor torch.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping

# library: Debian package. Read off the plugins and libraries of PySide6-Essentials 6.12 with readelf.
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # of QtNetwork
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def platform_of(environment: Mapping[str, str]) -> str | None:
    """Return which of Qt's platform plugins Linux will use, or None when there is no display to open a window on."""
    wanted = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if wanted:
        return wanted
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else None


def missing_libraries(platform: str) -> dict[str, str]:
    """Return the libraries that cannot be loaded, each with the Debian package that has it."""
    needed = ALWAYS | {"xcb": X11, "wayland": WAYLAND}.get(platform, {})
    missing = {}
    for library, package in needed.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def problem_of_system(environment: Mapping[str, str]) -> str | None:
    """Return one line that says what keeps Qt from starting and what to do, or None when nothing is known to."""
    if not sys.platform.startswith("linux"):
        return None
    platform = platform_of(environment)
    missing = missing_libraries(platform or "offscreen")
    if missing:
        packages = " ".join(sorted(set(missing.values())))
        return f"Qt needs system libraries that are missing: {', '.join(missing)}. Run: sudo apt-get install {packages}"
    if platform is None:
        return (
            "There is no display to open a window on. Use the command line instead (scumble stylize --help), "
            "or scumble --demo FOLDER to see the window in a picture."
        )
    return None
