"""Makes the bundle: one folder with both programs and everything they need, from the project's own files.

Runs under the Python of the build environment (see make_installers.py).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bundle_contents import is_stripped
from make_icons import write_icns, write_ico
from make_manifest import write_manifest

from engine.version import __version__
from resources import ICONS

PACKAGING = Path(__file__).resolve().parent
CONTENTS = "_internal"
"""The folder inside the bundle that PyInstaller puts everything but the programs into."""

_VERSION_INFORMATION = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "Scumble"),
      StringStruct("FileDescription", "Scumble"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("LegalCopyright", "Apache License 2.0"),
      StringStruct("ProductName", "Scumble"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])]),
  ],
)
"""


class BuildError(Exception):
    """The build cannot go on; the message says why and what to do."""


def version_information(version: str) -> str:
    """Return what Windows shows about a program, in the form that PyInstaller reads."""
    numbers = tuple([int(part) for part in version.split(".")[:3]] + [0])
    return _VERSION_INFORMATION.format(numbers=numbers, version=version)


def check_torch() -> None:
    """Refuse a torch with CUDA: its libraries weigh gigabytes. Raises BuildError."""
    import torch

    if torch.version.cuda is not None or torch.version.hip is not None:
        raise BuildError(
            "The torch that pip found brings the libraries of graphics cards. Tell pip of PyTorch's CPU index "
            "(PIP_EXTRA_INDEX_URL, the address is on PyTorch's site), remove the build folder and start again."
        )


def make_bundle(work: Path, output: Path) -> Path:
    """Return the folder of the bundle, ``output/scumble`` (on macOS ``output/Scumble.app``). Raises BuildError."""
    check_torch()
    if sys.platform.startswith("linux"):
        check_libraries()
    intermediate = work / "scumble"
    intermediate.mkdir(parents=True, exist_ok=True)
    svg = ICONS / "scumble.svg"
    write_ico(svg, intermediate / "scumble.ico")
    write_icns(svg, intermediate / "scumble.icns")
    (intermediate / "version_information.txt").write_text(version_information(__version__), encoding="utf-8")
    log = intermediate / "pyinstaller.log"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--workpath", str(work), "--distpath", str(output)]
    with log.open("w", encoding="utf-8") as file:
        built = subprocess.run([*command, str(PACKAGING / "scumble.spec")], stdout=file, stderr=file, check=False)
    if built.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        raise BuildError(f"PyInstaller failed ({' '.join(last)}). All it said is in {log}")
    bundle = output / ("Scumble.app" if sys.platform == "darwin" else "scumble")
    if sys.platform.startswith("linux"):
        strip(bundle / CONTENTS)
        (bundle / "scumble-window").unlink(missing_ok=True)
        (bundle / "scumble-window").symlink_to("scumble")
    if sys.platform != "darwin":  # there the signature says what is damaged, and would not allow another file
        write_manifest(bundle / CONTENTS)
    return bundle


def check_libraries() -> None:
    """Refuse a system without the libraries that must go into the bundle; PyInstaller would only warn."""
    from desktop_app.system_libraries import missing_libraries

    missing = missing_libraries("xcb") | missing_libraries("wayland")
    if missing:
        raise BuildError(f"Libraries of Qt are missing. Run: sudo apt-get install {' '.join(sorted(missing.values()))}")


def strip(folder: Path) -> int:
    """Take the symbols out of what :data:`bundle_contents.STRIPPED` names. Return the bytes saved."""
    if shutil.which("strip") is None:
        raise BuildError("The command strip is missing. On Debian or Ubuntu: sudo apt-get install binutils")
    saved = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and is_stripped(path.relative_to(folder).as_posix()):
            before = path.stat().st_size
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)  # noqa: S607
            saved += before - path.stat().st_size
    return saved


if __name__ == "__main__":
    try:
        print(make_bundle(Path(sys.argv[1]), Path(sys.argv[2])))
    except BuildError as error:
        sys.exit(str(error))
