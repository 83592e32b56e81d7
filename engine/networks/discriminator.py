"""The discriminator: is each patch of this picture painted, in this style, or generated?"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.style_code import SUMMARY_SIZE

_WIDTHS = (32, 64, 128, 128)


class PatchClassifier(nn.Module):
    """One logit for each patch: how real it looks by itself, plus how well it goes with the style code.

    The second part is a projection (Miyato and Koyama, "cGANs with projection discriminator", ICLR 2018).
    Features are brought to one size as a whole (Zhang and Sennrich, "Root mean square layer normalization",
    NeurIPS 2019) and weights are not held back: under spectral normalisation the classifier still guessed after a
    thousand steps.
    """

    def __init__(self) -> None:
        super().__init__()
        convolutions = []
        inputs = 3
        for width, stride in zip(_WIDTHS, (2, 2, 2, 1), strict=True):
            convolutions.append(nn.Conv2d(inputs, width, 4 if stride == 2 else 3, stride, 1))
            inputs = width
        self.convolutions = nn.ModuleList(convolutions)
        self.judge = nn.Conv2d(inputs, 1, 1)
        self.embed = nn.Linear(SUMMARY_SIZE, inputs)

    def forward(self, image: Tensor, code: Tensor) -> Tensor:
        features = image * 2 - 1
        for convolution in self.convolutions:
            features = _to_one_size(F.leaky_relu(convolution(features), 0.2))
        projection = (features * self.embed(code).unsqueeze(2).unsqueeze(3)).mean(1, keepdim=True)
        return self.judge(features) + projection


def _to_one_size(features: Tensor) -> Tensor:
    """Return each picture's features, N x C x H x W, by the root of their mean square."""
    return features * features.float().square().mean((1, 2, 3), keepdim=True).add(1e-6).rsqrt().to(features.dtype)


class Discriminator(nn.Module):
    """Patch classifiers at full and half size: brush marks, and how they lie together.

    Input: N x 3 x H x W in 0..1, sides of 64 pixels and more, and normalised summaries of style codes, N x
    SUMMARY_SIZE. Output: logits, one N x 1 x h x w for each scale.
    """

    def __init__(self, scales: int = 2) -> None:
        super().__init__()
        self.classifiers = nn.ModuleList(PatchClassifier() for _ in range(scales))

    def forward(self, image: Tensor, code: Tensor) -> list[Tensor]:
        judgements = []
        for number, classifier in enumerate(self.classifiers):
            judgements.append(classifier(F.avg_pool2d(image, 2**number) if number else image, code))
        return judgements
