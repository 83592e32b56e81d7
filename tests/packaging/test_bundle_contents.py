"""What the bundle holds: nothing that the program needs is left out, and everything that is has a reason."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from bundle_contents import EXCLUDED_FILES, EXCLUDED_MODULES, READ_AS_SOURCE, is_excluded, is_stripped

ROOT = Path(__file__).resolve().parents[2]


def imported_modules() -> set[str]:
    found = set()
    for package in ("engine", "desktop_app", "resources"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found.update(alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module)
    return found


def test_nothing_that_the_program_imports_is_left_out():
    developers_only = {"h5py"}  # scumble distill
    for name in imported_modules() - developers_only:
        parents = {name.rsplit(".", count)[0] for count in range(name.count(".") + 1)}
        assert not parents & EXCLUDED_MODULES.keys(), name


@pytest.mark.parametrize(
    "name",
    [
        "torch/lib/libtorch_cpu.so",
        "torch/bin/torch_shm_manager",
        "torch/nn/functional.py",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "libpng16-529cb57a.so.16.58.0",  # one that a wheel brings
        "libxcb-cursor.so.0",  # one that common desktops lack
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "resources/translations/scumble_zh_CN.qm",
        "resources/base_model.safetensors",
    ],
)
def test_what_must_stay_stays(name):
    assert not is_excluded(name)


@pytest.mark.parametrize(
    "name",
    [
        "torch/test/cpp/test_api",
        "torch/include/ATen/ATen.h",
        "torch\\include\\ATen\\ATen.h",
        "torch/bin/protoc",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "libstdc++.so.6",
        "libEGL.so.1",
        "torch/__init__.pyi",
    ],
)
def test_what_is_of_no_use_is_left_out(name):
    assert is_excluded(name)


def test_every_exclusion_has_a_reason():
    assert all(EXCLUDED_MODULES.values())
    assert all(EXCLUDED_FILES.values())


def test_only_what_survives_it_is_stripped():
    assert is_stripped("torch/lib/libtorch_cpu.so")
    assert is_stripped("libpython3.11.so.1.0")
    assert not is_stripped("numpy.libs/libscipy_openblas64_-32a4b2a6.so")
    assert not is_stripped("opencv_python_headless.libs/libavcodec-c4204469.so.62.28.101")


def test_modules_read_as_source_exist():
    import torch

    folder = Path(torch.__file__).parent.parent
    assert [name for name in READ_AS_SOURCE if not (folder / f"{name.replace('.', '/')}.py").is_file()] == []


def test_every_module_of_torch_that_reads_its_own_source_ships_it():
    import torch

    folder = Path(torch.__file__).parent.parent
    callers = {
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in (folder / "torch").rglob("*config*.py")
        if "install_config_module(" in path.read_text(encoding="utf-8")
    }
    assert {name for name in callers if not name.startswith("torch.testing.")} <= set(READ_AS_SOURCE)
