"""Changes of the library as steps of the undo history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QUndoCommand

from engine.api import StyleError
from engine.styles import StyleLibrary


class ShelfStep(QUndoCommand):
    """A change that is done already when it is pushed. What cannot be done back or again leaves the history."""

    def __init__(self, what: str, *, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        super().__init__(what)
        self._undo = undo
        self._redo = redo
        self._is_new = True

    def undo(self) -> None:
        if self._undo() is False:
            self.setObsolete(True)

    def redo(self) -> None:
        if self._is_new:
            self._is_new = False
        elif self._redo() is False:
            self.setObsolete(True)


class StyleFile:
    """The file of one of the user's styles, in the library or taken out of it.

    Both are done at once, not in the background: the next step of the history may need the file in its place, and a
    file is only renamed.
    """

    def __init__(
        self,
        library: StyleLibrary,
        path: Path,
        kept: Path | None,
        *,
        changed: Callable[[], None],
        failed: Callable[[StyleError], None],
    ) -> None:
        self._library = library
        self._path = path
        self._kept = kept
        self._changed = changed
        self._failed = failed

    def take_out(self) -> bool:
        """Return whether the style is no longer in the library."""
        try:
            self._kept = self._library.discard(self._path)
        except StyleError as error:
            self._failed(error)
            return False
        self._changed()
        return True

    def put_back(self) -> bool:
        """Return whether the style is in the library again."""
        assert self._kept is not None
        try:
            self._path = self._library.restore(self._kept, self._path)
        except StyleError as error:
            self._failed(error)
            return False
        self._kept = None
        self._changed()
        return True

    def deleting(self) -> ShelfStep:
        return ShelfStep("delete_style", undo=self.put_back, redo=self.take_out)

    def adding(self) -> ShelfStep:
        return ShelfStep("add_style", undo=self.take_out, redo=self.put_back)
