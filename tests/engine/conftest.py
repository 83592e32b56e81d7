"""For tests that drive the command line: a folder with pictures, and a stylizer that only inverts colours."""

import numpy as np
import pytest
from PIL import Image

from engine import stylize_command
from engine.api import Picture, StylizeResult
from engine.cli import main
from engine.imaging import read_picture, resize_picture
from engine.styles import StyleInformation, write_style_file


class InvertingStylizer:
    """Answers like the real one, in no time."""

    def __init__(self):
        self.requests = []
        self.devices = []
        self.failures = {}
        self.notes = ()

    def stylize(self, request):
        self.requests.append(request)
        if request.content.name in self.failures:
            raise self.failures[request.content.name]
        content = read_picture(request.content)
        if request.max_side is not None:
            content = resize_picture(content, request.max_side)
        return StylizeResult(Picture(255 - content.pixels, name=content.name), 0.25, "cpu", self.notes)


@pytest.fixture
def stylizer(folder, monkeypatch):
    fake = InvertingStylizer()

    def make(library, device):
        fake.devices.append(device)
        return fake

    monkeypatch.setattr(stylize_command, "make_stylizer", make)
    return fake


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a photo, a second one, and a painting, and work in it."""
    monkeypatch.chdir(tmp_path)
    generator = np.random.default_rng(7)
    for name, size in (("photo.jpg", (40, 60, 3)), ("beach.png", (30, 30, 3)), ("painting.png", (50, 50, 3))):
        Image.fromarray(generator.integers(0, 256, size, dtype=np.uint8)).save(tmp_path / name)
    return tmp_path


@pytest.fixture
def make_style_file(folder):
    def make(file_name, name):
        path = folder / file_name
        information = StyleInformation(
            name=name,
            artist="An Artist",
            description="Lines",
            licence="CC0-1.0",
            created="2026-01-02T03:04:05+00:00",
            source="one drawing",
            base_model="ab" * 32,
            kind="code",
            thumbnail=b"",
            path=None,
            built_in=False,
        )
        write_style_file(path, information, {"code": np.zeros(8, np.float32)})
        return path

    return make


@pytest.fixture
def style_file(make_style_file):
    return make_style_file("waves.scumble", "Great Waves")


def _files_of(folder):
    return {str(path.relative_to(folder)): path.is_file() and path.read_bytes() for path in folder.rglob("*")}


@pytest.fixture
def error_line(capsys):
    """Return a function that returns the one line on standard error, when that is all that was printed."""

    def read():
        output, errors = capsys.readouterr()
        assert output == ""
        lines = errors.splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("scumble: ")
        return lines[0]

    return read


@pytest.fixture
def assert_refused(folder, error_line):
    """Return a function: the command ends with this code and one line with these words, and leaves all files alone."""

    def check(arguments, code, words=()):
        before = _files_of(folder)
        assert main(arguments) == code
        line = error_line()
        for word in words:
            assert word in line
        assert _files_of(folder) == before

    return check
