"""The command line as a whole: usage, the library of styles, the doctor."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import resources
from engine import cli, doctor, stylization
from engine.api import Picture, StyleChoice, StylizeResult
from engine.cli import main
from engine.styles import read_style_file

ROOT = Path(__file__).resolve().parents[2]


# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["paint"],
        ["stylize"],
        ["stylize", "photo.jpg"],
        ["stylize", "--style", "painting.png"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--strength", "much"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--strength", "1.5"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--strength", "-0.1"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--keep-color", "nan"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--detail", "2"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--style-scale", "0.1"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--style-scale", "5"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--max-side", "0"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--max-side", "2.5"],
        ["stylize", "photo.jpg", "--style", "painting.png", "--format", "gif"],
        ["stylize", "photo.jpg", "--style", "painting.png", "-o", "a.png", "--output-dir", "out"],
        ["stylize", "photo.jpg", "--style", "painting.png", "-o", "a.png", "--format", "jpg"],
        ["stylize", "photo.jpg", "beach.png", "--style", "painting.png", "-o", "a.png"],
        ["stylize", "photo.jpg", *(["--style", "painting.png"] * 9)],
        ["styles"],
        ["styles", "paint"],
        ["styles", "show"],
        ["styles", "add"],
        ["doctor", "now"],
    ],
)
def test_wrong_usage_ends_with_2_and_one_line(arguments, stylizer, assert_refused):
    assert_refused(arguments, 2)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["stylize", "--help"], ["styles", "--help"]])
def test_help_and_version_are_printed(arguments, capsys):
    assert main(arguments) == 0
    output, errors = capsys.readouterr()
    assert "scumble" in output
    assert errors == ""


def test_a_fault_in_a_light_command_is_one_line_too(monkeypatch, error_line):
    monkeypatch.setattr(cli, "_library", lambda: 1 / 0)
    assert main(["styles", "list"]) == 1
    assert "ZeroDivisionError" in error_line()


def test_a_reader_that_has_seen_enough_gets_no_traceback():
    code = "import sys; from engine.cli import main; sys.exit(main(['styles', 'list', '--json']))"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert process.returncode == 1
    assert errors == b""


# The library


def test_a_style_goes_into_the_library_is_shown_comes_out_and_is_deleted(folder, style_file, capsys, error_line):
    assert main(["styles", "import", "waves.scumble", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Great Waves"

    assert main(["styles", "list"]) == 0
    assert any("Great Waves" in line and "An Artist" in line for line in capsys.readouterr().out.splitlines())
    assert main(["styles", "list", "--json"]) == 0
    listed = {style["name"]: style for style in json.loads(capsys.readouterr().out)["styles"]}
    assert listed["Great Waves"]["built_in"] is False

    assert main(["styles", "show", "great waves"]) == 0
    shown = capsys.readouterr().out
    assert "CC0-1.0" in shown
    assert "one drawing" in shown

    assert main(["styles", "export", "Great Waves", "copy"]) == 0
    assert capsys.readouterr().out == "copy.scumble\n"
    assert (folder / "copy.scumble").is_file()

    assert main(["styles", "delete", "Great Waves"]) == 0
    capsys.readouterr()
    assert main(["styles", "show", "Great Waves"]) == 1
    assert "Great Waves" in error_line()


def test_an_exported_style_does_not_replace_a_file_unasked(folder, style_file, capsys, assert_refused):
    assert main(["styles", "import", "waves.scumble"]) == 0
    (folder / "copy.scumble").write_bytes(b"mine")
    capsys.readouterr()
    assert_refused(["styles", "export", "Great Waves", "copy.scumble"], 1, ["copy.scumble"])
    assert main(["styles", "export", "Great Waves", "copy.scumble", "--overwrite"]) == 0
    assert (folder / "copy.scumble").read_bytes() != b"mine"


@pytest.mark.parametrize("name", ["missing.scumble", "photo.jpg", "text.scumble", "."])
def test_what_is_no_style_file_is_not_imported(name, folder, assert_refused):
    (folder / "text.scumble").write_text("no style")
    assert_refused(["styles", "import", name], 1)


@pytest.mark.parametrize("arguments", [["show", "Nothing"], ["export", "Nothing", "a.scumble"], ["delete", "Nothing"]])
def test_a_style_that_is_not_in_the_library(arguments, assert_refused):
    assert_refused(["styles", *arguments], 1, ["Nothing"])


@pytest.fixture
def encoder(monkeypatch):
    """Stand in for the Stylizer, and tell on which devices one was made."""
    devices = []

    class FakeStylizer:
        model_hash = "ef" * 32

        def __init__(self, library, device):
            devices.append(device)

        def style_tensors(self, picture):
            return {"codes": np.full((1, 2), picture.width, np.float32)}

    monkeypatch.setattr(stylization, "Stylizer", FakeStylizer)
    return devices


def test_a_style_is_made_from_a_picture(folder, encoder, capsys):
    assert main(["styles", "add", "painting.png", "--name", "My Hand", "--device", "cpu", "--json"]) == 0
    style = json.loads(capsys.readouterr().out)
    assert (style["name"], style["source"], style["base_model"]) == ("My Hand", "painting", "ef" * 32)
    assert encoder == ["cpu"]
    assert read_style_file(Path(style["path"]))[1]["codes"].tolist() == [[50, 50]]

    assert main(["styles", "add", "painting.png"]) == 0
    capsys.readouterr()
    assert main(["styles", "list"]) == 0
    listed = capsys.readouterr().out
    assert "My Hand" in listed
    assert "painting" in listed


@pytest.mark.parametrize("name", ["missing.png", "text.png", "."])
def test_what_is_no_picture_becomes_no_style(name, folder, encoder, assert_refused):
    (folder / "text.png").write_text("no picture")
    assert_refused(["styles", "add", name], 1)
    assert encoder == []  # torch need not be loaded to say so


def test_a_name_that_is_none_makes_no_style(folder, encoder, assert_refused):
    assert_refused(["styles", "add", "painting.png", "--name", "x" * 81], 1, ["80 letters"])


# The doctor


def test_the_doctor_says_what_a_bug_report_needs(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "_self_test", lambda options, cancel: {"passed": True, "reason": ""})
    assert main(["doctor", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert findings["versions"]["torch"][0].isdigit()
    assert "cpu" in findings["devices"]["available"]
    assert findings["devices"]["threads"] >= 1
    assert findings["paths"]["log"].endswith("scumble.log")
    assert findings["system"]["memory_mb"] > 0

    assert main(["doctor"]) == 0
    report = capsys.readouterr().out
    assert "scumble: 0" in report
    assert findings["paths"]["log"] in report


@pytest.mark.parametrize(("changes", "code"), [(True, 0), (False, 1)])
def test_the_doctor_stylizes_a_picture_in_a_built_in_style(changes, code, make_style_file, monkeypatch, capsys):
    class FakeStylizer:
        def __init__(self, library, options):
            assert library.find("Great Waves").built_in

        def stylize(self, request, cancel):
            assert request.styles == (StyleChoice("Great Waves"),)
            pixels = request.content.pixels
            return StylizeResult(Picture(255 - pixels if changes else pixels), 0.1, "cpu")

    path = make_style_file("waves.scumble", "Great Waves")
    monkeypatch.setattr(resources, "BUILT_IN_STYLES", path.parent)
    monkeypatch.setattr(stylization, "Stylizer", FakeStylizer)
    assert main(["doctor", "--json"]) == code
    result = json.loads(capsys.readouterr().out)["self_test"]
    assert result["passed"] is changes
    assert result["style"] == "Great Waves"


def test_the_doctor_ends_with_1_when_no_picture_comes_out(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(resources, "BUILT_IN_STYLES", tmp_path)
    monkeypatch.setattr(resources, "BASE_MODEL", tmp_path / "none.safetensors")
    assert main(["doctor", "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)
    assert findings["self_test"]["passed"] is False
    assert findings["self_test"]["reason"]
    assert "Install Scumble again" in findings["base_model"]["problem"]


# The thumbnail in a style file


def test_a_thumbnail_is_written_as_png_of_the_size_asked_for(tmp_path, capsys):
    style = resources.BUILT_IN_STYLES / "water-lilies.scumble"
    assert main(["styles", "thumbnail", str(style), str(tmp_path / "small.png"), "--size", "64", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"output": str(tmp_path / "small.png")}
    with Image.open(tmp_path / "small.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (64, 64))


@pytest.mark.parametrize("size", ["0", "-1", "100000"])
def test_a_thumbnail_of_a_foolish_size_is_refused(tmp_path, size, assert_refused):
    style = resources.BUILT_IN_STYLES / "water-lilies.scumble"
    assert_refused(["styles", "thumbnail", str(style), str(tmp_path / "small.png"), "--size", size], 2)
    assert not (tmp_path / "small.png").exists()


def test_a_thumbnail_of_what_is_no_style_is_refused(tmp_path, assert_refused):
    (tmp_path / "no.scumble").write_bytes(b"no style")
    assert_refused(["styles", "thumbnail", str(tmp_path / "no.scumble"), str(tmp_path / "small.png")], 1)
    style = resources.BUILT_IN_STYLES / "water-lilies.scumble"
    assert_refused(["styles", "thumbnail", str(style), str(tmp_path / "no folder" / "small.png")], 1)
