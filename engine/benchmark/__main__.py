"""The command: ``python -m engine.benchmark``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.api import EngineError
from engine.benchmark.artefacts import measure_artefacts
from engine.benchmark.reference import compare_with_microast
from engine.benchmark.speed import measure_changes, measure_large, measure_one, measure_sizes

_SIDES = (512, 1024, 2048)
_MEGAPIXELS = (1, 12, 48, 100)


def main() -> int:
    """Run all measurements, or those asked for."""
    parser = argparse.ArgumentParser(prog="python -m engine.benchmark", description="Measure time, memory, artefacts.")
    parser.add_argument("--sides", type=int, nargs="*", default=_SIDES, help="longer sides in pixels")
    parser.add_argument("--megapixels", type=int, nargs="*", default=_MEGAPIXELS, help="sizes of large pictures")
    parser.add_argument("--parts", nargs="*", choices=("speed", "large", "reference", "artefacts"), help="not all")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--only", type=Path, metavar="FILE", help="measure this one file, and print JSON")
    arguments = parser.parse_args()

    def wanted(part: str) -> bool:
        return not arguments.parts or part in arguments.parts

    try:
        if arguments.only is not None:
            measure_one(arguments.only, arguments.device)
            return 0
        if wanted("speed"):
            measure_sizes(arguments.sides, arguments.runs, arguments.device)
            measure_changes(arguments.runs, arguments.device)
        if wanted("reference"):
            compare_with_microast(arguments.runs)
        if wanted("artefacts"):
            measure_artefacts(arguments.device)
        if wanted("large"):
            measure_large(arguments.megapixels, arguments.device)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
