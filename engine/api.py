"""What crosses the border between the engine and whoever uses it (the window, the command line, a script).

Everything here is immutable and imports neither torch nor Qt, so that a window can be on screen before torch is loaded.
Requests are checked when they are made: a request that exists is one that the engine can try to carry out.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

MAXIMUM_STYLES = 8
MAXIMUM_REGIONS = 16
STYLE_SCALE_RANGE = (0.25, 4.0)
SURVEY_SIDE = 1024
"""Longer side, in pixels, up to which a picture is painted whole, and at which larger ones are surveyed."""


class EngineError(Exception):
    """A failure in words an artist understands: one line that says what is wrong and what to do.

    ``template`` is English text with ``{names}`` for ``values``; a user interface translates the template and then
    fills in the values. ``str(error)`` is the English line.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))


class UsageError(EngineError):
    """The request itself makes no sense (a weight below zero, no style). The command line ends with 2."""


class PictureError(EngineError):
    """A picture cannot be read, or is not one that can be worked on."""


class OutputError(EngineError):
    """A result cannot be written where it was asked for."""


class StyleError(EngineError):
    """A style cannot be found, read, or used with this base model."""


class ModelError(EngineError):
    """The base model is missing or damaged."""


class DeviceError(EngineError):
    """The device asked for cannot be used, or has too little memory for this picture."""


class ResultError(EngineError):
    """The network returned something that is no picture (not a number, or one flat colour)."""


class TrainingError(EngineError):
    """Training cannot start, go on or be resumed."""


class Cancelled(EngineError):
    """Not a failure: the work was stopped because somebody asked for it."""

    def __init__(self) -> None:
        super().__init__("Stopped.")


