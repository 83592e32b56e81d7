"""``make bench``: how long a picture takes on this machine. Figures depend on the machine; tests never look at them."""

from __future__ import annotations

import argparse
import statistics
import sys
import time

import numpy as np
import torch

from engine.api import EngineError, Picture, StyleChoice, StylizeRequest
from engine.imaging import read_picture, resize_to
from engine.stylization import Stylizer
from resources import SAMPLES

_SIDES = (512, 1024, 2048)


def _measure(sides: tuple[int, ...], runs: int, device: str) -> None:
    stylizer = Stylizer(device=device)
    print(f"device {stylizer.device_label}, {torch.get_num_threads()} threads, torch {torch.__version__}")
    sample = read_picture(SAMPLES / "landscape.jpg")
    style = read_picture(SAMPLES / "still_life.jpg")
    print(
        f"{'pixels':>12}  {'first picture':>14}  {'new style':>10}  {'new strength':>13}   (seconds, median of {runs})"
    )
    for side in sides:
        width, height = side, round(side * sample.height / sample.width)
        content = resize_to(sample, width, height)
        first, new_style, new_strength = [], [], []
        for run in range(runs + 1):
            # One changed pixel makes a picture the caches have not seen.
            request = StylizeRequest(_touched(content, run), (StyleChoice(_touched(style, run)),))
            first.append(_seconds(stylizer, request))
            other = StylizeRequest(request.content, (StyleChoice(_touched(style, run + 128)),))
            new_style.append(_seconds(stylizer, other))
            weaker = StylizeRequest(other.content, other.styles, strength=0.7)
            new_strength.append(_seconds(stylizer, weaker))
        medians = [statistics.median(times[1:]) for times in (first, new_style, new_strength)]
        print(f"{f'{width}x{height}':>12}  {medians[0]:14.3f}  {medians[1]:10.3f}  {medians[2]:13.3f}", flush=True)


def _touched(picture: Picture, value: int) -> Picture:
    pixels = np.array(picture.pixels)
    pixels[0, 0] = value
    return Picture(pixels)


def _seconds(stylizer: Stylizer, request: StylizeRequest) -> float:
    start = time.perf_counter()
    stylizer.stylize(request)
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m engine.benchmark", description="Measure seconds per picture.")
    parser.add_argument("--sides", type=int, nargs="+", default=_SIDES, help="longer sides in pixels")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args()
    try:
        _measure(tuple(arguments.sides), arguments.runs, arguments.device)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
