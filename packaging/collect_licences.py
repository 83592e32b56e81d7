"""Gathers the licences of everything that ships: for the About dialog, and for the documents of the packages."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from bundle_contents import EXCLUDED_MODULES

from desktop_app.licences import Component, installed_components, text_of

BOOTLOADER = "PyInstaller (bootloader)"
_DEBIAN_DOCUMENTS = Path("/usr/share/doc")
_NAMES_IN_COPYRIGHT = re.compile(r"^License: *(\S.*)$", re.MULTILINE)
_MOST_NAMES = 4


class UnknownLicenceError(Exception):
    """Something would ship whose licence nobody can say."""


def write_licences(path: Path, binaries: Iterable[Path]) -> list[Component]:
    """Write all components with their texts as JSON; ``binaries`` are where the files of the bundle come from.

    Raises UnknownLicenceError if a text is missing.
    """
    shipped = [each for each in installed_components() if each.package not in EXCLUDED_MODULES]
    found = [dataclasses.replace(each, text=text_of(each)) for each in shipped]
    found.append(_bootloader())
    found += system_components(binaries)
    silent = [each.title for each in found if not each.text]
    if silent:
        raise UnknownLicenceError(f"There is no text of the licence of: {', '.join(silent)}")
    path.write_text(json.dumps([dataclasses.asdict(each) for each in found], indent=1), encoding="utf-8")
    return found


def _bootloader() -> Component:
    found = Component(BOOTLOADER, "", "GPL-2.0-or-later WITH Bootloader-exception", "pyinstaller")
    return dataclasses.replace(found, text=text_of(found))


def system_components(binaries: Iterable[Path]) -> list[Component]:
    """Return the packages of the system whose libraries go into the bundle. Raises UnknownLicenceError."""
    own = [Path(folder).resolve() for folder in (sys.prefix, sys.base_prefix)]
    foreign = {path.resolve() for path in binaries}
    foreign = {path for path in foreign if not any(path.is_relative_to(folder) for folder in own)}
    if not sys.platform.startswith("linux"):
        if foreign:
            raise UnknownLicenceError(f"These come neither from Python nor from a package: {sorted(foreign)}")
        return []
    packages = {_package_of(path) for path in foreign}
    return [_debian_component(package) for package in sorted(packages)]


def _package_of(library: Path) -> str:
    # Debian merged /lib into /usr/lib; its lists of files still have the old names.
    names = [str(library), str(library).removeprefix("/usr")]
    for name in names:
        found = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)  # noqa: S607
        if found.returncode == 0:
            return found.stdout.partition(":")[0]
    raise UnknownLicenceError(f"No package of the system owns {library}")


def _debian_component(package: str) -> Component:
    query = ["dpkg-query", "--show", "--showformat", "${Version}\n", package]
    version = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split("\n")[0]
    try:
        text = (_DEBIAN_DOCUMENTS / package / "copyright").read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UnknownLicenceError(f"The package {package} has no copyright file") from error
    return Component(package, version, licence_names(text), text=text)


def licence_names(copyright_file: str) -> str:
    """Return the names of the licences in a Debian copyright file; empty if it is not written for machines."""
    names = list(dict.fromkeys(name.strip() for name in _NAMES_IN_COPYRIGHT.findall(copyright_file)))
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")


def as_text(components: Iterable[Component]) -> str:
    """Return all components with their licences as one text for people."""
    parts = []
    for each in components:
        head = f"{each.title} {each.version}".strip()
        parts.append(f"{'=' * 78}\n{head}\nLicence: {each.licence or 'see below'}\n{'=' * 78}\n\n{each.text.strip()}\n")
    return "\n".join(parts)
