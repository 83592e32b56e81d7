import io

import numpy as np
import pytest
from PIL import Image

from engine.api import Picture, StyleError
from engine.styles import style_of_picture


class Encoder:
    """Stands for the Stylizer."""

    model_hash = "cd" * 32

    def style_tensors(self, picture):
        return {"codes": np.full((2, 3), picture.width, np.float32)}


def painting(name="Painting in Oil", width=600, height=300):
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, :, 0] = np.linspace(0, 255, width, dtype=np.uint8)
    return Picture(pixels, name=name)


def test_a_style_is_called_like_its_picture_and_looks_like_it(library):
    style = library.add(*style_of_picture(Encoder(), painting()))

    assert style.name == "Painting in Oil"
    assert style.source == "Painting in Oil"
    assert style.base_model == "cd" * 32
    assert style.created.endswith("+00:00")
    with Image.open(io.BytesIO(style.thumbnail)) as thumbnail:
        assert thumbnail.size == (256, 128)
        pixels = np.asarray(thumbnail)
    assert pixels[60, 250, 0] > 230
    assert pixels[60, 5, 0] < 25


def test_a_name_can_be_given_and_must_be_one(library):
    assert style_of_picture(Encoder(), painting(), "  My  Hand ")[0].name == "My Hand"
    with pytest.raises(StyleError, match="1 to 80 letters"):
        style_of_picture(Encoder(), painting(), "x" * 81)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x" * 200, "x" * 80),
        ("", "Painting"),
        ("\u202e\x00", "Painting"),
        ("bad\udcff name", "bad name"),  # what Python makes of a file name that is no text
        ("睡莲 é", "睡莲 é"),
    ],
)
def test_any_file_name_makes_a_name(library, name, expected):
    style = library.add(*style_of_picture(Encoder(), painting(name)))

    assert style.name == expected
    assert library.find(expected).path == style.path


def test_the_same_picture_twice_gets_a_number(library):
    names = [library.add(*style_of_picture(Encoder(), painting())).name for _ in range(2)]

    assert names == ["Painting in Oil", "Painting in Oil 2"]


def test_transparent_places_are_white_on_the_thumbnail(library):
    pixels = np.zeros((64, 64, 3), np.uint8)
    information, _ = style_of_picture(Encoder(), Picture(pixels, alpha=np.zeros((64, 64), np.uint8)))

    with Image.open(io.BytesIO(information.thumbnail)) as thumbnail:
        assert thumbnail.mode == "RGB"
        assert np.asarray(thumbnail).min() > 250
