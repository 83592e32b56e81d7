"""Whose work Scumble is built on, and under which licences: from the metadata that every package brings along.

An installed program has no such metadata; there a file that was made from them says it, and for the libraries of the
system that came into the bundle as well (``packaging/collect_licences.py``).
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.i18n import QT_TRANSLATE_NOOP
from engine.version import __version__
from resources import LICENCES, PRACTICE

PACKAGES = {
    "torch": "PyTorch",
    "numpy": "NumPy",
    "pillow": "Pillow",
    "pi-heif": "pi-heif",
    "opencv-python-headless": "OpenCV",
    "safetensors": "safetensors",
    "platformdirs": "platformdirs",
    "psutil": "psutil",
    "pyqtgraph": "PyQtGraph",
}
"""The packages that Scumble uses itself, with the names they go by; what they need in turn is found from them."""

SHIPPED = LICENCES / "shipped.json"
"""What the bundle of an installer consists of, with all texts; in a checkout there is no such file."""

PHOTOS = "Photos to practise on"

QT_PACKAGES = ("PySide6-Essentials", "PySide6")
QT_NOTICE = QT_TRANSLATE_NOOP(
    "Licences",
    "Scumble uses Qt and PySide6 under the GNU Lesser General Public License, version 3. They are separate libraries, "
    "unchanged, and you may replace them with versions of your own. Their source code is at https://code.qt.io and "
    "https://download.qt.io. The licence follows; the GNU General Public License, which it refers to, comes after it.",
)
NO_TEXT = QT_TRANSLATE_NOOP(
    "Licences", "The text of this licence is not installed with the package. The pages of the project have it."
)
UNKNOWN = QT_TRANSLATE_NOOP("Licences", "unknown")

_USUAL_FILES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "COPYING", "COPYING.txt")
_NAME_OF_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST_NAME = 60  # letters; some packages put the whole text where the name belongs


@dataclass(frozen=True)
class Component:
    """Something that Scumble is made of. ``package`` is what its metadata is found under, empty for none.

    ``version`` and ``licence`` are empty where nobody says. ``text`` is there if it comes from :data:`SHIPPED`.
    """

    title: str
    version: str
    licence: str
    package: str = ""
    text: str = ""


def components() -> list[Component]:
    """Return Scumble, Qt, Python and every installed package that is needed. Reads metadata: some milliseconds each."""
    if SHIPPED.is_file():
        return [Component(**values) for values in json.loads(SHIPPED.read_bytes())]
    return installed_components()


def installed_components() -> list[Component]:
    """Return :func:`components` from the metadata of the packages that are installed beside this one."""
    found = [
        Component("Scumble", __version__, "Apache-2.0"),
        Component("Qt, PySide6", _qt_version(), "LGPL-3.0"),
        Component("Python", platform.python_version(), "PSF-2.0"),
        Component(PHOTOS, __version__, "CC BY, CC0 1.0, public domain"),
    ]
    found += [_component(title, package) for package, title in PACKAGES.items()]
    found += [_component(name, name) for name in sorted(_needed_by(PACKAGES), key=str.lower)]
    return found


def notice_of(component: Component) -> str:
    """Return what is said before the text, if anything: English, to be translated in the context ``Licences``."""
    return QT_NOTICE if component.title.startswith("Qt") else ""


def text_of(component: Component) -> str:
    """Return the texts of a component's licences; empty where they are not installed."""
    if component.text:
        return component.text
    match component.title:
        case "Scumble":
            return (LICENCES / "Apache-2.0.txt").read_text(encoding="utf-8")
        case "Qt, PySide6":
            names = ("LGPL-3.0.txt", "GPL-3.0.txt")
            return "\n\n".join((LICENCES / name).read_text(encoding="utf-8") for name in names)
        case "Python":
            return _text_of_python()
        case title if title == PHOTOS:
            return (PRACTICE / "SOURCES.txt").read_text(encoding="utf-8")
        case _:
            return "\n\n".join(_texts(component.package)) if component.package else ""


def _component(title: str, package: str) -> Component:
    try:
        metadata = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return Component(title, "", "", package)
    return Component(title, metadata["Version"] or "", _licence(metadata), package)


def _licence(metadata: importlib.metadata.PackageMetadata) -> str:
    name = metadata["License-Expression"] or metadata["License"] or ""
    if not name or len(name.splitlines()) > 1:
        classifiers = metadata.get_all("Classifier") or []
        names = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
        name = ", ".join(names)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _qt_version() -> str:
    for package in QT_PACKAGES:
        try:
            return importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return ""


def _needed_by(packages: Iterable[str]) -> set[str]:
    """Return the installed packages that these need, and so on; without what only an extra asks for."""
    known = {_normal(name) for name in packages}
    found: set[str] = set()
    waiting = list(packages)
    while waiting:
        for name in _requirements(waiting.pop()):
            if _normal(name) in known:
                continue
            known.add(_normal(name))
            try:
                importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                continue
            found.add(name)
            waiting.append(name)
    return found


def _requirements(package: str) -> Iterator[str]:
    try:
        lines = importlib.metadata.requires(package) or []
    except importlib.metadata.PackageNotFoundError:
        return
    for line in lines:
        name = _NAME_OF_REQUIREMENT.match(line)
        if name is not None and "extra ==" not in line:
            yield name[0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _texts(package: str) -> Iterator[str]:
    """Yield the licence files that the metadata of a package names, each under its name, none twice."""
    try:
        distribution = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return
    names = distribution.metadata.get_all("License-File") or list(_USUAL_FILES)
    seen: set[str] = set()
    for name in names:
        text = (distribution.read_text(f"licenses/{name}") or distribution.read_text(name) or "").strip()
        if text and text not in seen:
            seen.add(text)
            yield f"{name}\n\n{text}"


def _text_of_python() -> str:
    folder = Path(sysconfig.get_path("stdlib"))
    for path in (folder / "LICENSE.txt", folder.parent / "LICENSE.txt"):
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
    return ""
