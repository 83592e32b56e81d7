"""What ships with Scumble is whole, belongs together, and is no larger than promised."""

import numpy as np
import pytest
from PIL import Image

import resources
from engine.imaging import decode_picture, read_picture
from engine.networks.generator import Generator
from engine.networks.perceptual import PerceptualNetwork
from engine.networks.style_code import CODE_SIZE
from engine.networks.weights import load_weights, weights_hash
from engine.styles import StyleLibrary, read_style_file


@pytest.fixture(scope="module")
def built_in(tmp_path_factory):
    return StyleLibrary(resources.BUILT_IN_STYLES, tmp_path_factory.mktemp("user")).styles()


def test_the_networks_load_and_are_small():
    load_weights(Generator(), resources.BASE_MODEL)
    load_weights(PerceptualNetwork(), resources.PERCEPTUAL_NETWORK)

    assert resources.BASE_MODEL.stat().st_size + resources.PERCEPTUAL_NETWORK.stat().st_size <= 16_000_000


def test_there_are_built_in_styles_of_painters_and_of_our_own(built_in):
    assert len(built_in) >= 16
    assert len({style.name for style in built_in}) == len(built_in)
    assert all(style.name and style.artist and style.source and style.licence for style in built_in)
    assert {style.artist == "Scumble" for style in built_in} == {True, False}


def test_every_built_in_style_belongs_to_the_base_model(built_in):
    assert {style.base_model for style in built_in} == {weights_hash(resources.BASE_MODEL)}
    for style in built_in:
        _, tensors = read_style_file(style.path)
        assert tensors["codes"].shape[1] == CODE_SIZE


def test_thumbnails_are_different_pictures(built_in):
    thumbnails = [decode_picture(style.thumbnail, style.name).pixels for style in built_in]

    assert {thumbnail.shape for thumbnail in thumbnails} == {(256, 256, 3)}
    assert len({thumbnail.tobytes() for thumbnail in thumbnails}) == len(built_in)


@pytest.mark.parametrize("name", ["landscape.jpg", "still_life.jpg"])
def test_sample_pictures_are_photos_in_size_and_detail(name):
    path = resources.SAMPLES / name
    pixels = read_picture(path).pixels

    assert pixels.shape == (1067, 1600, 3)
    assert path.stat().st_size < 700_000
    gray = np.asarray(Image.fromarray(pixels).convert("L")).astype(float)
    assert gray.std() > 30
    assert (np.abs(np.diff(gray)) > 8).mean() > 0.01, "there are edges, and not only grain"
    assert len(np.unique(pixels.reshape(-1, 3) // 16, axis=0)) > 300, "there are many colours"
