"""The installer of Windows: compiled without a warning; installed, upgraded and removed under Wine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from windows.make_setup import make_setup

pytestmark = pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")

WINE = next((path for path in ("/usr/lib/wine/wine64", shutil.which("wine64") or "") if Path(path).is_file()), "")
PROGRAM = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/notepad.exe")
needs_wine = pytest.mark.skipif(
    not WINE or not PROGRAM.is_file() or shutil.which("xvfb-run") is None, reason="Wine is not installed"
)


def stand_in(folder: Path, *names: str) -> Path:
    """Return a bundle with small files instead of the real ones."""
    (folder / "_internal" / "resources").mkdir(parents=True)
    for name in ("scumble.exe", "scumble-window.exe"):
        if PROGRAM.is_file():
            shutil.copyfile(PROGRAM, folder / name)
        else:
            (folder / name).write_bytes(b"MZ")
    for name in names:
        (folder / "_internal" / name).write_text(name, encoding="utf-8")
    return folder


def test_the_script_compiles_without_a_warning(tmp_path):
    setup = make_setup(stand_in(tmp_path / "bundle", "a.txt"), tmp_path, tmp_path, "1.2.3")
    assert setup.name == "scumble-1.2.3-setup.exe"
    assert setup.read_bytes()[:2] == b"MZ"


class Windows:
    """A Wine of its own in a folder."""

    def __init__(self, folder: Path) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}},
            "HOME": str(folder),
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # or Wine would offer to download them
        }
        self.run("wineboot", "-i")
        (self.user,) = [path for path in (folder / "prefix/drive_c/users").iterdir() if path.name != "Public"]
        self.local = self.user / "AppData" / "Local"
        self.folder = self.local / "Programs" / "Scumble"
        self.shortcut = self.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Scumble.lnk"

    def run(self, *command: str) -> int:
        """Run a program, and wait for those that it started: an uninstaller goes on in a copy of itself."""
        server = Path(WINE).with_name("wineserver")
        script = f'"$@"; code=$?; {server} -w; exit $code'
        full = ["xvfb-run", "--auto-servernum", "sh", "-c", script, "sh", WINE, *command]
        return subprocess.run(full, env=self._environment, capture_output=True, timeout=90, check=False).returncode

    def registry(self, key: str, *value: str) -> str:
        """Return a value of the registry, empty if there is none."""
        command = ["xvfb-run", "--auto-servernum", WINE, "reg", "query", key, *(["/v", *value] if value else ["/ve"])]
        told = subprocess.run(command, env=self._environment, capture_output=True, timeout=90, check=False).stdout
        return told.decode("utf-8", "replace").partition("REG_SZ")[2].strip()


@needs_wine
@pytest.mark.timeout(300)
def test_install_upgrade_and_uninstall(tmp_path):
    first = make_setup(stand_in(tmp_path / "first", "old.txt", "both.txt"), tmp_path, tmp_path, "1.0.0")
    second = make_setup(stand_in(tmp_path / "second", "new.txt", "both.txt"), tmp_path, tmp_path, "1.1.0")
    windows = Windows(tmp_path)
    uninstall_key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Scumble"

    assert windows.run(str(first), "/S") == 0
    assert {path.name for path in (windows.folder / "_internal").iterdir()} == {"resources", "old.txt", "both.txt"}
    assert windows.shortcut.is_file()
    assert windows.registry(uninstall_key, "DisplayVersion") == "1.0.0"
    kind = windows.registry(r"HKCU\Software\Classes\.scumble")
    command = windows.registry(rf"HKCU\Software\Classes\{kind}\shell\open\command")
    assert command.endswith(r'\Programs\Scumble\scumble-window.exe" "%1"')

    styles = windows.local / "Scumble" / "styles"
    styles.mkdir(parents=True)
    (styles / "mine.scumble").write_bytes(b"a style")
    (windows.folder / "notes.txt").write_text("somebody's own", encoding="utf-8")

    assert windows.run(str(second), "/S") == 0  # over the first one
    assert {path.name for path in (windows.folder / "_internal").iterdir()} == {"resources", "new.txt", "both.txt"}
    assert windows.registry(uninstall_key, "DisplayVersion") == "1.1.0"

    assert windows.run(str(windows.folder / "uninstall.exe"), "/S") == 0
    assert [path.name for path in windows.folder.iterdir()] == ["notes.txt"]
    assert (styles / "mine.scumble").read_bytes() == b"a style"
    assert not windows.shortcut.exists()
    assert windows.registry(uninstall_key, "DisplayVersion") == ""
    assert windows.registry(r"HKCU\Software\Classes\.scumble") == ""
