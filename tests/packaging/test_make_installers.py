"""What `make installers` says before it begins, where something is missing."""

from __future__ import annotations

import sys

import make_bundle
import make_installers
import pytest
from make_bundle import BuildError
from make_installers import main, missing_tools, problem_of_python

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems need other tools")


@linux
def test_programs_that_are_missing_are_named_with_their_packages(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("shutil.which", lambda name: None if name in {"strip", "readelf"} else f"/usr/bin/{name}")
    assert missing_tools() == "Programs are missing. Run: sudo apt-get install binutils"
    assert main(["--work", str(tmp_path / "work"), "--output", str(tmp_path / "out")]) == 1
    assert "binutils" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_python_without_a_library_is_refused(monkeypatch):
    assert "libpython" not in problem_of_python() or "apt-get" in problem_of_python()
    monkeypatch.setattr("sysconfig.get_config_var", lambda _: "libno-such-python.so")
    assert "apt-get install libpython3." in problem_of_python()


def test_a_torch_with_cuda_is_refused(monkeypatch):
    import torch

    monkeypatch.setattr(torch.version, "cuda", "12.8")
    with pytest.raises(BuildError, match="PIP_EXTRA_INDEX_URL"):
        make_bundle.check_torch()


@linux
def test_libraries_that_belong_into_the_bundle_must_be_there(monkeypatch):
    from desktop_app import system_libraries

    monkeypatch.setitem(system_libraries.X11, "libno-such-thing.so.9", "libno-such-thing9")
    with pytest.raises(BuildError, match="libno-such-thing9"):
        make_bundle.check_libraries()


def test_an_environment_is_made_once(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr("subprocess.run", lambda command, check: calls.append(command))
    python = make_installers.make_environment(tmp_path / "environment")
    assert make_installers.make_environment(tmp_path / "environment") == python
    (command,) = calls
    assert "--constraint" in command
    assert any(word.startswith("torch") for word in command)
