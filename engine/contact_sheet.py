"""A contact sheet: pictures in styles, small, each with its name, as one picture."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.api import (
    SURVEY_SIDE,
    Cancelled,
    EngineError,
    ModelError,
    Picture,
    StyleChoice,
    StylizeRequest,
    StylizeResult,
    UsageError,
)
from engine.imaging import MAXIMUM_PIXELS, compose_over_white, read_picture, resize_picture

CELL_RANGE = (64, 4096)
DEFAULT_CELL = 384
MOST_COLUMNS = 100

_PAPER, _INK, _FAINT, _EMPTY = (242, 242, 242), (34, 34, 34), (110, 110, 110), (222, 222, 222)
# Pillow's own font knows ASCII. These are what systems have, those with Chinese first; Pillow knows where they are.
_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "msyh.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Medium.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "simsun.ttc",
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "Arial.ttf",
)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Stylize = Callable[[StylizeRequest], StylizeResult]


@dataclass(frozen=True)
class SheetStyle:
    """A style, and how it is called on the sheet."""

    title: str
    choice: StyleChoice


@dataclass(frozen=True)
class SheetCell:
    """One place of the sheet. Without a ``picture``, ``error`` says why."""

    photo: str
    style: str
    picture: Picture | None
    error: EngineError | None = None


@dataclass(frozen=True)
class SheetSize:
    """``cell`` is the longer side of each picture, in pixels; ``columns`` None is as many as look well."""

    cell: int = DEFAULT_CELL
    columns: int | None = None

    def __post_init__(self) -> None:
        low, high = CELL_RANGE
        if not low <= self.cell <= high:
            raise UsageError(
                "The pictures of a sheet can be {low} to {high} pixels large, not {value}.",
                low=low,
                high=high,
                value=self.cell,
            )
        if self.columns is not None and not 1 <= self.columns <= MOST_COLUMNS:
            raise UsageError(
                "A sheet can have 1 to {limit} columns, not {value}.", limit=MOST_COLUMNS, value=self.columns
            )

    def columns_of(self, photos: int, styles: int) -> int:
        """Return how many columns a sheet of so many pictures in so many styles has."""
        if self.columns is not None:
            return self.columns
        return styles if photos > 1 and styles > 1 else math.ceil(math.sqrt(photos * styles))

    def largest(self, photos: int, styles: int) -> tuple[int, int]:
        """Return the largest width and height that the sheet may have, in pixels. Raises UsageError if it has more
        pixels than any picture may have.
        """
        columns = self.columns_of(photos, styles)
        layout = _Layout(self.cell, self.cell, 2)
        width, height = layout.size(columns, math.ceil(photos * styles / columns))
        if width * height > MAXIMUM_PIXELS:
            raise UsageError(
                "A sheet of {count} pictures is too large at {cell} pixels each. Choose smaller ones.",
                count=photos * styles,
                cell=self.cell,
            )
        return width, height


def paint_cells(
    stylize: Stylize,
    photos: Sequence[Path | Picture],
    styles: Sequence[SheetStyle],
    settings: StylizeRequest,
    cell: int,
) -> Iterator[SheetCell]:
    """Yield each photo in each style, by photo.

    ``settings`` say how; its photo and its styles do not count. Each is painted as large as a preview, so that strokes
    look as they will in the result, and is then made small. What cannot be read or painted is a cell with its error.
    Raises Cancelled, and ModelError.
    """
    for source in photos:
        photo, unreadable = _read(source)
        for style in styles:
            if photo is None:
                name = source.stem if isinstance(source, Path) else source.name
                yield SheetCell(name, style.title, None, unreadable)
                continue
            request = replace(
                settings, content=photo, styles=(style.choice,), max_side=max(SURVEY_SIDE, cell), crop=None
            )
            try:
                result = stylize(request)
            except (Cancelled, ModelError):
                raise
            except EngineError as error:
                yield SheetCell(photo.name, style.title, None, error)
            else:
                yield SheetCell(photo.name, style.title, resize_picture(result.picture, cell))


def _read(source: Path | Picture) -> tuple[Picture | None, EngineError | None]:
    """Read a photo no larger than it is needed."""
    try:
        return (read_picture(source) if isinstance(source, Path) else source), None
    except EngineError as error:
        return None, error


@dataclass(frozen=True)
class _Layout:
    """Places of the pictures, each at most ``width`` x ``height`` pixels with ``lines`` of text below."""

    width: int
    height: int
    lines: int

    @property
    def gap(self) -> int:
        return max(8, self.width // 16)

    @property
    def text(self) -> int:
        return max(11, self.width // 18)

    @property
    def row(self) -> int:
        return self.height + self.lines * self.text * 3 // 2 + self.gap

    @property
    def top(self) -> int:
        return self.gap + self.text * 5 // 2

    def size(self, columns: int, rows: int) -> tuple[int, int]:
        return self.gap + columns * (self.width + self.gap), self.top + rows * self.row + self.gap // 2

    def place(self, number: int, columns: int) -> tuple[int, int]:
        """Return the left and top of a cell."""
        row, column = divmod(number, columns)
        return self.gap + column * (self.width + self.gap), self.top + row * self.row


def compose_sheet(cells: Sequence[SheetCell], size: SheetSize) -> Picture:
    """Return all cells on one sheet. What they have in common, the photo or the style, is the heading, the other
    stands below each.
    """
    photos, styles = {cell.photo for cell in cells}, {cell.style for cell in cells}
    columns = size.columns_of(len(cells) // max(1, len(styles)), len(styles))
    columns = min(columns, len(cells))
    shown = [cell.picture for cell in cells if cell.picture is not None]
    height = max((picture.height for picture in shown), default=size.cell)
    width = max((picture.width for picture in shown), default=size.cell)
    layout = _Layout(width, height, 2 if len(photos) > 1 and len(styles) > 1 else 1)
    sheet = Image.new("RGB", layout.size(columns, math.ceil(len(cells) / columns)), _PAPER)
    draw = ImageDraw.Draw(sheet)
    heading = next(iter(photos)) if len(photos) == 1 else next(iter(styles)) if len(styles) == 1 else ""
    room = sheet.width - 2 * layout.gap
    _write(draw, (layout.gap, layout.gap), heading, layout.text * 5 // 4, room, _INK)
    for number, cell in enumerate(cells):
        left, top = layout.place(number, columns)
        if cell.picture is None:
            draw.rectangle((left, top, left + width - 1, top + height - 1), fill=_EMPTY)
            draw.line((left, top, left + width - 1, top + height - 1), fill=_FAINT)
        else:
            picture = Image.fromarray(compose_over_white(cell.picture))
            sheet.paste(picture, (left + (width - picture.width) // 2, top + height - picture.height))
        lines = [cell.style] if len(photos) == 1 else [cell.photo] if len(styles) == 1 else [cell.style, cell.photo]
        for line, color in zip(lines, (_INK, _FAINT), strict=False):
            _write(draw, (left, top + height + layout.text // 3), line, layout.text, width, color)
            top += layout.text * 3 // 2
    return Picture(np.asarray(sheet).copy(), name=heading)


def _write(
    draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, room: int, color: tuple[int, int, int]
) -> None:
    """Write one line that is cut where there is no more room."""
    text, font = _fitting_font(" ".join(text.split()), size)
    shown = text
    while shown and font.getlength(shown) > room:
        shown = f"{shown.removesuffix('...')[:-1].rstrip()}..." if len(shown) > len("...") + 1 else ""
    draw.text(place, shown, font=font, fill=color)


def _fitting_font(text: str, size: int) -> tuple[str, Font]:
    """Return a font that can show the text, and the text as it can be shown."""
    font = None if text.isascii() else _font_of_the_system(size)
    if font is not None:
        return text, font
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() else "?" for letter in letters), ImageFont.load_default(size)


@lru_cache(8)
def _font_of_the_system(size: int) -> Font | None:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None
