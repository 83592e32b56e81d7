"""Where the generator runs: pixels in, pixels out. Another runtime than torch would replace this one class."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.networks.generator import ContentFeatures, Generator
from engine.networks.weights import load_weights, weights_hash

_BYTES_PER_PIXEL = 700
"""Peak memory of encoding and decoding, by measure, for each pixel of the content image."""


class Painter:
    """The base model on a device. Pictures are H x W x 3 uint8; style codes are vectors of float32 on the CPU."""

    def __init__(self, weights: Path, device: torch.device) -> None:
        self.device = device
        self.model_hash = weights_hash(weights)
        self._generator = load_weights(Generator(), weights).to(device)

    def bytes_needed(self, width: int, height: int) -> int:
        """Return about how much memory painting a picture of this size takes."""
        return width * height * _BYTES_PER_PIXEL

    @torch.inference_mode()
    def encode(self, pixels: NDArray[np.uint8]) -> ContentFeatures:
        """Return the features of a content image."""
        return self._generator.encode(self._to_tensor(pixels))

    @torch.inference_mode()
    def style_code(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the code of a style image."""
        return self._generator.style_code(self._to_tensor(pixels))[0].cpu().numpy()

    @torch.inference_mode()
    def decode(self, content: ContentFeatures, code: NDArray[np.float32], strength: float) -> NDArray[np.float32]:
        """Return the stylised picture, H x W x 3 float32, not clipped."""
        style = torch.from_numpy(code)[None].to(self.device)
        return self._generator.decode(content, style, strength)[0].permute(1, 2, 0).float().cpu().numpy()

    def _to_tensor(self, pixels: NDArray[np.uint8]) -> torch.Tensor:
        image = torch.from_numpy(np.ascontiguousarray(pixels)).to(self.device).permute(2, 0, 1)[None]
        return image.float().div_(255).contiguous(memory_format=torch.channels_last)
