"""The list of files of a bundle, and what the program finds with it."""

from __future__ import annotations

import sys

import pytest
from make_manifest import write_manifest

from engine import doctor, installation, log
from engine.installation import damage, damaged_files


@pytest.fixture
def manifest(tmp_path):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "library.so").write_bytes(b"code")
    return write_manifest(tmp_path)


def test_a_whole_installation_is_whole(manifest):
    assert damaged_files(manifest) == []
    assert damaged_files(manifest, thorough=True) == []
    assert damage(manifest) is None


def test_a_missing_file_is_named(manifest):
    (manifest.parent / "resources" / "model.safetensors").unlink()
    assert damaged_files(manifest) == ["resources/model.safetensors"]
    assert "resources/model.safetensors" in str(damage(manifest))
    assert "Install Scumble again" in str(damage(manifest))


def test_a_file_cut_short_is_named(manifest):
    (manifest.parent / "library.so").write_bytes(b"co")
    assert damaged_files(manifest) == ["library.so"]


def test_other_content_is_found_by_a_thorough_look_alone(manifest):
    (manifest.parent / "library.so").write_bytes(b"c0de")
    assert damaged_files(manifest) == []
    assert damaged_files(manifest, thorough=True) == ["library.so"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 1, "files": {}}', b'{"version": 9, "files": {"a": 1}}']
)
def test_a_damaged_list_is_damage_too(manifest, content):
    manifest.write_bytes(content)
    assert damaged_files(manifest) == ["installation.json"]


def test_an_installed_program_must_have_the_list(tmp_path, monkeypatch):
    assert damaged_files(tmp_path / "installation.json") == []  # a checkout has none
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert damaged_files(tmp_path / "installation.json") == ["installation.json"]


def test_in_a_checkout_a_missing_resource_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(installation, "_NEEDED", (tmp_path / "base_model.safetensors",))
    assert damaged_files() == [str(tmp_path / "base_model.safetensors")]


def test_many_files_do_not_fill_the_screen(tmp_path):
    for number in range(20):
        (tmp_path / f"file{number}").touch()
    manifest = write_manifest(tmp_path)
    for number in range(20):
        (tmp_path / f"file{number}").unlink()
    assert str(damage(manifest)).count("file") == 5


def test_a_fault_that_damage_explains_is_told_so(manifest, monkeypatch):
    monkeypatch.setattr(log, "damage", lambda: damage(manifest))
    assert "should not (KeyError)" in log.describe_fault(KeyError())
    (manifest.parent / "library.so").unlink()
    assert log.describe_fault(ImportError()) == str(damage(manifest))


def test_the_doctor_looks_thoroughly(manifest, monkeypatch):
    (manifest.parent / "library.so").write_bytes(b"c0de")
    monkeypatch.setattr(doctor, "damaged_files", lambda thorough: damaged_files(manifest, thorough=thorough))
    monkeypatch.setattr(doctor, "_self_test", lambda *_: {"passed": True})
    assert doctor.examine()["installation"] == {"damaged_files": ["library.so"]}
