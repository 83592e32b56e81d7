"""What macOS is told about the program: the contents of its Info.plist."""

from __future__ import annotations

from typing import Any

IDENTIFIER = "org.scumble.Scumble"
STYLE_TYPE = "org.scumble.style"
OLDEST_SYSTEM = "14.0"
"""torch's wheels for Apple's processors need macOS 14."""


def information(version: str) -> dict[str, Any]:
    """Return the values of Info.plist: name, version, and the files that Scumble opens."""
    return {
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleName": "Scumble",
        "CFBundleDisplayName": "Scumble",
        "CFBundleExecutable": "scumble-window",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh_CN"],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Scumble style",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [STYLE_TYPE],
            },
            {
                "CFBundleTypeName": "Picture",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.image"],
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": STYLE_TYPE,
                "UTTypeDescription": "Scumble style",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["scumble"],
                    "public.mime-type": ["application/x-scumble-style"],
                },
            }
        ],
        "LSApplicationCategoryType": "public.app-category.graphics-design",
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Apache License 2.0",
        "NSPrincipalClass": "NSApplication",
        "NSSupportsAutomaticGraphicsSwitching": True,
    }
