"""``scumble doctor``: what a bug report needs to say about this computer, and whether a small picture comes out."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import psutil
from PIL import features

import resources
from engine.api import Cancelled, CancelToken, ComputeOptions, EngineError, Picture, StyleChoice, StylizeRequest
from engine.installation import damaged_files
from engine.log import describe_fault, log_path
from engine.processor import core_count, processor_name
from engine.styles import StyleLibrary
from engine.version import __version__

_PACKAGES = ("torch", "numpy", "pillow", "pi-heif", "safetensors", "PySide6-Essentials", "platformdirs")
_SELF_TEST_SIDE = 128
_MEGABYTE = 1_000_000


def examine(options: ComputeOptions | None = None, cancel: CancelToken | None = None) -> dict[str, Any]:
    """Return what there is to know, as plain JSON values. What cannot be found out says why.

    ``self_test.passed`` tells whether a picture could be stylized with ``options``. Raises Cancelled, nothing else.
    """
    options = options or ComputeOptions()
    return {
        "versions": _versions(),
        "system": {
            "platform": platform.platform(),
            "processor": processor_name(),
            "cores": core_count(),
            "memory_mb": psutil.virtual_memory().total // _MEGABYTE,
            "free_memory_mb": psutil.virtual_memory().available // _MEGABYTE,
            "formats": {name: bool(features.check(name)) for name in ("jpg", "webp", "avif", "libtiff")},
        },
        "devices": _devices(options.device),
        "paths": {
            "program": str(Path(__file__).resolve().parents[1]),
            "python": sys.executable,
            "log": str(log_path()),
            "settings": str(platformdirs.user_config_path("Scumble", appauthor=False)),
            "data": str(platformdirs.user_data_path("Scumble", appauthor=False)),
        },
        "installation": {"damaged_files": damaged_files(thorough=True)},
        "base_model": _base_model(resources.BASE_MODEL),
        "styles": _styles(),
        "self_test": _self_test(options, cancel or CancelToken()),
    }


def report(findings: dict[str, Any]) -> str:
    """Return the findings as text, one finding a line."""
    lines = []
    for section, values in findings.items():
        lines.append(f"{section.replace('_', ' ')}:")
        lines += [f"  {name.replace('_', ' ')}: {_as_text(value)}" for name, value in values.items()]
    return "\n".join(lines)


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(item) for item in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_as_text(item)}" for name, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "unknown" if value is None else str(value)


def _versions() -> dict[str, str]:
    versions = {"scumble": __version__, "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = "not installed"
    return versions


def _devices(wanted: str) -> dict[str, Any]:
    try:
        import torch

        from engine.device import available_devices, choose_device, free_memory, missing_devices

        available = available_devices()
        free = {choice.label: free_memory(choice.device) for choice in available}
        return {
            "wanted": wanted,
            "chosen": choose_device(wanted).label,
            "notes": list(choose_device(wanted).notes),
            "available": [choice.label for choice in available],
            "missing": missing_devices(),
            "free_memory_mb": {label: None if size is None else size // _MEGABYTE for label, size in free.items()},
            "threads": torch.get_num_threads(),
        }
    except Exception as error:  # noqa: BLE001  # a torch that does not load is what a report most needs to say
        return {"problem": f"PyTorch cannot be used: {error}"}


def _base_model(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        return {"path": str(path), "problem": f"{error.strerror}. Install Scumble again."}
    return {
        "path": str(path),
        "megabytes": round(len(content) / _MEGABYTE, 2),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _styles() -> dict[str, Any]:
    library = StyleLibrary.default()
    styles = library.styles()
    built_in = sum(style.built_in for style in styles)
    return {"built_in": built_in, "own": len(styles) - built_in, "problems": library.problems()}


def _self_test(options: ComputeOptions, cancel: CancelToken) -> dict[str, Any]:
    """Stylize a small picture with a built-in style, as the window and the command line do."""
    try:
        from engine.stylization import Stylizer

        library = StyleLibrary.default()
        style = next((style.name for style in library.styles() if style.built_in), None)
        if style is None:
            return {"passed": False, "reason": "No built-in style was found. Install Scumble again."}
        start = time.perf_counter()
        cancel.raise_if_cancelled()
        request = StylizeRequest(_test_picture(), (StyleChoice(style),))
        result = Stylizer(library, options=options).stylize(request, cancel=cancel)
        seconds = round(time.perf_counter() - start, 3)
        changed = not np.array_equal(result.picture.pixels, _test_picture().pixels)
    except Cancelled:
        raise
    except EngineError as error:
        return {"passed": False, "reason": str(error)}
    except Exception as error:  # noqa: BLE001  # whatever it is belongs into the report
        return {"passed": False, "reason": describe_fault(error)}
    reason = "" if changed else "The style changed nothing. Install Scumble again."
    return {"passed": changed, "reason": reason, "style": style, "device": result.device, "seconds": seconds}


def _test_picture() -> Picture:
    """Return a disc on a slope of colours: edges, a surface, and something in every channel."""
    vertical, horizontal = np.mgrid[0:_SELF_TEST_SIDE, 0:_SELF_TEST_SIDE] / (_SELF_TEST_SIDE - 1)
    disc = np.hypot(vertical - 0.5, horizontal - 0.5) < 0.3
    pixels = np.stack([vertical, horizontal, disc], axis=-1)
    return Picture(np.rint(pixels * 255).astype(np.uint8), name="self-test")
