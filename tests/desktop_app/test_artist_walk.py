"""From the empty window to an exported picture as an artist goes: a real X server, the mouse and the keyboard.

Run it with ``--basetemp=FOLDER`` to look at the pictures it takes on its way (``.../screenshots``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from resources import SAMPLES
from tests.desktop_app.helpers import save_picture

NEEDED = ("Xvfb", "xdotool")
PATIENCE_SECONDS = 90.0

pytestmark = [
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {' and '.join(NEEDED)}"),
    pytest.mark.timeout(300),
]


class Walker:
    """Mouse, keyboard and eyes."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = environment
        self._screenshots = folder / "screenshots"
        self._screenshots.mkdir()
        self._window = self._start("tests.desktop_app.walked_window")
        self._others: list[subprocess.Popen[str]] = []
        self.wait("window.isVisible()")
        self.focus("Scumble")

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, question: str) -> Any:
        """Return what the window says to an expression."""
        assert self._window.stdin is not None
        assert self._window.stdout is not None
        self._window.stdin.write(question + "\n")
        self._window.stdin.flush()
        answer = json.loads(self._window.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def wait(self, question: str, expected: object = True) -> None:
        self.wait_for(lambda: self.ask(question) == expected, question)

    def wait_for(self, is_so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < end, f"{what}; the window says {self.ask('window.messages.text')!r}"
            time.sleep(0.05)

    def do(self, *words: object) -> None:
        """Move the mouse or press keys, in the words of xdotool."""
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True, timeout=30)

    def focus(self, title: str) -> None:
        """Give a window the keyboard, which is the business of a window manager where there is one."""
        self.do("search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync")

    def place(self, what: str, across: float = 0.5, down: float = 0.5) -> tuple[int, int]:
        x, y = self.ask(f"middle({what}, {across}, {down})")
        return x, y

    def click(self, what: str, across: float = 0.5, down: float = 0.5, button: int = 1) -> None:
        self.do("mousemove", *self.place(what, across, down), "click", button)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.do("mousemove", *start, "mousedown", 1)
        for step in range(1, 11):
            x, y = (round(a + (b - a) * step / 10) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y)
            time.sleep(0.02)
        self.do("mouseup", 1)

    def drop_files(self, files: list[Path], end: tuple[int, int], shot: str) -> None:
        """Drag files from another program, and look before letting them go."""
        corner = (1320, 100)
        source = self._start("tests.desktop_app.drag_source", *map(str, (*corner, *files)))
        self._others.append(source)
        assert source.stdout is not None
        assert source.stdout.readline() == "shown\n"
        time.sleep(0.3)
        self.do("mousemove", corner[0] + 60, corner[1] + 40, "mousedown", 1)
        for step in range(1, 21):
            self.do("mousemove", *(round(a + (b - a) * step / 20) for a, b in zip(corner, end, strict=True)))
            time.sleep(0.03)
        self.wait("window.canvas.overlay.isVisible()")
        self.look(shot)
        self.do("mouseup", 1)
        self.wait("window.canvas.overlay.isVisible()", expected=False)
        source.terminate()
        self.focus("Scumble")

    def look(self, name: str) -> None:
        """Take a picture of the screen, where there is the program for it."""
        time.sleep(0.3)
        if shutil.which("import"):
            path = self._screenshots / f"{len(list(self._screenshots.iterdir())):02} {name}.png"
            subprocess.run(["import", "-window", "root", path], env=self._environment, check=False, timeout=30)

    def end(self) -> int:
        """Return the exit code of the program, which must have been asked to end."""
        return self._window.wait(PATIENCE_SECONDS)

    def kill(self) -> None:
        for process in (*self._others, self._window):
            process.kill()
            process.wait()


@pytest.fixture
def walker(tmp_path: Path) -> Iterator[Walker]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1480x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = pipe.readline().strip()
    environment = {
        **os.environ,
        "DISPLAY": f":{display}",
        "QT_QPA_PLATFORM": "xcb",
        "LANG": "C.UTF-8",
        "LANGUAGE": "en",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    environment.pop("WAYLAND_DISPLAY", None)
    walker = Walker(environment, tmp_path)
    yield walker
    walker.kill()
    server.kill()
    server.wait()


VIEW = "window.canvas.compare"
AT_REST = "not window.preview.is_busy"


def test_from_the_empty_window_to_an_exported_picture(walker: Walker, tmp_path: Path) -> None:
    folder = tmp_path / "Bilder – 图片"
    folder.mkdir()
    photo = folder / "Foto é 照片.jpg"
    shutil.copyfile(SAMPLES / "landscape.jpg", photo)
    walker.wait("window.style_keeper.is_filled")
    walker.look("empty")
    bring_in_photo_and_painting(walker, photo, save_picture(tmp_path / "painting.png", 300, 300, seed=4))
    chosen = choose_another_style(walker)
    use_less_of_it(walker)
    look_closer(walker)
    mix(walker)
    export(walker, tmp_path / "done.jpg")
    with Image.open(tmp_path / "done.jpg") as picture, Image.open(photo) as original:
        assert picture.size == original.size
        assert chosen in str(dict(picture.getexif())) + str(picture.info)
    walker.do("key", "ctrl+q")
    assert walker.end() == 0
    (session,) = Path(os.environ["HOME"]).rglob("session.json")
    assert json.loads(session.read_text())["works"][0]["content"] == str(photo)


def bring_in_photo_and_painting(walker: Walker, photo: Path, painting: Path) -> None:
    """Take the photo from a file manager and the painting through the dialog."""
    walker.drop_files([photo], walker.place("window.canvas", 0.25), "a photo is dragged")
    walker.wait("window.document.content.name if window.document.content else ''", photo.stem)
    walker.do("key", "ctrl+shift+o")
    walker.focus("Open Painting")
    walker.do("type", "--delay", "5", str(painting))  # xdotool types no letters beyond ASCII
    walker.look("the dialog")
    walker.do("key", "Return")
    walker.wait(f"{VIEW}.result is not None and {AT_REST}")
    walker.focus("Scumble")
    walker.look("the first result")


def choose_another_style(walker: Walker) -> str:
    walker.click("window.shelf.viewport()", 0.25, 0.4)
    walker.wait(f"[style.title for style in window.document.styles] != ['painting'] and {AT_REST}")
    return str(walker.ask("window.document.styles[0].title"))


def use_less_of_it(walker: Walker) -> None:
    slider, less = (
        "window.side_panel.controls.sliders['strength'].slider",
        "0.4 < window.document.settings.strength < 0.8",
    )
    walker.drag(walker.place(slider, 0.97), walker.place(slider, 0.6))
    walker.wait(f"{less} and {AT_REST}")
    walker.do("key", "ctrl+z")
    walker.wait("window.document.settings.strength", 1.0)  # the whole drag was one step
    walker.do("key", "ctrl+shift+z")
    walker.wait(less)


def look_closer(walker: Walker) -> None:
    walker.drag(walker.place(VIEW), walker.place(VIEW, 0.3))
    walker.wait(f"{VIEW}.divider < 0.4")
    walker.do("mousemove", *walker.place(VIEW, 0.7), "click", "--repeat", 8, "--delay", 60, 4)
    walker.wait(f"{VIEW}.viewport.is_fitted", expected=False)
    before = walker.ask(f"{VIEW}.view.x")
    walker.drag(walker.place(VIEW, 0.7), walker.place(VIEW, 0.8))
    walker.wait_for(lambda: walker.ask(f"{VIEW}.view.x") < before, "the picture is moved")
    walker.wait(AT_REST)
    walker.look("zoomed in")
    walker.do("keydown", "space")
    walker.wait(f"{VIEW}.is_original_shown")
    walker.look("the original")
    walker.do("keyup", "space")
    walker.wait(f"{VIEW}.is_original_shown", expected=False)
    walker.do("key", "ctrl+2")
    walker.wait(f"{VIEW}.is_side_by_side")
    walker.look("side by side")
    walker.do("key", "ctrl+2", "ctrl+0")
    walker.wait(f"{VIEW}.viewport.is_fitted and not {VIEW}.is_side_by_side")


def mix(walker: Walker) -> None:
    walker.do("keydown", "ctrl")
    walker.click("window.shelf.viewport()", 0.45, 0.4)
    walker.do("keyup", "ctrl")
    walker.wait("len(window.document.styles)", 2)
    pad = "window.side_panel.mix.pad"
    walker.drag(walker.place(pad), walker.place(pad, 0.75))
    walker.wait(f"window.document.styles[0].weight < window.document.styles[1].weight and {AT_REST}")
    walker.look("a mix")


def export(walker: Walker, path: Path) -> None:
    walker.do("key", "ctrl+e")
    walker.focus("Export")
    walker.do("key", "ctrl+a", "type", "--delay", "5", str(path))
    walker.look("the export dialog")
    walker.click("dialog().export_button")
    walker.wait(f"{path.name!r} in window.messages.text and not window.exporter.is_running")
    walker.focus("Scumble")
    walker.look("exported")
