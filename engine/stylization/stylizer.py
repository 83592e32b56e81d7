"""The Stylizer: the one way from a request to a stylised picture, for window, command line and scripts alike."""

from __future__ import annotations

import dataclasses
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import torch
from numpy.typing import NDArray

import resources
from engine.api import (
    CancelToken,
    DeviceError,
    Picture,
    PictureError,
    Progress,
    ProgressCallback,
    ResultError,
    StyleChoice,
    StyleError,
    StylizeRequest,
    StylizeResult,
)
from engine.device import choose_device
from engine.imaging import (
    compose_over_white,
    keep_color,
    read_mask,
    read_picture,
    resize_picture,
    restore_detail,
)
from engine.networks.generator import CODE_SIZE, ContentFeatures
from engine.styles import StyleLibrary, check_base_model, read_style_file
from engine.stylization.cache import RecentCache
from engine.stylization.painter import Painter
from engine.stylization.style_codes import code_from_file, encode_style, file_tensors

SMALLEST_SIDE = 16
"""Content images narrower than this, in pixels, are refused: there is nothing to paint."""

_STYLE_SUFFIX = ".scumble"
_PICTURES_KEPT = 4
_FEATURES_KEPT = 2
_CODES_KEPT = 64
_MEMORY_SHARE = 0.8


class Stylizer:
    """Paints content images in the hand of styles.

    Content features are remembered by (picture, size) and style codes by (style, style scale), so that another
    strength or mix costs one run of the decoder. One request runs at a time; others wait. Raises ModelError when the
    base model in ``base_model`` is missing or damaged, DeviceError for a device that is no device.
    """

    def __init__(
        self, library: StyleLibrary | None = None, device: str = "auto", base_model: Path = resources.BASE_MODEL
    ) -> None:
        self._device = choose_device(device)
        self._painter = Painter(base_model, self._device.device)
        self._library = library
        self._lock = threading.Lock()
        self._pictures: RecentCache[Picture] = RecentCache(_PICTURES_KEPT)
        self._features: RecentCache[ContentFeatures] = RecentCache(_FEATURES_KEPT)
        self._codes: RecentCache[NDArray[np.float32]] = RecentCache(_CODES_KEPT)

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

    def style_tensors(self, picture: Picture) -> dict[str, NDArray[np.float32]]:
        """Return what a style file made from this style image holds."""
        with self._lock:
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
        with self._lock:
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

        def report(stage: str, fraction: float) -> None:
            cancel.raise_if_cancelled()
            if on_progress is not None:
                on_progress(Progress(stage, fraction))

        report("Reading", 0.0)
        content = self._picture(request.content)
        if request.max_side is not None:
            content = resize_picture(content, request.max_side)
        self._check_size(content)
        report("Reading the style", 0.1)
        code = self._mixed_code(request.styles, request.style_scale)
        report("Looking", 0.2)
        pixels = compose_over_white(content)
        if request.strength == 0:
            result = np.divide(pixels, 255, dtype=np.float32)
        else:
            features = self._features.get(content.digest, lambda: self._painter.encode(pixels))
            report("Painting", 0.4)
            result = self._painter.decode(features, code, request.strength)
        report("Finishing", 0.9)
        _check_result(result, pixels)
        result = self._finish(result, pixels, request)
        report("Done", 1.0)
        picture = dataclasses.replace(content, pixels=result)
        return StylizeResult(picture, time.perf_counter() - start, self._device.label, self._device.notes)

    def _finish(
        self, result: NDArray[np.float32], pixels: NDArray[np.uint8], request: StylizeRequest
    ) -> NDArray[np.uint8]:
        result = result.clip(0, 1)
        if request.keep_color or request.detail or request.mask is not None:
            original = np.divide(pixels, 255, dtype=np.float32)
            result = keep_color(result, original, request.keep_color)
            result = restore_detail(result, original, request.detail)
            if request.mask is not None:
                mask = self._picture(request.mask)
                painted = read_mask(mask, pixels.shape[1], pixels.shape[0])[..., None]
                result = (original + (result - original) * painted).astype(np.float32)
        return np.rint(result.clip(0, 1) * 255).astype(np.uint8)

    def _picture(self, source: Path | Picture) -> Picture:
        if isinstance(source, Picture):
            return source
        return self._pictures.get(_file_key(source), lambda: read_picture(source))

    def _check_size(self, content: Picture) -> None:
        width, height = content.width, content.height
        if min(width, height) < SMALLEST_SIDE:
            raise PictureError(
                "{name} is too small to paint ({width} x {height} pixels). Choose one of {least} or more a side.",
                name=content.name or "The picture",
                width=width,
                height=height,
                least=SMALLEST_SIDE,
            )
        if self._device.device.type != "cpu":
            return
        available = psutil.virtual_memory().available * _MEMORY_SHARE
        needed = self._painter.bytes_needed(width, height)
        if needed > available:
            raise DeviceError(
                "{width} x {height} pixels need {needed:.1f} GB of memory and {available:.1f} GB are free. "
                "Choose a size of at most {side} pixels.",
                width=width,
                height=height,
                needed=needed / 1e9,
                available=available / 1e9,
                side=int(max(width, height) * (available / needed) ** 0.5),
            )

    def _mixed_code(self, choices: tuple[StyleChoice, ...], style_scale: float) -> NDArray[np.float32]:
        used = [choice for choice in choices if choice.weight > 0]
        total = sum(choice.weight for choice in used)
        mixed = np.zeros(CODE_SIZE, np.float32)
        for choice in used:
            mixed += np.float32(choice.weight / total) * self._code(choice.style, style_scale)
        return mixed

    def _code(self, style: Path | str | Picture, style_scale: float) -> NDArray[np.float32]:
        if isinstance(style, str):
            if self._library is None:
                self._library = StyleLibrary.default()
            path = self._library.find(style).path
            if path is None:
                raise StyleError("The style {name} has no file. Choose another one.", name=style)
            style = path
        if isinstance(style, Path) and style.suffix.lower() == _STYLE_SUFFIX:
            return self._codes.get((_file_key(style), style_scale), lambda: self._code_of_file(style, style_scale))
        picture = self._picture(style)
        return self._codes.get((picture.digest, style_scale), lambda: encode_style(self._painter, picture, style_scale))

    def _code_of_file(self, path: Path, style_scale: float) -> NDArray[np.float32]:
        information, tensors = read_style_file(path)
        check_base_model(information, self.model_hash)
        return code_from_file(tensors, style_scale, CODE_SIZE)


def _file_key(path: Path) -> tuple[str, int, int]:
    """Name a file's present contents, so that a picture saved anew is read anew."""
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), status.st_mtime_ns, status.st_size


def _check_result(result: NDArray[np.float32], content: NDArray[np.uint8]) -> None:
    """Refuse a result that is no picture: not a number somewhere, or one flat colour though the content image is
    not.
    """
    if not np.isfinite(result).all():
        raise ResultError("The result is damaged (values that are no numbers). Try another device or style.")
    shown = result.clip(0, 1)
    flat = all(np.ptp(shown[..., channel]) < 1 / 255 for channel in range(3))
    if flat and np.ptp(content) > 1:
        raise ResultError("The result is one flat colour. Try another style or less strength.")
