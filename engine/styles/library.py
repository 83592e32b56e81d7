"""The library: the styles that ship with Scumble, which are only read, and the user's own."""

from __future__ import annotations

import dataclasses
import difflib
import re
import threading
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from numpy.typing import NDArray

import resources
from engine.api import StyleError
from engine.styles.format import STYLE_SUFFIX, read_style_file, read_style_information, write_style_file
from engine.styles.information import LONGEST_NAME, StyleInformation, check_name

_NAMES_OF_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class StyleLibrary:
    """Styles by name, whatever their case; a name stands for one style. May be used from several threads."""

    def __init__(self, built_in_folder: Path, user_folder: Path) -> None:
        self._built_in_folder = built_in_folder
        self._user_folder = user_folder
        self._problems: list[str] = []
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
            self._problems = []
            found: dict[str, StyleInformation] = {}
            for folder, built_in in ((self._built_in_folder, True), (self._user_folder, False)):
                group = []
                for path in sorted(folder.glob(f"*{STYLE_SUFFIX}")) if folder.is_dir() else []:
                    try:
                        group.append(dataclasses.replace(read_style_information(path), built_in=built_in))
                    except StyleError as error:
                        self._problems.append(str(error))
                for style in sorted(group, key=lambda style: style.name.casefold()):
                    found.setdefault(style.name.casefold(), style)
            return list(found.values())

    def problems(self) -> list[str]:
        """Return what was wrong with the files that :meth:`styles` left out last time, a line for each."""
        return list(self._problems)

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
                raise StyleError(
                    "The style cannot be written to {folder} ({reason}). Make room or choose another folder.",
                    folder=self._user_folder,
                    reason=error.strerror or error,
                ) from error
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

    def export(self, name: str, path: Path, overwrite: bool = False) -> None:
        """Copy a style into a file to be given away; ``.scumble`` is added if the path has another ending."""
        style = self.find(name)
        assert style.path is not None
        if path.suffix.lower() != STYLE_SUFFIX:
            path = path.with_name(path.name + STYLE_SUFFIX)
        information, tensors = read_style_file(style.path)
        write_style_file(path, information, tensors, overwrite)

    def delete(self, name: str) -> None:
        """Remove one of the user's styles. Raises StyleError for a built-in one."""
        style = self.find(name)
        if style.built_in or style.path is None:
            raise StyleError("{name} came with Scumble and cannot be deleted.", name=style.name)
        try:
            style.path.unlink()
        except OSError as error:
            raise StyleError(
                "{name} cannot be deleted ({reason}).", name=style.name, reason=error.strerror or error
            ) from error

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
