"""How masks are painted: what the bar under the canvas offers and the settings remember."""

from __future__ import annotations

import math
from dataclasses import dataclass

SIZE_RANGE = (0.002, 0.3)
"""Diameter of the brush as a share of the picture's longer side."""

SIZE_STEPS = 100
COLORS = {"red": "#e03030", "green": "#28b040", "blue": "#3070e8", "yellow": "#e8c020", "none": ""}


@dataclass(frozen=True)
class MaskOptions:
    """``size`` is within SIZE_RANGE; hardness, opacity and tolerance are percent. ``color`` names one of COLORS, in
    which the mask is shown. Pressure of a pen makes the brush smaller with ``pen_sizes``, fainter with ``pen_fades``.
    """

    size: float = 0.06
    hardness: int = 70
    opacity: int = 100
    color: str = "red"
    pen_sizes: bool = True
    pen_fades: bool = False
    tolerance: int = 20
    connected: bool = True

    @property
    def is_sound(self) -> bool:
        return (
            SIZE_RANGE[0] <= self.size <= SIZE_RANGE[1]
            and all(0 <= percent <= 100 for percent in (self.hardness, self.opacity, self.tolerance))
            and self.color in COLORS
        )


def size_at(position: int) -> float:
    """Return the size of the brush at a position of its slider, 0..SIZE_STEPS: small ones need the finer steps."""
    low, high = SIZE_RANGE
    return low * (high / low) ** (position / SIZE_STEPS)


def position_of(size: float) -> int:
    low, high = SIZE_RANGE
    size = min(high, max(low, size))
    return round(SIZE_STEPS * math.log(size / low) / math.log(high / low))
