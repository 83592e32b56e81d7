"""Styles that change the generator's weights: alone, mixed, in regions, and refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.api import Picture, Region, StyleChoice, StyleError, StyleGradient
from engine.networks.generator import Generator
from engine.networks.tuned_weights import changed_generator, tuned_weights
from engine.networks.weights import load_weights
from engine.styles import StyleInformation, StyleLibrary, write_style_file
from engine.stylization import Stylizer
from engine.stylization.rendering import Rendering
from tests.engine.stylization.pictures import difference, picture, request


def _write(stylizer: Stylizer, path: Path, seed: int, amount: float = 0.05, **changes: object) -> Path:
    values = {"name": path.stem, "artist": "", "description": "", "licence": "", "created": "", "source": "a test"}
    base = {"base_model": stylizer.model_hash, "kind": "fine-tuned"}
    information = StyleInformation(**{**values, **base, **changes})  # type: ignore[arg-type]
    torch.manual_seed(seed)
    weights = {
        f"weights.{name}": (torch.randn_like(weight) * amount).half().numpy()
        for name, weight in tuned_weights(Generator()).items()
    }
    write_style_file(path, information, {**stylizer.style_tensors(picture(seed)), **weights})
    return path


@pytest.fixture
def tuned(stylizer: Stylizer, tmp_path: Path) -> Path:
    return _write(stylizer, tmp_path / "tuned.scumble", 1)


def _plain(stylizer: Stylizer, folder: Path, seed: int) -> Path:
    """The same code without changes of weights."""
    return _write(stylizer, folder / f"plain {seed}.scumble", seed, amount=0.0)


def test_changed_weights_show(stylizer: Stylizer, tuned: Path, tmp_path: Path) -> None:
    result = stylizer.stylize(request(styles=(StyleChoice(tuned),))).picture
    plain = stylizer.stylize(request(styles=(StyleChoice(_plain(stylizer, tmp_path, 1)),))).picture
    from_picture = stylizer.stylize(request()).picture
    assert difference(plain, from_picture) < 1
    assert difference(result, plain) > 2


def test_a_style_with_changes_leaves_the_others_as_they_are(stylizer: Stylizer, tuned: Path) -> None:
    before = stylizer.stylize(request()).picture
    stylizer.stylize(request(styles=(StyleChoice(tuned),)))
    assert np.array_equal(stylizer.stylize(request()).picture.pixels, before.pixels)


def test_weights_of_a_mix_are_the_base_plus_the_weighted_changes(base_model: Path) -> None:
    base = load_weights(Generator(), base_model)
    a, b = ({name: torch.randn_like(w) for name, w in tuned_weights(base).items()} for _ in range(2))
    mixed = changed_generator(base, [(a, 0.25), (b, 0.5)])
    for name, weight in mixed.named_parameters():
        start = base.get_parameter(name)
        wanted = start + 0.25 * a[name] + 0.5 * b[name] if name in a else start
        assert torch.allclose(weight, wanted, atol=1e-6)
    with pytest.raises(ValueError):
        changed_generator(base, [({"encoder.half_1.weight": torch.zeros(1)}, 1.0)])


def test_a_mix_of_two_lies_between_them(stylizer: Stylizer, tuned: Path, tmp_path: Path) -> None:
    other = _write(stylizer, tmp_path / "other.scumble", 2)
    alone = stylizer.stylize(request(styles=(StyleChoice(tuned),))).picture
    with_nothing = stylizer.stylize(request(styles=(StyleChoice(tuned), StyleChoice(other, 0.0)))).picture
    assert np.array_equal(alone.pixels, with_nothing.pixels)
    twice = stylizer.stylize(request(styles=(StyleChoice(tuned), StyleChoice(tuned, 2.0)))).picture
    assert difference(twice, alone) < 1
    second = stylizer.stylize(request(styles=(StyleChoice(other),))).picture
    mix = stylizer.stylize(request(styles=(StyleChoice(tuned), StyleChoice(other)))).picture
    assert difference(mix, alone) < difference(alone, second)
    assert difference(mix, second) < difference(alone, second)
    mostly = stylizer.stylize(request(styles=(StyleChoice(tuned, 9.0), StyleChoice(other)))).picture
    assert difference(mostly, alone) < difference(mix, alone)


def test_strength_goes_steadily_to_the_full_hand(stylizer: Stylizer, tuned: Path) -> None:
    results = [stylizer.stylize(request(styles=(StyleChoice(tuned),), strength=s)).picture for s in (0, 0.02, 0.3, 1)]
    distances = [difference(result, picture(0)) for result in results]
    assert distances[0] == 0
    assert distances == sorted(distances)
    assert distances[1] < 3


def _mask(left: int, right: int) -> Picture:
    mask = np.zeros((60, 90, 3), np.uint8)
    mask[:, left:right] = 255
    return Picture(mask)


def test_a_region_is_painted_with_its_own_weights(stylizer: Stylizer, tuned: Path, tmp_path: Path) -> None:
    region = Region(_mask(45, 90), (StyleChoice(tuned),))
    result = stylizer.stylize(request(styles=(StyleChoice(picture(2)),), regions=(region,))).picture
    plain_region = Region(_mask(45, 90), (StyleChoice(_plain(stylizer, tmp_path, 1)),))
    plain = stylizer.stylize(request(styles=(StyleChoice(picture(2)),), regions=(plain_region,))).picture
    change = np.abs(result.pixels.astype(float) - plain.pixels).mean((0, 2))
    # Features melt within the reach of the decoder's kernels; beyond it each side has weights of its own.
    assert change[60:].mean() > 2
    assert change[:20].mean() < change[60:].mean() / 4


def test_a_region_of_everything_is_the_style_alone(stylizer: Stylizer, tuned: Path) -> None:
    region = Region(_mask(0, 90), (StyleChoice(tuned),))
    alone = stylizer.stylize(request(styles=(StyleChoice(tuned),))).picture
    covered = stylizer.stylize(request(styles=(StyleChoice(picture(2)),), regions=(region,))).picture
    assert difference(alone, covered) < 1


def test_a_gradient_begins_and_ends_with_its_styles(stylizer: Stylizer, tuned: Path, tmp_path: Path) -> None:
    other = _write(stylizer, tmp_path / "other.scumble", 2)
    styles = (StyleChoice(tuned), StyleChoice(other))
    both = stylizer.stylize(request(styles=styles, gradient=StyleGradient())).picture
    first, last = (stylizer.stylize(request(styles=(style,))).picture for style in styles)

    def near(a: Picture, columns: slice) -> float:
        return float(np.abs(both.pixels[:, columns].astype(float) - a.pixels[:, columns]).mean())

    assert near(first, slice(0, 8)) < near(last, slice(0, 8))
    assert near(last, slice(82, 90)) < near(first, slice(82, 90))


def test_tiles_have_the_changed_weights_too(stylizer: Stylizer, tuned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture(0, 200, 300)
    whole = stylizer.stylize(request(content=content, styles=(StyleChoice(tuned),))).picture
    monkeypatch.setattr("engine.stylization.stylizer.SURVEY_SIDE", 150)
    monkeypatch.setattr(Rendering.__init__, "__defaults__", (96,))
    tiled = stylizer.stylize(request(content=content, styles=(StyleChoice(tuned),), fixed_strokes=True)).picture
    plain = stylizer.stylize(request(content=content, fixed_strokes=True)).picture
    assert difference(tiled, whole) < difference(plain, whole)


def test_the_library_knows_it_by_name(stylizer: Stylizer, library: StyleLibrary, tuned: Path) -> None:
    library.import_file(tuned)
    by_name = stylizer.stylize(request(styles=(StyleChoice("Tuned"),))).picture
    assert np.array_equal(by_name.pixels, stylizer.stylize(request(styles=(StyleChoice(tuned),))).picture.pixels)


def test_files_of_another_base_model_or_of_strange_weights_are_refused(stylizer: Stylizer, tmp_path: Path) -> None:
    foreign = _write(stylizer, tmp_path / "foreign.scumble", 1, base_model="0" * 64)
    with pytest.raises(StyleError, match="another version of Scumble"):
        stylizer.stylize(request(styles=(StyleChoice(foreign),)))
    values = {"artist": "", "description": "", "licence": "", "created": "", "source": "", "kind": "fine-tuned"}
    information = StyleInformation(name="x", base_model=stylizer.model_hash, **values)  # type: ignore[arg-type]
    for number, strange in enumerate(
        (
            {"weights.encoder.half_1.weight": np.zeros((32, 12, 3, 3), np.float16)},
            {"weights.to_pixels.bias": np.zeros(3, np.float16)},
            {"weights.nothing": np.zeros(3, np.float16)},
        )
    ):
        path = tmp_path / f"strange {number}.scumble"
        write_style_file(path, information, {**stylizer.style_tensors(picture(1)), **strange})
        with pytest.raises(StyleError, match="does not hold a style"):
            stylizer.stylize(request(styles=(StyleChoice(path),)))
