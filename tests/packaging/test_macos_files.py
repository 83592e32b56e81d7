"""What macOS is told, and how the application would be signed."""

from __future__ import annotations

import plistlib

from macos.information_plist import STYLE_TYPE, information
from macos.make_disk_image import (
    ENTITLEMENTS,
    IDENTITY,
    PROFILE,
    image_command,
    missing_keys,
    notary_commands,
    signing_commands,
)

from engine.styles import STYLE_SUFFIX
from engine.version import __version__


def test_the_information_survives_being_written():
    values = information(__version__)
    assert plistlib.loads(plistlib.dumps(values)) == values


def test_the_system_knows_version_program_and_files():
    values = information("1.2.3")
    assert values["CFBundleShortVersionString"] == values["CFBundleVersion"] == "1.2.3"
    assert values["CFBundleExecutable"] == "scumble-window"
    assert values["NSHighResolutionCapable"] is True
    (declared,) = values["UTExportedTypeDeclarations"]
    assert declared["UTTypeIdentifier"] == STYLE_TYPE
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == [STYLE_SUFFIX.lstrip(".")]
    opened = {kind for each in values["CFBundleDocumentTypes"] for kind in each["LSItemContentTypes"]}
    assert opened == {STYLE_TYPE, "public.image"}


def test_everything_is_signed_from_the_inside_out(tmp_path):
    app = tmp_path / "Scumble.app"
    for name in ("MacOS/scumble", "Frameworks/torch/lib/libtorch.dylib", "Frameworks/libpython.dylib"):
        path = app / "Contents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (app / "Contents/Frameworks/link.dylib").symlink_to("libpython.dylib")
    commands = signing_commands(app, tmp_path / "rights.plist", "Somebody")
    signed = [command[-1] for command in commands]
    assert signed[-2:] == [str(app), str(app)]  # signed last, then verified
    assert not any("link.dylib" in name for name in signed)
    order = [next(index for index, name in enumerate(signed) if end in name) for end in ("libtorch", "libpython")]
    assert order == sorted(order)
    assert all("runtime" in command for command in commands[:-1])
    assert plistlib.loads(plistlib.dumps(ENTITLEMENTS))


def test_missing_keys_are_told_and_stop_nothing():
    (warning,) = missing_keys({})
    assert IDENTITY in warning
    (warning,) = missing_keys({IDENTITY: "Somebody"})
    assert PROFILE in warning
    assert missing_keys({IDENTITY: "Somebody", PROFILE: "profile"}) == []


def test_the_image_is_made_checked_and_stapled(tmp_path):
    image = tmp_path / "scumble.dmg"
    assert image_command(tmp_path, image)[-1] == str(image)
    submit, staple = notary_commands(image, "profile")
    assert "--wait" in submit
    assert staple[-1] == str(image)
