"""The workflow that builds the installers names every system, runs each installer, and no host of a registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

PATH = Path(__file__).resolve().parents[2] / ".github" / "workflows" / "installers.yml"


@pytest.fixture(scope="module")
def jobs():
    return yaml.safe_load(PATH.read_text(encoding="utf-8"))["jobs"]


def commands(job) -> str:
    return "\n".join(step.get("run", "") for step in job["steps"])


@pytest.mark.parametrize("name", ["linux", "windows", "macos"])
def test_every_system_builds_installs_and_runs(jobs, name):
    told = commands(jobs[name])
    assert "make installers" in told or "make_installers.py" in told
    assert "check_program.py" in told
    assert any(step.get("uses", "").startswith("actions/upload-artifact") for step in jobs[name]["steps"])
    assert jobs[name]["timeout-minutes"] <= 90


def test_the_release_is_a_draft_after_all_others(jobs):
    assert {"linux", "rpm", "windows", "macos"} <= set(jobs["release"]["needs"])
    assert "--draft" in commands(jobs["release"])
    assert "sha256sum --check" in commands(jobs["release"])


def test_scripts_that_are_run_exist():
    named = set(re.findall(r"packaging[/\\][\w/\\]+\.py", PATH.read_text(encoding="utf-8")))
    assert named
    for name in named:
        assert (PATH.parents[2] / name.replace("\\", "/")).is_file()


def test_no_host_is_named():
    text = PATH.read_text(encoding="utf-8")
    assert re.findall(r"https?://", text) == []
    assert re.findall(r"\b[\w-]+\.(?:org|com|io|net)\b", text) == []
