import numpy as np
import pytest

from engine.training.procedural_styles import PROCEDURAL_STYLES, procedural_style


@pytest.mark.parametrize("name", PROCEDURAL_STYLES)
@pytest.mark.parametrize("side", [32, 192])
def test_every_style_fills_its_square(name: str, side: int):
    pixels = procedural_style(name, 3, side)

    assert pixels.shape == (side, side, 3)
    assert pixels.dtype == np.uint8
    assert pixels.std() > 2, "a flat picture is no style"


@pytest.mark.parametrize("name", PROCEDURAL_STYLES)
def test_the_seed_decides_the_picture(name: str):
    first, again, other = (procedural_style(name, seed, 64) for seed in (1, 1, 2))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_there_are_enough_techniques():
    assert len(PROCEDURAL_STYLES) >= 12


def test_an_unknown_name_is_refused():
    with pytest.raises(KeyError):
        procedural_style("finger paint", 0, 64)
