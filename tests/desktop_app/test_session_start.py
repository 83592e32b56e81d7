"""What a start opens, and what happens to the session where the disk does not play along."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportChoice
from desktop_app.session import SavedStyle, SavedWork, default_folder, read_works, works_as_bytes
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import save_picture

ROOT = Path(__file__).resolve().parents[2]

_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop_app import application
from desktop_app.main_window import MainWindow

windows = []

def load_no_engine(self):
    windows.append(self)
    timer = QTimer(self)
    timer.timeout.connect(look)
    timer.start(20)

def look():
    if windows and windows[0].document.content is not None:
        window = windows.pop()
        print(window.document.content.name, window.document.settings.strength)
        window.close()

MainWindow.load_engine = load_no_engine
sample, *files = sys.argv[1:]
sys.exit(application.run([Path(file) for file in files], sample=sample == "yes"))
"""


@pytest.mark.parametrize(
    ("sample", "files", "opened"),
    [("no", (), "photo 0.25"), ("no", ("other.png",), "other 1.0"), ("yes", (), "landscape 1.0")],
    ids=["nothing asked for", "a file", "the sample"],
)
def test_the_session_comes_back_unless_something_else_is_asked_for(
    tmp_path: Path, photo: Path, sample: str, files: tuple[str, ...], opened: str
) -> None:
    save_picture(tmp_path / "other.png", 30, 20, seed=5)
    folder = default_folder()
    folder.mkdir(parents=True)
    values = {"version": 1, "works": [{"content": str(photo), "settings": {"strength": 0.25}}]}
    (folder / "session.json").write_text(json.dumps(values))
    command = [sys.executable, "-c", _START, sample, *(str(tmp_path / name) for name in files)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [opened]
    assert Path(read_works(folder / "session.json")[0].content).stem == opened.partition(" ")[0]


def test_a_full_disk_is_told_once_and_keeps_the_last_session_whole(
    qtbot: QtBot,
    qapp: QApplication,
    make_window: WindowMaker,
    tmp_path: Path,
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "session"
    window = make_window(session_folder=folder)
    window.open_files([photo])
    qtbot.waitUntil(lambda: window.document.content is not None)
    window.session.save()
    qtbot.waitUntil((folder / "recent.json").exists)
    before = (folder / "session.json").read_bytes()

    def no_space(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("engine.files.os.fsync", no_space)
    window.document.set_setting("strength", 0.1)
    window.session.save()
    qtbot.waitUntil(lambda: "No space left on device" in window.messages.text)
    window.messages.hide()
    window.document.set_setting("strength", 0.2)
    window.session.save()
    window.session._writer.submit(int).result()  # after the second failure
    qapp.processEvents()
    assert window.messages.text == ""
    window.close()
    assert (folder / "session.json").read_bytes() == before
    assert {path.name for path in folder.iterdir()} <= {"session.json", "recent.json", "lock"}


def test_a_photo_deleted_while_it_is_open_can_still_be_exported(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, photo: Path, painting: Path
) -> None:
    window = make_window(session_folder=tmp_path / "session")
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None and not window.preview.is_busy)
    photo.unlink()
    painting.unlink()
    window.exporter.export(ExportChoice(tmp_path / "out.png", overwrite=False, quality=95))
    qtbot.waitUntil(lambda: window.messages.text.startswith("out.png is saved"))
    assert (tmp_path / "out.png").exists()


@pytest.fixture
def old_works(tmp_path: Path, photo: Path) -> list[SavedWork]:
    styles = (SavedStyle("Blue", name="Blue"),)
    return [SavedWork(str(photo), styles), SavedWork(str(tmp_path / "gone.png"), styles)]


def test_a_recent_work_whose_photo_is_gone_says_so_and_changes_nothing(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, old_works: list[SavedWork]
) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    (folder / "recent.json").write_bytes(works_as_bytes(old_works))
    window = make_window(session_folder=folder)
    window.document.set_setting("strength", 0.4)
    window.session.open_recent(1)
    qtbot.waitUntil(lambda: window.messages.text == "Not found any more: gone.png. What is open stays as it is.")
    assert window.document.styles == ()
    assert window.document.settings.strength == 0.4
    assert window.document.undo_stack.count() == 1


def test_a_cleared_list_stays_empty_until_something_changes(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, photo: Path, painting: Path, old_works: list[SavedWork]
) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    (folder / "recent.json").write_bytes(works_as_bytes(old_works))
    window = make_window(session_folder=folder)
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.document.is_complete)
    window.session.save()  # still being written when the list is cleared
    window.session.clear_recent()
    window.close()
    assert read_works(folder / "recent.json") == []
    assert window.session.recent == ()
    again = make_window(session_folder=folder)
    assert again.session.recent == ()


def test_no_more_than_ten_works_are_remembered_and_each_photo_once(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, painting: Path
) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    styles = (SavedStyle("Blue", name="Blue"),)
    works = [SavedWork(str(save_picture(tmp_path / f"{number}.png", seed=number)), styles) for number in range(10)]
    (folder / "recent.json").write_bytes(works_as_bytes(works))
    window = make_window(session_folder=folder)

    def opened(name: str) -> Callable[[], bool]:
        return lambda: window.document.content is not None and window.document.content.name == name

    for name in ("new", "3"):
        path = tmp_path / f"{name}.png"
        if not path.exists():
            save_picture(path, seed=77)
        window.open_files([path, painting])
        qtbot.waitUntil(opened(name))
        qtbot.waitUntil(lambda: window.document.is_complete)
        window.session.save()
    window.close()
    names = [Path(work.content).stem for work in read_works(folder / "recent.json")]
    assert names == ["3", "new", "0", "1", "2", "4", "5", "6", "7", "8"]
