"""The discriminator: is each patch of this picture painted, in this style, or generated?

It looks at the features that the losses look at already, those of a network that has seen a million pictures, and not
at pixels: what tells paint from its imitation is plain there, and is learnt in some hundred steps where a network on
pixels still guesses after a thousand (Sauer et al., "Projected GANs converge faster", NeurIPS 2021).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.perceptual import PERCEPTUAL_LAYERS, VGG16_WIDTHS
from engine.networks.style_code import SUMMARY_SIZE

JUDGED_LAYERS = (-3, -2, -1)
"""Which of the perceptual features: relu2_1, relu3_1 and relu4_1, from brush marks to how they lie together. Counted
from the last, as the first may have been left out.
"""

_WIDTH = 64


def judged(features: Sequence[Tensor]) -> list[Tensor]:
    """Return those of the perceptual features that the discriminator looks at."""
    return [features[layer] for layer in JUDGED_LAYERS]


class PatchClassifier(nn.Module):
    """One logit for each patch of one feature map: how real it looks by itself, plus how well it goes with the style
    code.

    The second part is a projection (Miyato and Koyama, "cGANs with projection discriminator", ICLR 2018).
    """

    scale: Tensor

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, _WIDTH, 1)
        self.look = nn.Conv2d(_WIDTH, _WIDTH, 3, 2, 1)
        self.look_further = nn.Conv2d(_WIDTH, _WIDTH, 3, 1, 1)
        self.judge = nn.Conv2d(_WIDTH, 1, 1)
        self.embed = nn.Linear(SUMMARY_SIZE, _WIDTH)
        nn.init.zeros_(self.embed.weight)
        self.register_buffer("scale", torch.ones(()))

    def squeezed(self, features: Tensor) -> Tensor:
        # To divide the weights costs nothing, to divide the large maps does.
        return F.conv2d(features, self.squeeze.weight / self.scale, self.squeeze.bias)

    def forward(self, squeezed: Tensor, code: Tensor) -> Tensor:
        x = F.leaky_relu(squeezed, 0.2)
        x = F.leaky_relu(self.look(x), 0.2)
        x = F.leaky_relu(self.look_further(x), 0.2)
        return self.judge(x) + (x * self.embed(code).unsqueeze(2).unsqueeze(3)).mean(1, keepdim=True)


class Discriminator(nn.Module):
    """Patch classifiers of three layers of perceptual features.

    Input: what :func:`judged` returns of perceptual features, and normalised summaries of style codes, N x
    SUMMARY_SIZE. Output: logits, one N x 1 x h x w for each layer.
    """

    def __init__(self) -> None:
        super().__init__()
        widths = VGG16_WIDTHS[: len(PERCEPTUAL_LAYERS)]
        self.classifiers = nn.ModuleList(PatchClassifier(widths[layer]) for layer in JUDGED_LAYERS)

    def set_scales(self, features: Sequence[Tensor]) -> None:
        """Take the usual size of each layer, the root of its mean square, from those of the features of some pictures
        that are judged.
        """
        for x, classifier in zip(features, self.classifiers, strict=True):
            assert isinstance(classifier, PatchClassifier)
            classifier.scale.copy_(x.float().square().mean().sqrt().clamp_min(1e-3))

    def forward(
        self,
        features: Sequence[Tensor],
        code: Tensor,
        augment: Callable[[Sequence[Tensor]], Sequence[Tensor]] | None = None,
    ) -> list[Tensor]:
        """``augment`` is given the features of each layer once they have 64 channels, which are faster to change."""
        classifiers = [classifier for classifier in self.classifiers if isinstance(classifier, PatchClassifier)]
        squeezed = [classifier.squeezed(x) for x, classifier in zip(features, classifiers, strict=True)]
        seen = augment(squeezed) if augment is not None else squeezed
        return [classifier(x, code) for x, classifier in zip(seen, classifiers, strict=True)]
