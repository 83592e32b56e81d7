"""Masks that are computed from the picture: by colour, by subject, with soft edges. In a thread of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from desktop_app.background import BackgroundThread
from desktop_app.document import Document
from desktop_app.i18n import translate_message
from desktop_app.panels.message_bar import MessageBar
from desktop_app.region_mask import RegionMask, mask_size
from engine.api import EngineError, Picture
from engine.imaging import Mask, SubjectHints, compose_over_white, find_subject, grow_mask, resize_to, select_color

Values = NDArray[np.uint8]
Place = tuple[int, int]


class MaskSelector(QObject):
    """Gives a region its mask when that has been computed. Of several the newest counts; a region that is gone, or
    another photo, leaves the result without a use.
    """

    busy_changed = Signal(bool)
    subject_found = Signal(object)  # RegionMask: of no region yet

    def __init__(self, document: Document, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._messages = messages
        self._thread = BackgroundThread(self)
        self._newest = 0
        self._sized: tuple[Picture, Values] | None = None  # of the thread alone

    @property
    def is_running(self) -> bool:
        return self._thread.is_running

    def close(self) -> None:
        """Wait for what is being computed."""
        self._thread.stop()

    def select_color(
        self,
        key: str,
        place: Place,
        tolerance: float,
        *,
        contiguous: bool,
        before: Values | None = None,
        takes_away: bool = False,
    ) -> None:
        """Select what looks like a place of the mask; added to ``before`` or taken away from it, if that is given."""

        def compute(picture: Picture) -> Values:
            selected = select_color(self._pixels(picture), *place, tolerance, contiguous=contiguous)
            if before is None:
                return selected
            return np.minimum(before, 255 - selected) if takes_away else np.maximum(before, selected)

        self._submit(key, compute, "select_color")

    def find_subject(self, key: str, hints: Values | None = None) -> None:
        """Look for the subject; ``hints`` are 1 where somebody marked it and 2 where it is not. With an empty key, the
        mask is told by ``subject_found``.
        """

        def compute(picture: Picture) -> Values:
            pixels = self._pixels(picture)
            marked = None if hints is None else SubjectHints(_where(hints, 1), _where(hints, 2))
            found = grow_mask(find_subject(pixels, marked), pixels)
            if hints is not None:
                found[hints == 1], found[hints == 2] = 255, 0
            return found

        self._submit(key, compute, "select_subject")

    def feather(self, key: str, values: Values, share: float) -> None:
        """Make the edges of a mask soft: over ``share`` of its longer side."""

        def compute(_: Picture) -> Values:
            import cv2  # a tenth of a second that the start of the window can do without

            return np.asarray(cv2.GaussianBlur(values, (0, 0), max(0.5, share * max(values.shape) / 2)), np.uint8)

        self._submit(key, compute, "feather_mask")

    def _submit(self, key: str, compute: Callable[[Picture], Values], what: str) -> None:
        content = self._document.content
        if content is None:
            return
        self._newest += 1
        self.busy_changed.emit(True)
        done = partial(self._done, self._newest, key, content, what)
        self._thread.submit(
            lambda: RegionMask.of(compute(content)), done, partial(self._failed, self._newest), can_be_dropped=True
        )

    def _pixels(self, picture: Picture) -> Values:
        """Return a picture at the size of its masks. The last one is remembered."""
        if self._sized is None or self._sized[0] is not picture:
            sized = compose_over_white(resize_to(picture, *mask_size(picture.width, picture.height)))
            self._sized = picture, sized
        return self._sized[1]

    def _done(self, number: int, key: str, content: Picture, what: str, mask: RegionMask) -> None:
        if number != self._newest:
            return
        self.busy_changed.emit(False)
        if content is not self._document.content:
            return
        if key:
            self._document.set_mask(key, mask, what)
        else:
            self.subject_found.emit(mask)

    def _failed(self, number: int, error: EngineError) -> None:
        if number == self._newest:
            self.busy_changed.emit(False)
        self._messages.show_message("error", translate_message(error.template, error.values))


def _where(hints: Values, number: int) -> Mask:
    return Mask((hints == number) * np.uint8(255))
