"""Holds for every test: no display, no network, and none of the user's own folders.

The environment is set while this file is imported, so that it holds before Qt or platformdirs look at it, and in the
processes that tests start.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

_FOLDERS = ("user_data_dir", "user_config_dir", "user_cache_dir", "user_log_dir", "user_state_dir")
# Taken before the environment is changed: the folders in which the user's own Scumble keeps its things.
_USERS_FOLDERS = tuple({getattr(platformdirs, name)("Scumble", appauthor=False) for name in _FOLDERS})
_TEMPORARY_HOME = Path(tempfile.mkdtemp(prefix="scumble-tests-"))
_LOCAL_ADDRESSES = ("127.0.0.1", "::1", "localhost")


def _environment(home: Path) -> dict[str, str]:
    """Return the variables that place everything a program keeps for a user below ``home``, on every system."""
    variables = {"HOME": str(home), "USERPROFILE": str(home)}
    for name in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME"):
        variables[f"XDG_{name}"] = str(home / name.lower())
    for name in ("APPDATA", "LOCAL_APPDATA"):  # what platformdirs asks for on Windows
        variables[f"WIN_PD_OVERRIDE_{name}"] = str(home / name.lower())
    return variables


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what no test may do. Python itself calls this before it opens, lists, moves or connects anything."""
    if event in {"open", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}:
        if any(isinstance(path, str) and path.startswith(_USERS_FOLDERS) for path in arguments[:2]):
            raise RuntimeError(f"A test touches the user's own folders: {event} {arguments[0]}")
    elif event in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        address = arguments[1] if event != "socket.getaddrinfo" else arguments
        # A path is a socket of this computer; Windows and asyncio talk to themselves through the local address.
        if isinstance(address, tuple) and address[0] not in _LOCAL_ADDRESSES:
            raise RuntimeError(f"A test uses the network: {event} {address}")


os.environ.update(_environment(_TEMPORARY_HOME))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # the same window on every machine, and none that flashes up
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # several processes that all want every core wait for each other
sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def _fresh_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every test begin as on the first start of Scumble, and take back what setting up the log changed."""
    for name, value in _environment(tmp_path_factory.mktemp("home")).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    handlers = list(root.handlers)
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()


def pytest_unconfigure() -> None:
    shutil.rmtree(_TEMPORARY_HOME, ignore_errors=True)
