"""The licences of everything that ships are gathered, and shown by the program."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

import collect_licences
import pytest
from collect_licences import UnknownLicenceError, as_text, licence_names, system_components, write_licences

from desktop_app import licences
from desktop_app.dialogs.about import AboutDialog
from desktop_app.licences import Component

ROOT = Path(__file__).resolve().parents[2]
needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="only Debian's packages tell their licences")


@pytest.fixture
def _bootloader(monkeypatch):
    """PyInstaller is not installed for tests."""
    monkeypatch.setattr(collect_licences, "_bootloader", lambda: Component("Bootloader", "", "GPL", text="its text"))


@pytest.mark.usefixtures("_bootloader")
def test_every_dependency_is_there_with_its_text(tmp_path):
    found = write_licences(tmp_path / "shipped.json", [])
    packages = {re.sub(r"[-_.]+", "-", each.package).lower() for each in found}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[><=!]", line)[0].lower() for line in project["dependencies"]}
    assert needed - packages == {"pyside6-essentials"}  # which goes by Qt's name
    assert all(len(each.text) > 200 for each in found if each.title != "Bootloader")
    assert "networkx" not in packages  # torch asks for it, but it is left out of the bundle


@pytest.mark.usefixtures("_bootloader")
def test_an_installed_program_shows_what_ships(tmp_path, monkeypatch, qtbot):
    write_licences(tmp_path / "shipped.json", [])
    values = json.loads((tmp_path / "shipped.json").read_bytes())
    values.append({"title": "libexample", "version": "1.2", "licence": "MIT", "package": "", "text": "Do as you like."})
    (tmp_path / "shipped.json").write_text(json.dumps(values), encoding="utf-8")
    monkeypatch.setattr(licences, "SHIPPED", tmp_path / "shipped.json")
    dialog = AboutDialog(None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert titles[-1] == "libexample 1.2"
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    assert dialog.licence_text.toPlainText() == "Do as you like."
    dialog.list.setCurrentRow(titles.index(next(title for title in titles if title.startswith("Qt"))))
    assert "you may replace them" in dialog.licence_text.toPlainText()


def test_a_component_without_a_text_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.setattr(collect_licences, "_bootloader", lambda: Component("Silent", "", "?"))
    with pytest.raises(UnknownLicenceError, match="Silent"):
        write_licences(tmp_path / "shipped.json", [])
    assert not (tmp_path / "shipped.json").exists()


@needs_dpkg
def test_a_library_of_the_system_brings_its_package():
    library = next(Path("/usr/lib").rglob("libc.so.6"))
    (component,) = system_components([library])
    assert component.title == "libc6"
    assert "GNU" in component.text


@needs_dpkg
def test_a_file_of_nobody_stops_the_build(tmp_path):
    (tmp_path / "libmine.so").touch()
    with pytest.raises(UnknownLicenceError, match=re.escape("libmine.so")):
        system_components([tmp_path / "libmine.so"])


def test_files_of_python_need_no_package():
    assert system_components([Path(sys.executable)]) == []


def test_names_are_read_from_a_copyright_file():
    text = "License: MIT\n Words\n\nLicense: GPL-2+\n\nLicense: MIT\n"
    assert licence_names(text) == "MIT, GPL-2+"
    assert licence_names("This is free.") == ""


def test_the_text_for_people_names_everything():
    text = as_text([Component("One", "1", "MIT", text="First"), Component("Two", "", "", text="Second")])
    assert text.index("One 1") < text.index("First") < text.index("Two") < text.index("Second")
