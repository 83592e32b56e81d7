"""A processor that the libraries would crash on is refused in words, before they are loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import main as start
from engine import processor
from engine.processor import problem_of_processor

ROOT = Path(__file__).resolve().parents[2]

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems are asked in other ways")
MODERN = "fpu sse sse2 ssse3 cx16 sse4_1 sse4_2 popcnt avx avx2"


@pytest.fixture
def of(tmp_path, monkeypatch):
    """Let the computer have a processor with these flags."""

    def have(flags: str, machine: str = "x86_64") -> None:
        path = tmp_path / "cpuinfo"
        path.write_text(f"processor\t: 0\nmodel name\t: Old One\nflags\t\t: {flags}\n\n" * 2, encoding="utf-8")
        monkeypatch.setattr(processor, "_LINUX_LIST", path)
        monkeypatch.setattr("platform.machine", lambda: machine)
        processor.processor_name.cache_clear()

    yield have
    processor.processor_name.cache_clear()


def test_the_processor_of_this_computer_will_do():
    assert problem_of_processor() is None


@linux
def test_avx_is_not_needed(of):
    of("fpu sse sse2 ssse3 cx16 sse4_1 sse4_2 popcnt")
    assert problem_of_processor() is None


@linux
@pytest.mark.parametrize("missing", ["ssse3", "sse4_1", "sse4_2", "popcnt"])
def test_what_an_old_processor_lacks_is_named(of, missing):
    of(" ".join(flag for flag in MODERN.split() if flag != missing))
    problem = problem_of_processor()
    assert problem is not None
    assert f"(Old One) is too old for Scumble: it lacks {missing}." in problem


@linux
def test_other_kinds_of_processor_are_left_alone(of):
    of("fp asimd", machine="aarch64")
    assert problem_of_processor() is None


@linux
def test_where_nothing_is_known_nothing_is_wrong(of, monkeypatch, tmp_path):
    monkeypatch.setattr(processor, "_LINUX_LIST", tmp_path / "missing")
    assert problem_of_processor() is None


@pytest.mark.parametrize("run", [lambda: start.main(["stylize"]), lambda: start.main([]), start.main_window])
def test_both_programs_refuse_it_before_anything_else(monkeypatch, capsys, run):
    monkeypatch.setattr(start, "problem_of_processor", lambda: "Too old.")
    monkeypatch.setattr("sys.argv", ["scumble"])
    assert run() == 1
    assert capsys.readouterr().err == "Too old.\n"


def test_looking_at_it_loads_nothing_that_would_crash():
    code = (
        "import sys, desktop_app.main as start; start.problem_of_processor();"
        "print(*{'numpy', 'torch', 'PySide6'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""
