"""Pictures and requests that the tests of stylization share."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch

from engine.api import Picture, StyleChoice, StylizeRequest


def picture(seed: int, height: int = 60, width: int = 90) -> Picture:
    """Soft blobs of colour with a sharp edge through them."""
    random = np.random.default_rng(seed)
    coarse = torch.from_numpy(random.random((1, 3, 5, 7), np.float32))
    smooth = torch.nn.functional.interpolate(coarse, (height, width), mode="bicubic").clamp(0, 1)[0]
    smooth[:, :, width // 2 :] *= 0.6
    return Picture((smooth.permute(1, 2, 0).numpy() * 255).astype(np.uint8), name=f"picture {seed}")


def request(**changes: object) -> StylizeRequest:
    return dataclasses.replace(StylizeRequest(picture(0), (StyleChoice(picture(1)),)), **changes)  # type: ignore[arg-type]


def difference(a: Picture, b: Picture) -> float:
    return float(np.abs(a.pixels.astype(float) - b.pixels.astype(float)).mean())
