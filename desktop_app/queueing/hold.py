"""Lets running work wait at its next step, while something has priority."""

from __future__ import annotations

import threading
import time

from engine.api import CancelToken

_SECONDS_BETWEEN_LOOKS = 0.05


class Hold:
    """Set from any thread; the work calls :meth:`wait` whenever it could rest."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        self.seconds = 0.0  # that work has waited altogether; only the working thread counts them

    @property
    def is_held(self) -> bool:
        return not self._free.is_set()

    def set_held(self, held: bool) -> None:
        if held:
            self._free.clear()
        else:
            self._free.set()

    def wait(self, cancel: CancelToken) -> None:
        """Return when nothing holds the work. Raises Cancelled."""
        cancel.raise_if_cancelled()
        if self._free.is_set():
            return
        started = time.monotonic()
        while not self._free.wait(_SECONDS_BETWEEN_LOOKS):
            cancel.raise_if_cancelled()
        self.seconds += time.monotonic() - started
