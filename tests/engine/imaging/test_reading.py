import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from engine.api import PictureError
from engine.imaging import compose_over_white, decode_picture, read_picture

SMOOTH = np.stack(
    [
        np.linspace(20, 220, 48)[None].repeat(32, 0),
        np.linspace(200, 40, 32)[:, None].repeat(48, 1),
        np.full((32, 48), 90.0),
    ],
    -1,
).astype(np.uint8)


def _error(path: Path) -> str:
    with pytest.raises(PictureError) as caught:
        read_picture(path)
    line = str(caught.value)
    assert "\n" not in line
    assert line.endswith(".")
    return line


@pytest.mark.parametrize(
    ("name", "options", "tolerance"),
    [
        ("photo.jpg", {"quality": 95, "subsampling": 0}, 6),
        ("photo.png", {}, 0),
        ("photo.webp", {"lossless": True}, 0),
        ("photo.tif", {"compression": "tiff_lzw"}, 0),
        ("photo.bmp", {}, 0),
        ("photo.heic", {"quality": 95}, 12),
        ("photo.avif", {"quality": 95}, 12),
    ],
)
def test_formats(tmp_path, name, options, tolerance):
    if name.endswith(".heic"):
        pillow_heif.from_pillow(Image.fromarray(SMOOTH)).save(tmp_path / name, **options)
    else:
        Image.fromarray(SMOOTH).save(tmp_path / name, **options)

    picture = read_picture(tmp_path / name)

    assert picture.name == "photo"
    assert picture.alpha is None
    assert np.abs(picture.pixels.astype(int) - SMOOTH).mean() <= tolerance


def test_a_jpeg_that_may_be_smaller_is_and_others_are_as_they_are(tmp_path):
    picture = Image.fromarray(SMOOTH).resize((640, 400))
    for mode, name in (("RGB", "color.jpg"), ("L", "gray.jpg"), ("CMYK", "print.jpg"), ("RGB", "color.png")):
        picture.convert(mode).save(tmp_path / name)
        whole, small = read_picture(tmp_path / name), read_picture(tmp_path / name, 90)
        assert (small.width, small.height) == ((160, 100) if name.endswith("jpg") else (640, 400))
        assert np.abs(small.pixels.mean((0, 1)) - whole.pixels.mean((0, 1))).max() < 2
    assert read_picture(tmp_path / "color.jpg", 401).width == 640


def test_a_gif_shows_its_first_frame(tmp_path):
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])

    pixels = read_picture(tmp_path / "moving.gif").pixels

    assert pixels[10, 10, 0] > 200
    assert pixels[10, 10, 2] < 50


@pytest.mark.parametrize("name", ["deep.png", "deep.tif"])
def test_sixteen_bits_of_gray_keep_their_tones(tmp_path, name):
    deep = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / name)

    pixels = read_picture(tmp_path / name).pixels

    assert pixels.shape == (64, 64, 3)
    assert np.abs(pixels[..., 0] - deep / 257).max() <= 1
    assert np.array_equal(pixels[..., 0], pixels[..., 2])


def test_sixteen_bits_of_color_keep_their_tones(tmp_path):
    # Pillow writes no such file, so its chunks are put together here.
    deep = (SMOOTH.astype(np.uint16) * 257).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in deep)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 48, 32, 16, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    (tmp_path / "deep.png").write_bytes(b"\x89PNG\r\n\x1a\n" + data)

    assert np.abs(read_picture(tmp_path / "deep.png").pixels.astype(int) - SMOOTH).max() <= 1


def test_gray_palette_and_one_bit(tmp_path):
    gray = Image.fromarray(SMOOTH).convert("L")
    gray.save(tmp_path / "gray.png")
    Image.fromarray(SMOOTH).quantize(64).save(tmp_path / "palette.png")
    gray.convert("1").save(tmp_path / "bits.png")

    assert np.array_equal(read_picture(tmp_path / "gray.png").pixels[..., 1], np.asarray(gray))
    assert np.abs(read_picture(tmp_path / "palette.png").pixels.astype(int) - SMOOTH).mean() < 12
    assert set(np.unique(read_picture(tmp_path / "bits.png").pixels)) == {0, 255}


def test_alpha_is_kept_apart_and_composed_over_white(tmp_path):
    alpha = np.zeros((32, 48), np.uint8)
    alpha[:, 24:] = 255
    Image.fromarray(np.dstack([SMOOTH, alpha])).save(tmp_path / "cut.png")

    picture = read_picture(tmp_path / "cut.png")

    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, alpha)
    assert np.array_equal(picture.pixels[:, 24:], SMOOTH[:, 24:])
    assert (compose_over_white(picture)[:, :24] == 255).all()


def test_a_palette_with_a_transparent_color_has_alpha(tmp_path):
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.putpixel((0, 0), 0)
    image.save(tmp_path / "palette.png", transparency=0)

    picture = read_picture(tmp_path / "palette.png")

    assert picture.alpha is not None
    assert picture.alpha[0, 0] == 0
    assert picture.alpha[4, 4] == 255


