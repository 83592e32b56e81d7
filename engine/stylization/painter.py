"""Where the generator runs: pixels in, pixels out. Another runtime than torch would replace this one class."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from engine.networks.color_transfer import ColorCorrection
from engine.networks.generator import Appearance, ContentFeatures, Generator, Layer
from engine.networks.layers import channels_last
from engine.networks.tuned_weights import changed_generator, tuned_weights
from engine.networks.weights import load_weights, weights_hash
from engine.stylization.cache import RecentCache

RECEPTIVE_MARGIN = 96
"""How far, in pixels, a pixel of the result looks: 95, up to the next multiple of 32."""

_BYTES_PER_PIXEL = 700
"""Peak memory of encoding and decoding, by measure, for each pixel of the content image."""


_GENERATORS_KEPT = 4


@dataclasses.dataclass(frozen=True, eq=False)
class WeightChange:
    """By how much the weights of a fine-tuned style differ from the base model's."""

    weights: Mapping[str, torch.Tensor]


Changes = tuple[tuple[WeightChange, float], ...]
"""Changes of weights with the share of each in a mix."""


@dataclasses.dataclass(frozen=True, eq=False)
class PaintLayer:
    """A style for the generator. ``own`` and ``correction`` come from a survey of the whole picture; ``share``
    is H x W in 0..1, None for all of every pixel.
    """

    code: NDArray[np.float32]
    strength: float
    own: Appearance
    share: NDArray[np.float32] | None = None
    correction: ColorCorrection | None = None
    changes: Changes = ()


