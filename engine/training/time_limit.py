"""How long a fine-tuning may take: only what is spent on learning counts."""

from __future__ import annotations

import logging
import math
import time

_LOG = logging.getLogger(__name__)
_LONGEST_STEP_SECONDS = 120.0


class TimeLimit:
    """Begins with ``seconds`` (None: there is no limit). Pauses do not count, nor does a computer that sleeps in the
    middle of a step.
    """

    def __init__(self, seconds: float | None) -> None:
        self._began = time.monotonic()
        self._seconds = seconds
        self._waited = 0.0
        self._step_began = 0.0
        self._shortest_step = math.inf

    def wait(self, seconds: float) -> None:
        """So many seconds were no learning."""
        self._waited += seconds

    def note_step(self) -> None:
        """A step begins."""
        self._step_began = time.monotonic()

    def notice_sleep(self) -> None:
        """A step has ended: one that took far longer than others was slept through (on some systems the clock goes on
        meanwhile).
        """
        took = time.monotonic() - self._step_began if self._step_began else 0.0
        if took > max(_LONGEST_STEP_SECONDS, 10 * self._shortest_step):
            _LOG.info("A step took %.0f s: the computer slept", took)
            self.wait(took)
        elif took:
            self._shortest_step = min(self._shortest_step, took)

    def spent(self) -> float:
        """Return how many seconds were spent on learning."""
        return time.monotonic() - self._began - self._waited

    def left(self) -> float | None:
        """Return how many seconds are left, None without a limit."""
        return None if self._seconds is None else self._seconds - self.spent()
