"""Sizes, limits, and the bill of materials."""

from __future__ import annotations

import json

import bundle_report
import pytest
from bill_of_materials import write_bill
from bundle_report import beyond_limits, largest_parts, report, size_of
from make_bundle import version_information

from engine.version import __version__


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "scumble"
    (folder / "_internal" / "big").mkdir(parents=True)
    (folder / "_internal" / "big" / "one").write_bytes(b"x" * 3000)
    (folder / "_internal" / "big" / "two").write_bytes(b"x" * 2000)
    (folder / "_internal" / "small").write_bytes(b"x" * 10)
    (folder / "scumble").write_bytes(b"x" * 100)
    (folder / "scumble-window").symlink_to("scumble")
    return folder


def test_parts_are_told_the_largest_first(bundle):
    parts = [(part.name, part.size) for part in largest_parts(bundle)]
    assert parts[:3] == [("_internal/big", 5000), ("scumble", 100), ("_internal/small", 10)]
    assert size_of(bundle) == 5110


def test_a_bundle_within_its_limits_is_told_with_all_installers(bundle, tmp_path):
    (tmp_path / "scumble.deb").write_bytes(b"x" * 1000)
    assert beyond_limits(bundle, [tmp_path / "scumble.deb"]) == []
    text = report(bundle, [tmp_path / "scumble.deb"])
    assert "_internal/big" in text
    assert "scumble.deb" in text


def test_what_is_too_large_is_refused(bundle, tmp_path, monkeypatch):
    (tmp_path / "scumble.deb").write_bytes(b"x" * 1000)
    monkeypatch.setattr(bundle_report, "LARGEST_BUNDLE", 5000)
    monkeypatch.setattr(bundle_report, "LARGEST_INSTALLER", 999)
    first, second = beyond_limits(bundle, [tmp_path / "scumble.deb"])
    assert "bundle" in first
    assert "scumble.deb" in second


def test_the_bill_names_every_component(bundle, tmp_path):
    write_bill(bundle, tmp_path / "bill.json")
    bill = json.loads((tmp_path / "bill.json").read_bytes())
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "scumble"
    assert bill["metadata"]["component"]["version"] == __version__
    found = {part["name"]: part for part in bill["components"]}
    assert found["torch"]["purl"].startswith("pkg:pypi/torch@")
    assert "+" not in found["torch"]["version"]
    assert {"numpy", "pillow", "safetensors", "psutil"} <= found.keys()


def test_the_bill_is_of_what_the_bundle_holds(bundle, tmp_path):
    shipped = bundle / "_internal" / "resources" / "licences" / "shipped.json"
    shipped.parent.mkdir(parents=True)
    part = {"title": "libexample", "version": "1.2", "licence": "MIT", "package": "", "text": "Words"}
    shipped.write_text(json.dumps([part]), encoding="utf-8")
    write_bill(bundle, tmp_path / "bill.json")
    bill = json.loads((tmp_path / "bill.json").read_bytes())
    assert [each["name"] for each in bill["components"]] == ["libexample"]


def test_windows_is_told_four_numbers():
    assert "filevers=(1, 2, 3, 0)" in version_information("1.2.3")
