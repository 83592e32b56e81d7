"""Looks after the styles on the shelf: which are shown, and renaming, deleting, exporting and importing them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from desktop_app.document import Document
from desktop_app.i18n import translate_message
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.shelf_model import ShelfItem, item_of_style
from desktop_app.panels.shelf_strip import ShelfStrip
from desktop_app.settings import Settings
from engine.api import StyleError
from engine.styles import STYLE_SUFFIX, StyleLibrary

RECENT_KEPT = 12


class StyleKeeper(QObject):
    """Does to the library what the shelf asks for, and shows the outcome."""

    def __init__(
        self,
        *,
        library: StyleLibrary,
        document: Document,
        strip: ShelfStrip,
        messages: MessageBar,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._library = library
        self._document = document
        self._strip = strip
        self._shelf = strip.shelf
        self._messages = messages
        self._settings = settings
        self._search = ""
        self._shelf.is_favorite = self._is_favorite
        self._shelf.rename_requested.connect(self.ask_name)
        self._shelf.delete_requested.connect(self.delete)
        self._shelf.export_requested.connect(self.ask_where)
        self._shelf.favorite_toggled.connect(self._toggle_favorite)
        self._shelf.chosen.connect(self._remember)
        self._shelf.mixed_in.connect(self._remember)
        strip.choose_group(settings.style_group)
        strip.wanted_changed.connect(self._show_wanted)
        self.refresh()
        problems = library.problems()
        if problems:
            messages.show_message("error", problems[0])
        self._show_wanted("", strip.group_box.currentData())

    def refresh(self) -> None:
        """Show the library as it is now."""
        self._shelf.set_library([item_of_style(style) for style in self._library.styles()])
        self._shelf.show_chosen([style.source for style in self._document.styles])

    # What is shown

    @Slot(str, str)
    def _show_wanted(self, search: str, group: str) -> None:
        self._search = search.strip().casefold()
        self._settings.style_group = group
        self._shelf.show_only(self._is_wanted)

    def _is_wanted(self, item: ShelfItem) -> bool:
        if self._search and self._search not in f"{item.title} {item.artist}".casefold():
            return False
        match self._settings.style_group:
            case "built_in":
                return item.is_built_in
            case "mine":
                return not item.is_built_in
            case "recent":
                return item.title in self._settings.recent_styles
            case "favorites":
                return self._is_favorite(item)
            case _:
                return True

    def _is_favorite(self, item: ShelfItem) -> bool:
        return item.title in self._settings.favorite_styles

    @Slot(object)
    def _toggle_favorite(self, item: ShelfItem) -> None:
        favorites = self._settings.favorite_styles
        if item.title in favorites:
            favorites.remove(item.title)
        else:
            favorites.append(item.title)
        self._shelf.show_only(self._is_wanted)

    @Slot(object)
    def _remember(self, item: ShelfItem) -> None:
        if item.is_of_library:
            others = [title for title in self._settings.recent_styles if title != item.title]
            self._settings.recent_styles = [item.title, *others][:RECENT_KEPT]

    # Changes

    @Slot(object)
    def ask_name(self, item: ShelfItem) -> None:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename Style"))
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setTextValue(item.title)
        dialog.setProperty("style", item.title)
        dialog.textValueSelected.connect(self._name_given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _name_given(self, name: str) -> None:
        self.rename(self.sender().property("style"), name)

    def rename(self, name: str, new_name: str) -> None:
        if self._is_busy(name):
            return
        try:
            style = self._library.rename(name, new_name)
        except StyleError as error:
            self._show_error(error)
            return
        for titles in (self._settings.favorite_styles, self._settings.recent_styles):
            titles[:] = [style.name if title == name else title for title in titles]
        self.refresh()

    @Slot(object)
    def delete(self, item: ShelfItem) -> None:
        """Delete one of the user's styles, as a step that can be undone."""
        if self._is_busy(item.title):
            return
        command = _Deletion(self, self._library, item)
        if command.delete():
            self._document.undo_stack.push(command)
            text = self.tr("{name} is deleted.").format(name=item.title)
            self._messages.show_message("information", text, self.tr("Undo"), self._document.undo_stack.undo)

    def _is_busy(self, name: str) -> bool:
        """Say so if the open work is painted in a style, which would lose it."""
        if not any(style.source == name for style in self._document.styles):
            return False
        text = self.tr("{name} is in use. Choose another style first.")
        self._messages.show_message("information", text.format(name=name))
        return True

    @Slot(object)
    def ask_where(self, item: ShelfItem) -> None:
        dialog = QFileDialog(self._window, self.tr("Export Style"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Styles (*{suffix})").format(suffix=STYLE_SUFFIX))
        dialog.setDefaultSuffix(STYLE_SUFFIX.lstrip("."))
        dialog.selectFile(f"{item.title}{STYLE_SUFFIX}")
        dialog.setProperty("style", item.title)
        dialog.fileSelected.connect(self._place_given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _place_given(self, path: str) -> None:
        self.export(self.sender().property("style"), Path(path))

    def export(self, name: str, path: Path) -> None:
        """Copy a style into a file. Whoever chose the path was asked whether to overwrite."""
        try:
            self._library.export(name, path, overwrite=True)
        except StyleError as error:
            self._show_error(error)
        else:
            text = self.tr("{name} is saved as {file}.").format(name=name, file=path.name)
            self._messages.show_message("success", text)

    @Slot()
    def ask_for_import(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Import Styles"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Styles (*{suffix})").format(suffix=STYLE_SUFFIX))
        dialog.filesSelected.connect(self._files_given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _files_given(self, names: list[str]) -> None:
        for name in names:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> ShelfItem | None:
        """Copy a style file into the library; a name that is taken gets a number. Return it as it lies there."""
        try:
            style = self._library.import_file(path)
        except StyleError as error:
            self._show_error(error)
            return None
        self.refresh()
        text = self.tr("{name} is in your library now.").format(name=style.name)
        self._messages.show_message("success", text)
        return item_of_style(style)

    def show_deleted(self, error: StyleError | None) -> None:
        """Follow a deletion that was done, undone or done again."""
        self.refresh()
        if error is not None:
            self._show_error(error)

    def _show_error(self, error: StyleError) -> None:
        self._messages.show_message("error", translate_message(error.template, error.values))


class _Deletion(QUndoCommand):
    """The style's file goes, and comes back."""

    def __init__(self, keeper: StyleKeeper, library: StyleLibrary, item: ShelfItem) -> None:
        super().__init__("delete_style")
        self._keeper = keeper
        self._library = library
        self._item = item
        self._data = b""
        self._is_done = False

    def delete(self) -> bool:
        """Return whether it could be deleted."""
        error: StyleError | None = None
        try:
            self._data = self._library.delete(self._item.title)
            self._is_done = True
        except StyleError as problem:
            error = problem
        self._keeper.show_deleted(error)
        return error is None

    def redo(self) -> None:
        if not self._is_done:  # the first time it is done before it is pushed
            self.delete()

    def undo(self) -> None:
        error: StyleError | None = None
        if self._is_done and self._item.path is not None:
            try:
                self._library.restore(self._item.path, self._data)
                self._is_done = False
            except StyleError as problem:
                error = problem
        self._keeper.show_deleted(error)
