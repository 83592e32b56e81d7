"""Half precision paints the same picture: by the real base model, on any processor."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import resources
from engine.api import StyleChoice, StylizeRequest
from engine.device import DeviceChoice
from engine.imaging import read_picture, resize_picture
from engine.stylization import Stylizer
from tests.engine.stylization.pictures import difference


def test_half_precision_stays_within_two_levels_of_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = resize_picture(read_picture(resources.SAMPLES / "landscape.jpg"), 320)
    results = {}
    for precision in (torch.float32, torch.bfloat16):
        monkeypatch.setattr(DeviceChoice, "precision", precision)
        stylizer = Stylizer(device="cpu")
        results[precision] = [
            stylizer.stylize(StylizeRequest(photo, (StyleChoice(style),))).picture
            for style in ("Olive Trees", "Woodcut", "Night Café")
        ]
    differences = [difference(a, b) for a, b in zip(*results.values(), strict=True)]
    assert np.mean(differences) < 2
    assert 0 < max(differences) < 4, "the two precisions are not one and the same"


def test_float32_is_the_choice_where_nothing_is_known_to_gain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"):
        monkeypatch.setattr(torch.cpu, name, lambda: False, raising=False)
    assert DeviceChoice(torch.device("cpu"), "cpu").precision is torch.float32
    assert DeviceChoice(torch.device("mps"), "mps").precision is torch.float32
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: True, raising=False)
    assert DeviceChoice(torch.device("cpu"), "cpu").precision is torch.bfloat16
