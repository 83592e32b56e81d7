import json
import os
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save

from engine.api import StyleError
from engine.styles import check_base_model, read_style_file, read_style_information, write_style_file

HEADER = {
    "format": 1,
    "name": "Waves",
    "artist": "A",
    "description": "",
    "licence": "CC0-1.0",
    "created": "2026-01-02",
    "source": "x",
    "base_model": "ab",
    "kind": "code",
    "thumbnail": "",
}
CODE = {"code": np.zeros(4, np.float32)}


def _file(path, header, tensors=CODE):
    text = header if isinstance(header, str) else json.dumps(header)
    path.write_bytes(save(tensors, {"scumble_style": text}))
    return path


def _refusal(path):
    with pytest.raises(StyleError) as caught:
        read_style_file(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_was_written_is_read_again(tmp_path, information, tensors):
    path = tmp_path / "waves.scumble"
    written = information("Große 波", description="two\nlines")

    write_style_file(path, written, tensors)
    read, values = read_style_file(path)

    assert (read.name, read.description, read.thumbnail, read.path) == ("Große 波", "two\nlines", b"a picture", path)
    assert {**vars(read), "path": None} == vars(written)
    assert np.array_equal(values["code"], tensors["code"])
    assert read_style_information(path) == read


def test_half_precision_is_read_as_single(tmp_path):
    path = _file(tmp_path / "half.scumble", HEADER, {"code": np.ones(4, np.float16)})

    assert read_style_file(path)[1]["code"].dtype == np.float32


def test_an_existing_file_is_replaced_only_when_asked(tmp_path, information, tensors):
    path = tmp_path / "waves.scumble"
    path.write_bytes(b"something dear")

    with pytest.raises(StyleError, match="exists already"):
        write_style_file(path, information(), tensors)
    assert path.read_bytes() == b"something dear"
    write_style_file(path, information(), tensors, overwrite=True)
    assert read_style_file(path)[0].name == "Waves"


def test_a_failed_write_leaves_nothing(tmp_path, information, tensors, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StyleError, match="No space left"):
        write_style_file(tmp_path / "waves.scumble", information(), tensors)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"format": "1"},
        {"format": True},
        {"format": None},
        {"name": ""},
        {"name": "x" * 500},
        {"name": 7},
        {"kind": "pickle"},
        {"artist": ["a"]},
        {"description": "x" * 100_000},
        {"base_model": None},
    ],
)
def test_a_header_that_is_wrong_is_refused(tmp_path, change):
    path = _file(tmp_path / "odd.scumble", {**HEADER, **change})

    assert _refusal(path)


@pytest.mark.parametrize("missing", sorted(set(HEADER) - {"thumbnail"}))
def test_a_header_that_lacks_something_is_refused(tmp_path, missing):
    header = {key: value for key, value in HEADER.items() if key != missing}

    assert "not a style file" in _refusal(_file(tmp_path / "odd.scumble", header))


@pytest.mark.parametrize("header", ["", "[]", "7", "{", "[" * 100_000])
def test_a_header_of_another_form_is_refused(tmp_path, header):
    assert "not a style file" in _refusal(_file(tmp_path / "odd.scumble", header))


def test_a_file_of_a_newer_scumble_says_so(tmp_path):
    assert "newer Scumble" in _refusal(_file(tmp_path / "new.scumble", {**HEADER, "format": 2}))


def test_letters_that_hide_something_are_dropped(tmp_path):
    path = _file(tmp_path / "odd.scumble", {**HEADER, "name": "Wa\u202eves\u0007", "artist": "A\u0000B"})

    information = read_style_information(path)

    assert (information.name, information.artist) == ("Waves", "AB")


def test_a_thumbnail_that_is_none_is_left_out(tmp_path):
    path = _file(tmp_path / "odd.scumble", {**HEADER, "thumbnail": "no base64 !"})

    assert read_style_information(path).thumbnail == b""


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(tmp_path, value):
    path = _file(tmp_path / "odd.scumble", HEADER, {"code": np.array([0, value], np.float32)})

    assert "damaged" in _refusal(path)


def test_tensors_of_other_kinds_are_refused(tmp_path):
    assert "damaged" in _refusal(_file(tmp_path / "odd.scumble", HEADER, {"code": np.arange(4)}))


@pytest.mark.parametrize(
    "content",
    [b"", b"1234", b"PK\x03\x04 a zip", b"\x80\x04 a pickle" * 50, struct.pack("<Q", 2**62) + b"{}", b"text" * 100],
)
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "other.scumble"
    path.write_bytes(content)

    assert "not a style file" in _refusal(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "cannot be read" in _refusal(tmp_path / "gone.scumble")
    (tmp_path / "folder.scumble").mkdir()
    assert "cannot be read" in _refusal(tmp_path / "folder.scumble")


def test_a_style_of_another_base_model_is_refused(information):
    check_base_model(information(base_model="ab"), "ab")
    with pytest.raises(StyleError, match="another version"):
        check_base_model(information(base_model="ab"), "cd")


WHOLE = save(CODE, {"scumble_style": json.dumps(HEADER)})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=st.integers(0, len(WHOLE)),
    damage=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8),
)
def test_damage_ends_in_a_style_or_in_words(tmp_path, cut, damage):
    data = bytearray(WHOLE)
    for place, value in damage:
        data[place] = value
    path = tmp_path / "damaged.scumble"
    path.write_bytes(data[:cut] if cut % 2 else data)

    try:
        information, tensors = read_style_file(path)
    except StyleError as error:
        assert "damaged.scumble" in str(error)  # noqa: PT017 (either end is right)
    else:
        assert information.name
        assert all(np.isfinite(tensor).all() for tensor in tensors.values())
