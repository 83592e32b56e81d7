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


@pytest.fixture
def studio(tmp_path, perceptual, monkeypatch):
    from engine.training import artist_data, tuning_session, tuning_task
    from tests.engine.training.studio import Studio

    monkeypatch.setattr(tuning_task, "_SHOWN_SIDE", 64)
    monkeypatch.setattr(tuning_task, "_REPLAY_EVERY", 4)  # within the few steps of a test
    monkeypatch.setattr(tuning_task, "_MEASURED", 2)
    monkeypatch.setattr(tuning_task, "_MEASURED_SIDE", 256)
    monkeypatch.setattr(artist_data, "_LARGEST_VIEW", 128)
    monkeypatch.setattr(tuning_session, "_CHECKPOINT_SECONDS", 0.0)
    return Studio(tmp_path, perceptual)
