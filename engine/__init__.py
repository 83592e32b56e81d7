"""Scumble's engine: repaint pictures in the hand of other pictures, from a script.

What a script needs is here: ``from engine import Stylizer, StylizeRequest, StyleChoice, read_picture, write_picture``.
docs/python_api.md has a worked example. Nothing is imported before it is asked for, so that the window and the command
line start without torch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.api import (
        CancelToken,
        ComputeOptions,
        EngineError,
        Picture,
        Progress,
        Region,
        StyleChoice,
        StyleGradient,
        StylizeRequest,
        StylizeResult,
    )
    from engine.imaging import read_picture, write_picture
    from engine.styles import StyleLibrary
    from engine.stylization import Stylizer
    from engine.train_request import TrainControl, TrainProgress, TrainRequest, TrainResult
    from engine.training.fine_tuning import fine_tune

_HOMES = {
    "CancelToken": "engine.api",
    "ComputeOptions": "engine.api",
    "EngineError": "engine.api",
    "Picture": "engine.api",
    "Progress": "engine.api",
    "Region": "engine.api",
    "StyleChoice": "engine.api",
    "StyleGradient": "engine.api",
    "StyleLibrary": "engine.styles",
    "StylizeRequest": "engine.api",
    "StylizeResult": "engine.api",
    "Stylizer": "engine.stylization",
    "TrainControl": "engine.train_request",
    "TrainProgress": "engine.train_request",
    "TrainRequest": "engine.train_request",
    "TrainResult": "engine.train_request",
    "fine_tune": "engine.training.fine_tuning",
    "read_picture": "engine.imaging",
    "write_picture": "engine.imaging",
}

__all__ = [
    "CancelToken",
    "ComputeOptions",
    "EngineError",
    "Picture",
    "Progress",
    "Region",
    "StyleChoice",
    "StyleGradient",
    "StyleLibrary",
    "StylizeRequest",
    "StylizeResult",
    "Stylizer",
    "TrainControl",
    "TrainProgress",
    "TrainRequest",
    "TrainResult",
    "fine_tune",
    "read_picture",
    "write_picture",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
