"""``scumble stylize``: which files go in, which come out, and what is said about them."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from engine.api import (
    Cancelled,
    EngineError,
    ModelError,
    OutputError,
    Picture,
    StyleChoice,
    StyleError,
    StylizeRequest,
    StylizeResult,
    UsageError,
    describe_request,
)
from engine.imaging import READABLE_SUFFIXES, check_output, read_picture, write_picture
from engine.log import describe_fault
from engine.styles import STYLE_SUFFIX, StyleLibrary

_SAME_FORMAT = {"jpeg": "jpg", "tiff": "tif"}
_LONGEST_STYLE_STEM = 80
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class StylizerLike(Protocol):
    """What this module needs of :class:`engine.stylization.Stylizer`."""

    def stylize(self, request: StylizeRequest) -> StylizeResult: ...


def make_stylizer(library: StyleLibrary, device: str) -> StylizerLike:
    """Load torch and the base model."""
    from engine.stylization import Stylizer

    return Stylizer(library, device)


@dataclass(frozen=True)
class _Done:
    content: Path
    output: Path
    seconds: float
    device: str
    size: tuple[int, int]


def run(options: argparse.Namespace, complain: Callable[[str], None]) -> bool:
    """Stylize all pictures of the command line. Return whether every one succeeded; what failed goes to ``complain``.

    Raises an EngineError for what concerns all pictures, before anything is written.
    """
    library = StyleLibrary.default()
    request = StylizeRequest(
        content=options.content[0],
        styles=tuple(_style_choice(text, library) for text in options.style),
        strength=options.strength,
        keep_color=options.keep_color,
        detail=options.detail,
        style_scale=options.style_scale,
        max_side=options.max_side,
        mask=options.mask,
    )
    outputs = _plan_outputs(options, request)
    # Read once what all pictures need, before anything is written or torch is loaded.
    styles = tuple(replace(choice, style=_read_style(choice.style)) for choice in request.styles)
    mask = None if options.mask is None else read_picture(options.mask)
    done: list[_Done] = []
    failed: dict[str, str] = {}
    with _folder(options.output_dir):
        for output in outputs:
            check_output(output, options.overwrite)
        stylizer = make_stylizer(library, options.device)
        for content, output in zip(options.content, outputs, strict=True):
            try:
                result = stylizer.stylize(replace(request, content=content, styles=styles, mask=mask))
                description = describe_request(replace(request, content=content))
                write_picture(result.picture, output, overwrite=options.overwrite, description=description)
            except (StyleError, ModelError, Cancelled):
                raise  # the other pictures would meet the same
            except EngineError as error:
                failed[str(content)] = str(error)
            except Exception as error:  # noqa: BLE001  # one picture must not cost the others
                failed[str(content)] = f"{content}: {describe_fault(error)}"
            else:
                size = result.picture.width, result.picture.height
                done.append(_Done(content, output, result.seconds, result.device, size))
                for note in result.notes if len(done) == 1 else ():
                    complain(note)
                if not options.json:
                    print(f"{output}  {size[0]} x {size[1]}, {result.seconds:.2f} s, {result.device}", flush=True)
                continue
            complain(failed[str(content)])
    if options.json:
        print(json.dumps(_summary(done, failed)))
    return not failed


def _summary(done: list[_Done], failed: dict[str, str]) -> dict[str, Any]:
    """Return what ``--json`` prints: ``seconds`` of all together, ``size`` (width, height) of the first result."""
    return {
        "outputs": [str(result.output) for result in done],
        "seconds": round(sum(result.seconds for result in done), 4),
        "device": done[0].device if done else None,
        "size": done[0].size if done else None,
        "results": [
            {
                "content": str(result.content),
                "output": str(result.output),
                "seconds": result.seconds,
                "size": result.size,
            }
            for result in done
        ],
        "failed": [{"content": content, "error": error} for content, error in failed.items()],
    }


def _style_choice(text: str, library: StyleLibrary) -> StyleChoice:
    """Understand ``STYLE[=WEIGHT]``. A file or a style whose own name contains ``=`` comes before a weight."""
    name, equals, weight = text.rpartition("=")
    if not equals or Path(text).exists():
        return StyleChoice(_style_source(text, library))
    with suppress(StyleError):
        return StyleChoice(library.find(text).name)
    if not name:
        raise UsageError("--style {text} names no style. Write for example --style painting.jpg=0.5", text=text)
    try:
        number = float(weight)
    except ValueError:
        raise UsageError(
            "{weight} in --style {text} is no weight. Write for example --style {name}=0.5",
            weight=weight or '""',
            text=text,
            name=name,
        ) from None
    return StyleChoice(_style_source(name, library), number)


def _style_source(text: str, library: StyleLibrary) -> Path | str:
    """Tell a file from the name of a style in the library."""
    path = Path(text)
    if path.exists():
        return path
    if path.suffix.lower() in READABLE_SUFFIXES | {STYLE_SUFFIX} or path.name != text:
        raise StyleError("{name} does not exist. Check the path of the style.", name=text)
    return library.find(text).name


def _read_style(style: Path | str | Picture) -> Path | str | Picture:
    """Read the picture of a style; style files are left to the stylizer, which knows the base model they must fit."""
    if isinstance(style, Path) and style.suffix.lower() != STYLE_SUFFIX:
        return read_picture(style)
    return style


def _plan_outputs(options: argparse.Namespace, request: StylizeRequest) -> list[Path]:
    """Return one output path for each content image. Raises UsageError when one would replace a picture or a result."""
    contents: list[Path] = options.content
    if options.output is not None:
        outputs = [_single_output(options)]
    else:
        name = f"{_style_stem(request.styles)}.{options.format or 'png'}"
        outputs = [(options.output_dir or content.parent) / f"{content.stem}__{name}" for content in contents]
    inputs = [*contents, *(choice.style for choice in request.styles if isinstance(choice.style, Path))]
    if options.mask is not None:
        inputs.append(options.mask)
    planned: dict[str, Path] = {}
    for content, output in zip(contents, outputs, strict=True):
        if output.exists() and any(path.exists() and path.samefile(output) for path in inputs):
            raise UsageError(
                "{output} is one of the pictures given and would be replaced. Choose another output.", output=output
            )
        key = str(output.resolve()).casefold()  # many file systems take no notice of case
        if key in planned:
            raise UsageError(
                "{first} and {second} would both become {output}. Rename one, or stylize them one after the other.",
                first=planned[key],
                second=content,
                output=output,
            )
        planned[key] = content
    return outputs


def _single_output(options: argparse.Namespace) -> Path:
    if len(options.content) > 1:
        raise UsageError(
            "-o names one file, but there are {count} pictures. Use --output-dir instead.", count=len(options.content)
        )
    suffix = options.output.suffix.lower().removeprefix(".")
    if options.format and _SAME_FORMAT.get(suffix, suffix) != options.format:
        raise UsageError(
            "{output} does not end in .{format}. Change the name, or leave --format out.",
            output=options.output,
            format=options.format,
        )
    return options.output


def _style_stem(styles: tuple[StyleChoice, ...]) -> str:
    stems = [choice.style.stem if isinstance(choice.style, Path) else str(choice.style) for choice in styles]
    return _NOT_IN_FILE_NAMES.sub("_", "+".join(stems))[:_LONGEST_STYLE_STEM]


@contextmanager
def _folder(folder: Path | None) -> Iterator[None]:
    """Make the folder of the results, and take it away again when nothing was written into it."""
    missing = [] if folder is None else [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        if folder is not None:
            _make_folder(folder)
        yield
    finally:
        for path in missing:
            with suppress(OSError):  # it holds a result
                path.rmdir()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError("{folder} is a file. Choose a folder.", folder=folder) from error
    except OSError as error:
        raise OutputError(
            "The folder {folder} cannot be made ({reason}). Choose another one.", folder=folder, reason=error.strerror
        ) from error
