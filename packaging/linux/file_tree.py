"""Lays the files of the Linux packages out as they are installed: /usr with the bundle in lib/scumble."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from collect_licences import as_text
from make_icons import write_png_sizes

from desktop_app.licences import SHIPPED, Component
from engine.version import __version__
from resources import FOLDER, ICONS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
METAINFO = "org.scumble.Scumble.metainfo.xml"

_COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Scumble
Comment: Scumble comes with the libraries that it is built on. Who made each of them, and under which licence, stands in
 /usr/share/doc/scumble/LICENCES.gz, and in the program under Help > About Scumble.

Files: *
Copyright: 2026 Scumble developers
License: Apache-2.0
 On Debian systems the full text of the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.
"""


def release_date() -> dt.datetime:
    """Return when the sources were last changed: of SOURCE_DATE_EPOCH, of the last commit, or now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
        epoch = asked.stdout.strip()
    moment = float(epoch) if epoch else dt.datetime.now(tz=dt.UTC).timestamp()
    return dt.datetime.fromtimestamp(moment, tz=dt.UTC)


def filled(name: str) -> str:
    """Return one of the texts beside this module with version and date put in."""
    text = (HERE / name).read_text(encoding="utf-8")
    return text.replace("@VERSION@", __version__).replace("@DATE@", f"{release_date():%Y-%m-%d}")


def shipped_components(bundle: Path) -> list[Component]:
    path = bundle / "_internal" / SHIPPED.relative_to(FOLDER.parent)
    return [Component(**values) for values in json.loads(path.read_bytes())]


def lay_out(bundle: Path, root: Path) -> None:
    """Fill ``root`` with everything that is installed. The bundle's files are hard links where that is possible."""
    if root.exists():
        shutil.rmtree(root)
    usr = root / "usr"
    program = usr / "lib" / "scumble"
    program.parent.mkdir(parents=True)
    shutil.copytree(bundle, program, symlinks=True, copy_function=link_or_copy)
    _set_modes(program, {"scumble", "torch_shm_manager"})
    (usr / "bin").mkdir()
    for name in ("scumble", "scumble-window"):
        (usr / "bin" / name).symlink_to(f"../lib/scumble/{name}")

    _write(usr / "share/applications/scumble.desktop", filled("scumble.desktop"))
    _write(usr / "share/mime/packages/scumble.xml", filled("scumble-mime.xml"))
    _write(usr / "share/thumbnailers/scumble.thumbnailer", filled("scumble.thumbnailer"))
    _write(usr / "share/metainfo" / METAINFO, filled(METAINFO))
    icons = usr / "share/icons/hicolor"
    write_png_sizes(ICONS / "scumble.svg", icons)
    _write(icons / "scalable/apps/scumble.svg", (ICONS / "scumble.svg").read_text(encoding="utf-8"))
    manual = usr / "share/man/man1"
    _write_compressed(manual / "scumble.1.gz", filled("scumble.1"))
    (manual / "scumble-window.1.gz").symlink_to("scumble.1.gz")
    documents = usr / "share/doc/scumble"
    _write(documents / "copyright", _COPYRIGHT)
    _write_compressed(documents / "LICENCES.gz", as_text(shipped_components(bundle)))
    _write_compressed(documents / "CHANGELOG.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


def link_or_copy(source: str, target: str) -> None:
    """Make a hard link, or on another disk a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _set_modes(folder: Path, programs: Sequence[str] | set[str]) -> None:
    """Let everybody read and only the programs be run, whatever the mask of who built them."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        elif not path.is_symlink():
            path.chmod(0o755 if path.name in programs else 0o644)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


def _write_compressed(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    path.chmod(0o644)
