"""The Stylizer: the one way from a request to a stylised picture, for window, command line and scripts alike."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import torch
from numpy.typing import NDArray

import resources
from engine.api import (
    SURVEY_SIDE,
    CancelToken,
    ComputeOptions,
    DeviceError,
    Picture,
    PictureError,
    Progress,
    ProgressCallback,
    StyleChoice,
    StyleGradient,
    StylizeRequest,
    StylizeResult,
    UsageError,
)
from engine.device import choose_device, helpers_released, limit_memory, release_helpers, use_threads
from engine.imaging import Box, Mask, compose_over_white, find_subject, read_mask, read_picture, resize_picture
from engine.networks.generator import Appearance, ContentFeatures
from engine.styles import StyleLibrary
from engine.stylization.cache import RecentCache, file_key
from engine.stylization.layers import Plan, PlannedLayer, Ramp, Share, gradient_ramps
from engine.stylization.painter import Painter
from engine.stylization.rendering import Rendering
from engine.stylization.style_codes import MixedStyle, StyleCodes, file_tensors

SMALLEST_SIDE = 16
"""Content images narrower than this, in pixels, are refused: there is nothing to paint."""

_PICTURES_KEPT = 4
_RESIZED_KEPT = 3
_FEATURES_KEPT = 3  # of the picture at the sizes of a draft, at rest, and of a small look at another style
_MASKS_KEPT = 32
_MEMORY_SHARE = 0.8
_BYTES_PER_PIXEL = 16
"""What a picture takes besides the tile in work: itself, its result, and what is left of reading them."""


class Stylizer:
    """Paints content images in the hand of styles.

    Content features are remembered by picture and style codes by (style, style scale), so that another strength or mix
    costs one run of the decoder. One request runs at a time; others wait. ``options`` are the device, the threads
    (of the thread that makes the Stylizer) and the memory for a picture, or on a graphics card for all of torch;
    ``device`` alone is short for them. Raises ModelError when the base model in ``base_model`` is missing or damaged,
    DeviceError for a device that is no device.
    """

    def __init__(
        self,
        library: StyleLibrary | None = None,
        device: str = "auto",
        base_model: Path = resources.BASE_MODEL,
        *,
        options: ComputeOptions | None = None,
    ) -> None:
        options = options or ComputeOptions(device)
        self._device = choose_device(options.device)
        self._memory_limit = options.memory_limit
        use_threads(options.threads, self._device.device)
        limit_memory(self._device.device, options.memory_limit)
        self._painter = Painter(base_model, self._device.device, self._device.precision)
        self._lock = threading.Lock()
        self._pictures: RecentCache[Picture] = RecentCache(_PICTURES_KEPT)
        self._resized: RecentCache[Picture] = RecentCache(_RESIZED_KEPT)
        self._cropped: Rendering | None = None
        self._features: RecentCache[tuple[ContentFeatures, Appearance]] = RecentCache(_FEATURES_KEPT)
        self._appearances: RecentCache[Appearance] = RecentCache(_MASKS_KEPT)
        self._masks: RecentCache[Mask] = RecentCache(_MASKS_KEPT)
        self._codes = StyleCodes(self._painter, library, self._picture)
        release_helpers()

    @property
    def device_label(self) -> str:
        return self._device.label

    @property
    def notes(self) -> tuple[str, ...]:
        """Why a faster device is not used, one line for each."""
        return self._device.notes

    @property
    def model_hash(self) -> str:
        """SHA-256 of the base model; style files carry it."""
        return self._painter.model_hash

    def style_tensors(self, picture: Picture) -> dict[str, NDArray[np.floating]]:
        """Return what a style file made from this style image holds."""
        with self._lock, helpers_released():
            return file_tensors(self._painter, picture)

    def stylize(
        self,
        request: StylizeRequest,
        on_progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> StylizeResult:
        """Carry out a request. The same request gives the same pixels, whoever asks.

        Raises PictureError, StyleError, DeviceError (too little memory), ResultError, or Cancelled.
        """
        with self._lock, helpers_released():
            try:
                return self._stylize(request, on_progress, cancel or CancelToken())
            except torch.OutOfMemoryError as error:
                self._features.clear()
                raise DeviceError(
                    "{device} has too little memory for this picture. Choose a smaller size.", device=self._device.label
                ) from error

    def _stylize(
        self, request: StylizeRequest, on_progress: ProgressCallback | None, cancel: CancelToken
    ) -> StylizeResult:
        start = time.perf_counter()
        painting_since: list[float] = []

        def report(stage: str, fraction: float, seconds_left: float | None = None) -> None:
            cancel.raise_if_cancelled()
            if on_progress is not None:
                on_progress(Progress(stage, fraction, seconds_left))

        def report_tile(number: int, count: int) -> None:
            painting_since.append(time.perf_counter())
            spent = painting_since[-1] - painting_since[0]
            report("Painting", 0.2 + 0.75 * number / count, spent / number * (count - number) if number else None)

        report("Reading", 0.0)
        content = self._picture(request.content)
        if request.max_side is not None:
            content = self._smaller(content, request.max_side)
        _check_size(content)
        box = _box_of(request, content)
        report("Reading the style", 0.05)
        plan = self._plan(request, content)
        left, top, right, bottom = box or (0, 0, content.width, content.height)
        alpha = None if content.alpha is None else content.alpha[top:bottom, left:right]
        result = content.pixels[top:bottom, left:right]
        if plan is not None:
            report("Looking", 0.1)
            rendering = self._rendering(request, content, plan, report)
            if rendering.is_tiled:
                result = rendering.tiled_result(report_tile, box)
            else:
                result = rendering.surveyed_result()[top:bottom, left:right]
        report("Done", 1.0)
        picture = dataclasses.replace(content, pixels=result, alpha=alpha)
        return StylizeResult(picture, time.perf_counter() - start, self._device.label, self._device.notes)

    def _rendering(
        self, request: StylizeRequest, content: Picture, plan: Plan, report: Callable[[str, float], None]
    ) -> Rendering:
        """Return a surveyed rendering. For parts of one result the survey is taken once."""
        if request.crop is not None and self._cropped is not None and self._cropped.is_of(content, request, plan):
            return self._cropped
        self._check_memory(content)
        surveyed = self._smaller(content, SURVEY_SIDE)
        rendering = Rendering(self._painter, content, surveyed, request, plan)
        looked_at = self._features.get(surveyed.digest, lambda: self._look_at(surveyed))
        report("Painting", 0.15)
        rendering.survey(*looked_at, self._appearances)
        self._cropped = None if request.crop is None else rendering
        return rendering

    def _smaller(self, picture: Picture, max_side: int) -> Picture:
        if max(picture.width, picture.height) <= max_side:
            return picture
        return self._resized.get((picture.digest, max_side), lambda: resize_picture(picture, max_side))

    def _look_at(self, picture: Picture) -> tuple[ContentFeatures, Appearance]:
        features = self._painter.encode(compose_over_white(picture))
        return features, self._painter.appearance(features)

    def _plan(self, request: StylizeRequest, content: Picture) -> Plan | None:
        """Return what is painted where; None if nothing is. Strength 0 paints nothing, but covers what lies below."""
        regions = [(region, self._mask(region.mask)) for region in request.regions]
        covers: list[tuple[Share, ...]] = [
            tuple(mask for _, mask in regions[number:]) for number in range(len(regions) + 1)
        ]
        layers: list[PlannedLayer] = []
        base: tuple[Share, ...] = () if request.mask is None else (self._mask(request.mask),)
        for style, ramp in self._base_styles(request) if request.strength else []:
            shares = base if ramp is None else (*base, ramp)
            layers.append(PlannedLayer(style, request.strength, request.keep_color, 0, shares, covers[0]))
        for number, (region, mask) in enumerate(regions, 1):
            if region.strength:
                style = self._codes.mixed(region.styles, request.style_scale)
                layers.append(PlannedLayer(style, region.strength, region.keep_color, number, (mask,), covers[number]))
        if not layers:
            # The styles are looked at all the same: a wrong one must not wait for a slider.
            for choices in (request.styles, *(region.styles for region in request.regions)):
                if choices:
                    self._codes.mixed(choices, request.style_scale)
            return None
        subject = None
        if request.subject is not None:
            subject = self._masks.get(("subject", content.digest), lambda: find_subject(compose_over_white(content)))
        kept, only = (subject if request.subject == which else None for which in ("keep", "only"))
        return Plan(tuple(layers), kept, only)

    def _base_styles(self, request: StylizeRequest) -> list[tuple[MixedStyle, Ramp | None]]:
        """Return the request's own styles: one of them all mixed, or each with its band of a gradient."""
        if not request.styles:
            return []
        if request.gradient is None:
            return [(self._codes.mixed(request.styles, request.style_scale), None)]
        ramps = gradient_ramps(request.gradient, len(request.styles), self._gradient_mask)
        styles = [self._codes.mixed((StyleChoice(choice.style),), request.style_scale) for choice in request.styles]
        return list(zip(styles, ramps, strict=True))

    def _gradient_mask(self, gradient: StyleGradient) -> Mask:
        assert gradient.mask is not None
        return self._mask(gradient.mask)

    def _picture(self, source: Path | Picture) -> Picture:
        if isinstance(source, Picture):
            return source
        return self._pictures.get(file_key(source), lambda: read_picture(source))

    def _mask(self, source: Path | Picture) -> Mask:
        key = source.digest if isinstance(source, Picture) else file_key(source)
        return self._masks.get(key, lambda: read_mask(source))

    def _check_memory(self, content: Picture) -> None:
        if self._device.device.type != "cpu":
            return
        available = psutil.virtual_memory().available * _MEMORY_SHARE
        if self._memory_limit is not None:
            available = min(available, self._memory_limit)
        needed = self._bytes_needed(content, 1.0)
        if needed <= available:
            return
        fitting = next((step for step in range(99, 0, -1) if self._bytes_needed(content, step / 100) <= available), 1)
        raise DeviceError(
            "{width} x {height} pixels need {needed:.1f} GB of memory and {available:.1f} GB are free. "
            "Choose a size of at most {side} pixels.",
            width=content.width,
            height=content.height,
            needed=needed / 1e9,
            available=available / 1e9,
            side=max(content.width, content.height) * fitting // 100,
        )

    def _bytes_needed(self, content: Picture, scale: float) -> float:
        """Return about how much memory a request on the picture at this scale takes."""
        width, height = content.width * scale, content.height * scale
        surveyed = min(1.0, SURVEY_SIDE / max(width, height))
        at_work = self._painter.bytes_needed(round(width * surveyed), round(height * surveyed))
        return width * height * _BYTES_PER_PIXEL + at_work


def _box_of(request: StylizeRequest, content: Picture) -> Box | None:
    if request.crop is None:
        return None
    if request.crop[2] > content.width or request.crop[3] > content.height:
        raise UsageError(
            "The crop {crop} reaches beyond the picture ({width} x {height} pixels).",
            crop=request.crop,
            width=content.width,
            height=content.height,
        )
    return request.crop


def _check_size(content: Picture) -> None:
    if min(content.width, content.height) < SMALLEST_SIDE:
        raise PictureError(
            "{name} is too small to paint ({width} x {height} pixels). Choose one of {least} or more a side.",
            name=content.name or "The picture",
            width=content.width,
            height=content.height,
            least=SMALLEST_SIDE,
        )
