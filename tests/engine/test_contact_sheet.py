"""Contact sheets: where each picture stands, what is written below it, and what does not fit."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import contact_sheet
from engine.api import (
    Cancelled,
    ModelError,
    Picture,
    PictureError,
    StyleChoice,
    StylizeRequest,
    StylizeResult,
    UsageError,
)
from engine.contact_sheet import SheetCell, SheetSize, SheetStyle, compose_sheet, paint_cells

RED, GREEN, BLUE = (200, 30, 30), (30, 200, 30), (30, 30, 200)


def plain(color, width=100, height=60, name="photo"):
    return Picture(np.full((height, width, 3), color, np.uint8), name=name)


def cells(*colors, photos=("photo",), styles=None):
    styles = styles or [f"style {number}" for number in range(len(colors))]
    pairs = [(photo, style) for photo in photos for style in styles]
    return [SheetCell(photo, style, plain(color)) for (photo, style), color in zip(pairs, colors, strict=True)]


def where(sheet, color):
    """Return left, top, right and bottom of what has a colour."""
    rows, columns = np.nonzero((sheet.pixels == np.array(color, np.uint8)).all(axis=2))
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def ink_below(sheet, box):
    """Return how many dark pixels there are below a picture, where its name stands."""
    left, _, right, bottom = box
    return int((sheet.pixels[bottom + 1 : bottom + 12, left:right].max(axis=2) < 100).sum())


def test_pictures_stand_in_rows_and_are_whole():
    sheet = compose_sheet(cells(RED, GREEN, BLUE), SheetSize(100, 2))
    red, green, blue = (where(sheet, color) for color in (RED, GREEN, BLUE))
    for left, top, right, bottom in (red, green, blue):
        assert (right - left, bottom - top) == (100, 60)
    assert red[1] == green[1] < blue[1]
    assert red[0] == blue[0] < green[0]


def test_each_has_its_name_and_all_have_a_heading():
    sheet = compose_sheet(cells(RED, GREEN), SheetSize(100, 2))
    assert ink_below(sheet, where(sheet, RED)) > 10
    top = where(sheet, RED)[1]
    assert int((sheet.pixels[:top].max(axis=2) < 100).sum()) > 10
    assert sheet.name == "photo"


def test_many_photos_in_many_styles_are_a_row_each():
    sheet = compose_sheet(cells(RED, GREEN, BLUE, (9, 9, 9), photos=("a", "b"), styles=["x", "y"]), SheetSize(100))
    red, green, blue = (where(sheet, color) for color in (RED, GREEN, BLUE))
    assert red[1] == green[1]
    assert red[0] == blue[0]


def test_a_name_that_is_too_long_stays_below_its_picture():
    long = [SheetCell("photo", "W" * 200, plain(RED)), SheetCell("photo", "i", plain(GREEN))]
    sheet = compose_sheet(long, SheetSize(100, 2))
    left, _, right, bottom = where(sheet, RED)
    beside = sheet.pixels[bottom + 1 : bottom + 12, right : where(sheet, GREEN)[0]]
    assert ink_below(sheet, (left, 0, right, bottom)) > 10
    assert int((beside.max(axis=2) < 100).sum()) == 0


@pytest.mark.parametrize("fonts", [contact_sheet._FONTS, ()])
@pytest.mark.parametrize("name", ["雪景照片", "Café", "Ελλάδα", "\n\t", ""])
def test_any_name_can_be_written(monkeypatch, name, fonts):
    monkeypatch.setattr(contact_sheet, "_FONTS", fonts)
    contact_sheet._font_of_the_system.cache_clear()
    sheet = compose_sheet(
        [SheetCell("photo", name, plain(RED)), SheetCell("photo", "b", plain(BLUE))], SheetSize(100, 2)
    )
    ink = ink_below(sheet, where(sheet, RED))
    assert (ink > 10) is bool(name.strip())
    contact_sheet._font_of_the_system.cache_clear()


def test_what_failed_leaves_its_place_empty_with_its_name():
    broken = SheetCell("photo", "broken", None, PictureError("It is empty."))
    sheet = compose_sheet([*cells(RED), broken], SheetSize(100, 2))
    _, top, right, bottom = where(sheet, RED)
    place = sheet.pixels[top:bottom, right + 8 : right + 8 + 90]
    assert (place[:, :, 0] < 230).mean() > 0.9  # darker than the paper, and no picture
    assert len(np.unique(place)) < 5
    assert ink_below(sheet, (right + 8, top, right + 100, bottom)) > 10


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (4, 2), (5, 3), (24, 5)])
def test_columns_look_well(count, columns):
    assert SheetSize().columns_of(1, count) == columns
    assert SheetSize().columns_of(count, 1) == columns
    assert SheetSize(columns=7).columns_of(1, count) == 7


def test_the_largest_size_is_never_exceeded():
    size = SheetSize(100, 2)
    tall = [SheetCell("photo", str(number), plain(RED, 70, 100)) for number in range(3)]
    sheet = compose_sheet(tall, size)
    width, height = size.largest(1, 3)
    assert sheet.width <= width
    assert sheet.height <= height


@pytest.mark.parametrize("arguments", [{"cell": 10}, {"cell": 9999}, {"columns": 0}, {"columns": 1000}])
def test_sizes_out_of_range_are_refused(arguments):
    with pytest.raises(UsageError):
        SheetSize(**arguments)


def test_a_sheet_of_too_many_pixels_is_refused():
    with pytest.raises(UsageError, match="too large"):
        SheetSize(4096).largest(10, 10)


# Painting


def paint(photos, styles, stylize, cell=100):
    settings = StylizeRequest(content=Path("any"), styles=(StyleChoice("any"),), strength=0.5)
    chosen = [SheetStyle(style.title(), StyleChoice(style)) for style in styles]
    return list(paint_cells(stylize, photos, chosen, settings, cell))


def test_each_photo_is_painted_in_each_style_as_large_as_a_preview():
    requests = []

    def stylize(request):
        requests.append(request)
        return StylizeResult(request.content, 0.1, "cpu")

    photos = [plain(RED, 300, 200, "one"), plain(GREEN, 300, 200, "two")]
    made = paint(photos, ["blue", "waves"], stylize)
    assert [(cell.photo, cell.style) for cell in made] == [
        ("one", "Blue"),
        ("one", "Waves"),
        ("two", "Blue"),
        ("two", "Waves"),
    ]
    assert all(cell.picture is not None and cell.picture.width == 100 for cell in made)
    assert {(request.strength, request.max_side) for request in requests} == {(0.5, 1024)}
    assert [request.styles for request in requests[:2]] == [(StyleChoice("blue"),), (StyleChoice("waves"),)]


def test_what_cannot_be_read_or_painted_is_a_cell_with_its_error(tmp_path):
    (tmp_path / "broken.png").write_bytes(b"no picture")
    Image.new("RGB", (50, 50)).save(tmp_path / "good.png")

    def stylize(request):
        if request.styles[0].style == "bad":
            raise PictureError("Too small.")
        return StylizeResult(request.content, 0.1, "cpu")

    made = paint([tmp_path / "broken.png", tmp_path / "good.png"], ["bad", "good"], stylize)
    assert [(cell.photo, cell.picture is None) for cell in made] == [
        ("broken", True),
        ("broken", True),
        ("good", True),
        ("good", False),
    ]
    assert "broken.png is not a picture" in str(made[0].error)


@pytest.mark.parametrize("error", [Cancelled(), ModelError("There is no base model.")])
def test_what_all_would_meet_ends_the_work(error):
    def stylize(request):
        raise error

    with pytest.raises(type(error)):
        paint([plain(RED)], ["blue"], stylize)
