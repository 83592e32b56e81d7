"""Works with the window of an installed Scumble under Xvfb, by mouse and keyboard: drops, a second start, an export."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from check_program import CheckError, Program

DRAG_SOURCE = Path(__file__).resolve().with_name("drag_source.py")
_SCREEN = (1600, 1000)
_PATIENCE_SECONDS = 120.0


def wait_for(is_so: Callable[[], bool], what: str, seconds: float = _PATIENCE_SECONDS) -> None:
    """Look ten times a second until something is so. Raises CheckError when it takes too long."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise CheckError(f"{what} did not happen within {seconds:.0f} seconds")
        time.sleep(0.1)


class Screen:
    """A display of its own, with a mouse and a keyboard."""

    def __init__(self, number: int) -> None:
        self.name = f":{number}"
        self.environment = {**os.environ, "DISPLAY": self.name}

    def do(self, *arguments: str) -> str:
        """Have xdotool do something and return what it says."""
        command = ["xdotool", *arguments]
        told = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return told.stdout.strip()

    def window(self, name: str = "Scumble") -> str:
        """Return the number of the window of that name, empty while there is none."""
        return self.do("search", "--onlyvisible", "--name", name).partition("\n")[0]

    def place(self, window: str) -> tuple[int, int, int, int]:
        """Return left, top, width and height."""
        told = dict(line.split("=") for line in self.do("getwindowgeometry", "--shell", window).splitlines())
        return int(told["X"]), int(told["Y"]), int(told["WIDTH"]), int(told["HEIGHT"])

    def take_picture(self, path: Path) -> None:
        command = ["import", "-window", "root", str(path)]
        subprocess.run(command, env=self.environment, check=False, capture_output=True)

    def drag_file(self, file: str, x: int, y: int) -> None:
        """Drag a file, named as the program sees it, from a window in the corner to a point of the screen."""
        left, top = _SCREEN[0] - 110, _SCREEN[1] - 70
        source = subprocess.Popen([sys.executable, str(DRAG_SOURCE), file, str(left), str(top)], env=self.environment)
        try:
            time.sleep(2)
            self.do("mousemove", str(left + 50), str(top + 30), "mousedown", "1")
            steps = 12
            for step in range(1, steps + 1):
                place = [round(a + (b - a) * step / steps) for a, b in ((left + 50, x), (top + 30, y))]
                self.do("mousemove", *map(str, place))
                time.sleep(0.1)
            time.sleep(0.5)
            self.do("mouseup", "1")
            source.wait(timeout=20)
        except subprocess.TimeoutExpired as error:
            raise CheckError("nobody took what was dropped") from error
        finally:
            source.kill()
            source.wait()


@contextmanager
def screen() -> Iterator[Screen]:
    """Run an Xvfb as long as the block lasts, under a number that nobody uses."""
    width, height = _SCREEN
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-ac", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, pass_fds=[writing])
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as told:
            yield Screen(int(told.readline()))
    finally:
        server.terminate()
        server.wait()


def work_in(program: Program, session: str) -> dict[str, object]:
    """Return what the window says that is open: the first work of its session file."""
    try:
        works = json.loads(program.here(session).read_bytes())["works"]
    except (OSError, ValueError, KeyError):
        return {}
    return works[0] if works else {}


def check_window_by_hand(
    program: Program, shown: Screen, *, photo: str, painting: str, other: str, session: str, pictures: Path
) -> Path:
    """Drop a photo and a painting, start a second time with another photo, export; return where the export is.

    All paths but ``pictures`` (a folder for screenshots) are the program's.
    """
    environment = {**os.environ, **program.environment, "DISPLAY": shown.name}
    prefix = [*program.prefix, f"DISPLAY={shown.name}"] if program.prefix else []
    process = subprocess.Popen([*prefix, "scumble-window"], env=environment)
    try:
        wait_for(lambda: bool(shown.window()), "the window")
        window = shown.window()
        left, top, width, height = shown.place(window)
        time.sleep(3)
        shown.take_picture(pictures / "first-start.png")
        shown.drag_file(photo, left + width // 5, top + height // 2)
        wait_for(lambda: work_in(program, session).get("content") == photo, "the drop of the photo")
        shown.drag_file(painting, left + width * 3 // 5, top + height // 2)
        wait_for(lambda: bool(work_in(program, session).get("styles")), "the drop of the painting")
        start = time.monotonic()
        again = subprocess.run([*prefix, "scumble-window", other], env=environment, timeout=60, check=False)
        if again.returncode != 0:
            raise CheckError(f"the second start ended with {again.returncode}")
        seconds = time.monotonic() - start
        wait_for(lambda: work_in(program, session).get("content") == other, "the second start's picture")
        print(f"  window: photo and painting dropped, a second start handed its photo over in {seconds:.1f} s")
        time.sleep(8)
        shown.take_picture(pictures / "painted.png")
        return _export(program, shown, window, other, pictures)
    finally:
        shown.do("search", "--onlyvisible", "--name", "Scumble", "windowclose")
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _export(program: Program, shown: Screen, window: str, photo: str, pictures: Path) -> Path:
    folder = program.here(photo).parent
    before = set(folder.iterdir())
    shown.do("windowfocus", window)
    shown.do("key", "--clearmodifiers", "ctrl+e")
    wait_for(lambda: bool(shown.window("^Export")), "the export dialog")
    time.sleep(2)
    shown.take_picture(pictures / "export.png")
    shown.do("windowfocus", shown.window("^Export"), "key", "Return")
    wait_for(lambda: bool(_new_pictures(folder, before)), "the export")
    (exported,) = _new_pictures(folder, before)
    print(f"  window: exported {exported.name}")
    return exported


def _new_pictures(folder: Path, before: set[Path]) -> list[Path]:
    return [path for path in set(folder.iterdir()) - before if path.suffix == ".png" and not path.name.startswith(".")]
