"""``scumble sheet``: pictures in styles, small, as one labelled picture or in a folder."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Protocol

from engine.api import STYLE_SCALE_RANGE, StyleChoice, StylizeRequest, StylizeResult, UsageError
from engine.contact_sheet import CELL_RANGE, DEFAULT_CELL, SheetCell, SheetSize, SheetStyle, compose_sheet, paint_cells
from engine.imaging import check_output, check_side, write_picture
from engine.styles import STYLE_SUFFIX, StyleLibrary, read_style_information
from engine.stylize_outputs import folder_of_results, style_stem
from engine.stylize_words import style_choice


class StylizerLike(Protocol):
    """What this module needs of :class:`engine.stylization.Stylizer`."""

    def stylize(self, request: StylizeRequest) -> StylizeResult: ...


def make_stylizer(library: StyleLibrary, device: str) -> StylizerLike:
    """Load torch and the base model."""
    from engine.stylization import Stylizer

    return Stylizer(library, device)


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    low, high = STYLE_SCALE_RANGE
    summary = "one labelled picture, or a folder, of pictures in styles"
    sheet = subparsers.add_parser("sheet", help="a contact sheet of pictures in styles", description=summary)
    sheet.add_argument("content", nargs="+", type=Path, metavar="CONTENT", help="pictures to repaint")
    sheet.add_argument(
        "--style",
        action="append",
        required=True,
        metavar="STYLE",
        help="a picture, a style file or the name of a style in the library; again for more columns",
    )
    where = sheet.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", type=Path, metavar="FILE", help="the sheet")
    where.add_argument("--output-dir", type=Path, metavar="DIR", help="folder for the pictures, each by itself")
    sheet.add_argument(
        "--cell",
        type=int,
        default=DEFAULT_CELL,
        metavar=f"{CELL_RANGE[0]}..{CELL_RANGE[1]}",
        help=f"longer side of each picture in pixels (default {DEFAULT_CELL})",
    )
    sheet.add_argument("--columns", type=int, metavar="N", help="pictures beside each other; default: as looks well")
    sheet.add_argument("--strength", type=float, default=1.0, metavar="0..1", help="0 leaves the pictures as they are")
    sheet.add_argument(
        "--keep-color", type=float, default=0.0, metavar="0..1", help="1 keeps the pictures' own colours"
    )
    sheet.add_argument("--detail", type=float, default=0.0, metavar="0..1", help="brings fine detail back")
    sheet.add_argument(
        "--style-scale", type=float, default=1.0, metavar=f"{low}..{high:g}", help="size of the brush strokes"
    )
    sheet.add_argument(
        "--subject", choices=("keep", "only"), help="leave the main subject unpainted, or paint it alone"
    )
    sheet.add_argument("--device", default="auto", metavar="auto|cpu|cuda[:N]|mps|xpu", help="where to compute")
    sheet.add_argument("--format", choices=("png", "jpg", "webp", "tif"), help="format in the folder (default png)")
    sheet.add_argument("--overwrite", action="store_true", help="replace results that exist")
    sheet.add_argument("--json", action="store_true", help="print one JSON object: outputs, seconds, device, size")


def run(options: argparse.Namespace, complain: Callable[[str], None]) -> bool:
    """Make the sheet of the command line. Return whether every picture succeeded; what failed goes to ``complain``, and
    its place on the sheet stays empty.

    Raises an EngineError for what concerns all pictures, before anything is written.
    """
    library = StyleLibrary.default()
    choices = [StyleChoice(style_choice(text, library).style) for text in options.style]
    styles = [SheetStyle(_title_of(choice), choice) for choice in choices]
    settings = StylizeRequest(
        content=options.content[0],
        styles=(choices[0],),
        strength=options.strength,
        keep_color=options.keep_color,
        detail=options.detail,
        style_scale=options.style_scale,
        subject=options.subject,
    )
    size = SheetSize(options.cell, options.columns)
    outputs = _plan_outputs(options, choices)
    failed: dict[str, str] = {}
    results: list[StylizeResult] = []

    def stylize(request: StylizeRequest) -> StylizeResult:
        result = stylizer.stylize(request)
        results.append(result)
        return result

    with folder_of_results(options.output_dir) if options.output_dir is not None else nullcontext():
        for output in outputs:
            check_output(output, options.overwrite)
        if options.output is not None:
            check_side(options.output, max(size.largest(len(options.content), len(styles))))
        stylizer = make_stylizer(library, options.device)
        written: list[Path] = []
        cells: list[SheetCell] = []
        for number, cell in enumerate(paint_cells(stylize, options.content, styles, settings, size.cell)):
            content = options.content[number // len(styles)]
            if cell.error is not None:
                _complain_once(f"{content}, {cell.style}", str(cell.error), failed, complain)
            elif options.output_dir is not None and cell.picture is not None:
                write_picture(cell.picture, outputs[number], overwrite=options.overwrite)
                written.append(outputs[number])
                if not options.json:
                    print(outputs[number], flush=True)
            cells.append(cell)
        pictures = [cell.picture for cell in cells if cell.picture is not None]
        if options.output is not None and pictures:
            sheet = compose_sheet(cells, size)
            write_picture(sheet, options.output, overwrite=options.overwrite)
            written.append(options.output)
            pictures = [sheet]
            if not options.json:
                print(f"{options.output}  {sheet.width} x {sheet.height}", flush=True)
    for note in results[0].notes if results else ():
        complain(note)
    if options.json:
        print(
            json.dumps(
                {
                    "outputs": [str(path) for path in written],
                    "seconds": round(sum(result.seconds for result in results), 4),
                    "device": results[0].device if results else None,
                    "size": (pictures[0].width, pictures[0].height) if pictures else None,
                    "failed": [{"content": content, "error": error} for content, error in failed.items()],
                }
            )
        )
    return not failed


def _title_of(choice: StyleChoice) -> str:
    """Return how a style is called on the sheet: its name in the library or in its file, else that of the picture."""
    if isinstance(choice.style, Path):
        is_style_file = choice.style.suffix.lower() == STYLE_SUFFIX
        return read_style_information(choice.style).name if is_style_file else choice.style.stem
    return str(choice.style)


def _complain_once(name: str, error: str, failed: dict[str, str], complain: Callable[[str], None]) -> None:
    if error not in failed.values():  # a photo that cannot be read fails in every style
        complain(error)
    failed[name] = error


def _plan_outputs(options: argparse.Namespace, choices: list[StyleChoice]) -> list[Path]:
    """Return the sheet, or the file of each cell. Raises UsageError when two would be one, or replace what is given."""
    if options.output is not None:
        outputs: list[Path] = [options.output]
    else:
        suffix = options.format or "png"
        outputs = [
            options.output_dir / f"{content.stem}__{style_stem((choice,))}.{suffix}"
            for content in options.content
            for choice in choices
        ]
    inputs = [*options.content, *(choice.style for choice in choices if isinstance(choice.style, Path))]
    names = [str(output.resolve()).casefold() for output in outputs]  # many file systems take no notice of case
    for output in outputs:
        if output.exists() and any(path.exists() and path.samefile(output) for path in inputs):
            raise UsageError(
                "{output} is one of the pictures given and would be replaced. Choose another output.", output=output
            )
        if names.count(str(output.resolve()).casefold()) > 1:
            raise UsageError("Two of the pictures would both become {output}. Rename one.", output=output)
    return outputs
