"""From layers to pixels: a survey of the whole picture at a moderate size, then, for a large picture, tile by tile.

The survey takes the statistics that every tile uses, so that no tile knows less than the whole (Chen et al., "Towards
ultra-resolution neural style transfer via thumbnail instance normalization", AAAI 2022). Its result is what the artist
saw as a preview, and it is kept: a large picture gets its strokes from the enlarged survey, and from its own tiles only
what is finer than the survey could show.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray

from engine.api import Picture, ResultError, StylizeRequest
from engine.imaging import (
    Box,
    DetailBase,
    compose_over_white,
    detail_base,
    enlarge,
    keep_color,
    resize_box,
    restore_detail,
    shrink,
)
from engine.networks.generator import Appearance, ContentFeatures
from engine.stylization.cache import RecentCache
from engine.stylization.layers import Plan, group_shares, normalized_shares
from engine.stylization.painter import RECEPTIVE_MARGIN, Painter, PaintLayer
from engine.stylization.tiles import STRIDE, Tile, tiles_of

_TILE_SIDE = 1024
_SMALLEST_TILE_SIDE = 256
_STRIP_ROWS = 128
_CELLS_AROUND = 6
"""Making pictures larger or smaller looks at fewer neighbours than so many pixels of the smaller size."""


class Rendering:
    """One request on one picture: :meth:`survey` first, then one of the results. ``surveyed`` is the picture at the
    size of the survey; the same one if it is no larger.
    """

    def __init__(
        self,
        painter: Painter,
        content: Picture,
        surveyed: Picture,
        request: StylizeRequest,
        plan: Plan,
        tile_side: int = _TILE_SIDE,
    ) -> None:
        self._painter = painter
        self._content = content
        self._request = request
        self._plan = plan
        self._tile_side = tile_side
        self.surveyed = surveyed
        self._layers: list[PaintLayer] = []
        self._surveyed_shares: NDArray[np.float32] | None = None
        self._survey: NDArray[np.float32] = np.zeros(0, np.float32)
        self._detail: DetailBase | None = None

    @property
    def is_tiled(self) -> bool:
        return self.surveyed is not self._content

    def is_of(self, content: Picture, request: StylizeRequest, plan: Plan) -> bool:
        """Whether this is the rendering of the same request, but for its crop, on the same picture."""
        same_request = dataclasses.replace(request, crop=None) == dataclasses.replace(self._request, crop=None)
        return self._content is content and same_request and plan.is_like(self._plan)

    def survey(self, features: ContentFeatures, whole: Appearance, appearances: RecentCache[Appearance]) -> None:
        """Take the statistics of the regions and paint the picture at the size of the survey. ``features`` are those of
        the surveyed picture, ``whole`` how it looks as a whole, ``appearances`` remembers how regions look.
        """
        width, height = self.surveyed.width, self.surveyed.height
        plan = self._plan
        if plan.is_plain:
            layer = plan.layers[0]
            layers = [PaintLayer(layer.style.code, layer.strength, whole, changes=layer.style.changes)]
            seen: list[NDArray[np.float32] | None] = [None]
        else:
            shares = plan.shares(width, height)
            self._surveyed_shares = shares
            seen = [share if share.max() > 0 else None for share in shares]
            own = {
                group: appearances.get(
                    (self.surveyed.digest, *plan.places(group)),
                    partial(self._painter.appearance, features, share) if share.max() > 0 else lambda: whole,
                )
                for group, share in group_shares(plan.layers, shares).items()
            }
            normalized = _for_generator(shares)
            layers = [
                PaintLayer(layer.style.code, layer.strength, own[layer.group], share, changes=layer.style.changes)
                for layer, share in zip(plan.layers, normalized, strict=True)
            ]
        self._layers, self._survey = self._painter.survey(features, layers, seen)
        _check_result(self._survey, self.surveyed.pixels)
        self._survey = self._survey.clip(0, 1)
        if self._request.detail:
            self._detail = detail_base(np.divide(compose_over_white(self.surveyed), 255, dtype=np.float32))

    def surveyed_result(self) -> NDArray[np.uint8]:
        """Return the whole result for a picture that needs no tiles, H x W x 3."""
        box = (0, 0, self._content.width, self._content.height)
        return self._finish(self._survey, box, self._surveyed_shares)

    def tiled_result(self, on_tile: Callable[[int, int], None], box: Box | None = None) -> NDArray[np.uint8]:
        """Return the result, or a box of it, tile by tile: H x W x 3. ``on_tile`` is told how many of how many are
        done, and may raise Cancelled.
        """
        box = box or (0, 0, self._content.width, self._content.height)
        cells, needed = self._needed(box)
        result = np.empty((needed[3] - needed[1], needed[2] - needed[0], 3), np.uint8)
        side = self._tile_side
        while True:
            try:
                self._paint_tiles(result, needed, side, on_tile)
            except torch.OutOfMemoryError:
                if side <= _SMALLEST_TILE_SIDE:
                    raise
                side //= 2
                self._painter.free_memory()
            else:
                break
        correction = None if self._request.fixed_strokes else self._correction(result, needed, cells)
        left, top, right, bottom = (side - needed[number % 2] for number, side in enumerate(box))
        result = result[top:bottom, left:right]
        self._finish_strips(result, box, correction, cells)
        return result

    def _needed(self, box: Box) -> tuple[Box, Box]:
        """Return the pixels of the survey that decide about a box of the picture, and what must be painted to know
        them.
        """
        across, down = self._content.width / self.surveyed.width, self._content.height / self.surveyed.height
        cells = (
            max(0, int(box[0] / across) - _CELLS_AROUND),
            max(0, int(box[1] / down) - _CELLS_AROUND),
            min(self.surveyed.width, math.ceil(box[2] / across) + _CELLS_AROUND),
            min(self.surveyed.height, math.ceil(box[3] / down) + _CELLS_AROUND),
        )
        painted = (
            max(0, int((cells[0] - _CELLS_AROUND) * across) // STRIDE * STRIDE),
            max(0, int((cells[1] - _CELLS_AROUND) * down) // STRIDE * STRIDE),
            min(self._content.width, math.ceil((cells[2] + _CELLS_AROUND) * across)),
            min(self._content.height, math.ceil((cells[3] + _CELLS_AROUND) * down)),
        )
        return cells, painted

    def _paint_tiles(self, result: NDArray[np.uint8], box: Box, side: int, on_tile: Callable[[int, int], None]) -> None:
        tiles = list(tiles_of(self._content.width, self._content.height, box, side, RECEPTIVE_MARGIN))
        for number, tile in enumerate(tiles):
            on_tile(number, len(tiles))
            left, top, right, bottom = (place - box[axis % 2] for axis, place in enumerate(tile.core))
            result[top:bottom, left:right] = _eight_bits(self._painted(tile))

    def _painted(self, tile: Tile) -> NDArray[np.float32]:
        """Return the core of a tile painted."""
        width, height = self._content.width, self._content.height
        layers = self._layers
        rows, columns = tile.inner()
        if not self._plan.is_plain:
            shares = self._plan.shares(width, height, tile.outer)
            if not shares[:, rows, columns].any():
                return enlarge(self._survey, width, height, tile.core)
            layers = [
                dataclasses.replace(layer, share=share)
                for layer, share in zip(layers, _for_generator(shares), strict=True)
            ]
        features = self._painter.encode(self._pixels(tile.outer))
        painted = self._painter.paint_tile(features, layers, tile.origin)[rows, columns]
        _check_result(painted)
        return painted

    def _correction(self, painted: NDArray[np.uint8], box: Box, cells: Box) -> NDArray[np.float32]:
        """Return what painted pixels lack, made as small as the survey, to be the survey: ``cells`` of it."""
        across, down = self._content.width / self.surveyed.width, self._content.height / self.surveyed.height
        left, top, right, bottom = cells
        places = left * across - box[0], top * down - box[1], right * across - box[0], bottom * down - box[1]
        return self._survey[top:bottom, left:right] - shrink(painted, right - left, bottom - top, places)

    def _finish_strips(
        self, result: NDArray[np.uint8], box: Box, correction: NDArray[np.float32] | None, cells: Box
    ) -> None:
        """Correct a box of painted pixels to the survey and finish them, a strip at a time.

        They are changed as little as makes them the survey when they are made as small as that; what is finer than the
        survey stays as the tiles have it.
        """
        across, down = self.surveyed.width / self._content.width, self.surveyed.height / self._content.height
        left, first, right, last = box
        for top in range(first, last, _STRIP_ROWS):
            bottom = min(last, top + _STRIP_ROWS)
            strip = slice(top - first, bottom - first)
            painted = np.divide(result[strip], 255, dtype=np.float32)
            if correction is not None:
                places = (
                    left * across - cells[0],
                    top * down - cells[1],
                    right * across - cells[0],
                    bottom * down - cells[1],
                )
                painted += resize_box(correction, right - left, bottom - top, places)
            result[strip] = self._finish(painted, (left, top, right, bottom))

    def _pixels(self, box: Box) -> NDArray[np.uint8]:
        left, top, right, bottom = box
        alpha = self._content.alpha
        cut = Picture(
            self._content.pixels[top:bottom, left:right], None if alpha is None else alpha[top:bottom, left:right]
        )
        return compose_over_white(cut)

    def _finish(
        self, painted: NDArray[np.float32], box: Box, shares: NDArray[np.float32] | None = None
    ) -> NDArray[np.uint8]:
        """Bring colour and detail back where they are wanted, and leave alone what is not to be painted. ``shares`` are
        those of the box, if they are known.
        """
        painted = painted.clip(0, 1)
        plan, request = self._plan, self._request
        width, height = self._content.width, self._content.height
        keeps = [layer.keep_color for layer in plan.layers]
        if plan.is_plain and not keeps[0] and not request.detail:
            return _eight_bits(painted)
        original = np.divide(self._pixels(box), 255, dtype=np.float32)
        if shares is None and not plan.is_plain:
            shares = plan.shares(width, height, box)
        if any(keeps):
            amount: float | NDArray[np.floating] = keeps[0]
            if shares is not None:
                amount = np.tensordot(np.array(keeps, np.float32), normalized_shares(shares), 1)[..., None]
            painted = keep_color(painted, original, amount)
        if self._detail is not None:
            base = DetailBase(*(enlarge(values, width, height, box) for values in self._detail))
            painted = restore_detail(painted, original, request.detail, base)
        if shares is None:
            return _eight_bits(painted)
        covered = shares.sum(0).clip(0, 1)[..., None]
        blended = _eight_bits(original + (painted - original) * covered)
        left, top, right, bottom = box
        return np.where(covered == 0, self._content.pixels[top:bottom, left:right], blended)


def _eight_bits(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.rint(values.clip(0, 1) * 255).astype(np.uint8)


def _for_generator(shares: NDArray[np.float32]) -> Sequence[NDArray[np.float32] | None]:
    """Return the shares of layers as the generator takes them: a single layer gets all of every pixel."""
    return [None] if len(shares) == 1 else list(normalized_shares(shares))


def _check_result(result: NDArray[np.float32], content: NDArray[np.uint8] | None = None) -> None:
    """Refuse a result that is no picture: not a number somewhere, or one flat colour though the content image is
    not.
    """
    if not np.isfinite(result).all():
        raise ResultError("The result is damaged (values that are no numbers). Try another device or style.")
    if content is None:
        return
    shown = result.clip(0, 1)
    flat = all(np.ptp(shown[..., channel]) < 1 / 255 for channel in range(3))
    if flat and np.ptp(content) > 1:
        raise ResultError("The result is one flat colour. Try another style or less strength.")
