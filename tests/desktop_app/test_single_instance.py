"""A second start hands its files to the window that is open, and ends. Two real processes, offscreen."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app import incoming_starts
from desktop_app.incoming_starts import IncomingStarts, tell_damage
from desktop_app.main_window import MainWindow
from desktop_app.single_instance import SingleInstance, Start, bring_to_front
from engine.api import ModelError
from tests.desktop_app.helpers import save_picture

ROOT = Path(__file__).resolve().parents[2]

# A window without an engine that prints each photo that is opened in it, and each time it comes to the front.
_FIRST = """
import sys
from pathlib import Path
from desktop_app import application, incoming_starts
from desktop_app.main_window import MainWindow

def load_no_engine(self):
    self.document.content_changed.connect(self.tell)
    print("ready", flush=True)

def tell(self):
    print("opened", self.document.content.name, flush=True)

def bring_to_front(window, token):
    print("front", window.isVisible(), flush=True)
    bring(window, token)

bring, incoming_starts.bring_to_front = incoming_starts.bring_to_front, bring_to_front
MainWindow.load_engine, MainWindow.tell = load_no_engine, tell
sys.exit(application.run([Path(file) for file in sys.argv[1:]]))
"""


@contextmanager
def first_window(*files: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _FIRST, *map(str, files)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def start_again(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from desktop_app.main import main; sys.exit(main())"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_start_hands_its_files_over_and_ends(tmp_path: Path) -> None:
    save_picture(tmp_path / "Ärmel 画.png", 30, 20, seed=5)
    with first_window() as first:
        second = start_again("Ärmel 画.png", folder=tmp_path)  # a path relative to another folder
        assert (second.returncode, second.stderr) == (0, "")
        assert line(first) == "front True"
        assert line(first) == "opened Ärmel 画"


def test_a_second_start_without_files_brings_the_window_to_the_front() -> None:
    with first_window() as first:
        assert start_again().returncode == 0
        assert line(first) == "front True"


def test_a_second_start_may_ask_for_the_sample() -> None:
    with first_window() as first:
        assert start_again("--sample").returncode == 0
        assert line(first) == "front True"
        assert line(first) == "opened landscape"


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_after_a_crash_the_next_start_opens_a_window(photo: Path) -> None:
    with first_window() as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        with first_window() as second:
            assert start_again(str(photo)).returncode == 0
            assert line(second) == "front True"
            assert line(second) == "opened photo"


def test_the_first_of_two_listens_and_the_other_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert not first.hands_over(Start())
    taken: list[Start] = []
    first.started_again.connect(taken.append)
    socket = connected(first)
    start = Start(("a.png", "画.png"), sample=True, token="t")
    socket.write(json.dumps({"files": list(start.files), "sample": True, "token": "t"}).encode() + b"\n")
    qtbot.waitUntil(lambda: socket.bytesAvailable() > 0)
    assert taken == [start]
    first.close()


def connected(instance: SingleInstance) -> QLocalSocket:
    socket = QLocalSocket(instance)
    socket.connectToServer(instance._address())
    assert socket.waitForConnected(1000)
    return socket


@pytest.mark.parametrize(
    "message",
    [b"\n", b"{\n", b"[1]\n", b'{"files": "a", "sample": false, "token": ""}\n', b'{"files": [1]}\n', b"x" * 2_000_000],
)
def test_what_is_no_start_is_refused(qtbot: QtBot, tmp_path: Path, message: bytes) -> None:
    first = SingleInstance(tmp_path)
    assert not first.hands_over(Start())
    taken: list[Start] = []
    first.started_again.connect(taken.append)
    socket = connected(first)
    socket.write(message)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert taken == []
    first.close()


def test_one_that_does_not_answer_keeps_nobody_from_working(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert not first.hands_over(Start())
    first._server.close()  # it holds the lock, but does not listen: it is still starting, or hangs
    assert not SingleInstance(tmp_path).hands_over(Start(("a.png",)), patience=300)
    first.close()
    assert not SingleInstance(tmp_path).hands_over(Start())


def test_a_folder_that_cannot_be_made_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not SingleInstance(tmp_path / "file" / "folder").hands_over(Start())


def test_a_minimized_window_is_restored(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_to_front(window)
    assert window.isVisible()
    assert not window.isMinimized()


def test_a_file_from_the_finder_is_opened(qtbot: QtBot, window: MainWindow, photo: Path, tmp_path: Path) -> None:
    starts = IncomingStarts(SingleInstance(tmp_path), window)
    assert starts.eventFilter(window, QFileOpenEvent(QUrl.fromLocalFile(str(photo))))
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert window.document.content_path == photo
    assert not starts.eventFilter(window, QEvent(QEvent.Type.User))


def test_a_damaged_installation_is_told_at_the_start(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    tell_damage(window)
    assert window.messages.text == ""
    error = ModelError("Files of Scumble are missing or damaged: {files}. Install Scumble again.", files="a.svg")
    monkeypatch.setattr(incoming_starts, "damage", lambda: error)
    tell_damage(window)
    assert window.messages.kind == "error"
    assert "a.svg" in window.messages.text