class Painter:
    """The base model on a device. Pictures are H x W x 3 uint8; style codes are vectors of float32 on the CPU."""

    def __init__(self, weights: Path, device: torch.device, precision: torch.dtype = torch.float32) -> None:
        self.device = device
        self.precision = precision
        self.model_hash = weights_hash(weights)
        self._generator = channels_last(load_weights(Generator(), weights).to(device))
        self._changed: RecentCache[Generator] = RecentCache(_GENERATORS_KEPT)

    def takes(self, change: WeightChange) -> bool:
        """Return whether the base model has all the weights that a style wants changed."""
        weights = tuned_weights(self._generator)
        return all(name in weights and weights[name].shape == value.shape for name, value in change.weights.items())

    def bytes_needed(self, width: int, height: int) -> int:
        """Return about how much memory painting a picture of this size takes."""
        return width * height * _BYTES_PER_PIXEL

    def encode(self, pixels: NDArray[np.uint8]) -> ContentFeatures:
        """Return the features of a content image, or of a tile of one."""
        with torch.inference_mode(), self._autocast():
            return self._generator.encode(self._to_tensor(pixels))

    def appearance(self, features: ContentFeatures, share: NDArray[np.float32] | None = None) -> Appearance:
        """Return how a content image looks as a whole, or the region of it that ``share`` (H x W) marks."""
        with torch.inference_mode():
            return self._generator.appearance(features, None if share is None else self._to_share(share, features))

    def style_code(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the code of a style image."""
        with torch.inference_mode(), self._autocast():
            return self._generator.style_code(self._to_tensor(pixels))[0].float().cpu().numpy()

    def survey(
        self,
        features: ContentFeatures,
        layers: Sequence[PaintLayer],
        seen: Sequence[NDArray[np.float32] | None],
    ) -> tuple[list[PaintLayer], NDArray[np.float32]]:
        """Paint a whole picture. Return its layers with the correction of their colours, for tiles of the same
        picture at a larger size, and the result, H x W x 3, not clipped. ``seen`` says how much of each layer will be
        seen of each pixel (H x W in 0..1; None: all).
        """
        with torch.inference_mode(), self._autocast():
            given = self._layers(layers, features)
            painted = self._paint(features, layers, given)
            measured = [
                layer._replace(share=None if share is None else self._to_share(share, features))
                for layer, share in zip(given, seen, strict=True)
            ]
            corrections = self._generator.color_corrections(painted, measured)
            given = [layer._replace(correction=found) for layer, found in zip(given, corrections, strict=True)]
            result = self._to_pixels(self._generator.correct_colors(painted, given), features)
        surveyed = [
            dataclasses.replace(layer, correction=found) for layer, found in zip(layers, corrections, strict=True)
        ]
        return surveyed, result

    def paint_tile(
        self, features: ContentFeatures, layers: Sequence[PaintLayer], origin: tuple[int, int]
    ) -> NDArray[np.float32]:
        """Paint a tile that begins at ``origin`` (row, column, multiples of 8), with surveyed layers whose shares are
        the tile's.
        """
        with torch.inference_mode(), self._autocast():
            given = self._layers(layers, features)
            painted = self._generator.correct_colors(self._paint(features, layers, given, origin), given)
            return self._to_pixels(painted, features)

    def free_memory(self) -> None:
        """Give the memory that torch keeps for later back to the graphics card."""
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def _paint(
        self,
        features: ContentFeatures,
        layers: Sequence[PaintLayer],
        given: Sequence[Layer],
        origin: tuple[int, int] = (0, 0),
    ) -> torch.Tensor:
        """Paint layers, ``given`` as the generator takes them. Layers with the same weights melt as features; what
        different weights paint is mixed as pixels, each by the share of its layers.
        """
        groups: dict[Changes, list[Layer]] = {}
        for layer, prepared in zip(layers, given, strict=True):
            # Strength moves the weights as it moves the code: from the content's own look to the style's.
            changes = tuple((change, share * layer.strength) for change, share in layer.changes)
            groups.setdefault(changes, []).append(prepared)
        painted = None
        for changes, group in groups.items():
            generator = self._generator_for(changes)
            if len(groups) == 1:
                return generator.paint(features, group, origin)
            shares = torch.cat([layer.share for layer in group if layer.share is not None], 1)
            total = shares.sum(1, keepdim=True)
            if not total.any():
                continue
            # Within the group shares add up to 1; what is painted where it has none counts for nothing.
            inside = torch.where(total > 0, shares / total.clamp_min(1e-6), 0.0)
            inside[:, :1] += (total <= 0).to(inside.dtype)
            alone = [layer._replace(share=inside[:, n : n + 1]) for n, layer in enumerate(group)]
            if len(alone) == 1:
                alone = [alone[0]._replace(share=None)]
            part = generator.paint(features, alone, origin) * total
            painted = part if painted is None else painted + part
        assert painted is not None
        return painted

    def _generator_for(self, changes: Changes) -> Generator:
        if not changes:
            return self._generator
        weights = [(change.weights, amount) for change, amount in changes]
        return self._changed.get(changes, lambda: changed_generator(self._generator, weights))

    def _layers(self, layers: Sequence[PaintLayer], features: ContentFeatures) -> list[Layer]:
        return [
            Layer(
                torch.from_numpy(layer.code)[None].to(self.device),
                layer.own,
                layer.strength,
                None if layer.share is None else self._to_share(layer.share, features),
                layer.correction,
            )
            for layer in layers
        ]

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self.device.type, self.precision, enabled=self.precision != torch.float32)

    def _to_tensor(self, pixels: NDArray[np.uint8]) -> torch.Tensor:
        image = torch.from_numpy(np.ascontiguousarray(pixels)).to(self.device).permute(2, 0, 1)[None]
        return image.float().div_(255).contiguous(memory_format=torch.channels_last)

    def _to_share(self, share: NDArray[np.float32], features: ContentFeatures) -> torch.Tensor:
        tensor = torch.from_numpy(np.ascontiguousarray(share))[None, None].to(self.device)
        height, width = features.image.shape[-2:]
        return F.pad(tensor, (0, width - features.width, 0, height - features.height), mode="replicate")

    @staticmethod
    def _to_pixels(image: torch.Tensor, features: ContentFeatures) -> NDArray[np.float32]:
        return image[0, :, : features.height, : features.width].permute(1, 2, 0).float().cpu().numpy()
