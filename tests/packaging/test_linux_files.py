"""What the desktop of Linux is told: entry, icons, MIME type, thumbnailer, metadata, manual; and the packages."""

from __future__ import annotations

import configparser
import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from linux import make_packages
from linux.file_tree import METAINFO, lay_out
from linux.make_packages import changelog, control, make_app_folder, make_deb, rpm_description
from linux.needs import Needs, debian_packages, needs_of, rpm_capabilities, without_unused
from PIL import Image

from desktop_app.licences import SHIPPED
from engine import cli
from engine.imaging import READABLE_SUFFIXES
from engine.version import __version__
from resources import FOLDER

NEEDS = Needs(frozenset({"libEGL.so.1", "libglib-2.0.so.0"}), (2, 35))


def needs_tool(name):
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The files of the packages around a bundle that stands in for the real one."""
    bundle = tmp_path_factory.mktemp("bundle") / "scumble"
    shipped = bundle / "_internal" / SHIPPED.relative_to(FOLDER.parent)
    shipped.parent.mkdir(parents=True)
    part = {"title": "libexample", "version": "1.2", "licence": "MIT", "package": "", "text": "Do as you like."}
    shipped.write_text(json.dumps([part]), encoding="utf-8")
    shutil.copyfile(shutil.which("true") or "/bin/true", bundle / "scumble")
    (bundle / "scumble-window").symlink_to("scumble")
    root = tmp_path_factory.mktemp("packages") / "tree"
    lay_out(bundle, root)
    return root


def test_both_programs_are_on_the_path(root):
    for name in ("scumble", "scumble-window"):
        link = root / "usr/bin" / name
        assert link.is_symlink()
        assert link.resolve() == (root / "usr/lib/scumble/scumble").resolve()
    assert (root / "usr/lib/scumble/scumble").stat().st_mode & 0o777 == 0o755
    assert (root / "usr/lib/scumble/_internal/resources/licences/shipped.json").stat().st_mode & 0o777 == 0o644


def test_the_desktop_entry_opens_files_in_the_window(root):
    entry = configparser.ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(root / "usr/share/applications/scumble.desktop", encoding="utf-8")
    values = entry["Desktop Entry"]
    assert values["Exec"] == "scumble-window %F"
    assert (root / f"usr/share/icons/hicolor/scalable/apps/{values['Icon']}.svg").is_file()
    types = set(values["MimeType"].rstrip(";").split(";"))
    other_names = {"jpg": "jpeg", "jfif": "jpeg", "tif": "tiff"}
    kinds = {other_names.get(suffix[1:], suffix[1:]) for suffix in READABLE_SUFFIXES}
    assert types == {"application/x-scumble-style", *(f"image/{kind}" for kind in kinds)}


@needs_tool("desktop-file-validate")
def test_the_desktop_entry_is_valid(root):
    command = ["desktop-file-validate", str(root / "usr/share/applications/scumble.desktop")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_icons_are_there_in_every_size(root):
    icons = list((root / "usr/share/icons/hicolor").glob("*/apps/scumble.png"))
    assert len(icons) >= 8
    for path in icons:
        with Image.open(path) as picture:
            assert f"{picture.width}x{picture.height}" == path.parent.parent.name
            assert picture.getchannel("A").getextrema() == (0, 255)
            assert len(picture.convert("RGB").getcolors(maxcolors=2**24) or []) > 4


def test_the_mime_type_is_one_in_all_places(root):
    name = "application/x-scumble-style"
    declared = ET.parse(root / "usr/share/mime/packages/scumble.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    (kind,) = declared.findall("m:mime-type", space)
    assert kind.get("type") == name
    assert [glob.get("pattern") for glob in kind.findall("m:glob", space)] == ["*.scumble"]
    assert name in (root / "usr/share/thumbnailers/scumble.thumbnailer").read_text(encoding="utf-8")
    assert name in (root / "usr/share/metainfo" / METAINFO).read_text(encoding="utf-8")


def test_the_thumbnailer_names_a_command_that_works(root, tmp_path):
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(root / "usr/share/thumbnailers/scumble.thumbnailer", encoding="utf-8")
    words = entry["Thumbnailer Entry"]["Exec"].split()
    assert words[0] == "scumble"
    style, target = FOLDER / "styles" / "water-lilies.scumble", tmp_path / "thumbnail.png"
    filled = [word.replace("%i", str(style)).replace("%o", str(target)).replace("%s", "96") for word in words[1:]]
    assert cli.main(filled) == 0
    with Image.open(target) as picture:
        assert picture.format == "PNG"
        assert picture.size == (96, 96)


def test_the_metadata_names_this_version(root):
    component = ET.parse(root / "usr/share/metainfo" / METAINFO).getroot()
    release = component.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", release.get("date", ""))
    assert component.findtext("launchable") == "scumble.desktop"


@needs_tool("appstreamcli")
def test_the_metadata_is_valid(root):
    command = ["appstreamcli", "validate", "--no-net", str(root / "usr/share/metainfo" / METAINFO)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_manual_tells_every_command(root):
    text = gzip.decompress((root / "usr/share/man/man1/scumble.1.gz").read_bytes()).decode()
    plain = text.replace("\\-", "-")
    assert all(re.search(rf"\b{command}\b", plain) for command in cli.COMMANDS)
    assert f"Scumble {__version__}" in text
    assert "@" not in re.sub(r'\\"', "", text)
    assert (root / "usr/share/man/man1/scumble-window.1.gz").resolve().is_file()


@needs_tool("man")
def test_the_manual_has_no_fault(root):
    path = root / "usr/share/man/man1/scumble.1.gz"
    command = ["man", "--warnings", "--encoding=utf8", "--local-file", str(path)]
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert "stylize" in result.stdout


def test_every_licence_is_among_the_documents(root):
    text = gzip.decompress((root / "usr/share/doc/scumble/LICENCES.gz").read_bytes()).decode()
    assert "libexample 1.2" in text
    assert "Do as you like." in text
    assert "Apache-2.0" in (root / "usr/share/doc/scumble/copyright").read_text(encoding="utf-8")


@needs_tool("dpkg-query")
def test_the_package_declares_what_it_needs(monkeypatch):
    monkeypatch.setattr(make_packages, "architecture", lambda: ("amd64", "x86_64"))
    text = control(Needs(frozenset({"libz.so.1"}), (2, 35)), 1234)
    assert "Depends: libc6 (>= 2.35), zlib1g" in text
    assert f"Version: {__version__}\n" in text
    assert "Installed-Size: 1234\n" in text


@needs_tool("dpkg-query")
def test_a_library_that_is_nowhere_stops_the_build():
    with pytest.raises(LookupError, match=re.escape("libno-such-thing.so.9")):
        debian_packages(Needs(frozenset({"libno-such-thing.so.9"}), (2, 35)))


def test_rpm_is_told_the_names_of_libraries(root):
    assert "libEGL.so.1()(64bit)" in rpm_capabilities(NEEDS)
    description = rpm_description(root, NEEDS)
    assert description["version"] == __version__
    assert "libc.so.6(GLIBC_2.35)(64bit)" in json.dumps(description["depends"])


@needs_tool("readelf")
def test_what_a_binary_needs_is_found(root):
    found = needs_of(root / "usr/lib/scumble")  # a copy of /bin/true
    assert found.glibc >= (2, 17)
    assert not any(name.startswith("libc.so") for name in found.libraries)


@needs_tool("readelf")
def test_libraries_that_nothing_needs_are_left_out():
    library = next(Path("/usr/lib").rglob("libz.so.1"))
    entries = [("scumble", shutil.which("true") or "", "EXECUTABLE"), ("libz.so.1", str(library), "BINARY")]
    kept = without_unused(entries)
    assert [name for name, _, _ in kept if name == "libz.so.1"] == []


@needs_tool("dpkg-deb")
@needs_tool("readelf")
def test_the_package_can_be_made_and_holds_the_files(root, tmp_path):
    before = sorted(path.relative_to(root) for path in root.rglob("*"))
    package = make_deb(root, Needs(frozenset(), (2, 35)), tmp_path)
    told = subprocess.run(["dpkg-deb", "--contents", str(package)], capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/scumble-window -> ../lib/scumble/scumble-window" in told
    assert "./usr/share/lintian/overrides/scumble" in told
    assert not re.search(r"^\S+ (?!root/root)", told, re.MULTILINE)
    field = ["dpkg-deb", "--field", str(package), "Version"]
    assert subprocess.run(field, capture_output=True, text=True, check=True).stdout.strip() == __version__
    assert sorted(path.relative_to(root) for path in root.rglob("*")) == before  # the tree can be used again
    assert __version__ in changelog()


def test_the_folder_of_an_appimage_starts_the_program(root, tmp_path):
    folder = make_app_folder(root, tmp_path)
    assert (folder / "scumble.desktop").is_file()
    assert (folder / ".DirIcon").resolve() == (folder / "scumble.png").resolve()
    result = subprocess.run([str(folder / "AppRun"), "--version"], check=False)  # /bin/true
    assert result.returncode == 0
