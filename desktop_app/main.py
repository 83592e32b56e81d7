"""Start-up: window first, torch later.

Nothing imported before the window is on screen imports torch; the worker thread does that behind it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app.start_problem import tell
from engine.processor import problem_of_processor


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line for its commands, else open the window. Return the exit code."""
    multiprocessing.freeze_support()  # first: in a frozen application a child process starts here too
    given = list(sys.argv[1:] if arguments is None else arguments)
    problem = problem_of_processor()
    if problem is not None:
        tell(problem)
        return 1
    from engine.cli import COMMANDS

    if given and (given[0] in COMMANDS or given[0] in {"-h", "--help", "--version"}):
        from engine import cli

        return cli.main(given)
    return open_window(given)


def main_window() -> int:
    """Open the window whatever the first argument is: the entry point without a console."""
    multiprocessing.freeze_support()
    problem = problem_of_processor()
    if problem is not None:
        tell(problem)
        return 1
    return open_window(sys.argv[1:])


def open_window(arguments: Sequence[str]) -> int:
    """Check what Qt needs, then import it and run the window."""
    options = _parser().parse_args(arguments)
    if options.demo is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.system_libraries import problem_of_system

    problem = problem_of_system(os.environ)
    if problem is not None:
        tell(problem)
        return 1
    if sys.platform == "win32":
        _load_torch_libraries_first()
    try:
        from desktop_app.application import run
    except ImportError as error:
        from engine.installation import damage

        damaged = damage()
        if damaged is not None:
            tell(str(damaged))
        elif (error.name or "").startswith("PySide6"):
            tell(f"Qt cannot be loaded ({error}). Install that library, or install Scumble again.")
        else:
            raise
        return 1
    return run(options.files, sample=options.sample, demo=options.demo, figures=options.figures)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scumble", description="Open the window.", add_help=False)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a photo, then paintings or style files")
    parser.add_argument("--sample", action="store_true", help="open the sample photo in the first built-in style")
    parser.add_argument(
        "--demo",
        type=Path,
        metavar="FOLDER",
        help="run the window with the sample offscreen, write the result and a picture of the window there, and end",
    )
    parser.add_argument("--figures", type=Path, metavar="FILE", help=argparse.SUPPRESS)  # packaging measures the start
    return parser


def _load_torch_libraries_first() -> None:
    """On Windows, load torch's base library before Qt's.

    From 2.9 on torch's c10.dll fails to initialise (WinError 1114) once Qt has loaded its own copy of the C++ runtime
    (pytorch issue 166628). Loading that one small library first is enough and takes no time; where it fails, all of
    torch is imported first, and the window comes later. On other systems the order does not matter: Qt comes first.
    """
    import ctypes
    from importlib.util import find_spec

    specification = find_spec("torch")
    if specification is None or specification.origin is None:
        return
    library = Path(specification.origin).with_name("lib") / "c10.dll"
    try:
        ctypes.CDLL(str(library))
    except OSError:
        import torch  # noqa: F401


if __name__ == "__main__":
    sys.exit(main())
