"""What is learnt from an artist's works: their style code, and the statistics their pictures are known by, averaged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn

from engine.losses import StyleStatistics, style_statistics
from engine.networks.encoder import LARGEST_STRIDE
from engine.networks.generator import Generator
from engine.networks.style_code import FILE_SCALES
from engine.training.artist_data import Works
from engine.training.data import to_tensor

TRAINED_SCALES = (0.5, 1.0, 2.0)
"""Style scales that fine-tuning practises; the others profit."""


class Hand:
    """The averaged style code of the works for each scale of a style file, and the averaged statistics of their
    features for the scales that are trained.
    """

    def __init__(self, codes: Tensor, statistics: dict[float, list[StyleStatistics]]) -> None:
        self.codes = codes
        self.statistics = statistics

    @classmethod
    @torch.no_grad()
    def of_works(
        cls,
        works: Works,
        generator: Generator,
        perceptual: nn.Module,
        device: torch.device,
        on_work: Callable[[], None] | None = None,
    ) -> Hand:
        """Look at the works; ``on_work`` is called before each, and may raise."""
        codes: dict[float, list[Tensor]] = {scale: [] for scale in FILE_SCALES}
        seen: dict[float, list[list[StyleStatistics]]] = {scale: [] for scale in TRAINED_SCALES}
        for view in works.views():
            if on_work is not None:
                on_work()
            for scale in FILE_SCALES:
                for pixels in view.at(scale):
                    picture = to_tensor([pixels]).to(device)
                    codes[scale].append(generator.style_code(picture).cpu())
                    if scale in seen:
                        height, width = (side // LARGEST_STRIDE * LARGEST_STRIDE for side in pixels.shape[:2])
                        seen[scale].append(style_statistics(perceptual(picture[..., :height, :width])))
        statistics = {
            scale: [
                StyleStatistics(*(torch.stack(values).mean(0) for values in zip(*layer, strict=True)))
                for layer in zip(*found, strict=True)
            ]
            for scale, found in seen.items()
        }
        return cls(torch.cat([torch.cat(codes[scale]).mean(0, keepdim=True) for scale in FILE_SCALES]), statistics)

    def code(self, scale: float) -> Tensor:
        return self.codes[FILE_SCALES.index(scale)][None]

    def to(self, device: torch.device) -> None:
        self.codes = self.codes.to(device)
        self.statistics = {
            scale: [StyleStatistics(*(value.to(device) for value in layer)) for layer in layers]
            for scale, layers in self.statistics.items()
        }

    def state(self) -> dict[str, Tensor]:
        state = {"codes": self.codes}
        for scale, layers in self.statistics.items():
            for number, layer in enumerate(layers):
                state |= {f"gram.{scale}.{number}": layer.gram, f"mean.{scale}.{number}": layer.mean}
        return state

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        device = self.codes.device
        self.codes = state["codes"]
        for scale, layers in self.statistics.items():
            self.statistics[scale] = [
                StyleStatistics(state[f"gram.{scale}.{number}"], state[f"mean.{scale}.{number}"])
                for number in range(len(layers))
            ]
        self.to(device)
