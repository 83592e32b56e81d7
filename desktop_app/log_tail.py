"""The end of the log file, and what is added to it. Knows nothing of widgets."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path

LARGEST_TAIL = 1_000_000
"""Of a file that is longer only so many bytes, from its end, are read."""

_BEGINNING = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ([A-Z]+) ")
_GONE = (-1, -1)
_PREDECESSOR = ".1"  # what RotatingFileHandler calls the file it began before


@dataclass(frozen=True)
class LogLine:
    """A line and the level of the report that it belongs to: a traceback has the level of its first line."""

    text: str
    level: int


class LogTail:
    """Reads what is new each time it is asked.

    The file is opened for each reading: one that stays open could not be renamed on Windows, and the log is, when it
    is full. A new file of the same name is read from its beginning, after what was still unread of the old one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: tuple[int, int] | None = None
        self._place = 0
        self._rest = b""
        self._level = logging.INFO

    def read(self) -> list[LogLine]:
        """Return the lines that were completed since the last time; none for a file that is not there."""
        try:
            status = self._path.stat()
        except OSError:
            return self._read_gone()
        file = (status.st_dev, status.st_ino)
        data = b""
        if self._file is None:
            data = self._read_first(status.st_size)
        elif file == self._file and status.st_size >= self._place:
            data = self._read_from(self._path, self._place)
        else:
            data = self._unread_of_old() + self._read_from(self._path, 0)
        self._file = file
        return self._lines(data)

    def _read_gone(self) -> list[LogLine]:
        """Return what was still unread of a file that was renamed or deleted; the next one is new."""
        if self._file is None or self._file == _GONE:
            return []
        data = self._unread_of_old()
        self._file, self._place = _GONE, 0
        return self._lines(data)

    def _read_first(self, size: int) -> bytes:
        start = max(0, size - LARGEST_TAIL)
        data = self._read_from(self._path, start)
        return data[data.find(b"\n") + 1 :] if start else data  # the first line may be cut

    def _unread_of_old(self) -> bytes:
        old = self._path.with_name(self._path.name + _PREDECESSOR)
        try:
            status = old.stat()
        except OSError:
            status = None
        if status is not None and (status.st_dev, status.st_ino) == self._file:
            unread = self._read_from(old, self._place)
            return unread if unread.endswith(b"\n") or not unread else unread + b"\n"
        self._rest = b""
        return b""

    def _read_from(self, path: Path, place: int) -> bytes:
        try:
            with path.open("rb") as file:
                file.seek(place)
                data = file.read(2 * LARGEST_TAIL)
                self._place = file.tell()
        except OSError:
            return b""
        return data

    def _lines(self, data: bytes) -> list[LogLine]:
        *complete, self._rest = (self._rest + data).split(b"\n")
        lines = []
        for line in complete:
            text = line.decode("utf-8", "replace").rstrip("\r")
            found = _BEGINNING.match(text)
            if found:
                level = logging.getLevelNamesMapping().get(found[1])
                self._level = self._level if level is None else level
            lines.append(LogLine(text, self._level))
        return lines
