"""One window for each user: a second start hands its files to the first and ends."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

PATIENCE_MILLISECONDS = 10_000
"""How long a second start waits for the first, which may still be starting; then it opens a window of its own."""

_ANSWER = b"taken\n"
_LONGEST_MESSAGE = 1_000_000  # bytes
_STEP_MILLISECONDS = 100
_MOST_FILES = 10_000
_ANY_PROCESS = -1

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Start:
    """What a start was asked to open. ``token`` lets a window come to the front under Wayland."""

    files: tuple[str, ...] = ()
    sample: bool = False
    token: str = ""

    @classmethod
    def of(cls, files: Sequence[Path], *, sample: bool = False) -> Start:
        """Paths are made absolute: the first window has another current folder."""
        names = tuple(str(path.absolute()) for path in files)
        return cls(names, sample, os.environ.get("XDG_ACTIVATION_TOKEN", ""))


class SingleInstance(QObject):
    """Holds a lock in ``folder`` while its window is open, and listens for later starts of the same user."""

    started_again = Signal(object)  # Start

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or platformdirs.user_data_path("Scumble", appauthor=False)
        self._lock = QLockFile(str(self._folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # one of a crashed process is found by its number, not by its age
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._received: dict[QLocalSocket, bytes] = {}

    def hands_over(self, start: Start, patience: int = PATIENCE_MILLISECONDS) -> bool:
        """Return whether another window has taken over what was to be opened, so that this process may end.

        Otherwise this is the first, or the other one does not answer, and this process opens a window. ``patience`` is
        in milliseconds.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("Cannot make %s: %s", self._folder, error)
            return False
        end = time.monotonic() + patience / 1000
        while not self._lock.tryLock(0):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                log.warning("Cannot lock a file in %s; a second window will not be noticed", self._folder)
                return False
            if self._send(start):
                return True
            if time.monotonic() >= end:
                log.warning("Another window is open but does not answer; this is one more")
                return False
            time.sleep(_STEP_MILLISECONDS / 1000)
        QLocalServer.removeServer(self._address())  # left by a process that crashed: the lock says that nobody uses it
        if not self._server.listen(self._address()):
            log.warning("Cannot listen for later starts: %s", self._server.errorString())
        return False

    def close(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _address(self) -> str:
        """Return where the first window listens: a name of this user's, and on Linux in a folder nobody else reads."""
        name = f"scumble-{hashlib.sha256(os.fsencode(self._folder.absolute())).hexdigest()[:16]}"
        if sys.platform == "win32":
            return name
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        folder = runtime or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)
        return f"{folder}/{name}"

    def _send(self, start: Start) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._address())
        if not socket.waitForConnected(_STEP_MILLISECONDS):
            return False
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)  # only who was started last may say so
        socket.write(json.dumps(asdict(start)).encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n") and socket.waitForReadyRead(PATIENCE_MILLISECONDS):
            answer += bytes(socket.readAll().data())
        socket.disconnectFromServer()
        return answer == _ANSWER

    @Slot()
    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._received[socket] = b""
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._forget)
            self._take(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket in self._received:
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        message = self._received[socket] + bytes(socket.readAll().data())
        self._received[socket] = message
        if len(message) > _LONGEST_MESSAGE:
            socket.abort()
        elif message.endswith(b"\n"):
            self._received[socket] = b""
            start = _parse(message)
            if start is None:
                log.warning("Somebody sent what is no start: %r", message[:200])
                socket.abort()
                return
            socket.write(_ANSWER)
            socket.flush()
            self.started_again.emit(start)

    @Slot()
    def _forget(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._received.pop(socket, None)
            socket.deleteLater()


def _parse(message: bytes) -> Start | None:
    try:
        values = json.loads(message)
        files, sample, token = values["files"], values["sample"], values["token"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(files, list) or len(files) > _MOST_FILES or not all(isinstance(name, str) for name in files):
        return None
    if not isinstance(sample, bool) or not isinstance(token, str):
        return None
    return Start(tuple(files), sample, token)


def bring_to_front(window: QWidget, token: str = "") -> None:
    """Show a window above all others, as far as the system lets a program do so."""
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt looks for it there, and takes it away
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
