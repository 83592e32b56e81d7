"""Says what keeps the program from starting, before there is a window to say it in. Imports neither Qt nor torch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

_TITLE = "Scumble"
_ERROR_ICON = 0x10
_DIALOGS = (
    ("zenity", ("--error", f"--title={_TITLE}", "--no-markup", "--text={text}")),
    ("kdialog", ("--title", _TITLE, "--error", "{text}")),
    ("xmessage", ("-center", "{text}")),
)


def tell(problem: str) -> None:
    """Write the problem to standard error; where nobody may be looking there, show it in a dialog of the system too."""
    if sys.stderr is not None:
        print(problem, file=sys.stderr, flush=True)
        if sys.stderr.isatty():
            return
    try:
        _show(problem)
    except (OSError, subprocess.SubprocessError):
        return  # standard error has it


def _show(problem: str) -> None:
    if sys.platform == "win32":
        if sys.stderr is None:  # the program without a console
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, problem, _TITLE, _ERROR_ICON)
    elif sys.platform == "darwin":
        if getattr(sys, "frozen", False):
            script = "on run argv\ndisplay alert (item 1 of argv) message (item 2 of argv) as critical\nend run"
            subprocess.run(["/usr/bin/osascript", "-e", script, _TITLE, problem], check=False, capture_output=True)
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        for program, arguments in _DIALOGS:
            path = shutil.which(program)
            if path is not None:
                filled = [argument.replace("{text}", problem) for argument in arguments]
                subprocess.run([path, *filled], check=False, capture_output=True)
                return
