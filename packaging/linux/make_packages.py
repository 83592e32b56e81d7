"""Makes the packages of Linux: .deb, .rpm, and the folder that an AppImage is made of."""

from __future__ import annotations

import email.utils
import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bundle_report import size_of
from linux.file_tree import HERE, filled, lay_out, link_or_copy, release_date
from linux.needs import Needs, debian_packages, needs_of, rpm_capabilities

from engine.version import __version__

MAINTAINER = os.environ.get("SCUMBLE_MAINTAINER", "Scumble developers <developers@scumble.org>")
SUMMARY = "Repaint pictures in the hand of another picture"
DESCRIPTION = (
    "Scumble is a desktop application for neural style transfer: drag in a photo",
    "and a painting, and the photo is repainted in the painting's hand. It learns",
    "new styles from an artist's own works, mixes them, and exports at full size.",
    "Everything is computed on this computer.",
)
_ARCHITECTURES = {"x86_64": ("amd64", "x86_64"), "aarch64": ("arm64", "aarch64")}


def architecture() -> tuple[str, str]:
    """Return what this machine's kind is called by Debian and by RPM."""
    machine = os.uname().machine
    return _ARCHITECTURES.get(machine, (machine, machine))


def control(needs: Needs, installed_kibibytes: int) -> str:
    """Return Debian's control file."""
    return "\n".join(
        [
            "Package: scumble",
            f"Version: {__version__}",
            f"Architecture: {architecture()[0]}",
            f"Maintainer: {MAINTAINER}",
            f"Installed-Size: {installed_kibibytes}",
            f"Depends: {', '.join(debian_packages(needs))}",
            "Recommends: hicolor-icon-theme, shared-mime-info",
            "Section: graphics",
            "Priority: optional",
            f"Description: {SUMMARY[0].lower()}{SUMMARY[1:]}",
            *(f" {line}" for line in DESCRIPTION),
            "",
        ]
    )


def changelog() -> str:
    """Return Debian's form of the changelog: one entry, for the rest is in CHANGELOG.md."""
    when = email.utils.format_datetime(release_date())
    entry = f"scumble ({__version__}) stable; urgency=medium\n\n  * What changed: /usr/share/doc/scumble/CHANGELOG.gz\n"
    return f"{entry}\n -- {MAINTAINER}  {when}\n"


def make_deb(root: Path, needs: Needs, output: Path) -> Path:
    """Write the .deb of a tree that :func:`lay_out` made; its Debian files are added to the tree."""
    documents = root / "usr/share/doc/scumble"
    (documents / "changelog.gz").write_bytes(gzip.compress(changelog().encode(), 9, mtime=0))
    (documents / "changelog.gz").chmod(0o644)
    overrides = root / "usr/share/lintian/overrides/scumble"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(filled("lintian-overrides"), encoding="utf-8")
    overrides.chmod(0o644)
    for folder in (path for path in root.rglob("*") if path.is_dir() and not path.is_symlink()):
        folder.chmod(0o755)
    information = root / "DEBIAN"
    information.mkdir()
    information.chmod(0o755)
    (information / "control").write_text(control(needs, size_of(root) // 1024), encoding="utf-8")
    files = [path for path in sorted((root / "usr").rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = subprocess.run(
        ["md5sum", *(str(path.relative_to(root)) for path in files)],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    (information / "md5sums").write_text(sums.stdout, encoding="utf-8")
    path = output / f"scumble_{__version__}_{architecture()[0]}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(information)
    shutil.rmtree(overrides.parent.parent)
    (documents / "changelog.gz").unlink()
    return path


def rpm_description(root: Path, needs: Needs) -> dict[str, object]:
    """Return what nfpm reads; YAML is a superset of JSON."""
    return {
        "name": "scumble",
        "arch": architecture()[1],
        "platform": "linux",
        "version": __version__,
        "maintainer": MAINTAINER,
        "description": f"{SUMMARY}\n" + "\n".join(DESCRIPTION),
        "license": "Apache-2.0",
        "section": "graphics",
        "depends": rpm_capabilities(needs),
        "recommends": ["hicolor-icon-theme", "shared-mime-info"],
        "mtime": release_date().isoformat(),
        "contents": [{"src": str(root / "usr"), "dst": "/usr", "type": "tree"}],
        "rpm": {"compression": "zstd:9", "summary": SUMMARY, "group": "Applications/Multimedia"},
    }


def make_rpm(root: Path, needs: Needs, output: Path) -> Path:
    """Write the .rpm of a tree that :func:`lay_out` made."""
    description = root.with_suffix(".nfpm.yaml")
    description.write_text(json.dumps(rpm_description(root, needs), indent=1), encoding="utf-8")
    path = output / f"scumble-{__version__}-1.{architecture()[1]}.rpm"
    nfpm = Path(sys.executable).with_name("nfpm")
    command = [str(nfpm), "package", "--config", str(description), "--packager", "rpm", "--target", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def make_app_folder(root: Path, output: Path) -> Path:
    """Make the AppDir: what an AppImage holds. ``AppRun`` in it starts the program as the image would."""
    folder = output / "Scumble.AppDir"
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(root / "usr", folder / "usr", symlinks=True, copy_function=link_or_copy)
    shutil.copy2(HERE / "AppRun", folder / "AppRun")
    shutil.copy2(folder / "usr/share/applications/scumble.desktop", folder)
    shutil.copy2(folder / "usr/share/icons/hicolor/256x256/apps/scumble.png", folder)
    (folder / ".DirIcon").symlink_to("scumble.png")
    return folder


def make_packages(bundle: Path, work: Path, output: Path) -> list[Path]:
    """Make all of them and return their paths, the files first."""
    root = work / "tree"
    lay_out(bundle, root)
    needs = needs_of(bundle)
    output.mkdir(parents=True, exist_ok=True)
    return [make_deb(root, needs, output), make_rpm(root, needs, output), make_app_folder(root, output)]
