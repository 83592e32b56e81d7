"""Start-up: which way the arguments go, no torch before the window, the demo, and what a bare Linux lacks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from desktop_app import main as start
from desktop_app import system_libraries
from desktop_app.demo import PICTURE, SCREENSHOT, Demo
from desktop_app.system_libraries import missing_libraries, platform_of, problem_of_system
from engine.api import StyleError
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def sample(photo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a small picture be the sample photo."""
    monkeypatch.setattr("desktop_app.samples.SAMPLE_PHOTO", photo)
    return photo


def run_python(code: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {
        **{name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}},
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        **environment,
    }
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=own, cwd=ROOT, timeout=100, check=False
    )


def test_the_window_is_there_before_torch(tmp_path: Path) -> None:
    code = """
import sys
from desktop_app.application import create_application
from desktop_app.i18n import Languages
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings, default_path
from engine.styles import StyleLibrary
application = create_application()
window = MainWindow(Settings(), default_path(), StyleLibrary.default(), Languages())
window.show()
application.processEvents()
assert window.isVisible()
assert "torch" not in sys.modules
window.close()
"""
    result = run_python(code, tmp_path)
    assert result.returncode == 0, result.stderr


def test_a_command_never_imports_qt(tmp_path: Path) -> None:
    code = """
import sys
from desktop_app.main import main
code = main(["--version"])
assert not any(name.startswith("PySide6") for name in sys.modules)
assert "torch" not in sys.modules
sys.exit(code)
"""
    result = run_python(code, tmp_path)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("first", ["stylize", "styles", "doctor", "--help", "--version", "-h"])
def test_commands_go_to_the_command_line(monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    taken = []
    monkeypatch.setattr("engine.cli.main", lambda arguments: taken.append(arguments) or 5)
    assert start.main([first, "x"]) == 5
    assert taken == [[first, "x"]]


@pytest.mark.parametrize("arguments", [[], ["photo.jpg"], ["--sample"], ["photo.jpg", "stylize"]])
def test_everything_else_goes_to_the_window(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    taken = []
    monkeypatch.setattr(start, "open_window", lambda given: taken.append(given) or 7)
    assert start.main(arguments) == 7
    assert taken == [arguments]


def test_an_unknown_option_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        start.open_window(["--no-such-option"])
    assert stop.value.code == 2
    assert "no-such-option" in capsys.readouterr().err


@pytest.mark.usefixtures("sample")
def test_the_demo_writes_both_pictures(
    make_window: WindowMaker,
    stylizer: InvertingStylizer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "new" / "out"
    window = make_window()
    assert Demo(window, folder).run() == 0
    assert capsys.readouterr().out.split("\n") == [str(folder / PICTURE), str(folder / SCREENSHOT), ""]
    with Image.open(folder / PICTURE) as picture:
        assert picture.size == (60, 40)
    with Image.open(folder / SCREENSHOT) as screenshot:
        assert screenshot.size == (1280, 800)
    # A preview, then one export. The engine is loaded by the fixture and by the demo, and another preview may follow.
    sizes = [request.max_side for request in stylizer.requests]
    assert sizes[:2] == [60, None]
    assert sizes.count(None) == 1
    assert not window.worker.is_running


@pytest.mark.usefixtures("sample")
def test_a_demo_that_fails_says_why(
    make_window: WindowMaker,
    stylizer: InvertingStylizer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stylizer.failure = StyleError("{name} belongs to another base model. Choose another style.", name="Blue")
    assert Demo(make_window(), tmp_path).run() == 1
    printed = capsys.readouterr()
    assert printed.err == "Blue belongs to another base model. Choose another style.\n"
    assert printed.out == ""


@pytest.mark.usefixtures("sample")
def test_a_demo_without_a_style_says_so(
    make_window: WindowMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (tmp_path / "built-in").iterdir():
        file.unlink()
    assert Demo(make_window(), tmp_path).run() == 1
    assert "The library has no style" in capsys.readouterr().err


def test_a_demo_without_a_sample_says_so(
    make_window: WindowMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("desktop_app.samples.SAMPLE_PHOTO", tmp_path / "missing.jpg")
    assert Demo(make_window(), tmp_path).run() == 1
    assert "missing.jpg" in capsys.readouterr().err


@pytest.mark.usefixtures("sample")
def test_a_demo_that_takes_too_long_ends(
    make_window: WindowMaker,
    stylizer: InvertingStylizer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("desktop_app.demo.LIMIT_SECONDS", 1)
    stylizer.hold.clear()
    assert Demo(make_window(), tmp_path).run() == 1
    assert "not done after 1 seconds" in capsys.readouterr().err


def test_a_demo_into_a_file_is_refused(
    make_window: WindowMaker, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Demo(make_window(), photo).run() == 1
    assert str(photo) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({}, None),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb:scale=2"}, "xcb"),
    ],
)
def test_the_platform_that_qt_will_use(environment: dict[str, str], platform: str | None) -> None:
    assert platform_of(environment) == platform


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert missing_libraries("offscreen") == {}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux leaves these to the user")
def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(system_libraries.ALWAYS, "libno-such-thing.so.9", "libno-such-thing9")
    problem = problem_of_system({"QT_QPA_PLATFORM": "offscreen"})
    assert problem is not None
    assert "libno-such-thing.so.9" in problem
    assert problem.endswith("sudo apt-get install libno-such-thing9")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the other systems always have a display")
def test_without_a_display_there_is_a_way_out(tmp_path: Path) -> None:
    code = "import sys; from desktop_app.main import open_window; sys.exit(open_window([]))"
    result = run_python(code, tmp_path, QT_QPA_PLATFORM="")
    assert result.returncode == 1
    assert "no display" in result.stderr
    assert "Traceback" not in result.stderr
