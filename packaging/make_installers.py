"""`make installers`: an environment of its own, the bundle in it, and the installers of the system this runs on.

Needs nothing but Python, pip and what it names when that is missing. Everything it makes is in ``build`` and ``dist``.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
ROOT = PACKAGING.parent
_TOOLS = {
    "linux": {"readelf": "binutils", "strip": "binutils", "dpkg-deb": "dpkg", "md5sum": "coreutils"},
    "win32": {"makensis": "NSIS"},
    "darwin": {"hdiutil": "macOS", "codesign": "the command line tools of Xcode"},
}
_FILES_OF_ENVIRONMENT = (ROOT / "pyproject.toml", ROOT / "requirements.lock", PACKAGING / "requirements.txt")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make everything and return the exit code: 1 if something is missing, or larger than it may be."""
    parser = argparse.ArgumentParser(prog="make_installers.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "installers", help="folder for what is between")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="folder for the installers")
    parser.add_argument("--keep-bundle", action="store_true", help="make the installers of the bundle made last time")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    work, output = options.work.resolve(), options.output.resolve()
    problem = missing_tools() or problem_of_python()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    if options.inside:
        return make_all(work, output, keep_bundle=options.keep_bundle)
    python = make_environment(work / "environment")
    command = [str(python), str(PACKAGING / "make_installers.py"), "--inside"]
    command += ["--work", str(work), "--output", str(output), *(["--keep-bundle"] if options.keep_bundle else [])]
    paths = os.pathsep.join([str(ROOT), str(PACKAGING)])
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, check=False).returncode


def missing_tools() -> str:
    """Return a line that names the programs that are missing and the packages that have them; empty if none is."""
    tools = _TOOLS.get(sys.platform, {})
    packages = sorted({package for tool, package in tools.items() if shutil.which(tool) is None})
    if not packages:
        return ""
    if sys.platform == "linux":
        return f"Programs are missing. Run: sudo apt-get install {' '.join(packages)}"
    return f"Install this first: {', '.join(packages)}"


def problem_of_python() -> str:
    """Return why PyInstaller cannot use this Python; empty if it can."""
    if sys.platform != "linux":
        return ""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    name = sysconfig.get_config_var("INSTSONAME") or f"libpython{version}.so.1.0"
    for path in (Path(sysconfig.get_config_var("LIBDIR") or "/usr/lib") / name, name):
        try:
            ctypes.CDLL(str(path))
        except OSError:
            continue
        return ""
    return (
        f"PyInstaller needs {name}, Python as a library. On Debian or Ubuntu: sudo apt-get install libpython{version}"
    )


def make_environment(folder: Path) -> Path:
    """Return the Python of an environment with Scumble's dependencies and the tools of packaging, and nothing else."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = folder / "made-from"
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in _FILES_OF_ENVIRONMENT)).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python
    if folder.exists():
        shutil.rmtree(folder)
    print(f"Making an environment in {folder}", flush=True)
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        str(python),
        "install",
        "--quiet",
    ]
    command += ["--constraint", str(ROOT / "requirements.lock"), "--requirement", str(PACKAGING / "requirements.txt")]
    subprocess.run([*command, *project["dependencies"]], check=True)
    stamp.write_text(wanted, encoding="ascii")
    return python


def make_all(work: Path, output: Path, *, keep_bundle: bool) -> int:
    """Make bundle and installers, tell how large they are, and return 1 if that is too large."""
    from bill_of_materials import write_bill
    from bundle_report import beyond_limits, report
    from make_bundle import BuildError, make_bundle

    bundle = work / "bundle" / ("Scumble.app" if sys.platform == "darwin" else "scumble")
    try:
        if not (keep_bundle and bundle.exists()):
            print("Making the bundle, which takes minutes", flush=True)
            bundle = make_bundle(work / "pyinstaller", work / "bundle")
        output.mkdir(parents=True, exist_ok=True)
        print("Making the installers", flush=True)
        made = _installers_of_this_system(bundle, work, output)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"{Path(error.cmd[0]).name} failed with {error.returncode}: {error.stderr or ''}", file=sys.stderr)
        return 1
    write_bill(bundle, output / "scumble.cdx.json")
    sums = output / "SHA256SUMS"
    files = [path for path in made if path.is_file()]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    sums.write_text("".join(lines), encoding="utf-8")
    print(report(bundle, made))
    _print_figures(bundle)
    problems = beyond_limits(bundle, made)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _installers_of_this_system(bundle: Path, work: Path, output: Path) -> list[Path]:
    if sys.platform == "win32":
        from windows.make_setup import make_setup

        return [make_setup(bundle, work, output)]
    if sys.platform == "darwin":
        from macos.make_disk_image import make_disk_image

        return [make_disk_image(bundle, work, output)]
    from linux.make_packages import make_packages

    return make_packages(bundle, work, output)


def _print_figures(bundle: Path) -> None:
    """Measure the start of the frozen program, offscreen. What it takes depends on the machine, and decides nothing."""
    from measure_start import measure, report

    name = "Contents/MacOS/scumble-window" if sys.platform == "darwin" else "scumble-window"
    program = bundle / (f"{name}.exe" if sys.platform == "win32" else name)
    print(report(measure(program)))


if __name__ == "__main__":
    sys.exit(main())
