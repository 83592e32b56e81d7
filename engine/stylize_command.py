"""``scumble stylize``: which files go in, which come out, and what is said about them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from engine.api import (
    Cancelled,
    EngineError,
    ModelError,
    Picture,
    StyleChoice,
    StyleError,
    StylizeRequest,
    StylizeResult,
    UsageError,
    describe_request,
)
from engine.imaging import check_output, check_side, longer_side, read_picture, write_picture
from engine.log import describe_fault
from engine.styles import STYLE_SUFFIX, StyleLibrary
from engine.stylize_outputs import folder_of_results, style_stem
from engine.stylize_words import gradient_choice, region_choice, style_choice

_SAME_FORMAT = {"jpeg": "jpg", "tiff": "tif"}


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
        styles=tuple(style_choice(text, library) for text in options.style),
        strength=options.strength,
        keep_color=options.keep_color,
        detail=options.detail,
        style_scale=options.style_scale,
        max_side=options.max_side,
        mask=options.mask,
        gradient=None if options.gradient is None else gradient_choice(options.gradient),
        regions=tuple(region_choice(text, library, options.strength, options.keep_color) for text in options.region),
        subject=options.subject,
        fixed_strokes=options.fixed_strokes,
    )
    outputs = _plan_outputs(options, request)
    # Read once what all pictures need, before anything is written or torch is loaded.
    loaded = _with_pictures_read(request)
    done: list[_Done] = []
    failed: dict[str, str] = {}
    with folder_of_results(options.output_dir):
        for output in outputs:
            check_output(output, options.overwrite)
        stylizer = make_stylizer(library, options.device)
        for content, output in zip(options.content, outputs, strict=True):
            try:
                side = longer_side(content)
                if side is not None:  # a format that is too small for the result must not show after the work
                    check_side(output, min(side, request.max_side or side))
                result = stylizer.stylize(replace(loaded, content=content))
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


def _with_pictures_read(request: StylizeRequest) -> StylizeRequest:
    """Read the masks and style images of a request; style files are left to the stylizer, which knows the base model
    they must fit.
    """

    def mix(choices: tuple[StyleChoice, ...]) -> tuple[StyleChoice, ...]:
        return tuple(
            replace(choice, style=read_picture(choice.style))
            if isinstance(choice.style, Path) and choice.style.suffix.lower() != STYLE_SUFFIX
            else choice
            for choice in choices
        )

    def mask(source: Path | Picture | None) -> Picture | None:
        return read_picture(source) if isinstance(source, Path) else source

    gradient = request.gradient
    if gradient is not None and gradient.mask is not None:
        gradient = replace(gradient, mask=mask(gradient.mask))
    regions = tuple(
        replace(region, mask=mask(region.mask) or region.mask, styles=mix(region.styles)) for region in request.regions
    )
    return replace(request, styles=mix(request.styles), mask=mask(request.mask), gradient=gradient, regions=regions)


def _plan_outputs(options: argparse.Namespace, request: StylizeRequest) -> list[Path]:
    """Return one output path for each content image. Raises UsageError when one would replace a picture or a result."""
    contents: list[Path] = options.content
    if options.output is not None:
        outputs = [_single_output(options)]
    else:
        name = f"{_style_stem(request)}.{options.format or 'png'}"
        outputs = [(options.output_dir or content.parent) / f"{content.stem}__{name}" for content in contents]
    styles = [*request.styles, *(choice for region in request.regions for choice in region.styles)]
    others = [*(choice.style for choice in styles), request.mask, *(region.mask for region in request.regions)]
    if request.gradient is not None:
        others.append(request.gradient.mask)
    inputs = [*contents, *(path for path in others if isinstance(path, Path))]
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


def _style_stem(request: StylizeRequest) -> str:
    return style_stem(request.styles or (choice for region in request.regions for choice in region.styles))