class CancelToken:
    """Asks running work to stop. Set from any thread; the engine polls it."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`Cancelled` once :meth:`cancel` was called."""
        if self._event.is_set():
            raise Cancelled


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture in memory, upright, in sRGB.

    ``pixels`` is H x W x 3 uint8, ``alpha`` H x W uint8 (255 is opaque) or None. The colours under transparent pixels
    are kept as they are; whoever shows ``pixels`` to a network composes them over white first. ``exif`` is the raw
    EXIF block with its orientation reset; ``name`` is a file's stem or a title.
    """

    pixels: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None = None
    exif: bytes | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if (
            self.pixels.dtype != np.uint8
            or self.pixels.ndim != 3
            or self.pixels.shape[2] != 3
            or 0 in self.pixels.shape
        ):
            raise ValueError(f"pixels must be H x W x 3 uint8, not {self.pixels.shape} {self.pixels.dtype}")
        if self.alpha is not None and (self.alpha.dtype != np.uint8 or self.alpha.shape != self.pixels.shape[:2]):
            raise ValueError(f"alpha must be H x W uint8 like the pixels, not {self.alpha.shape} {self.alpha.dtype}")

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        return self.pixels.shape[0]

    @cached_property
    def digest(self) -> str:
        """A hash of the pixels and the alpha: two pictures with the same digest look the same."""
        digest = hashlib.blake2b(repr(self.pixels.shape).encode(), digest_size=16)
        digest.update(np.ascontiguousarray(self.pixels).data)
        if self.alpha is not None:
            digest.update(b"alpha")
            digest.update(np.ascontiguousarray(self.alpha).data)
        return digest.hexdigest()


@dataclass(frozen=True)
class StyleChoice:
    """One style of a mix.

    ``style`` is a path (an image file or a style file), the name of a style in the library (str), or a picture in
    memory. ``weight`` is relative to the other weights of the mix.
    """

    style: Path | str | Picture
    weight: float = 1.0


def _check_fraction(name: str, value: float) -> None:
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise UsageError("{name} must be between 0 and 1, not {value}.", name=name, value=value)


def _check_mix(styles: tuple[StyleChoice, ...]) -> None:
    if len(styles) > MAXIMUM_STYLES:
        raise UsageError("A mix takes at most {limit} styles, not {count}.", limit=MAXIMUM_STYLES, count=len(styles))
    weights = [choice.weight for choice in styles]
    if not all(math.isfinite(weight) and weight >= 0 for weight in weights) or sum(weights) <= 0:
        raise UsageError("The weights of the styles must be zero or more, and one of them above zero.")


@dataclass(frozen=True)
class StyleGradient:
    """How the styles of a mix follow each other across the picture, instead of being mixed everywhere.

    ``linear`` goes along ``angle`` in degrees (0: from left to right, 90: from top to bottom), ``radial`` from the
    middle to the corners, ``mask`` from the black places of a grey picture to its white ones. The first style is where
    it begins, the last where it ends, others evenly between; their weights do not count. Raises :class:`UsageError`.
    """

    kind: Literal["linear", "radial", "mask"] = "linear"
    angle: float = 0.0
    mask: Path | Picture | None = None

    def __post_init__(self) -> None:
        if self.kind not in {"linear", "radial", "mask"}:
            raise UsageError("A gradient is linear, radial or a mask, not {kind}.", kind=self.kind)
        if not math.isfinite(self.angle):
            raise UsageError("The angle of a gradient must be a number of degrees, not {angle}.", angle=self.angle)
        if (self.kind == "mask") != (self.mask is not None):
            raise UsageError("A gradient by mask needs a mask, and another one takes none.")


@dataclass(frozen=True)
class Region:
    """A part of the picture with a style, or a mix, of its own.

    ``mask`` is a grey picture of any size, resized to fit: white belongs to the region. Raises :class:`UsageError` for
    values out of range.
    """

    mask: Path | Picture
    styles: tuple[StyleChoice, ...]
    strength: float = 1.0
    keep_color: float = 0.0

    def __post_init__(self) -> None:
        if not self.styles:
            raise UsageError("A region has a mask but no style. Name a style for it.")
        _check_mix(self.styles)
        _check_fraction("strength", self.strength)
        _check_fraction("keep_color", self.keep_color)


@dataclass(frozen=True)
class StylizeRequest:
    """Everything that decides what a result looks like; the same request gives the same pixels wherever it is run.

    ``strength`` 0 returns the content image, 1 is the full style. ``keep_color`` 0 takes the colours of the style, 1
    keeps those of the content. ``detail`` mixes fine luminance detail of the content back in. ``style_scale`` is the
    size of the strokes relative to the default. ``max_side`` limits the longer side of the result, in pixels (None: as
    large as the content image). ``mask`` is a grey picture of any size: white is painted, black keeps the content
    image. ``gradient`` lets the styles follow each other across the picture. ``regions`` lie over all this, a later one
    over an earlier one; with them ``styles`` may be empty, and what no region covers stays as it is. ``subject`` looks
    for the main subject of the picture and keeps it unpainted (``keep``), or paints it alone (``only``). Strokes grow
    with a picture of more than 1024 pixels, so that it looks the same at every size; with ``fixed_strokes`` they keep
    their size in pixels. ``crop`` (left, top, right, bottom in pixels of the result) asks for a part of the result, as
    it is in the whole. Raises :class:`UsageError` for values out of range.
    """

    content: Path | Picture
    styles: tuple[StyleChoice, ...] = ()
    strength: float = 1.0
    keep_color: float = 0.0
    detail: float = 0.0
    style_scale: float = 1.0
    max_side: int | None = None
    mask: Path | Picture | None = None
    gradient: StyleGradient | None = None
    regions: tuple[Region, ...] = ()
    subject: Literal["keep", "only"] | None = None
    fixed_strokes: bool = False
    crop: tuple[int, int, int, int] | None = None

    def __post_init__(self) -> None:
        if not self.styles and not self.regions:
            raise UsageError("No style was given: name at least one picture, style file or style of the library.")
        if self.styles:
            _check_mix(self.styles)
        elif self.mask is not None or self.gradient is not None:
            raise UsageError("A mask or a gradient needs a style to paint with. Name one.")
        if self.gradient is not None and len(self.styles) < 2:
            raise UsageError("A gradient goes from one style to another: name two or more.")
        if len(self.regions) > MAXIMUM_REGIONS:
            raise UsageError(
                "A picture takes at most {limit} regions, not {count}.", limit=MAXIMUM_REGIONS, count=len(self.regions)
            )
        if self.subject not in {None, "keep", "only"}:
            raise UsageError("The subject can be kept or painted only: keep or only, not {value}.", value=self.subject)
        _check_fraction("strength", self.strength)
        _check_fraction("keep_color", self.keep_color)
        _check_fraction("detail", self.detail)
        low, high = STYLE_SCALE_RANGE
        if not (math.isfinite(self.style_scale) and low <= self.style_scale <= high):
            raise UsageError(
                "style_scale must be between {low} and {high}, not {value}.", low=low, high=high, value=self.style_scale
            )
        if self.max_side is not None and self.max_side < 1:
            raise UsageError("max_side must be at least 1 pixel, not {value}.", value=self.max_side)
        if self.crop is not None:
            left, top, right, bottom = self.crop
            if not (0 <= left < right and 0 <= top < bottom):
                raise UsageError("The crop {crop} is no part of a picture.", crop=self.crop)


@dataclass(frozen=True)
class ComputeOptions:
    """Where the engine works and how much of the computer it takes.

    ``device`` is ``auto``, ``cpu``, ``cuda``, ``cuda:1``, ``mps`` or ``xpu``; ``threads`` are those of the CPU, and
    ``memory_limit`` is in bytes; None is as much as there is. Raises :class:`UsageError` for a limit below one.
    """

    device: str = "auto"
    threads: int | None = None
    memory_limit: int | None = None

    def __post_init__(self) -> None:
        for name, value in (("threads", self.threads), ("memory_limit", self.memory_limit)):
            if value is not None and value < 1:
                raise UsageError("{name} must be at least 1, not {value}.", name=name, value=value)


@dataclass(frozen=True)
class Progress:
    """How far a piece of work is. ``fraction`` is 0..1; ``seconds_left`` is an estimate, None while there is none."""

    stage: str
    fraction: float
    seconds_left: float | None = None


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True)
class StylizeResult:
    """A stylised picture, how long it took, on which device (for example ``cpu``), and why a faster one was not
    used.
    """

    picture: Picture
    seconds: float
    device: str
    notes: tuple[str, ...] = field(default=())


def describe_request(request: StylizeRequest) -> dict[str, Any]:
    """Return the settings of a request as plain JSON values, as they are written into a result's metadata."""

    def name_of(source: Path | str | Picture | None) -> str | None:
        return source if source is None or isinstance(source, str) else source.name

    def mix(choices: tuple[StyleChoice, ...]) -> list[dict[str, Any]]:
        return [{"style": name_of(choice.style), "weight": choice.weight} for choice in choices]

    gradient = request.gradient
    return {
        "content": name_of(request.content),
        "styles": mix(request.styles),
        "strength": request.strength,
        "keep_color": request.keep_color,
        "detail": request.detail,
        "style_scale": request.style_scale,
        "max_side": request.max_side,
        "mask": name_of(request.mask),
        "gradient": None
        if gradient is None
        else {"kind": gradient.kind, "angle": gradient.angle, "mask": name_of(gradient.mask)},
        "regions": [
            {
                "mask": name_of(region.mask),
                "styles": mix(region.styles),
                "strength": region.strength,
                "keep_color": region.keep_color,
            }
            for region in request.regions
        ],
        "subject": request.subject,
        "fixed_strokes": request.fixed_strokes,
        "crop": request.crop,
    }
