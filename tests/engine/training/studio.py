"""A place where tests learn a style: tiny works, a library, and models that nobody trained."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageFilter

from engine.networks.generator import Generator
from engine.networks.weights import weights_as_bytes
from engine.styles import StyleLibrary, read_style_file
from engine.train_request import TrainProgress, TrainRequest
from engine.training.fine_tuning import fine_tune


def _painting(path: Path, seed: int, size: tuple[int, int] = (300, 260)) -> Path:
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    image = Image.fromarray(noise).filter(ImageFilter.GaussianBlur(4))
    stretched = ((np.asarray(image).astype(float) - 128) * 5 + 128).clip(0, 255).astype(np.uint8)
    Image.fromarray(stretched).save(path)
    return path


class Studio:
    """A library, models, works, and a short way to train."""

    def __init__(self, folder: Path, perceptual) -> None:
        torch.manual_seed(0)
        generator = Generator()
        for layer in (generator.to_pixels, generator.modulation[-1], generator.noise_gain[-1]):
            assert isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear))
            torch.nn.init.normal_(layer.weight, std=0.02)
        self.base_model = folder / "base.safetensors"
        self.base_model.write_bytes(weights_as_bytes(generator, {}))
        self.perceptual = folder / "perceptual.safetensors"
        self.perceptual.write_bytes(weights_as_bytes(perceptual, {}))
        self.works = (_painting(folder / "one.png", 1), _painting(folder / "two.png", 2))
        self.folder = folder
        self.style_library = StyleLibrary(folder / "built-in", folder / "own")
        self.seen: list[TrainProgress] = []

    def request(self, **changes) -> TrainRequest:
        values = {"name": "My Hand", "works": self.works, "steps": 6, "side": 64, "batch_size": 2, "device": "cpu"}
        return TrainRequest(**{**values, "checkpoints": self.folder / "checkpoints", **changes})

    def learn(self, on_progress=None, control=None, **changes):
        def see(progress: TrainProgress) -> None:
            self.seen.append(progress)
            if on_progress is not None:
                on_progress(progress)

        models = {"base_model": self.base_model, "perceptual_network": self.perceptual}
        return fine_tune(self.request(**changes), see, control, library=self.style_library, **models)

    def notices(self) -> str:
        return " ".join(str(progress.notice) for progress in self.seen if progress.notice is not None)

    def tensors(self, result):
        return read_style_file(result.path)[1]


def equal(a, b):
    return a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a)


class Killed(BaseException):
    """Nothing catches this, as nothing catches kill -9."""


def kill_at(step):
    def see(progress):
        if progress.losses is not None and progress.step == step:
            raise Killed

    return see
