"""Style files from elsewhere come into the library, and styles of the library go out as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop_app.i18n import translate_message
from desktop_app.panels.shelf_model import ShelfItem, item_of_style
from desktop_app.panels.thumbnails import read_thumbnail
from desktop_app.settings import Settings
from desktop_app.style_keeper import MOST_NAMES, StyleKeeper
from engine.api import StyleError
from engine.styles import STYLE_SUFFIX, StyleInformation, StyleLibrary, is_same_style, read_style_file


@dataclass(frozen=True)
class _Candidate:
    """A style file that may come in. ``namesake`` is the style of the library with its name, if there is one."""

    path: Path
    style: StyleInformation
    namesake: StyleInformation | None = None
    is_known: bool = False


@dataclass(frozen=True)
class _Found:
    candidates: tuple[_Candidate, ...]
    errors: tuple[StyleError, ...]


@dataclass(frozen=True)
class _Import:
    """What came of one candidate: the style as it is in the library, or why it is not there.

    A style whose place it took lies at ``kept`` and was at ``replaced``.
    """

    candidate: _Candidate
    style: StyleInformation | None = None
    replaced: Path | None = None
    kept: Path | None = None
    error: StyleError | None = None


class StyleFiles(QObject):
    """Imports and exports. Before a style of the user's is replaced the window asks, once for all files together."""

    def __init__(self, keeper: StyleKeeper, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._keeper = keeper
        self._library = keeper.style_library
        self._document = keeper.document
        self._background = keeper.background
        self._strip = keeper.strip
        self._messages = keeper.messages
        self._settings = settings
        self._exported = Path()
        keeper.strip.shelf.commanded.connect(self._carry_out)

    @Slot(str, object)
    def _carry_out(self, command: str, item: ShelfItem | None) -> None:
        if command == "import":
            self.show_import_dialog()
        elif command == "export" and item is not None and item.information is not None:
            self.show_export_dialog(item)

    # In

    @Slot()
    def show_import_dialog(self) -> None:
        dialog = self._make_dialog(self.tr("Import Styles"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._import_chosen)
        dialog.open()

    def _make_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilters([self.tr("Styles ({pattern})").format(pattern=f"*{STYLE_SUFFIX}")])
        folder = self._settings.style_folder
        if not folder or not Path(folder).is_dir():
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog.setDirectory(folder)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot(list)
    def _import_chosen(self, names: list[str]) -> None:
        self._settings.style_folder = str(Path(names[0]).parent)
        self.import_files([Path(name) for name in names])

    def import_files(self, paths: Sequence[Path], *, choose: bool = False) -> None:
        """Copy style files into the library; with ``choose``, paint in the first of them."""
        find = partial(_find, self._library, tuple(paths))
        self._background.submit(find, partial(self._ask, choose), self._keeper.show_error)

    def _ask(self, choose: bool, found: _Found) -> None:
        self._tell_errors(found.errors)
        if not found.candidates:
            return
        taken = [one.style.name for one in found.candidates if _would_replace(one)]
        if not taken:
            self._import(choose, found.candidates, replace=False)
            return
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Import Styles"))
        if len(taken) == 1:
            box.setText(self.tr("There is a style of yours called {name} already.").format(name=taken[0]))
        else:
            names = ", ".join(taken[:MOST_NAMES]) + ("…" if len(taken) > MOST_NAMES else "")
            box.setText(self.tr("Styles of yours have these names already: {names}").format(names=names))
        box.setInformativeText(self.tr("Kept beside it, the new one gets a number."))
        replace = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep Both"), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        for button, name in ((replace, "replace"), (keep, "keep"), (cancel, "cancel")):
            button.setObjectName(name)
        box.setDefaultButton(keep)
        box.setEscapeButton(cancel)
        box.buttonClicked.connect(partial(self._answer, choose, found.candidates))
        box.finished.connect(box.deleteLater)
        box.open()

    def _answer(self, choose: bool, candidates: Sequence[_Candidate], button: QWidget) -> None:
        if button.objectName() != "cancel":
            self._import(choose, candidates, replace=button.objectName() == "replace")

    def _import(self, choose: bool, candidates: Sequence[_Candidate], *, replace: bool) -> None:
        bring_in = partial(_bring_in, self._library, tuple(candidates), replace)
        self._background.submit(bring_in, partial(self._imported, choose), self._keeper.show_error)

    def _imported(self, choose: bool, imports: Sequence[_Import]) -> None:
        new = [one for one in imports if one.style is not None and not one.candidate.is_known]
        if new:
            stack = self._document.undo_stack
            stack.beginMacro("add_style")
            for one in new:
                self._push(one)
            stack.endMacro()
        failed = [one for one in imports if one.error is not None]
        for one in failed:
            # What cannot be copied into the library can be used where it lies, until the window is closed.
            self._strip.shelf.add(_item_of(one))
        self._keeper.refresh(partial(self._show_imported, choose, tuple(imports)))
        if failed and failed[0].error is not None:
            self._messages.show_message(
                "error", partial(self._failed_text, failed[0].error, failed[0].candidate.style.name)
            )
        elif new:
            names = [one.style.name for one in new if one.style is not None]
            self._messages.show_message("success", partial(self._imported_text, names))
        elif not choose:
            name = imports[0].candidate.style.name
            self._messages.show_message(
                "information", lambda: self.tr("{name} is on the shelf already.").format(name=name)
            )

    def _failed_text(self, error: StyleError, name: str) -> str:
        text = self.tr("{reason} Until the window is closed, {name} can be used all the same.")
        return text.format(reason=translate_message(error.template, error.values), name=name)

    def _imported_text(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return self.tr("{name} is on the shelf now.").format(name=names[0])
        return self.tr("{count} styles are on the shelf now.").format(count=len(names))

    def _push(self, one: _Import) -> None:
        assert one.style is not None
        assert one.style.path is not None
        stack = self._document.undo_stack
        if one.replaced is not None and one.kept is not None:
            stack.push(self._keeper.file_of(one.replaced, one.kept).deleting())
        stack.push(self._keeper.file_of(one.style.path).adding())
        self._strip.shelf.shelf.put_first(item_of_style(one.style).key)

    def _show_imported(self, choose: bool, imports: Sequence[_Import]) -> None:
        shelf = self._strip.shelf
        items = [_item_of(one) for one in imports]
        first = next((there for item in items if (there := shelf.shelf.same_as(item)) is not None), None)
        if first is not None:
            self._strip.show_item(first)
            if choose:
                shelf.choose_item(first)

    def _tell_errors(self, errors: Sequence[StyleError]) -> None:
        if len(errors) == 1:
            self._keeper.show_error(errors[0])
        elif errors:
            names = [str(error.values["name"]) for error in errors]
            more = "" if len(names) <= MOST_NAMES else "…"
            self._messages.show_message(
                "error",
                lambda: self.tr("{count} files are no styles, or damaged: {names}").format(
                    count=len(names), names=", ".join(names[:MOST_NAMES]) + more
                ),
            )

    # Out

    def show_export_dialog(self, item: ShelfItem) -> None:
        dialog = self._make_dialog(self.tr("Export Style"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # asks before a file is replaced
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(STYLE_SUFFIX.removeprefix("."))
        dialog.selectFile("".join("_" if letter in '<>:"/\\|?*' else letter for letter in item.title) + STYLE_SUFFIX)
        dialog.fileSelected.connect(partial(self._export, item))
        dialog.open()

    def _export(self, item: ShelfItem, name: str) -> None:
        path = Path(name)
        self._settings.style_folder = str(path.parent)
        export = partial(self._library.export, item.title, path, overwrite=True)
        self._background.submit(export, partial(self._tell_exported, item.title, path), self._keeper.show_error)

    def _tell_exported(self, title: str, path: Path, _result: None) -> None:
        self._exported = path.absolute().parent
        self._messages.show_message(
            "success",
            lambda: self.tr("{name} is saved as {file}.").format(name=title, file=path.name),
            lambda: self.tr("Open folder"),
            self._open_folder,
        )

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported)))


def _find(library: StyleLibrary, paths: Sequence[Path]) -> _Found:
    """Look at style files, and for what they would replace."""
    candidates: list[_Candidate] = []
    errors: list[StyleError] = []
    for path in paths:
        try:
            style, _ = read_style_file(path)  # whole: one that is damaged must not be offered
            namesake = library.namesake(style.name)
            is_known = namesake is not None and namesake.path is not None and is_same_style(path, namesake.path)
        except StyleError as error:
            errors.append(error)
        else:
            candidates.append(_Candidate(path, style, namesake, is_known))
    return _Found(tuple(candidates), tuple(errors))


def _would_replace(candidate: _Candidate) -> bool:
    """Whether there is another style of this name which may be replaced; a built-in one always stays."""
    return candidate.namesake is not None and not candidate.namesake.built_in and not candidate.is_known


def _bring_in(library: StyleLibrary, candidates: Sequence[_Candidate], replace: bool) -> tuple[_Import, ...]:
    return tuple(_bring_one_in(library, candidate, replace) for candidate in candidates)


def _bring_one_in(library: StyleLibrary, candidate: _Candidate, replace: bool) -> _Import:
    if candidate.is_known:
        return _Import(candidate, candidate.namesake)
    replaced = candidate.namesake.path if replace and _would_replace(candidate) and candidate.namesake else None
    kept: Path | None = None
    try:
        if replaced is not None:
            kept = library.discard(replaced)
        return _Import(candidate, library.import_file(candidate.path), replaced, kept)
    except StyleError as error:
        if replaced is not None and kept is not None:
            library.restore(kept, replaced)
        return _Import(candidate, error=error)


def _item_of(one: _Import) -> ShelfItem:
    """Return the style as it lies on the shelf: in the library, or only for this session."""
    if one.style is not None:
        return item_of_style(one.style)
    style = one.candidate.style
    return ShelfItem(style.name, style.artist, one.candidate.path, read_thumbnail(style.thumbnail))
