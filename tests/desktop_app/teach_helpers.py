"""What the tests of the teach panel share: a stand-in for the trainer, works, and short ways through the panel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.panels.teach_panel import TeachPanel
from desktop_app.teaching.teacher import Teacher
from engine.api import Cancelled, Picture
from engine.styles import StyleInformation, StyleLibrary
from engine.train_request import (
    BestSoFar,
    TrainControl,
    TrainEstimate,
    TrainLosses,
    TrainProgress,
    TrainProgressCallback,
    TrainRequest,
    TrainResult,
)
from engine.training.tuning_plan import TuningPlan, checkpoint_folder, has_checkpoints, remove_checkpoints
from engine.training.unfinished import save_request
from tests.desktop_app.helpers import drop, mime_of_files

STEPS = 6


class FakeTrainer:
    """Tells of six steps like the real one, writes checkpoints and a style, and steers as it does.

    It takes ``allowed`` steps and then waits until it is stopped, or until more are allowed.
    """

    def __init__(self) -> None:
        self.requests: list[TrainRequest] = []
        self.estimates: list[TrainRequest] = []
        self.threads: set[threading.Thread] = set()
        self.allowed = STEPS
        self.failure: Exception | None = None
        self.controls: list[TrainControl] = []
        self.steps_taken = 0
        self.is_waiting = threading.Event()

    def estimate(self, request: TrainRequest, control: TrainControl) -> TrainEstimate:
        self.threads.add(threading.current_thread())
        self.estimates.append(request)
        control.raise_if_cancelled()
        return TrainEstimate(0.1, {"quick": 80.0, "standard": 500.0, "thorough": 2000.0}, "CPU")

    def learn(
        self, request: TrainRequest, on_progress: TrainProgressCallback, control: TrainControl, library: StyleLibrary
    ) -> TrainResult:
        self.threads.add(threading.current_thread())
        self.requests.append(request)
        self.controls.append(control)
        if self.failure is not None:
            raise self.failure
        folder = checkpoint_folder(request)
        first = 1
        if request.resume and has_checkpoints(folder):
            first = int(max(folder.glob("step-*")).stem.removeprefix("step-")) + 1
        folder.mkdir(parents=True, exist_ok=True)
        TuningPlan(request.name, "", STEPS, 2, request.side, 0, 1.0, 1.0, 1.0, 1.0).save(folder)
        save_request(request, folder)
        on_progress(TrainProgress("Checking", 1, 1))
        best = BestSoFar(0, 1.0, 1.0)
        for step in range(first, STEPS + 1):
            self._wait(control, lambda step=step: step <= self.allowed, folder)
            control.wait_while_held()
            if control.is_finishing:
                break
            self.steps_taken = step
            (folder / f"step-{step:08d}.safetensors").write_bytes(b"a checkpoint")
            best = BestSoFar(step, 1 - step / 10, 1.02)
            losses = TrainLosses(20.0 / step, 1.0 / step, 0.5 / step, 0.7, 1.3)
            pictures = (_flat(step * 20),), (_flat(10),)
            with (folder / "losses.jsonl").open("a") as file:
                file.write(f'{{"step": {step}, "total": 9.0, "style": 0.5}}\n')
            on_progress(TrainProgress("Learning", step, STEPS, 30.0, losses, best, *pictures))
        on_progress(TrainProgress("Saving", best.step, STEPS))
        style = StyleInformation(
            request.name, request.artist, request.description, request.licence, "2026-01-01", "works", "0" * 64
        )
        tensors = {"code": np.full(4, best.step, np.float32)}
        written = library.replace(style, tensors) if request.overwrite else library.add(style, tensors)
        remove_checkpoints(folder)
        assert written.path is not None
        ended = "stopped" if control.is_finishing else "finished"
        return TrainResult(written.name, written.path, best, best.step, 3.0, "CPU", ended)

    def _wait(self, control: TrainControl, may_go_on: Callable[[], bool], folder: Path) -> None:
        control.wait_while_paused()
        while not may_go_on() and not control.is_finishing and not control.is_cancelled:
            self.is_waiting.set()
            threading.Event().wait(0.005)
            control.wait_while_paused()
        if control.is_cancelled:
            assert folder.is_dir()
            raise Cancelled


def _flat(level: int) -> Picture:
    return Picture(np.full((40, 60, 3), level, np.uint8), name="preview")


def save_work(path: Path, seed: int, size: tuple[int, int] = (400, 300)) -> Path:
    """Write a picture that is large enough to learn from, and unlike those of other seeds."""
    noise = np.random.default_rng(seed).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    image = Image.fromarray(noise).filter(ImageFilter.GaussianBlur(2)).resize(size, Image.Resampling.BICUBIC)
    image.save(path)
    return path


def teacher_of(window: MainWindow) -> Teacher:
    return window.teaching.teacher


def panel_of(window: MainWindow) -> TeachPanel:
    return window.teaching.panel


def add_works(qtbot: QtBot, window: MainWindow, *paths: Path) -> None:
    drop(panel_of(window), mime_of_files(*paths), 50)
    qtbot.waitUntil(lambda: not teacher_of(window).is_examining)


def start(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(teacher_of(window).phase_changed):
        qtbot.mouseClick(panel_of(window).buttons.start_button, Qt.MouseButton.LeftButton)


def start_and_wait(qtbot: QtBot, window: MainWindow, trainer: FakeTrainer, steps: int) -> None:
    """Let a training take so many steps."""
    trainer.allowed = steps
    trainer.is_waiting.clear()
    start(qtbot, window)
    qtbot.waitUntil(trainer.is_waiting.is_set)
    qtbot.waitUntil(lambda: f"Step {steps} of" in panel_of(window).progress.status)


def wait_until_learnt(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: teacher_of(window).phase == "done" and bool(window.messages.text))


def answer(window: MainWindow, name: str) -> None:
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    next(button for button in box.buttons() if button.objectName() == name).click()
