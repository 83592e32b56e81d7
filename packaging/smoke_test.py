"""Tries the .deb as an artist gets it: `sudo python packaging/smoke_test.py dist/scumble_*.deb`, with debootstrap.

Installs it into a fresh, minimal Debian in a folder, whose programs' folder is read-only then; an ordinary user whose
home has a name in other letters runs everything that check_program.py checks; the result must have the same pixels as
that of the program from this checkout; the real window is worked with under Xvfb; then what goes wrong is tried: a
library of the system missing, an old processor, a damaged installation; at last it is removed, and the styles stay.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from check_program import SAMPLES, STYLE, CheckError, Program, check_all
from check_window import check_window_by_hand, screen
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
USER = "artist"
USER_ID = 1234
HOME = "/" + "home/Künstlerin 画"  # put together, or a test would take it for a folder of this machine
INSTALLED = "/usr/lib/scumble"
_SUITE = "bookworm"
_OLD_PROCESSOR = "processor\t: 0\nmodel name\t: Old One\nflags\t\t: fpu sse sse2 ssse3\n\n"


class Chroot:
    """A minimal Debian in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as root in it. Raises CheckError if it fails."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8"}
        environment |= {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        full = ["chroot", str(self.root), *command]
        result = subprocess.run(full, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            raise CheckError(f"{' '.join(command)} failed: {result.stderr.strip() or result.stdout.strip()}")
        return result

    def path(self, inside: str) -> Path:
        return self.root / inside.lstrip("/")

    @contextmanager
    def mounted(self, source: str, inside: str, *options: str) -> Iterator[None]:
        """Let a file or folder of this machine, or of the chroot, lie at a place of the chroot."""
        target = str(self.path(inside))
        subprocess.run(["mount", "--bind", source, target], check=True)  # noqa: S607
        try:
            # Or what is laid over a file in the chroot's /proc would lie over this machine's too.
            subprocess.run(["mount", "--make-private", target], check=True)  # noqa: S607
            if options:
                subprocess.run(["mount", "-o", f"remount,bind,{','.join(options)}", target], check=True)  # noqa: S607
            yield
        finally:
            subprocess.run(["umount", "--lazy", target], check=False)  # noqa: S607

    def program(self, **environment: str) -> Program:
        """Return Scumble as the artist starts it."""
        values = {"HOME": HOME, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TMPDIR": "/tmp", **environment}  # noqa: S108
        user = f"--userspec={USER_ID}:{USER_ID}"
        prefix = (
            "chroot",
            user,
            str(self.root),
            "env",
            "--ignore-environment",
            *(f"{k}={v}" for k, v in values.items()),
        )
        return Program(("scumble",), prefix, self.root)


def make_chroot(base: Path, root: Path) -> Chroot:
    """Copy a minimal Debian, made once, and add the artist."""
    if not (base / "etc/debian_version").is_file():
        print(f"Making a minimal Debian in {base}", flush=True)
        subprocess.run(["debootstrap", "--variant=minbase", _SUITE, str(base)], check=True, stdout=subprocess.DEVNULL)  # noqa: S607
    subprocess.run(["cp", "--archive", f"{base}/.", str(root)], check=True)  # noqa: S607
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", root / "etc" / name)
    chroot = Chroot(root)
    chroot.run("useradd", "--uid", str(USER_ID), "--user-group", "--home-dir", HOME, "--create-home", USER)
    for sample in SAMPLES.glob("*.jpg"):
        shutil.copyfile(sample, chroot.path(HOME) / sample.name)
    os.chown(chroot.path(HOME), USER_ID, USER_ID)
    return chroot


def install(chroot: Chroot, package: Path) -> None:
    shutil.copyfile(package, chroot.root / "tmp" / package.name)
    chroot.run("apt-get", "update", "-qq")
    chroot.run("apt-get", "install", "-qq", "-y", "--no-install-recommends", f"/tmp/{package.name}")  # noqa: S108
    (chroot.root / "tmp" / package.name).unlink()


def compare_pixels(found: Path, arguments: Sequence[str], words: str) -> None:
    """Stylize with the program of this checkout. Raises CheckError if a pixel differs from what was found."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "here.png"
        command = [sys.executable, "-m", "engine.cli", "stylize", *arguments, "-o", str(target)]
        # As many threads as in the chroot, where none of these is set: sums of other parts round to other pixels.
        own = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
        environment = {**own, "PYTHONPATH": str(ROOT), "HOME": folder}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        with Image.open(found) as first, Image.open(target) as second:
            one, other = np.asarray(first.convert("RGB")), np.asarray(second.convert("RGB"))
    if one.shape != other.shape or not np.array_equal(one, other):
        far = np.abs(one.astype(int) - other).max() if one.shape == other.shape else "all"
        raise CheckError(f"{words}: the pixels differ from the unfrozen program's, by {far}")
    print(f"  pixels: {words}, the same as of the unfrozen program", flush=True)


def check_hands(chroot: Chroot, pictures: Path) -> None:
    """Work with the window, and compare what it exported."""
    names = {"photo": "landscape.jpg", "painting": "still_life.jpg", "other": "lake.jpg"}
    shutil.copyfile(chroot.path(f"{HOME}/landscape.jpg"), chroot.path(f"{HOME}/lake.jpg"))
    pictures.mkdir(parents=True, exist_ok=True)
    session = f"{HOME}/.local/share/Scumble/session/session.json"
    with screen() as shown, chroot.mounted("/tmp/.X11-unix", "/tmp/.X11-unix"):  # noqa: S108
        paths = {role: f"{HOME}/{name}" for role, name in names.items()}
        exported = check_window_by_hand(chroot.program(), shown, session=session, pictures=pictures, **paths)
    photo, painting = SAMPLES / "landscape.jpg", SAMPLES / "still_life.jpg"
    compare_pixels(exported, [str(photo), "--style", str(painting)], "exported by the window")


def check_faults(chroot: Chroot) -> None:
    """Try what an artist's computer may lack; each must be told in a line, with exit code 1."""
    program = chroot.program(QT_QPA_PLATFORM="offscreen")

    def told(expected: str, *arguments: str) -> None:
        line = program.run(*arguments, expected=1).stderr.strip()
        if expected not in line or len(line.splitlines()) != 1:
            raise CheckError(f"{expected} is told so: {line}")
        print(f"  fault told: {line}", flush=True)

    chroot.run("dpkg", "--remove", "--force-depends", "libegl1")
    told("libegl1")
    chroot.run("apt-get", "install", "-qq", "-y", "--no-install-recommends", "libegl1")
    with tempfile.NamedTemporaryFile("w") as old:
        old.write(_OLD_PROCESSOR)
        old.flush()
        Path(old.name).chmod(0o644)
        with chroot.mounted(old.name, "/proc/cpuinfo"):
            told("too old for Scumble", "stylize", "a.jpg", "--style", STYLE)
            told("too old for Scumble")
    for name in ("resources/base_model.safetensors", "torch/lib/libtorch_python.so"):
        path = chroot.path(f"{INSTALLED}/_internal/{name}")
        path.rename(path.with_name("away"))
        arguments = ("stylize", f"{HOME}/landscape.jpg", "--style", STYLE, "-o", f"{HOME}/never.png")
        told(name.rpartition("/")[2], *arguments)
        found = json.loads(program.run("doctor", "--json", expected=1).stdout)["installation"]["damaged_files"]
        if found != [name]:
            raise CheckError(f"the doctor finds {found}")
        path.with_name("away").rename(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try everything and return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="smoke_test.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("package", type=Path, help="the .deb")
    parser.add_argument("--base", type=Path, default=ROOT / "build" / "debian", help="where the minimal Debian is kept")
    parser.add_argument("--pictures", type=Path, default=ROOT / "build" / "smoke-test", help="folder for screenshots")
    parser.add_argument("--no-window", action="store_true", help="leave the window under Xvfb out")
    options = parser.parse_args(arguments)
    if os.geteuid() != 0:
        print("A chroot needs root. Run this with sudo.", file=sys.stderr)
        return 1
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="scumble-smoke-") as folder:
        try:
            Path(folder).chmod(0o755)
            chroot = make_chroot(options.base.resolve(), Path(folder))
            with chroot.mounted("/proc", "/proc"), chroot.mounted("/dev", "/dev"):
                install(chroot, options.package)
                failed = try_it(chroot, options)
        except CheckError as error:
            failed.append(str(error))
    for line in failed:
        print(f"FAILED: {line}", file=sys.stderr)
    print("The smoke test failed." if failed else "The smoke test passed.")
    return 1 if failed else 0


def try_it(chroot: Chroot, options: argparse.Namespace) -> list[str]:
    """Run all checks on the installed program; return what failed."""
    offscreen = chroot.program(QT_QPA_PLATFORM="offscreen")
    installed = str(chroot.path(INSTALLED))
    (chroot.root / "tmp/.X11-unix").mkdir(mode=0o1777, exist_ok=True)
    with chroot.mounted(installed, INSTALLED, "ro"):
        failed = check_all(offscreen, HOME)
        try:
            picture = chroot.path(f"{HOME}/painted.png")
            asked = [str(SAMPLES / "landscape.jpg"), "--style", STYLE, "--max-side", "600"]
            compare_pixels(picture, asked, "stylized by the command line")
            if not options.no_window:
                check_hands(chroot, options.pictures.resolve())
        except CheckError as error:
            failed.append(str(error))
    try:
        check_faults(chroot)
        chroot.run("dpkg", "--remove", "scumble")
        if chroot.path(INSTALLED).exists():
            raise CheckError("removing the package leaves files behind")
        if not list(chroot.path(f"{HOME}/.local/share/Scumble/styles").glob("*.scumble")):
            raise CheckError("removing the package took the artist's styles")
        print("  removed; the artist's styles are there", flush=True)
    except CheckError as error:
        failed.append(str(error))
    return failed


if __name__ == "__main__":
    sys.exit(main())