def test_alpha_that_hides_nothing_is_dropped(tmp_path):
    Image.fromarray(SMOOTH).convert("RGBA").save(tmp_path / "opaque.png")

    assert read_picture(tmp_path / "opaque.png").alpha is None


@pytest.mark.parametrize("name", ["print.jpg", "print.tif"])
def test_cmyk_becomes_rgb(tmp_path, name):
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(tmp_path / name)

    red, green, blue = read_picture(tmp_path / name).pixels[10, 10]

    assert red > 180
    assert green < 80
    assert blue < 80


def test_an_embedded_profile_is_converted_to_srgb(tmp_path):
    # The profile of L*a*b* is one that every Little CMS can make, and that differs much from sRGB.
    srgb = ImageCms.createProfile("sRGB")
    lab = ImageCms.createProfile("LAB")
    to_lab = ImageCms.buildTransform(srgb, lab, "RGB", "LAB")
    in_lab = ImageCms.applyTransform(Image.fromarray(SMOOTH), to_lab)
    assert in_lab is not None
    in_lab.save(tmp_path / "lab.tif", icc_profile=ImageCms.ImageCmsProfile(lab).tobytes())

    difference = np.abs(read_picture(tmp_path / "lab.tif").pixels.astype(int) - SMOOTH)

    assert difference.mean() < 3


def test_a_broken_profile_is_ignored(tmp_path):
    Image.fromarray(SMOOTH).save(tmp_path / "odd.png", icc_profile=b"no profile at all")

    assert np.array_equal(read_picture(tmp_path / "odd.png").pixels, SMOOTH)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_once(tmp_path, orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "A camera"
    Image.fromarray(SMOOTH).save(tmp_path / "turned.png", exif=exif)
    turned = {
        1: SMOOTH,
        2: SMOOTH[:, ::-1],
        3: SMOOTH[::-1, ::-1],
        4: SMOOTH[::-1],
        5: SMOOTH.transpose(1, 0, 2),
        6: SMOOTH.transpose(1, 0, 2)[:, ::-1],
        7: SMOOTH.transpose(1, 0, 2)[::-1, ::-1],
        8: SMOOTH.transpose(1, 0, 2)[::-1],
    }

    picture = read_picture(tmp_path / "turned.png")

    assert np.array_equal(picture.pixels, turned[orientation])
    assert picture.exif is not None
    kept = Image.Exif()
    kept.load(picture.exif)
    assert kept[ExifTags.Base.Make] == "A camera"
    assert kept.get(ExifTags.Base.Orientation, 1) == 1


def test_what_is_no_picture_says_so(tmp_path):
    (tmp_path / "text.jpg").write_text("Dear diary")
    (tmp_path / "empty.png").touch()
    Image.fromarray(SMOOTH).save(tmp_path / "half.png")
    whole = (tmp_path / "half.png").read_bytes()
    (tmp_path / "half.png").write_bytes(whole[: len(whole) // 2])

    assert "text.jpg is not a picture" in _error(tmp_path / "text.jpg")
    assert "empty.png is empty" in _error(tmp_path / "empty.png")
    assert "half.png is damaged" in _error(tmp_path / "half.png")
    assert "folder" in _error(tmp_path)
    assert "does not exist" in _error(tmp_path / "gone.png")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions stop")
def test_a_file_that_may_not_be_read_says_so(tmp_path):
    path = tmp_path / "secret.png"
    Image.fromarray(SMOOTH).save(path)
    path.chmod(0)

    assert "may not be read" in _error(path)


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path):
    # 40000 x 40000 pixels in a few kilobytes.
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40000, 40000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    (tmp_path / "bomb.png").write_bytes(bomb)

    assert "1600 million pixels" in _error(tmp_path / "bomb.png")


def test_one_pixel_and_a_very_long_picture_can_be_read(tmp_path):
    Image.new("RGB", (1, 1), "red").save(tmp_path / "dot.png")
    Image.new("RGB", (20000, 10), "red").save(tmp_path / "line.png")

    assert read_picture(tmp_path / "dot.png").pixels.shape == (1, 1, 3)
    assert read_picture(tmp_path / "line.png").pixels.shape == (10, 20000, 3)


def _encoded(kind: str) -> bytes:
    buffer = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(Image.fromarray(SMOOTH)).save(buffer)
    else:
        Image.fromarray(SMOOTH).save(buffer, kind)
    return buffer.getvalue()


WHOLE = {kind: _encoded(kind) for kind in ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "HEIF", "AVIF")}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    cut=st.floats(0, 1),
    damage=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
)
def test_damage_ends_in_a_picture_or_in_words(kind, cut, damage):
    data = bytearray(WHOLE[kind])
    for place, value in damage:
        data[int(place * len(data))] = value
    data = data[: int(cut * len(data))] if cut < 0.9 else data

    try:
        picture = decode_picture(bytes(data), "damaged")
    except PictureError as error:
        assert "damaged" in str(error)  # noqa: PT017 (either end is right)
    else:
        assert picture.pixels.ndim == 3


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_picture_or_in_words(data):
    try:
        decode_picture(data, "anything")
    except PictureError as error:
        assert "anything" in str(error)  # noqa: PT017 (the same)
