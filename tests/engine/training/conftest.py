import numpy as np
import pytest
from PIL import Image, ImageFilter

from engine.networks.perceptual import PerceptualNetwork


@pytest.fixture
def pictures(tmp_path):
    """Return two folders of small pictures, photos and paintings."""
    folders = []
    for name in ("photos", "paintings"):
        folder = tmp_path / name
        folder.mkdir()
        for number in range(3):
            random = np.random.default_rng((len(name), number))
            noise = random.integers(0, 256, (96, 120, 3), dtype=np.uint8)
            Image.fromarray(noise).filter(ImageFilter.GaussianBlur(3)).save(folder / f"{number}.png")
        folders.append(folder)
    return folders


@pytest.fixture
def perceptual():
    import torch

    torch.manual_seed(3)
    return PerceptualNetwork().eval()
