"""The library: the styles that ship with Scumble, which are only read, and the user's own."""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import re
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from numpy.typing import NDArray

import resources
from engine.api import StyleError
from engine.styles.format import (
    STYLE_SUFFIX,
    edit_style_file,
    read_style_file,
    read_style_information,
    unwritable,
    write_style_file,
)
from engine.styles.information import LONGEST_NAME, StyleInformation, check_name

_TRASH = "deleted"
_NAMES_OF_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class StyleLibrary:
    """Styles by name, whatever their case; a name stands for one style. May be used from several threads."""

    def __init__(self, built_in_folder: Path, user_folder: Path) -> None:
        self._built_in_folder = built_in_folder
        self._user_folder = user_folder
        self._faults: list[StyleError] = []
        self._headers: dict[Path, tuple[tuple[int, int], StyleInformation]] = {}
        self._lock = threading.RLock()

    @classmethod
    def default(cls) -> StyleLibrary:
        """The styles of this installation and of this user."""
        return cls(resources.BUILT_IN_STYLES, Path(platformdirs.user_data_dir("Scumble", appauthor=False)) / "styles")

    @property
    def user_folder(self) -> Path:
        return self._user_folder

    def styles(self) -> list[StyleInformation]:
        """Return all styles, the built-in ones first, each group by name. Files that cannot be read are left out."""
        with self._lock:
            self._faults = []
            headers: dict[Path, tuple[tuple[int, int], StyleInformation]] = {}
            found: dict[str, StyleInformation] = {}
            for folder, built_in in ((self._built_in_folder, True), (self._user_folder, False)):
                group = []
                for path in sorted(folder.glob(f"*{STYLE_SUFFIX}")) if folder.is_dir() else []:
                    try:
                        headers[path] = self._header(path)
                    except StyleError as error:
                        self._faults.append(error)
                    else:
                        style = headers[path][1]
                        group.append(dataclasses.replace(style, built_in=True) if built_in else style)
                for style in sorted(group, key=lambda style: style.name.casefold()):
                    found.setdefault(style.name.casefold(), style)
            self._headers = headers
            return list(found.values())

    def _header(self, path: Path) -> tuple[tuple[int, int], StyleInformation]:
        """Return what a file's header says, with time and size of the file; one that has not changed is not read again:
        a style is looked up by its name for every preview.
        """
        try:
            status = path.stat()
        except OSError:
            return (0, 0), read_style_information(path)  # which says what is wrong
        state = status.st_mtime_ns, status.st_size
        known = self._headers.get(path)
        return known if known is not None and known[0] == state else (state, read_style_information(path))

    def faults(self) -> list[StyleError]:
        """Return what was wrong with the files that :meth:`styles` left out last time."""
        return list(self._faults)

    def problems(self) -> list[str]:
        """Return :meth:`faults` as lines."""
        return [str(fault) for fault in self._faults]

    def find(self, name: str) -> StyleInformation:
        """Return the style of a name. Raises StyleError with the names that come closest if there is none."""
        styles = {style.name.casefold(): style for style in self.styles()}
        wanted = " ".join(name.split()).casefold()
        if wanted in styles:
            return styles[wanted]
        close = [styles[key].name for key in difflib.get_close_matches(wanted, styles, n=3, cutoff=0.5)]
        if close:
            raise StyleError(
                "There is no style or file called {name}. Did you mean {close}?", name=name, close=" / ".join(close)
            )
        raise StyleError("There is no style or file called {name}. 'scumble styles list' shows all styles.", name=name)

    def add(self, information: StyleInformation, tensors: Mapping[str, NDArray]) -> StyleInformation:
        """Write a new style into the user's folder; a name that is taken gets a number. Returns it as it is now."""
        with self._lock:
            name = self._free_name(check_name(information.name))
            path = self._free_path(name)
            try:
                self._user_folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise unwritable(self._user_folder, error) from error
            write_style_file(path, dataclasses.replace(information, name=name), tensors)
            return read_style_information(path)

    def replace(self, information: StyleInformation, tensors: Mapping[str, NDArray]) -> StyleInformation:
        """Write a style in the place of the user's own of that name, or as a new one. Raises StyleError for the name of
        a built-in one.
        """
        with self._lock:
            name = check_name(information.name)
            old = next((style for style in self.styles() if style.name.casefold() == name.casefold()), None)
            if old is None or old.path is None:
                return self.add(information, tensors)
            if old.built_in:
                raise StyleError("{name} came with Scumble and cannot be replaced. Choose another name.", name=old.name)
            write_style_file(old.path, information, tensors, overwrite=True)
            return read_style_information(old.path)

    def import_file(self, path: Path) -> StyleInformation:
        """Check a style file from elsewhere and copy it into the user's folder."""
        information, tensors = read_style_file(path)
        return self.add(information, tensors)

    def namesake(self, name: str) -> StyleInformation | None:
        """Return the style that has this name, None while it is free."""
        wanted = " ".join(name.split()).casefold()
        return next((style for style in self.styles() if style.name.casefold() == wanted), None)

    def edit(self, path: Path, name: str, description: str) -> StyleInformation:
        """Give one of the user's styles another name and description; its file stays where it is.

        Raises StyleError for a built-in style, and for a name that another style has.
        """
        with self._lock:
            style = self._own(path)
            other = self.namesake(name)
            if other is not None and other.path != path:
                raise StyleError("There is a style called {name} already. Choose another name.", name=other.name)
            self._headers.pop(path, None)
            edited = edit_style_file(path, name, description)
            return dataclasses.replace(edited, built_in=style.built_in)

    def export(self, name: str, path: Path, overwrite: bool = False) -> None:
        """Copy a style into a file to be given away; ``.scumble`` is added if the path has another ending."""
        style = self.find(name)
        assert style.path is not None
        if path.suffix.lower() != STYLE_SUFFIX:
            path = path.with_name(path.name + STYLE_SUFFIX)
        information, tensors = read_style_file(style.path)
        write_style_file(path, information, tensors, overwrite)

    def delete(self, name: str) -> None:
        """Remove one of the user's styles for good. Raises StyleError for a built-in one."""
        path = self.find(name).path
        assert path is not None
        style = self._own(path)
        try:
            path.unlink()
        except OSError as error:
            raise _undeletable(style, error) from error

    def discard(self, path: Path) -> Path:
        """Take one of the user's styles out of the library, but keep its file, until :meth:`empty_trash`.

        Returns where it is kept, for :meth:`restore`. The file is only renamed, so that neither takes time or room.
        """
        with self._lock:
            style = self._own(path)
            kept = self._user_folder / _TRASH / f"{uuid.uuid4().hex}{STYLE_SUFFIX}"
            try:
                kept.parent.mkdir(exist_ok=True)
                path.replace(kept)
            except OSError as error:
                raise _undeletable(style, error) from error
            return kept

    def restore(self, kept: Path, path: Path) -> Path:
        """Put a style back that :meth:`discard` took out of ``path``. Returns its path, which is another one, with a
        number in the style's name, if a new style has taken its place.
        """
        with self._lock:
            information = read_style_information(kept)
            if path.exists() or self.namesake(information.name) is not None:
                added = self.add(*read_style_file(kept))
                kept.unlink(missing_ok=True)
                assert added.path is not None
                return added.path
            try:
                kept.replace(path)
            except OSError as error:
                raise unwritable(path.parent, error) from error
            return path

    def empty_trash(self) -> None:
        """Remove for good what was discarded. What cannot be removed is left for the next time."""
        trash = self._user_folder / _TRASH
        with self._lock, contextlib.suppress(OSError):
            for path in trash.glob(f"*{STYLE_SUFFIX}"):
                path.unlink()
            trash.rmdir()

    def _own(self, path: Path) -> StyleInformation:
        """Return what is known about one of the user's styles. Raises StyleError for any other."""
        style = read_style_information(path)
        if path.parent != self._user_folder:
            raise StyleError("{name} came with Scumble and cannot be changed or deleted.", name=style.name)
        return style

    def _free_name(self, name: str) -> str:
        taken = {style.name.casefold() for style in self.styles()}
        free, number = name, 2
        while free.casefold() in taken:
            ending = f" {number}"
            free = name[: LONGEST_NAME - len(ending)] + ending
            number += 1
        return free

    def _free_path(self, name: str) -> Path:
        """Return a file name that every system allows, near the style's name."""
        stem = re.sub(r'[<>:"/\\|?*]', "_", name).strip(". ")[:60] or "style"
        if _NAMES_OF_DEVICES.fullmatch(stem):
            stem += "_"
        path, number = self._user_folder / f"{stem}{STYLE_SUFFIX}", 2
        while path.exists():
            path = self._user_folder / f"{stem} {number}{STYLE_SUFFIX}"
            number += 1
        return path


def _undeletable(style: StyleInformation, error: OSError) -> StyleError:
    return StyleError("{name} cannot be deleted ({reason}).", name=style.name, reason=error.strerror or error)
