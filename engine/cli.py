"""The command line. Everything heavy is imported by the command that needs it, so that ``scumble --help`` is quick."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from engine import train_command
from engine.api import STYLE_SCALE_RANGE, EngineError, UsageError
from engine.log import describe_fault, set_up_logging
from engine.version import __version__

if TYPE_CHECKING:
    from engine.styles import StyleInformation, StyleLibrary

COMMANDS = frozenset({"stylize", "sheet", "train", "styles", "doctor", "distill", "pretrain"})
DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

_TRAINING_COMMANDS = {"distill": "make the perceptual network from VGG16", "pretrain": "train the base model"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return the exit code: 0 done, 1 the work failed, 2 wrong usage, 130 interrupted."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    set_up_logging()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name the console cannot show must not end the work
            stream.reconfigure(errors="backslashreplace")
    try:
        options = _parser(given[0] if given else "").parse_args(given)
        code = options.handler(options)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse: --help, --version, wrong usage
        code = stop.code if isinstance(stop.code, int) else WRONG_USAGE
    except EngineError as error:
        complain(str(error))
        code = WRONG_USAGE if isinstance(error, UsageError) else FAILED
    except KeyboardInterrupt:
        complain("Stopped.")
        code = INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe, for example head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    except Exception as error:  # noqa: BLE001  # the user gets one line, the log the rest
        complain(describe_fault(error))
        code = FAILED
    return code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong, instead of printing the whole usage."""
        complain(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")
        raise SystemExit(WRONG_USAGE)


def _empty_parser() -> argparse.ArgumentParser:
    summary = "Repaint pictures in the hand of other pictures. Without a command: open the window."
    return _Parser(prog="scumble", description=summary)


def _parser(command: str) -> argparse.ArgumentParser:
    parser = _empty_parser()
    parser.add_argument("--version", action="version", version=f"scumble {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_stylize(subparsers)
    if command == "sheet":
        from engine import sheet_command  # imports Pillow

        sheet_command.add_arguments(subparsers)
        subparsers.choices["sheet"].set_defaults(handler=_sheet)
    else:
        subparsers.add_parser("sheet", help="a contact sheet of pictures in styles")
    train_command.add_arguments(subparsers)
    subparsers.choices["train"].set_defaults(handler=_train)
    _add_styles(subparsers)
    doctor = subparsers.add_parser("doctor", help="versions, devices, folders, a self-test: what a bug report needs")
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    doctor.set_defaults(handler=_doctor)
    if command in _TRAINING_COMMANDS:
        from engine.training import command_line  # imports torch

        command_line.add_arguments(subparsers)
    else:
        for name, summary in _TRAINING_COMMANDS.items():
            subparsers.add_parser(name, help=summary)
    return parser


def _add_stylize(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    low, high = STYLE_SCALE_RANGE
    stylize = subparsers.add_parser("stylize", help="repaint pictures", description="Repaint pictures.")
    stylize.add_argument("content", nargs="+", type=Path, metavar="CONTENT", help="pictures to repaint")
    stylize.add_argument(
        "--style",
        action="append",
        default=[],
        metavar="STYLE[=WEIGHT]",
        help="a picture, a style file or the name of a style in the library; again for a mix",
    )
    where = stylize.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", type=Path, metavar="FILE", help="the result of a single picture")
    where.add_argument(
        "--output-dir", type=Path, metavar="DIR", help="folder of the results; default: beside each picture"
    )
    stylize.add_argument("--strength", type=float, default=1.0, metavar="0..1", help="0 leaves the picture as it is")
    stylize.add_argument(
        "--keep-color", type=float, default=0.0, metavar="0..1", help="1 keeps the picture's own colours"
    )
    stylize.add_argument("--detail", type=float, default=0.0, metavar="0..1", help="brings fine detail back")
    stylize.add_argument(
        "--style-scale", type=float, default=1.0, metavar=f"{low}..{high:g}", help="size of the brush strokes"
    )
    stylize.add_argument("--max-side", type=int, metavar="N", help="limit of the longer side in pixels")
    stylize.add_argument("--mask", type=Path, help="a grey picture: white is painted, black stays")
    stylize.add_argument(
        "--gradient",
        metavar="linear[:DEGREES]|radial|MASK",
        help="let the styles follow each other across the picture; with a mask from black to white",
    )
    stylize.add_argument(
        "--region",
        action="append",
        default=[],
        metavar="MASK:STYLE[=WEIGHT][,STYLE...][;strength=0..1][;keep-color=0..1]",
        help="paint the white places of a mask in a style, or a mix, of their own; again for more regions",
    )
    stylize.add_argument(
        "--subject", choices=("keep", "only"), help="leave the main subject unpainted, or paint it alone"
    )
    stylize.add_argument(
        "--fixed-strokes",
        action="store_true",
        help="strokes keep their size in pixels; by default they grow with pictures of more than 1024 pixels",
    )
    stylize.add_argument("--device", default="auto", metavar="auto|cpu|cuda[:N]|mps|xpu", help="where to compute")
    stylize.add_argument("--format", choices=("png", "jpg", "webp", "tif"), help="format of the results (default png)")
    stylize.add_argument("--overwrite", action="store_true", help="replace results that exist")
    stylize.add_argument("--json", action="store_true", help="print one JSON object: outputs, seconds, device, size")
    stylize.set_defaults(handler=_stylize)


def _add_styles(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    styles = subparsers.add_parser("styles", help="the library of styles", description="The library of styles.")
    actions = styles.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, summary: str, handler: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=summary)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        action.set_defaults(handler=handler)
        return action

    add("list", "list all styles", _list_styles)
    add("show", "tell everything about a style", _show_style).add_argument("name", metavar="NAME")
    thumbnail = add("thumbnail", "write the small picture in a style file, for file managers", _write_thumbnail)
    thumbnail.add_argument("file", type=Path, metavar="FILE")
    thumbnail.add_argument("output", type=Path, metavar="PNG")
    thumbnail.add_argument("--size", type=int, default=256, metavar="N", help="its longer side at most, in pixels")
    add("import", "copy a style file into the library", _import_style).add_argument("file", type=Path, metavar="FILE")
    make = add("add", "make a style of your own from a picture", _add_style)
    make.add_argument("picture", type=Path, metavar="PICTURE")
    make.add_argument("--name", default="", help="what to call it; default: the name of the picture")
    make.add_argument("--device", default="auto", metavar="auto|cpu|cuda[:N]|mps|xpu", help="where to compute")
    export = add("export", "copy a style of the library into a file", _export_style)
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--overwrite", action="store_true", help="replace a file that exists")
    add("delete", "delete a style of your own", _delete_style).add_argument("name", metavar="NAME")


def _stylize(options: argparse.Namespace) -> int:
    from engine.stylize_command import run

    return DONE if run(options, complain) else FAILED


def _sheet(options: argparse.Namespace) -> int:
    from engine.sheet_command import run

    return DONE if run(options, complain) else FAILED


def _train(options: argparse.Namespace) -> int:
    return DONE if train_command.run(options, complain) else INTERRUPTED


def _list_styles(options: argparse.Namespace) -> int:
    library = _library()
    styles = library.styles()
    for problem in library.problems():
        complain(problem)
    if options.json:
        _print_json({"styles": [_describe_style(style) for style in styles], "problems": library.problems()})
        return DONE
    width = max((len(style.name) for style in styles), default=0)
    for style in styles:
        print(f"{style.name:<{width}}  {style.artist}{'' if style.built_in else '  (yours)'}")
    return DONE


def _show_style(options: argparse.Namespace) -> int:
    return _print_style(_library().find(options.name), options)


def _import_style(options: argparse.Namespace) -> int:
    return _print_style(_library().import_file(options.file), options)


def _write_thumbnail(options: argparse.Namespace) -> int:
    from engine.styles.thumbnail import write_thumbnail

    write_thumbnail(options.file, options.output, options.size)
    _print_json({"output": str(options.output)}) if options.json else print(options.output)
    return DONE


def _add_style(options: argparse.Namespace) -> int:
    from engine.imaging import read_picture
    from engine.styles import style_of_picture

    picture = read_picture(options.picture)  # before torch is loaded, which takes seconds
    from engine.stylization import Stylizer

    library = _library()
    made = style_of_picture(Stylizer(library, options.device), picture, options.name)
    return _print_style(library.add(*made), options)


def _export_style(options: argparse.Namespace) -> int:
    from engine.styles import STYLE_SUFFIX

    path: Path = options.file
    if path.suffix.lower() != STYLE_SUFFIX:
        path = path.with_name(path.name + STYLE_SUFFIX)
    _library().export(options.name, path, overwrite=options.overwrite)
    _print_json({"output": str(path)}) if options.json else print(path)
    return DONE


def _delete_style(options: argparse.Namespace) -> int:
    _library().delete(options.name)
    _print_json({"deleted": options.name}) if options.json else print(f"Deleted {options.name}.")
    return DONE


def _library() -> StyleLibrary:
    from engine.styles import StyleLibrary

    return StyleLibrary.default()


def _print_style(style: StyleInformation, options: argparse.Namespace) -> int:
    description = _describe_style(style)
    if options.json:
        _print_json(description)
    else:
        for name, value in description.items():
            print(f"{name.replace('_', ' ') + ':':<13}{value}")
    return DONE


def _describe_style(style: StyleInformation) -> dict[str, Any]:
    return {
        "name": style.name,
        "artist": style.artist,
        "description": style.description,
        "licence": style.licence,
        "created": style.created,
        "source": style.source,
        "kind": style.kind,
        "built_in": style.built_in,
        "base_model": style.base_model,
        "path": None if style.path is None else str(style.path),
    }


def _doctor(options: argparse.Namespace) -> int:
    from engine.doctor import examine, report

    findings = examine()
    _print_json(findings) if options.json else print(report(findings))
    return DONE if findings["self_test"]["passed"] else FAILED


def complain(message: str) -> None:
    """Write one line to standard error, whatever the message holds."""
    print("scumble:", " ".join(message.split()), file=sys.stderr, flush=True)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value))


if __name__ == "__main__":
    sys.exit(main())
