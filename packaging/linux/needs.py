"""What a bundle needs of the system: the libraries that its binaries name and do not bring, and the oldest glibc."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

Entry = tuple[str, str, str]
"""PyInstaller's: path inside the bundle, where the file comes from, kind."""

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
_PARTS_OF_GLIBC = re.compile(r"(ld-linux.*|lib(c|m|dl|pthread|rt|util|resolv)\.so\.\d)")
_OTHER_NAMES = {
    "libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0",  # since Debian 13 and Ubuntu 24.04
    "libglib2.0-0t64": "libglib2.0-0t64 | libglib2.0-0",
}


@dataclass(frozen=True)
class Needs:
    """Names of libraries without those of glibc itself, and the version of glibc."""

    libraries: frozenset[str]
    glibc: tuple[int, int]


def needs_of(folder: Path) -> Needs:
    """Look into every binary below a folder with readelf."""
    binaries = [path for path in sorted(folder.rglob("*")) if _is_elf(path)]
    needed: set[str] = set()
    versions = [(2, 17)]
    for path in binaries:
        told = subprocess.run(["readelf", "-dVW", str(path)], capture_output=True, text=True, check=True).stdout  # noqa: S607
        needed.update(_NEEDED.findall(told))
        versions += [(int(major), int(minor)) for major, minor in _GLIBC.findall(told)]
    own = {path.name for path in folder.rglob("*.so*")}
    return Needs(
        frozenset(name for name in needed - own if not _PARTS_OF_GLIBC.fullmatch(name)),
        max(versions),
    )


def _is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == _MAGIC


def debian_packages(needs: Needs) -> list[str]:
    """Return what belongs into Depends. Raises LookupError for a library that no installed package has."""
    places = _places()
    found = {f"libc6 (>= {needs.glibc[0]}.{needs.glibc[1]})"}
    for library in needs.libraries:
        path = places.get(library)
        if path is None:
            raise LookupError(f"The bundle needs {library}, which is not installed here")
        found.add(_owner(path))
    return sorted(_OTHER_NAMES.get(package, package) for package in found)


def _places() -> dict[str, Path]:
    told = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    places: dict[str, Path] = {}
    for line in told.splitlines()[1:]:
        name, _, path = line.strip().partition(" => ")
        places.setdefault(name.split(" ")[0], Path(path))
    return places


def _owner(path: Path) -> str:
    real = str(path.resolve())
    for name in (str(path), real, str(path).removeprefix("/usr"), real.removeprefix("/usr")):
        told = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)  # noqa: S607
        if told.returncode == 0:
            return told.stdout.partition(":")[0]
    raise LookupError(f"No package owns {path}")


def rpm_capabilities(needs: Needs) -> list[str]:
    """Return what belongs into Requires: names of libraries, which are the same on every distribution."""
    return sorted(
        [f"{library}()(64bit)" for library in needs.libraries]
        + [f"libc.so.6(GLIBC_{needs.glibc[0]}.{needs.glibc[1]})(64bit)"]
    )


def without_unused(entries: list[Entry]) -> list[Entry]:
    """Return PyInstaller's entries without the libraries of the system that only left-out files needed.

    They lie in the root of the bundle and come from no Python package. What is kept brings what it needs.
    """
    own = [str(Path(folder).resolve()) for folder in (sys.prefix, sys.base_prefix)]
    foreign = [
        entry for entry in entries if "/" not in entry[0] and not str(Path(entry[1]).resolve()).startswith(tuple(own))
    ]
    waiting = [source for _, source, _ in entries if source not in {entry[1] for entry in foreign}]
    by_name = {Path(name).name: source for name, source, _ in foreign}
    used: set[str] = set()
    while waiting:
        source = waiting.pop()
        if not _is_elf(Path(source).resolve()):
            continue
        told = subprocess.run(["readelf", "-dW", source], capture_output=True, text=True, check=True).stdout  # noqa: S607
        for name in _NEEDED.findall(told):
            if name in by_name and by_name[name] not in used:
                used.add(by_name[name])
                waiting.append(by_name[name])
    unused = {entry[1] for entry in foreign} - used
    return [entry for entry in entries if entry[1] not in unused]
