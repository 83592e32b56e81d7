"""``scumble train``: teach a style, with a line of progress, or with events as JSON."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

from engine.train_request import (
    QUALITY_STEPS,
    TrainControl,
    TrainProgress,
    TrainProgressCallback,
    TrainRequest,
    TrainResult,
)


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; ``handler`` is set by the caller."""
    train = subparsers.add_parser(
        "train",
        help="learn a style from pictures",
        description="Learn a style from one or more pictures. Ctrl+C stops and keeps the best so far.",
    )
    train.add_argument("works", nargs="+", type=Path, metavar="STYLE_IMAGE", help="the pictures to learn from")
    train.add_argument("--name", required=True, help="what the style will be called in the library")
    train.add_argument(
        "--content", type=Path, metavar="DIR", help="photos to practise on (default: some that ship with Scumble)"
    )
    long = train.add_mutually_exclusive_group()
    long.add_argument("--quality", choices=tuple(QUALITY_STEPS), default="standard", help="default %(default)s")
    long.add_argument("--minutes", type=float, metavar="M", help="train so long")
    long.add_argument("--steps", type=int, metavar="N", help="train so many steps")
    for loss in ("content", "style", "adversarial"):
        train.add_argument(
            f"--{loss}-weight", type=float, default=1.0, metavar="W", help=f"how much the {loss} loss counts (1)"
        )
    train.add_argument(
        "--side", type=int, default=TrainRequest.side, help="side of the training pictures in pixels (%(default)s)"
    )
    train.add_argument("--batch-size", type=int, metavar="N", help="pictures at a time (1, on a graphics card 2)")
    train.add_argument("--learning-rate", type=float, default=TrainRequest.learning_rate, help="default %(default)s")
    train.add_argument("--seed", type=int, default=0)
    train.add_argument("--artist", default="", help="who made the pictures")
    train.add_argument("--description", default="", help="a sentence about the style")
    train.add_argument("--licence", default="", help="under which licence the style may be used")
    train.add_argument("--checkpoints", type=Path, metavar="DIR", help="where checkpoints go while it runs")
    train.add_argument("--resume", action="store_true", help="go on with an unfinished training of this name")
    train.add_argument("--overwrite", action="store_true", help="replace a style of yours, or an unfinished training")
    train.add_argument("--device", default="auto", metavar="auto|cpu|cuda[:N]|mps|xpu", help="where to compute")
    train.add_argument("--json", action="store_true", help="print one JSON object for each event, the result last")


def learn(request: TrainRequest, on_progress: TrainProgressCallback, control: TrainControl) -> TrainResult:
    """Load torch and learn."""
    from engine.training.fine_tuning import fine_tune

    return fine_tune(request, on_progress, control)


def run(options: argparse.Namespace, complain: Callable[[str], None]) -> bool:
    """Learn a style as the command line says. Return whether it ran to its end: False after Ctrl+C, when the best so
    far was kept. Raises an EngineError.
    """
    fields = TrainRequest.__dataclass_fields__
    given = {name: value for name, value in vars(options).items() if name in fields}
    request = TrainRequest(**{**given, "works": tuple(options.works)})
    control = TrainControl()
    show = _events if options.json else _Line(complain)
    with _stopping(control, complain):
        result = learn(request, show, control)
    if options.json:
        _print({"event": "result", **asdict(result)})
    else:
        print(
            f"{result.name}  {result.path}\nstyle {result.best.style:.2f} and content {result.best.content:.2f} of the "
            f"base model's distance, best at step {result.best.step} of {result.steps}, {result.seconds:.0f} s, "
            f"{result.device}",
            flush=True,
        )
    return result.ended != "stopped"


@contextmanager
def _stopping(control: TrainControl, complain: Callable[[str], None]) -> Iterator[None]:
    """Let Ctrl+C end the training; a second one ends the program."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if control.is_finishing:
            raise KeyboardInterrupt
        complain("Stopping, and keeping the best so far. Ctrl+C again leaves at once.")
        control.finish()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _events(progress: TrainProgress) -> None:
    event: dict[str, Any] = {"event": "progress", "stage": progress.stage, "step": progress.step}
    event |= {"steps": progress.steps, "seconds_left": progress.seconds_left}
    if progress.notice is not None:
        event = {"event": "notice", "stage": progress.stage, "text": str(progress.notice)}
    if progress.losses is not None:
        event["losses"] = asdict(progress.losses)
    if progress.best is not None:
        event["best"] = asdict(progress.best)
    _print(event)


def _print(event: dict[str, Any]) -> None:
    print(json.dumps(event, default=str), flush=True)


class _Line:
    """One line that is written over on a terminal; elsewhere a line for each report."""

    def __init__(self, complain: Callable[[str], None]) -> None:
        self._complain = complain
        self._over = sys.stdout.isatty()

    def __call__(self, progress: TrainProgress) -> None:
        if progress.notice is not None:
            if self._over:
                print()
            self._complain(str(progress.notice))
        elif progress.stage == "Looking":
            print("Looking at the works, and trying how fast this machine is", flush=True)
        elif progress.losses is not None:
            losses = {name: value for name, value in asdict(progress.losses).items() if value is not None}
            text = f"step {progress.step}/{progress.steps}  " + "  ".join(f"{n} {v:.3f}" for n, v in losses.items())
            if progress.best is not None:
                text += f"  best {progress.best.style:.2f}"
            if progress.seconds_left is not None:
                text += f"  {int(progress.seconds_left) // 60}:{int(progress.seconds_left) % 60:02d} left"
            print(f"\r{text:<110}" if self._over else text, end="" if self._over else "\n", flush=True)
            if self._over and progress.step == progress.steps:
                print()
