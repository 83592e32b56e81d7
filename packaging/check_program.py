"""Runs an installed Scumble as an artist would, without a display: `python packaging/check_program.py PROGRAM`.

Version, doctor, stylize, thumbnail, 20 steps of training, the window offscreen with a sample, and its export. Needs
Python alone, so that it runs wherever an installer was tried.
"""

from __future__ import annotations

import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"
STYLE = "Water Lilies"
TRAINING_STEPS = 20
_PNG = b"\x89PNG\r\n\x1a\n"
_LIMIT_SECONDS = 900


class CheckError(Exception):
    """Something is not as it should be; the message says what."""


@dataclass(frozen=True)
class Program:
    """How to start the program. ``prefix`` stands before it (a chroot), whose ``/`` is ``root`` here."""

    command: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    root: Path = Path("/")
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, expected: int = 0) -> subprocess.CompletedProcess[str]:
        """Run it and return what it printed. Raises CheckError for another exit code, or a traceback."""
        command = [*self.prefix, *self.command, *arguments]
        result = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **self.environment},
            timeout=_LIMIT_SECONDS,
            check=False,
        )
        if result.returncode != expected or "Traceback" in result.stderr:
            said = (result.stderr or result.stdout).strip()
            raise CheckError(f"scumble {' '.join(arguments)} ended with {result.returncode}: {said}")
        return result

    def here(self, path: str) -> Path:
        """Return where a path of the program's is for this script."""
        return self.root / path.lstrip("/") if self.root != Path("/") else Path(path)


def png_size(path: Path) -> tuple[int, int]:
    """Return width and height of a PNG file. Raises CheckError if it is none."""
    try:
        head = path.read_bytes()[:24]
    except OSError as error:
        raise CheckError(f"{path} was not written") from error
    if len(head) < 24 or not head.startswith(_PNG):
        raise CheckError(f"{path} is no PNG file")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def check_version(program: Program, _: str) -> str:
    return program.run("--version").stdout.strip()


def check_doctor(program: Program, _: str) -> str:
    found: dict[str, Any] = json.loads(program.run("doctor", "--json").stdout)
    if not found["self_test"]["passed"]:
        raise CheckError(f"the self-test failed: {found['self_test']['reason']}")
    damaged = found["installation"]["damaged_files"]
    if damaged:
        raise CheckError(f"{len(damaged)} files are damaged, among them {damaged[0]}")
    unknown = [name for name, version in found["versions"].items() if version == "not installed"]
    if unknown:
        raise CheckError(f"the versions of {', '.join(unknown)} are not known")
    return f"{found['self_test']['device']}, torch {found['versions']['torch']}"


def check_stylize(program: Program, folder: str) -> str:
    target = f"{folder}/painted.png"
    arguments = ("stylize", f"{folder}/landscape.jpg", "--style", STYLE, "-o", target, "--max-side", "600", "--json")
    told = json.loads(program.run(*arguments).stdout)
    if png_size(program.here(target)) != (600, 400):
        raise CheckError("the result has another size than was asked for")
    return f"{told['seconds']} s for 600 x 400"


def check_subject(program: Program, folder: str) -> str:
    target = f"{folder}/subject.png"
    program.run(
        "stylize", f"{folder}/still_life.jpg", "--style", STYLE, "-o", target, "--max-side", "300", "--subject", "keep"
    )
    return f"{png_size(program.here(target))}"


def check_thumbnail(program: Program, folder: str) -> str:
    style, target = f"{folder}/given.scumble", f"{folder}/thumbnail.png"
    program.run("styles", "export", STYLE, style)
    program.run("styles", "thumbnail", style, target, "--size", "128")
    if png_size(program.here(target)) != (128, 128):
        raise CheckError("the thumbnail has another size than was asked for")
    return "128 x 128"


def check_training(program: Program, folder: str) -> str:
    start = time.monotonic()
    works = (f"{folder}/landscape.jpg", f"{folder}/still_life.jpg")
    program.run("train", "--name", "手 Ärmel", *works, "--steps", str(TRAINING_STEPS))
    names = [style["name"] for style in json.loads(program.run("styles", "list", "--json").stdout)["styles"]]
    if "手 Ärmel" not in names:
        raise CheckError("the style that was learnt is not in the library")
    return f"{TRAINING_STEPS} steps, {time.monotonic() - start:.0f} s"


def check_window(program: Program, folder: str) -> str:
    program.run("--demo", f"{folder}/window")
    result = png_size(program.here(f"{folder}/window/scumble-sample.png"))
    screenshot = png_size(program.here(f"{folder}/window/scumble-window.png"))
    return f"exported {result[0]} x {result[1]}, window {screenshot[0]} x {screenshot[1]}"


def check_bad_input(program: Program, folder: str) -> str:
    told = program.run("stylize", f"{folder}/not there.jpg", "--style", STYLE, expected=1).stderr.strip()
    if len(told.splitlines()) != 1 or "does not exist" not in told:
        raise CheckError(f"a missing file is told so: {told}")
    return told


CHECKS = {
    "version": check_version,
    "doctor": check_doctor,
    "stylize": check_stylize,
    "subject": check_subject,
    "thumbnail": check_thumbnail,
    "training": check_training,
    "window": check_window,
    "bad input": check_bad_input,
}


def check_all(program: Program, folder: str) -> list[str]:
    """Run every check in a folder (a path of the program's) that holds the samples; return what failed."""
    failed = []
    for name, check in CHECKS.items():
        try:
            print(f"  {name}: {check(program, folder)}", flush=True)
        except CheckError as error:
            failed.append(f"{name}: {error}")
            print(f"  {name} FAILED: {error}", flush=True)
    return failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the program that is named and return 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="check_program.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("program", nargs="+", help="the program, and arguments that always come first")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="scumble 画 ", ignore_cleanup_errors=True) as folder:
        for sample in SAMPLES.glob("*.jpg"):
            (Path(folder) / sample.name).write_bytes(sample.read_bytes())
        names = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        names += ("WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
        environment = {**dict.fromkeys(names, folder), "PYTHONIOENCODING": "utf-8"}
        failed = check_all(Program(tuple(options.program), environment=environment), folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
