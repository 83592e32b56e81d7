"""What a training is to be: everything that the panel asks for besides the works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.train_request import Quality, TrainRequest

SIDE_STEP = 16
SIDE_RANGE = (64, 512)
"""Sides of the pictures that the window trains on, in pixels: with larger ones a step takes so long that closing would
wait for it."""


@dataclass(frozen=True)
class Lesson:
    """``photos`` is a folder to practise on (None: samples, drawings and the opened picture), ``previews`` are painted
    meanwhile (none: the opened picture). ``steps`` 0 leaves it to ``quality``. Weights are factors, 1 is the default.
    """

    name: str = ""
    artist: str = ""
    licence: str = ""
    description: str = ""
    photos: Path | None = None
    previews: tuple[Path, ...] = ()
    quality: Quality = "standard"
    content_weight: float = 1.0
    style_weight: float = 1.0
    adversarial_weight: float = 1.0
    steps: int = 0
    side: int = TrainRequest.side
    learning_rate: float = TrainRequest.learning_rate

    def request(
        self, works: tuple[Path, ...], opened: Path | None, device: str, *, overwrite: bool = False
    ) -> TrainRequest:
        """Return what the engine is to learn; ``opened`` is the file of the opened picture. Raises UsageError."""
        more = () if opened is None else (opened,)
        return TrainRequest(
            name=self.name,
            works=works,
            artist=self.artist.strip(),
            description=self.description.strip(),
            licence=self.licence.strip(),
            content=self.photos,
            photos=more if self.photos is None else (),
            previews=self.previews or more,
            quality=self.quality,
            steps=self.steps or None,
            content_weight=self.content_weight,
            style_weight=self.style_weight,
            adversarial_weight=self.adversarial_weight,
            side=self.side,
            learning_rate=self.learning_rate,
            device=device,
            overwrite=overwrite,
        )
