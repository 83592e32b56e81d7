"""Makes the disk image of macOS of the application that PyInstaller made, signed and notarised if keys are given.

Environment: SCUMBLE_SIGNING_IDENTITY (a Developer ID in the keychain) signs; SCUMBLE_NOTARY_PROFILE (made by `xcrun
notarytool store-credentials`) has Apple check it. Without them a warning says what that means for users.
"""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from engine.version import __version__

IDENTITY = "SCUMBLE_SIGNING_IDENTITY"
PROFILE = "SCUMBLE_NOTARY_PROFILE"

ENTITLEMENTS = {
    "com.apple.security.cs.allow-unsigned-executable-memory": True,  # ctypes, which torch and PySide6 use
    "com.apple.security.cs.disable-library-validation": True,  # libraries of Python packages have other signatures
}


def signing_commands(app: Path, entitlements: Path, identity: str) -> list[list[str]]:
    """Return the commands that sign every binary of the application, the innermost first, and the whole last."""
    binaries = [path for path in app.rglob("*") if not path.is_symlink() and path.suffix in {".so", ".dylib"}]
    binaries.sort(key=lambda path: (-len(path.parts), str(path)))
    programs = sorted(path for path in (app / "Contents" / "MacOS").iterdir() if path.is_file())
    sign = ["codesign", "--force", "--timestamp", "--options", "runtime", "--sign", identity]
    with_rights = [*sign, "--entitlements", str(entitlements)]
    return [
        *([*sign, str(path)] for path in binaries),
        *([*with_rights, str(path)] for path in [*programs, app]),
        ["codesign", "--verify", "--deep", "--strict", str(app)],
    ]


def notary_commands(image: Path, profile: str) -> list[list[str]]:
    """Return the commands that have Apple check the image, and that put its answer into it."""
    return [
        ["xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait"],
        ["xcrun", "stapler", "staple", str(image)],
    ]


def image_command(folder: Path, image: Path) -> list[str]:
    return ["hdiutil", "create", "-volname", "Scumble", "-srcfolder", str(folder), "-format", "ULMO", "-ov", str(image)]


def missing_keys(environment: Mapping[str, str]) -> list[str]:
    """Return a warning for each step that is skipped because its key is not given."""
    warnings = []
    if not environment.get(IDENTITY):
        warnings.append(f"{IDENTITY} is not set: the application is not signed, and macOS asks users to allow it.")
    elif not environment.get(PROFILE):
        warnings.append(f"{PROFILE} is not set: Apple has not checked the application, and macOS warns users of it.")
    return warnings


def make_disk_image(app: Path, work: Path, output: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the path of the image. Raises CalledProcessError if a tool fails."""
    for warning in missing_keys(environment):
        print(f"Warning: {warning}", file=sys.stderr)
    identity, profile = environment.get(IDENTITY, ""), environment.get(PROFILE, "")
    if identity:
        entitlements = work / "entitlements.plist"
        entitlements.write_bytes(plistlib.dumps(ENTITLEMENTS))
        _run(signing_commands(app, entitlements, identity))
    content = work / "disk-image"
    if content.exists():
        shutil.rmtree(content)
    content.mkdir(parents=True)
    shutil.copytree(app, content / app.name, symlinks=True)
    (content / "Applications").symlink_to("/Applications")
    image = output / f"scumble-{__version__}-{platform.machine()}.dmg"
    _run([image_command(content, image)])
    if identity and profile:
        _run(notary_commands(image, profile))
    return image


def _run(commands: list[list[str]]) -> None:
    for command in commands:
        subprocess.run(command, check=True)
