"""How long pictures take on this machine, and how much memory."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import torch
from PIL import Image

from engine.api import Picture, Region, StyleChoice, StylizeRequest
from engine.device import choose_device
from engine.imaging import read_picture, resize_to, write_picture
from engine.stylization import Stylizer
from engine.stylization.painter import Painter, PaintLayer
from resources import BASE_MODEL, SAMPLES

_CHANGES_SIDE = 512


def measure_sizes(sides: Sequence[int], runs: int, device: str) -> None:
    """Print seconds for pictures and styles that are new, and for another strength of known ones."""
    stylizer = Stylizer(device=device)
    print(f"device {stylizer.device_label}, {torch.get_num_threads()} threads, torch {torch.__version__}")
    print(
        f"\n{'pixels':>12}  {'first picture':>14}  {'new style':>10}  {'new strength':>13}   seconds, median of {runs}"
    )
    sample, style = (read_picture(SAMPLES / name) for name in ("landscape.jpg", "still_life.jpg"))
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
            new_strength.append(_seconds(stylizer, replace(other, strength=0.7)))
        medians = [statistics.median(times[1:]) for times in (first, new_style, new_strength)]
        print(f"{f'{width}x{height}':>12}  {medians[0]:14.3f}  {medians[1]:10.3f}  {medians[2]:13.3f}", flush=True)


def measure_changes(runs: int, device: str) -> None:
    """Print milliseconds for what an artist changes while looking, with all caches warm, and what regions cost."""
    stylizer = Stylizer(device=device)
    content, style, other = (
        resize_to(read_picture(SAMPLES / name), _CHANGES_SIDE, round(_CHANGES_SIDE / 1.5))
        for name in ("landscape.jpg", "still_life.jpg", "landscape.jpg")
    )
    plain = StylizeRequest(content, (StyleChoice(style),))
    mix = (StyleChoice(style), StyleChoice(other))
    quarter = [_rectangle(content, column, row) for row in range(2) for column in range(2)]
    regions = tuple(Region(mask, (mix[number % 2],)) for number, mask in enumerate(quarter))
    kinds: dict[str, Callable[[int], StylizeRequest]] = {
        "another strength": lambda run: replace(plain, strength=0.9 - run / 100),
        "another mix": lambda run: replace(plain, styles=(mix[0], StyleChoice(other, 0.1 + run / 100))),
        "a new style": lambda run: replace(plain, styles=(StyleChoice(_touched(style, run)),)),
        "one region": lambda run: replace(plain, styles=(), regions=regions[:1], strength=1 - run / 100),
        "four regions": lambda run: replace(plain, styles=(), regions=regions, strength=1 - run / 100),
    }
    painter = Painter(BASE_MODEL, choose_device(device).device, choose_device(device).precision)
    features, code = painter.encode(content.pixels), painter.style_code(style.pixels)
    layer = PaintLayer(code, 1.0, painter.appearance(features))
    alone: dict[str, Callable[[], object]] = {
        "the decoder alone": lambda: painter.survey(features, [layer], [None]),
        "the encoder alone": lambda: painter.style_code(style.pixels),
    }
    print(f"\n{'change':>18}  {'ms':>8}   at {content.width}x{content.height}, caches warm, median of {runs}")
    for name, work in alone.items():
        print(f"{name:>18}  {1000 * statistics.median(_timed(work) for _ in range(runs + 2)):8.1f}", flush=True)
    for name, request in kinds.items():
        times = [_seconds(stylizer, request(run)) for run in range(runs + 2)][2:]
        print(f"{name:>18}  {1000 * statistics.median(times):8.1f}", flush=True)


def measure_large(megapixels: Sequence[int], device: str) -> None:
    """Print seconds and peak memory of a whole command, reading and writing included, each in a process of its own."""
    print(f"\n{'megapixels':>12}  {'seconds':>8}  {'peak MB':>8}   read, painted in tiles, written")
    measured: list[tuple[int, float]] = []
    for size in megapixels:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.jpg"
            _make_large(size, path)
            command = [sys.executable, "-m", "engine.benchmark", "--device", device, "--only", str(path)]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = json.loads(output)
        measured.append((size, found["seconds"]))
        print(f"{size:>12}  {found['seconds']:8.1f}  {found['peak'] / 1e6:8.0f}", flush=True)
    if len(measured) > 1:
        (first, quick), (last, slow) = measured[0], measured[-1]
        slope = math.log(slow / quick) / math.log(last / first)
        print(f"{'':>12}  log-log slope from {first} to {last} megapixels: {slope:.2f}")


def measure_one(path: Path, device: str) -> None:
    """Stylize one file and print seconds and the peak memory of this process as JSON."""
    stylizer = Stylizer(device=device)
    start = time.perf_counter()
    result = stylizer.stylize(StylizeRequest(path, (StyleChoice("Olive Trees"),)))
    write_picture(result.picture, path.with_name("result.png"))
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": _peak_memory()}))


def _peak_memory() -> int:
    if sys.platform == "win32":
        return psutil.Process().memory_info().peak_wset
    import resource  # there is none on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def _make_large(megapixels: int, path: Path) -> None:
    image = Image.open(SAMPLES / "landscape.jpg")
    scale = math.sqrt(megapixels * 1e6 / (image.width * image.height))
    size = round(image.width * scale), round(image.height * scale)
    image.resize(size, Image.Resampling.BICUBIC).save(path, quality=92)


def _rectangle(picture: Picture, column: int, row: int) -> Picture:
    pixels = np.zeros_like(picture.pixels)
    height, width = picture.height // 2, picture.width // 2
    pixels[row * height : (row + 1) * height, column * width : (column + 1) * width] = 255
    return Picture(pixels)


def _touched(picture: Picture, value: int) -> Picture:
    pixels = np.array(picture.pixels)
    pixels[0, 0] = value
    return Picture(pixels)


def _seconds(stylizer: Stylizer, request: StylizeRequest) -> float:
    return _timed(lambda: stylizer.stylize(request))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
