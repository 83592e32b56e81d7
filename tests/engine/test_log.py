"""The log file: what reaches it, and that it never gets in the way."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.log import describe_fault, log_path, set_up_logging

ROOT = Path(__file__).resolve().parents[2]


def test_reports_of_the_engine_reach_the_file_once(tmp_path):
    path = tmp_path / "new" / "scumble.log"
    assert set_up_logging(path) == path
    set_up_logging(path)
    logging.getLogger("engine.anything").info("the report")
    assert path.read_text(encoding="utf-8").count("the report") == 1


def test_a_new_file_takes_the_place_of_the_old_one(tmp_path):
    set_up_logging(tmp_path / "first.log")
    set_up_logging(tmp_path / "second.log")
    logging.getLogger("engine").warning("the report")
    assert not (tmp_path / "first.log").exists()
    assert "the report" in (tmp_path / "second.log").read_text(encoding="utf-8")


def test_the_place_is_that_of_the_user():
    assert set_up_logging() == log_path()
    logging.getLogger("engine").warning("the report")
    assert log_path().is_file()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_exception_that_leaves_a_thread_is_kept(tmp_path):
    set_up_logging(tmp_path / "scumble.log")
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in (tmp_path / "scumble.log").read_text(encoding="utf-8")


def test_an_exception_nobody_caught_is_kept_and_not_shown(tmp_path):
    path = tmp_path / "scumble.log"
    code = (
        f"from pathlib import Path; from engine.log import set_up_logging; set_up_logging(Path({str(path)!r})); 1 / 0"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr == ""
    assert "ZeroDivisionError" in path.read_text(encoding="utf-8")


def test_where_nothing_can_be_written_there_is_no_log_and_no_noise(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    set_up_logging(tmp_path / "file" / "scumble.log")
    (tmp_path / "folder.log").mkdir()
    set_up_logging(tmp_path / "folder.log")
    logging.getLogger("engine").error("the report")
    assert describe_fault(ValueError("the cause")).startswith("Something went wrong")
    assert capsys.readouterr().err == ""


def test_a_lack_of_memory_is_called_that():
    assert "not enough memory" in describe_fault(MemoryError())


def test_the_file_does_not_grow_without_end(tmp_path):
    path = set_up_logging(tmp_path / "scumble.log")
    for _ in range(30):
        logging.getLogger("engine").warning("x" * 100_000)
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["scumble.log", "scumble.log.1"]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 2_100_000
    assert path.is_file()
