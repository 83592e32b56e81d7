"""House rules that import-linter cannot see: what start-up really imports, and what the files of the project hold."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from engine.log import log_path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 400


def tracked_files() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def python(code: str, *arguments: str) -> list[str]:
    """Run the code in a Python of its own and return the words of the last line it prints."""
    command = [sys.executable, "-c", code, *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("desktop_app.main", {"torch"}),
        ("desktop_app.application", {"torch"}),
        ("desktop_app.main_window", {"torch"}),
        ("engine.api", {"torch", "PySide6", "PIL"}),
        ("engine.train_request", {"torch", "PySide6", "PIL"}),
        ("engine.train_command", {"torch", "PySide6", "PIL"}),
        ("engine.imaging", {"torch", "PySide6"}),
        ("engine.styles", {"torch", "PySide6"}),
        ("engine.cli", {"torch", "PySide6", "PIL"}),
        ("engine.stylize_command", {"torch", "PySide6"}),
        ("engine.doctor", {"torch", "PySide6"}),
        ("engine.stylization", {"PySide6"}),
        ("engine.training", {"PySide6"}),
    ],
)
def test_importing_a_module_brings_in_nothing_heavy(module, forbidden):
    assert python(f"import sys, {module}; print('found', *sorted({forbidden!r} & set(sys.modules)))") == ["found"]


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [(["--help"], 0), (["--version"], 0), (["stylize", "--help"], 0), (["styles", "list"], 0), (["stylize"], 2)],
)
def test_light_commands_load_neither_torch_nor_qt(arguments, exit_code):
    code = (
        "import sys; from desktop_app.main import main; code = main(sys.argv[1:]);"
        "print(code, *sorted({'torch', 'PySide6'} & set(sys.modules)))"
    )
    assert python(code, *arguments) == [str(exit_code)]


def test_no_file_names_a_folder_of_one_machine():
    # Put together from pieces, or this file would name one itself.
    folders = "|".join(["ho" + "me", "Us" + "ers", "ro" + "ot", "wo" + "rk"])
    pattern = re.compile(rf"(?<![\w.])/(?:{folders})/\w")
    found = []
    for path in tracked_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture or weights
        name = path.relative_to(ROOT)
        found += [f"{name}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if pattern.search(line)]
    assert found == []


def test_no_module_is_too_long():
    modules = [path for path in tracked_files() if path.suffix == ".py"]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}


def test_no_pickle_is_read_anywhere():
    forbidden = re.compile(r"\b(?:import pickle|from pickle|torch\.load\(|np\.load\(.*allow_pickle=True|joblib)")
    sources = [path for path in tracked_files() if path.suffix == ".py" and "tests" not in path.parts]
    assert sources
    assert [str(path) for path in sources if forbidden.search(path.read_text(encoding="utf-8"))] == []


def test_tests_cannot_use_the_network():
    with socket.socket() as connection, pytest.raises(RuntimeError, match="uses the network"):
        connection.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match="uses the network"):
        socket.getaddrinfo("example.invalid", 80)


def test_tests_write_into_folders_of_their_own(tmp_path_factory):
    temporary = tmp_path_factory.getbasetemp().resolve()
    for folder in (log_path(), Path.home(), platformdirs.user_data_path("Scumble", appauthor=False)):
        assert temporary in folder.resolve().parents
