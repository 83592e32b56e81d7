"""``scumble sheet``, driven from outside: real files, a stylizer that only inverts colours."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import sheet_command
from engine.api import Picture, StyleError, StylizeResult
from engine.cli import main
from engine.imaging import read_picture


class Inverting:
    def __init__(self):
        self.requests = []
        self.devices = []
        self.failures = {}

    def stylize(self, request):
        self.requests.append(request)
        failure = self.failures.get(request.styles[0].style)
        if failure is not None:
            raise failure
        assert isinstance(request.content, Picture)
        return StylizeResult(Picture(255 - request.content.pixels, name=request.content.name), 0.25, "cpu")


@pytest.fixture
def painter(folder, monkeypatch):
    fake = Inverting()

    def make(library, device):
        fake.devices.append(device)
        return fake

    monkeypatch.setattr(sheet_command, "make_stylizer", make)
    return fake


def test_one_photo_in_several_styles_is_one_picture(folder, painter, style_file, capsys):
    command = ["sheet", "photo.jpg", "--style", "painting.png", "--style", "waves.scumble", "-o", "sheet.png"]
    assert main([*command, "--strength", "0.5", "--device", "cpu", "--cell", "64"]) == 0
    output, errors = capsys.readouterr()
    sheet = read_picture(folder / "sheet.png")
    assert output == f"sheet.png  {sheet.width} x {sheet.height}\n"
    assert errors == ""
    assert sheet.width > 2 * 60
    assert [request.styles[0].style for request in painter.requests] == [Path("painting.png"), Path("waves.scumble")]
    assert {request.strength for request in painter.requests} == {0.5}
    assert painter.devices == ["cpu"]


def test_into_a_folder_each_goes_by_itself(folder, painter, style_file, capsys):
    command = ["sheet", "photo.jpg", "beach.png", "--style", "painting.png", "--style", "waves.scumble"]
    assert main([*command, "--output-dir", "a/b"]) == 0
    names = ["beach__painting.png", "beach__waves.png", "photo__painting.png", "photo__waves.png"]
    assert sorted(path.name for path in (folder / "a/b").iterdir()) == names
    expected = 255 - read_picture(folder / "photo.jpg").pixels
    assert np.array_equal(read_picture(folder / "a/b/photo__waves.png").pixels, expected)
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_json_tells_what_was_made(folder, painter, capsys):
    assert main(["sheet", "photo.jpg", "beach.png", "--style", "painting.png", "-o", "s.png", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    with Image.open(folder / "s.png") as sheet:
        size = list(sheet.size)
    assert told == {"outputs": ["s.png"], "seconds": 0.5, "device": "cpu", "size": size, "failed": []}


def test_a_broken_picture_leaves_its_place_empty_and_is_told_of(folder, painter, capsys):
    (folder / "broken.jpg").write_bytes(b"no picture")
    command = ["sheet", "broken.jpg", "photo.jpg", "--style", "painting.png", "--style", "beach.png"]
    assert main([*command, "-o", "s.png"]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1  # once, although it fails in both styles
    assert "broken.jpg is not a picture" in errors[0]
    assert (folder / "s.png").is_file()


def test_a_style_that_cannot_be_used_leaves_its_places_empty(folder, painter, style_file, capsys):
    painter.failures[Path("waves.scumble")] = StyleError("waves.scumble belongs to another base model.")
    command = ["sheet", "photo.jpg", "--style", "painting.png", "--style", "waves.scumble", "-o", "s.png"]
    assert main(command) == 1
    assert "another base model" in capsys.readouterr().err
    assert (folder / "s.png").is_file()


def test_when_nothing_succeeds_nothing_is_written(folder, painter, capsys):
    (folder / "broken.jpg").write_bytes(b"no picture")
    assert main(["sheet", "broken.jpg", "--style", "painting.png", "-o", "s.png"]) == 1
    assert main(["sheet", "broken.jpg", "--style", "painting.png", "--output-dir", "new/folder"]) == 1
    assert not (folder / "s.png").exists()
    assert not (folder / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["photo.jpg", "--style", "painting.png"], 2, ["--output"]),
        (["photo.jpg", "-o", "s.png"], 2, ["--style"]),
        (["photo.jpg", "--style", "nothing", "-o", "s.png"], 1, ["nothing"]),
        (["photo.jpg", "--style", "painting.png", "-o", "s.xyz"], 1, ["s.xyz"]),
        (["photo.jpg", "--style", "painting.png", "-o", "photo.jpg"], 2, ["photo.jpg"]),
        (["photo.jpg", "--style", "painting.png", "-o", "beach.png"], 1, ["beach.png", "exists"]),
        (["photo.jpg", "--style", "painting.png", "-o", "s.png", "--cell", "5"], 2, ["64"]),
        (["photo.jpg", "--style", "painting.png", "-o", "s.png", "--columns", "0"], 2, ["columns"]),
        (["photo.jpg", "--style", "painting.png", "-o", "s.png", "--strength", "2"], 2, ["strength"]),
        (["photo.jpg", "--style", "painting.png", "-o", "s.webp", "--cell", "4096", "--columns", "5"], 1, ["WEBP"]),
        (["photo.jpg", "photo.jpg", "--style", "painting.png", "--output-dir", "d"], 2, ["photo__painting.png"]),
        (["photo.jpg", "--style", "painting.png", "--output-dir", "photo.jpg"], 1, ["photo.jpg", "folder"]),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(painter, assert_refused, arguments, code, words):
    assert_refused(["sheet", *arguments], code, words)
    assert painter.requests == []


def test_results_that_exist_are_replaced_only_when_asked(folder, painter, capsys):
    command = ["sheet", "photo.jpg", "--style", "painting.png", "-o", "beach.png", "--overwrite"]
    before = (folder / "beach.png").read_bytes()
    assert main(command) == 0
    assert (folder / "beach.png").read_bytes() != before
