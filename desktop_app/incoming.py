"""What a drop or the clipboard brings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from desktop_app.messages import Source


@dataclass(frozen=True)
class Incoming:
    """``remote`` is the address of something on the web, which Scumble does not download; empty if there is none."""

    sources: tuple[Source, ...]
    remote: str = ""


def brings_pictures(data: QMimeData) -> bool:
    """Whether a drop may be accepted. What the files really are is only known when they are read."""
    return data.hasUrls() or data.hasImage()


def pictures_in(data: QMimeData) -> Incoming:
    """Return the files that are named, else the pixels that are carried (a browser offers an address and pixels)."""
    urls = data.urls()
    files = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if files:
        return Incoming(files)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage):
        return Incoming((image,))
    return Incoming((), remote=urls[0].toDisplayString() if urls else "")
