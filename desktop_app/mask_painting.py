"""Painting the mask of the selected region by hand: strokes go into the document, one step of its history each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor

from desktop_app.canvas.brush import Brush, Stroke, joined
from desktop_app.canvas.canvas import Canvas
from desktop_app.document import Document
from desktop_app.mask_options import COLORS, MaskOptions
from desktop_app.mask_selecting import MaskSelector
from desktop_app.region_mask import RegionMask, mask_size
from desktop_app.settings import Settings
from engine.imaging import Box

LIVE_MILLISECONDS = 50
"""So long after a move of the brush its mask goes into the document, and so into the preview."""

HINT_COLORS = (QColor("#40d060"), QColor("#f04848"))
"""Of strokes that mark the subject, and of those that mark what is not."""

_HINT_HARDNESS = 1.0
_INSIDE, _OUTSIDE = 1, 2


class MaskPainter(QObject):
    """Follows layer and bar of the canvas while painting is on, which it is only with a region selected."""

    active_changed = Signal(bool)
    stroking_changed = Signal(bool)

    def __init__(
        self, *, document: Document, canvas: Canvas, selector: MaskSelector, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._canvas = canvas
        self._layer = canvas.mask_layer
        self._bar = canvas.mask_bar
        self._selector = selector
        self._settings = settings
        self._is_active = False
        self._tool = "brush"
        self._marks_inside = True
        self._mask: RegionMask | None = None  # what ``_values`` were when the document saw them last
        self._values: NDArray[np.uint8] = np.zeros((1, 1), np.uint8)
        self._told = self._values  # held for the small picture and the preview, which would have to unpack them
        self._hints: NDArray[np.uint8] | None = None
        self._mark: NDArray[np.uint8] | None = None
        self._stroke: Stroke | None = None
        self._touched: Box | None = None
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.setInterval(LIVE_MILLISECONDS)
        self._live.timeout.connect(self._tell)
        self._layer.pressed.connect(self._begin)
        self._layer.moved.connect(self._go_on)
        self._layer.released.connect(self._end)
        self._layer.commanded.connect(self._obey)
        self._bar.commanded.connect(self._obey)
        self._bar.tool_chosen.connect(self.choose_tool)
        self._bar.side_chosen.connect(self._choose_side)
        self._bar.options_changed.connect(self._take_options)
        self._bar.feather_chosen.connect(self._feather)
        selector.busy_changed.connect(self._bar.set_finding)
        document.content_changed.connect(self._forget_hints)
        document.selection_changed.connect(self._forget_hints)
        document.selection_changed.connect(self._follow)
        document.changed.connect(self._follow)

    @property
    def is_active(self) -> bool:
        return self._is_active

    @property
    def tool(self) -> str:
        return self._tool

    @Slot(bool)
    def set_active(self, active: bool) -> None:
        """Begin or end painting; without a region that is selected there is nothing to paint."""
        region = self._document.selected_region
        active = active and region is not None and self._document.content is not None
        if active == self._is_active:
            return
        if not active:
            self._finish_stroke()
        self._is_active = active
        self._mask = None
        self._canvas.set_painting(active)
        self.active_changed.emit(active)
        if active:
            self._follow()
        else:
            self._forget_hints()
            self._layer.show_mask(None, None)

    @Slot(str)
    def choose_tool(self, tool: str) -> None:
        self._finish_stroke()
        self._tool = tool
        self._bar.show_tool(tool)
        if tool != "subject":
            self._forget_hints()
        self._show_ring()
        self._layer.setFocus()

    @Slot(bool)
    def _choose_side(self, inside: bool) -> None:
        self._marks_inside = inside
        self._bar.show_side(inside)
        self._layer.setFocus()

    @Slot(object)
    def _take_options(self, options: MaskOptions) -> None:
        self._settings.remember_mask_options(options)
        self._show()

    # What is shown

    @Slot()
    def _follow(self) -> None:
        """Show the mask of the selected region, as it is in the document."""
        if not self._is_active:
            return
        region, content = self._document.selected_region, self._document.content
        if region is None or content is None:
            self.set_active(False)
        elif region.mask is not self._mask:
            self._stroke = None
            self._touched = None
            size = mask_size(content.width, content.height)
            self._mask = region.mask
            self._values = region.mask.fitted(*size).values.copy()
            if (region.mask.width, region.mask.height) != size:
                self._touched = (0, 0, *size)  # all of it is new when it is told
            self._bar.show_picture_side(max(content.width, content.height))
            self._show()

    def _show(self) -> None:
        if self._is_active:
            name = COLORS[self._bar.options.color]
            self._layer.show_mask(self._values, QColor(name) if name else None)
            self._layer.show_hints(self._hints, HINT_COLORS)
            self._show_ring()

    def _show_ring(self) -> None:
        self._layer.set_ring(0 if self._tool == "color" else self._diameter())

    def _diameter(self) -> float:
        return max(1.0, self._bar.options.size * max(self._values.shape))

    @Slot()
    def _forget_hints(self) -> None:
        self._hints = None
        self._layer.show_hints(None)

    # Strokes

    @Slot(QPointF, float, Qt.KeyboardModifier)
    def _begin(self, place: QPointF, pressure: float, keys: Qt.KeyboardModifier) -> None:
        options, region = self._bar.options, self._document.selected_region
        if not self._is_active or region is None:
            return
        if self._tool == "color":
            self._select_color(place, keys)
            return
        brush = Brush(
            self._diameter(),
            options.hardness / 100,
            options.opacity / 100,
            self._tool == "erase",
            options.pen_sizes,
            options.pen_fades,
        )
        values = self._values
        if self._tool == "subject":
            brush = replace(brush, hardness=_HINT_HARDNESS, opacity=1.0, erases=False, pressure_fades=False)
            if self._hints is None:
                self._hints = np.zeros_like(values)
                self._layer.show_hints(self._hints, HINT_COLORS)
            values = self._mark = np.zeros_like(values)
        self._document.finish_gesture()
        self._stroke = Stroke(values, brush)
        self.stroking_changed.emit(True)
        self._go_on(place, pressure)

    @Slot(QPointF, float)
    def _go_on(self, place: QPointF, pressure: float) -> None:
        if self._stroke is None:
            return
        box = self._stroke.move_to(place.x(), place.y(), pressure)
        if box is None:
            return
        if self._mark is not None and self._hints is not None:
            part = slice(box[1], box[3]), slice(box[0], box[2])
            self._hints[part][self._mark[part] > 127] = _INSIDE if self._marks_inside else _OUTSIDE
        else:
            self._touched = joined([box] if self._touched is None else [box, self._touched])
            if not self._live.isActive():
                self._live.start()
        self._layer.values_changed(box)

    @Slot()
    def _end(self) -> None:
        if self._stroke is not None and self._mark is not None:
            self._mark = self._stroke = None
            self.stroking_changed.emit(False)
            self._find_subject()
        else:
            self._finish_stroke()

    def _finish_stroke(self) -> None:
        if self._stroke is not None:
            self._tell()
            self._stroke = self._mark = None
            self._document.finish_gesture()
            self.stroking_changed.emit(False)

    @Slot()
    def _tell(self) -> None:
        """Put what was painted so far into the document; the steps of one stroke merge."""
        self._live.stop()
        region, touched = self._document.selected_region, self._touched
        if self._stroke is None or self._mask is None or region is None or touched is None:
            return
        self._touched = None
        self._told = self._values.copy()
        height, width = self._told.shape
        if (self._mask.width, self._mask.height) == (width, height):
            self._mask = self._mask.changed(self._told, (touched[1], touched[3]))
        else:
            self._mask = RegionMask.of(self._told)
        self._document.set_mask(region.key, self._mask, "erase" if self._tool == "erase" else "brush", merges=True)

    # The whole mask

    @Slot(str)
    def _obey(self, command: str) -> None:
        if not self._is_active:
            return
        match command:
            case "leave":
                self.set_active(False)
            case "smaller" | "larger":
                self._bar.step_size(command == "larger")
            case "brush" | "erase":
                self.choose_tool(command)
            case "swap" if self._tool == "subject":
                self._choose_side(not self._marks_inside)
            case "swap":
                self.choose_tool("brush" if self._tool == "erase" else "erase")
            case "fill":
                self._replace(np.full_like(self._values, 255), "fill_mask")
            case "clear":
                self._replace(np.zeros_like(self._values), "clear_mask")
            case "invert":
                self._replace(255 - self._values, "invert_mask")
            case "find_subject":
                self._forget_hints()
                self._find_subject()
            case _:
                pass

    def _replace(self, values: NDArray[np.uint8], what: str) -> None:
        self._finish_stroke()
        self._document.set_mask(self._document.selected, RegionMask.of(values), what)

    @Slot(float)
    def _feather(self, share: float) -> None:
        if self._is_active:
            self._selector.feather(self._document.selected, self._values.copy(), share)

    def _find_subject(self) -> None:
        self._selector.find_subject(self._document.selected, None if self._hints is None else self._hints.copy())

    def _select_color(self, place: QPointF, keys: Qt.KeyboardModifier) -> None:
        height, width = self._values.shape
        x, y = int(place.x()), int(place.y())
        if not (0 <= x < width and 0 <= y < height):
            return
        before = None
        if keys & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
            before = self._values.copy()
        options = self._bar.options
        self._selector.select_color(
            self._document.selected,
            (x, y),
            options.tolerance / 100,
            contiguous=options.connected,
            before=before,
            takes_away=bool(keys & Qt.KeyboardModifier.AltModifier),
        )
