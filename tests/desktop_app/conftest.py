"""The real window with a stand-in for the engine, real files, and the real worker thread."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.i18n import Languages
from desktop_app.main_window import MainWindow
from desktop_app.queueing.jobs import State
from desktop_app.settings import Settings
from desktop_app.teaching.worker import Trainer
from desktop_app.theme import apply_theme
from desktop_app.worker import EngineLoader, LoadedEngine
from engine.styles import StyleInformation, StyleLibrary, write_style_file
from tests.desktop_app.helpers import InvertingStylizer, save_picture
from tests.desktop_app.queue_helpers import add_folder, save_pictures, wait_for
from tests.desktop_app.shelf_helpers import drop_painting, titles
from tests.desktop_app.teach_helpers import FakeTrainer, add_works, panel_of, save_work


def _thumbnail(color: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), color).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def library(tmp_path: Path) -> StyleLibrary:
    """Two built-in styles, Blue and Green, with thumbnails."""
    folder = tmp_path / "built-in"
    folder.mkdir()
    for name in ("Blue", "Green"):
        path = folder / f"{name.lower()}.scumble"
        information = StyleInformation(
            name=name,
            artist=f"Painter of {name}",
            description="",
            licence="CC0",
            created="2026-01-01T00:00:00+00:00",
            source="made for a test",
            base_model="0" * 64,
            kind="code",
            thumbnail=_thumbnail(name.lower()),
            path=None,
            built_in=True,
        )
        write_style_file(path, information, {"code": np.zeros(4, np.float32)})
    return StyleLibrary(folder, tmp_path / "user-styles")


@pytest.fixture
def stylizer() -> InvertingStylizer:
    return InvertingStylizer()


@pytest.fixture
def trainer() -> FakeTrainer:
    return FakeTrainer()


WindowMaker = Callable[..., MainWindow]


@pytest.fixture
def make_window(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    library: StyleLibrary,
    stylizer: InvertingStylizer,
    trainer: FakeTrainer,
) -> Iterator[WindowMaker]:
    """Return a maker of windows. Each is closed at the end, and its thread must then have ended."""
    windows: list[MainWindow] = []
    languages = Languages(qapp)

    def make(
        load: EngineLoader | None = None,
        settings: Settings | None = None,
        session_folder: Path | None = None,
        trainer: Trainer = trainer,
    ) -> MainWindow:
        settings = settings or Settings(language="en")
        languages.use(settings.language)
        apply_theme(qapp, settings.theme)
        window = MainWindow(
            settings,
            tmp_path / "settings" / "settings.json",
            library,
            languages,
            load or (lambda _options: LoadedEngine(stylizer, "CPU", ("There is no CUDA device.",))),
            session_folder,
            trainer,
        )
        qtbot.addWidget(window)
        windows.append(window)
        with qtbot.waitActive(window):  # shortcuts work in the active window only
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: window.style_keeper.is_filled)
        window.load_engine()
        return window

    yield make
    stylizer.hold.set()
    QGuiApplication.clipboard().clear()  # what Python has put there must be gone before Python is
    for window in windows:
        window.close()
        assert not window.worker.is_running
        assert not window.background.is_running
        assert not window.queue.runner.worker.is_running
        assert not window.teaching.teacher.training.is_running
    languages.use("en")


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    return make_window()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return save_picture(tmp_path / "photo.png", seed=1)


@pytest.fixture
def painting(tmp_path: Path) -> Path:
    return save_picture(tmp_path / "painting.jpg", 50, 50, seed=2)


@pytest.fixture
def finished(qtbot: QtBot, window: MainWindow, photo: Path, painting: Path) -> MainWindow:
    """Return a window with a photo, a painting and their result on show."""
    window.open_files([photo, painting])
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    qtbot.waitUntil(lambda: not window.preview.is_busy)
    return window


@pytest.fixture
def mine(qtbot: QtBot, window: MainWindow, painting: Path) -> MainWindow:
    """Return a window whose library has one style of the user's, made from a painting."""
    drop_painting(qtbot, window, painting)
    assert titles(window) == ["painting", "Blue", "Green"]
    return window


@pytest.fixture
def queueing(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, tmp_path: Path) -> MainWindow:
    """Return a window whose queue has begun the first of four jobs, and waits for ``stylizer.hold``."""
    stylizer.hold.clear()
    add_folder(qtbot, finished, save_pictures(tmp_path / "holiday", ["1.png", "2.png", "3.png", "4.png"]))
    wait_for(qtbot, finished, State.RUNNING)
    qtbot.waitUntil(lambda: finished.queue.runner.fraction == 0.25)
    return finished


@pytest.fixture
def works(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "works"
    folder.mkdir()
    return [save_work(folder / f"work {number}.png", number) for number in range(3)]


@pytest.fixture
def taught(qtbot: QtBot, finished: MainWindow, works: list[Path]) -> MainWindow:
    """Return a window with an open picture, whose teach panel has works and a name."""
    finished.menus.actions["teach"].trigger()
    add_works(qtbot, finished, *works)
    qtbot.keyClicks(panel_of(finished).details.edits["name"], "My Hand")
    return finished
