"""What is learnt from an artist's works: their style code, averaged, and the statistics each kind is known by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import fmean

import torch
from torch import Tensor, nn

from engine.losses import StyleStatistics, local_contrast, style_statistics
from engine.networks.encoder import LARGEST_STRIDE
from engine.networks.generator import Generator
from engine.networks.style_code import FILE_SCALES
from engine.training.artist_data import Works
from engine.training.data import to_tensor
from engine.training.kinds import kinds_of, mean_statistics, stacked_statistics

TRAINED_SCALES = (0.5, 1.0, 2.0)
"""Style scales that fine-tuning practises; the others profit."""

_CALM_SHARE = 0.1
"""So large a part of each work counts as its calmest."""


class Hand:
    """The averaged style code of the works for each scale of a style file, and for the scales that are trained the
    statistics of their features, averaged over each kind of works: K x C x C and K x C in each layer; and how much
    contrast (``local_contrast``) the calmest parts of the works have.
    """

    def __init__(
        self, codes: Tensor, statistics: dict[float, list[StyleStatistics]], calmest: dict[float, float]
    ) -> None:
        self.codes = codes
        self.statistics = statistics
        self.calmest = calmest

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
        calmest: dict[float, list[float]] = {scale: [] for scale in TRAINED_SCALES}
        for view in works.views():
            if on_work is not None:
                on_work()
            for scale in FILE_SCALES:
                pictures = [to_tensor([pixels]).to(device) for pixels in view.at(scale)]
                codes[scale].extend(generator.style_code(picture).cpu() for picture in pictures)
                if scale in seen:
                    seen[scale].append(mean_statistics([style_statistics(perceptual(_even(p))) for p in pictures]))
                    calmest[scale].extend(_calmest_part(picture) for picture in pictures)
        kinds = kinds_of(seen[1.0])
        statistics = {
            scale: stacked_statistics([mean_statistics([found[number] for number in kind]) for kind in kinds])
            for scale, found in seen.items()
        }
        mean_codes = torch.cat([torch.cat(codes[scale]).mean(0, keepdim=True) for scale in FILE_SCALES])
        return cls(mean_codes, statistics, {scale: fmean(found) for scale, found in calmest.items()})

    def code(self, scale: float) -> Tensor:
        return self.codes[FILE_SCALES.index(scale)][None]

    def to(self, device: torch.device) -> None:
        self.codes = self.codes.to(device)
        self.statistics = {
            scale: [StyleStatistics(*(value.to(device) for value in layer)) for layer in layers]
            for scale, layers in self.statistics.items()
        }

    def state(self) -> dict[str, Tensor]:
        state = {"codes": self.codes, "calmest": torch.tensor([self.calmest[scale] for scale in TRAINED_SCALES])}
        for scale, layers in self.statistics.items():
            for number, layer in enumerate(layers):
                state |= {f"gram.{scale}.{number}": layer.gram, f"mean.{scale}.{number}": layer.mean}
        return state

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        device = self.codes.device
        self.codes = state["codes"]
        self.calmest = dict(zip(TRAINED_SCALES, state["calmest"].tolist(), strict=True))
        for scale, layers in self.statistics.items():
            self.statistics[scale] = [
                StyleStatistics(state[f"gram.{scale}.{number}"], state[f"mean.{scale}.{number}"])
                for number in range(len(layers))
            ]
        self.to(device)


def _calmest_part(picture: Tensor) -> float:
    return float(local_contrast(picture).flatten().quantile(_CALM_SHARE))


def _even(picture: Tensor) -> Tensor:
    height, width = (side // LARGEST_STRIDE * LARGEST_STRIDE for side in picture.shape[-2:])
    return picture[..., :height, :width]
