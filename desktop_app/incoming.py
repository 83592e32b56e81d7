"""What a drop or the clipboard brings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop_app.messages import Source
from engine.styles import STYLE_SUFFIX


@dataclass(frozen=True)
class Incoming:
    """``remote`` is the address of something on the web, which Scumble does not download; empty if there is none."""

    sources: tuple[Source, ...]
    remote: str = ""

    @property
    def pictures(self) -> tuple[Source, ...]:
        """Everything that is not named like a style file. What it really is, is only known when it is read."""
        return tuple(source for source in self.sources if not is_style_file(source))

    @cached_property
    def folders(self) -> tuple[Path, ...]:
        return tuple(source for source in self.sources if isinstance(source, Path) and source.is_dir())

    @property
    def style_files(self) -> tuple[Path, ...]:
        return tuple(source for source in self.sources if isinstance(source, Path) and is_style_file(source))


def is_style_file(source: Source) -> bool:
    return isinstance(source, Path) and source.suffix.lower() == STYLE_SUFFIX


def brings_pictures(data: QMimeData) -> bool:
    """Whether a drop may be accepted. What the files really are is only known when they are read."""
    return data.hasUrls() or data.hasImage() or bool(_links(data))


def pictures_in(data: QMimeData) -> Incoming:
    """Return the files that are named, else the pixels that are carried (a browser offers an address and pixels)."""
    urls = data.urls() or _links(data)
    files = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if files:
        return Incoming(files)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage):
        return Incoming((image,))
    return Incoming((), remote=urls[0].toDisplayString() if urls else "")


def what_is_dragged(data: QMimeData) -> Incoming:
    """Return the same while it is still being dragged: pixels are not fetched, which may take long."""
    if any(url.isLocalFile() for url in data.urls() or _links(data)):
        return pictures_in(data)
    return Incoming((QImage(),)) if data.hasImage() else Incoming((), remote="?")


def _links(data: QMimeData) -> list[QUrl]:
    """Return the links to files of this computer that are carried as text: one to a line, and nothing else."""
    lines = [line.strip() for line in data.text().splitlines() if line.strip()] if data.hasText() else []
    urls = [QUrl(line) for line in lines if line.startswith("file:")]
    return urls if len(urls) == len(lines) else []
