import io
import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from engine.api import OutputError, Picture
from engine.imaging import check_output, encode_picture, read_description, read_picture, write_picture

RANDOM = np.random.default_rng(3)
PIXELS = np.kron(RANDOM.integers(0, 256, (6, 8, 3), dtype=np.uint8), np.ones((8, 8, 1), np.uint8))
ALPHA = np.kron(RANDOM.integers(0, 256, (6, 8), dtype=np.uint8), np.ones((8, 8), np.uint8))
NAMES = ["picture.png", "picture.jpg", "picture.jpeg", "picture.webp", "picture.tif", "PICTURE.TIFF"]


def _refusal(picture: Picture, path: Path, overwrite: bool = False) -> str:
    before = {file: file.read_bytes() for file in path.parent.glob("*") if file.is_file()}
    with pytest.raises(OutputError) as caught:
        write_picture(picture, path, overwrite=overwrite)
    assert {file: file.read_bytes() for file in path.parent.glob("*") if file.is_file()} == before
    return str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_read_again(tmp_path, name):
    write_picture(Picture(PIXELS), tmp_path / name)

    again = read_picture(tmp_path / name).pixels

    lossless = name.lower().endswith((".png", ".tif", ".tiff"))
    assert np.abs(again.astype(int) - PIXELS).mean() <= (0 if lossless else 8)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_carries_srgb_exif_and_what_was_done(tmp_path, name):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "A camera"
    exif[ExifTags.Base.Orientation] = 6
    description = {"content": "Garten Grün", "strength": 0.8, "styles": [{"style": "波", "weight": 1.0}]}

    write_picture(Picture(PIXELS, exif=exif.tobytes()), tmp_path / name, description=description)

    with Image.open(tmp_path / name) as image:
        kept = image.getexif()
        assert kept[ExifTags.Base.Make] == "A camera"
        assert kept.get(ExifTags.Base.Orientation, 1) == 1
        profile = ImageCms.getOpenProfile(io.BytesIO(image.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileName(profile)
    assert read_description(tmp_path / name) == description


@pytest.mark.parametrize("name", ["picture.png", "picture.webp", "picture.tif"])
def test_alpha_is_kept(tmp_path, name):
    write_picture(Picture(PIXELS, ALPHA), tmp_path / name, quality=100)

    alpha = read_picture(tmp_path / name).alpha

    assert alpha is not None
    assert np.abs(alpha.astype(int) - ALPHA).max() <= 1


def test_jpeg_shows_transparent_places_white(tmp_path):
    write_picture(Picture(np.zeros_like(PIXELS), np.zeros_like(ALPHA)), tmp_path / "picture.jpg")

    assert read_picture(tmp_path / "picture.jpg").pixels.min() > 250


def test_a_lower_quality_makes_a_smaller_file():
    assert len(encode_picture(Picture(PIXELS), "jpg", 40)) < len(encode_picture(Picture(PIXELS), "jpg", 95))


def test_an_existing_file_is_replaced_only_when_asked(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"something dear")

    assert "exists already" in _refusal(Picture(PIXELS), path)

    write_picture(Picture(PIXELS), path, overwrite=True)
    assert np.array_equal(read_picture(path).pixels, PIXELS)


def test_names_that_cannot_be_written_are_refused(tmp_path):
    (tmp_path / "folder.png").mkdir()

    assert ".png, .jpg, .webp or .tif" in _refusal(Picture(PIXELS), tmp_path / "picture.xyz")
    assert ".png, .jpg, .webp or .tif" in _refusal(Picture(PIXELS), tmp_path / "picture")
    assert "is a folder" in _refusal(Picture(PIXELS), tmp_path / "folder.png", overwrite=True)
    with pytest.raises(OutputError, match="does not exist"):
        check_output(tmp_path / "nowhere" / "picture.png", overwrite=False)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "picture.png"
    path.write_bytes(b"something dear")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    assert "No space left on device" in _refusal(Picture(PIXELS), path, overwrite=True)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions stop")
def test_a_read_only_folder_is_an_error_in_words(tmp_path):
    tmp_path.chmod(0o500)
    try:
        assert "cannot be written" in _refusal(Picture(PIXELS), tmp_path / "picture.png")
    finally:
        tmp_path.chmod(0o700)


def test_sizes_that_a_format_does_not_allow(tmp_path):
    long = Picture(np.zeros((1, 16_384, 3), np.uint8))

    assert "at most 16383 pixels" in _refusal(long, tmp_path / "picture.webp")
    write_picture(long, tmp_path / "picture.png")


def test_a_foreign_file_has_no_description(tmp_path):
    Image.fromarray(PIXELS).save(tmp_path / "foreign.png")
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = json.dumps([1, 2])
    Image.fromarray(PIXELS).save(tmp_path / "list.jpg", exif=exif)
    (tmp_path / "text.png").write_text("text")

    assert [read_description(tmp_path / name) for name in ("foreign.png", "list.jpg", "text.png", "gone.png")] == [
        None
    ] * 4
