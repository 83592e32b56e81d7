"""What the user does with the library: styles are added to it, renamed, described and deleted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.dialogs.style_details import StyleDetailsDialog
from desktop_app.document import Document
from desktop_app.i18n import translate_message
from desktop_app.messages import Event, Failed, MakeStyle, StyleMade
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.shelf_model import ShelfItem, item_of_style
from desktop_app.panels.shelf_strip import ShelfStrip
from desktop_app.style_steps import ShelfStep, StyleFile
from desktop_app.worker import WorkerThread
from engine.api import EngineError, Picture, StyleError
from engine.styles import StyleInformation, StyleLibrary

MOST_NAMES = 8

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Listing:
    """What is in the library, and what is there that cannot be read."""

    items: tuple[ShelfItem, ...]
    faults: tuple[StyleError, ...]


class StyleKeeper(QObject):
    """Keeps shelf and library the same. The disk is read and written in the background, codes are made by the worker.

    What fails leaves everything as it was, and the message bar says why.
    """

    filled = Signal()

    def __init__(
        self,
        *,
        library: StyleLibrary,
        document: Document,
        worker: WorkerThread,
        background: BackgroundThread,
        strip: ShelfStrip,
        messages: MessageBar,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self.style_library = library
        self.document = document
        self._worker = worker
        self.background = background
        self.strip = strip
        self._shelf = strip.shelf
        self.messages = messages
        self._is_filled = False
        self._faults: tuple[str, ...] = ()
        self._making: dict[int, ShelfItem] = {}
        self._names_kept: list[str] = []
        self._has_failed = False
        self._told: Callable[[], str] | None = None
        document.undo_stack.indexChanged.connect(self._hide_outdated)
        self._shelf.commanded.connect(self._carry_out)
        self._shelf.chosen.connect(self._shelf.shelf.mark_used)
        self._shelf.mixed_in.connect(self._shelf.shelf.mark_used)
        worker.reported.connect(self._receive)

    # From the library to the shelf

    @property
    def is_filled(self) -> bool:
        """Whether the library has been read once."""
        return self._is_filled

    def refresh(self, then: Callable[[], None] | None = None) -> None:
        """Read the library anew, and then do something with what is on the shelf."""
        self.background.submit(self._list, partial(self._show, then), self.show_error, can_be_dropped=True)

    def _list(self) -> _Listing:
        styles = self.style_library.styles()
        return _Listing(tuple(item_of_style(style) for style in styles), tuple(self.style_library.faults()))

    def _show(self, then: Callable[[], None] | None, listing: _Listing) -> None:
        self._shelf.shelf.set_library(listing.items)
        self._tell_faults(listing.faults)
        if then is not None:
            then()
        if not self._is_filled:
            self._is_filled = True
            self.filled.emit()

    def _tell_faults(self, faults: Sequence[StyleError]) -> None:
        lines = tuple(str(fault) for fault in faults)
        if lines == self._faults:
            return  # said before
        self._faults = lines
        for line in lines:
            log.warning("The library: %s", line)
        if len(faults) == 1:
            self.show_error(faults[0])
        elif faults:
            names = [str(fault.values["name"]) for fault in faults]
            more = "" if len(names) <= MOST_NAMES else "…"
            self.messages.show_message(
                "error",
                lambda: self.tr(
                    "{count} files of the library are no styles, or damaged: {names}. All others are here."
                ).format(count=len(names), names=", ".join(names[:MOST_NAMES]) + more),
            )

    def show_error(self, error: EngineError) -> None:
        self.messages.show_message("error", partial(translate_message, error.template, error.values))

    def show_style(self, key: str) -> None:
        """Scroll to a style of the library."""
        item = self._shelf.shelf.find(key)
        if item is not None:
            self.strip.show_item(item)

    # From the shelf to the library

    @Slot(str, object)
    def _carry_out(self, command: str, item: ShelfItem | None) -> None:
        match command, item:
            case "edit", ShelfItem():
                self.edit(item)
            case "delete", ShelfItem():
                self.delete(item)
            case "keep", ShelfItem():
                self.keep(item)

    def keep(self, item: ShelfItem) -> None:
        """Make what is there for this session a style of the library. Until then, and if that fails, it can be used."""
        if not isinstance(item.source, Picture) or item in self._making.values():
            return
        job = self._worker.next_job()
        if not self._making:
            self._names_kept, self._has_failed = [], False
        self._making[job] = item
        self._worker.submit(MakeStyle(job, item.source))

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if event.job not in self._making:
            return
        if isinstance(event, StyleMade):
            add = partial(self._add, event.information, event.tensors)
            self.background.submit(add, partial(self._kept, event.job), partial(self._not_kept, event.job))
        elif isinstance(event, Failed):
            self._not_kept(event.job, EngineError(event.template, **event.values))

    def _add(self, information: StyleInformation, tensors: Mapping[str, NDArray]) -> StyleInformation:
        return self.style_library.add(information, tensors)

    def _kept(self, job: int, style: StyleInformation) -> None:
        item, new = self._making.pop(job), item_of_style(style)
        assert style.path is not None
        if isinstance(item.source, Picture):
            self._shelf.shelf.remember_picture(new.key, item.source)
        self._shelf.shelf.remove(item)
        self.document.undo_stack.push(self.file_of(style.path).adding())
        self._names_kept.append(style.name)
        self.refresh(partial(self.show_style, new.key))
        self._tell_kept()

    def _not_kept(self, job: int, error: EngineError) -> None:
        item = self._making.pop(job)
        self._has_failed = True
        self.messages.show_message(
            "error",
            lambda: self.tr("{reason} Until the window is closed, {name} can be used all the same.").format(
                reason=translate_message(error.template, error.values), name=item.title
            ),
        )

    def _tell_kept(self) -> None:
        """Say what came of several at once when all are done; what failed has been said and stays on show."""
        if self._making or self._has_failed:
            return
        self.messages.show_message("success", partial(self._kept_text, tuple(self._names_kept)))

    def _kept_text(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return self.tr("{name} is a style of yours now.").format(name=names[0])
        return self.tr("{count} paintings are styles of yours now.").format(count=len(names))

    def file_of(self, path: Path, kept: Path | None = None) -> StyleFile:
        """Return what a step of the history needs: a style in the library, or one taken out of it to ``kept``."""
        return StyleFile(self.style_library, path, kept, changed=self.refresh, failed=self.show_error)

    def edit(self, item: ShelfItem) -> None:
        """Ask for another name and description."""
        if not self._can_be_changed(item) or item.information is None:
            return
        dialog = StyleDetailsDialog(item.information, self._window)
        dialog.decided.connect(partial(self._edit, item))
        dialog.open()

    def _edit(self, item: ShelfItem, name: str, description: str) -> None:
        style = item.information
        if style is None or style.path is None or (style.name, style.description) == (name, description):
            return
        self._write(style.path, name, description, partial(self._edited, style))

    def _write(
        self, path: Path, name: str, description: str, then: Callable[[StyleInformation], None] | None = None
    ) -> None:
        edit = partial(self.style_library.edit, path, name, description)
        self.background.submit(edit, partial(self._written, then), self.show_error)

    def _written(self, then: Callable[[StyleInformation], None] | None, style: StyleInformation) -> None:
        if style.path is not None:
            self.document.retitle(style.path, style.name)
        if then is not None:
            then(style)
        self.refresh()

    def _edited(self, before: StyleInformation, after: StyleInformation) -> None:
        assert after.path is not None
        step = ShelfStep(
            "edit_style",
            undo=partial(self._write, after.path, before.name, before.description),
            redo=partial(self._write, after.path, after.name, after.description),
        )
        self.document.undo_stack.push(step)

    def delete(self, item: ShelfItem) -> None:
        """Take a style off the shelf and out of the open work, as one step that can be undone. Where regions are
        painted in it, that is asked first: they keep their masks and need another style.
        """
        if not self._can_be_changed(item):
            return
        regions = [
            region.name
            for region in self.document.work.regions
            if any(self._shelf.shelf.is_shown_by(item, style.source) for style in region.styles)
        ]
        if regions:
            self._ask_to_delete(item, regions)
        else:
            self._delete(item)

    def _ask_to_delete(self, item: ShelfItem, regions: list[str]) -> None:
        text = self.tr("{name} is used in {regions}. Without it, these parts need another style.")
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Delete Style"), "", parent=self._window)
        box.setText(text.format(name=item.title, regions=", ".join(regions)))
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
        box.setEscapeButton(box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole))
        delete.clicked.connect(partial(self._delete, item))
        box.finished.connect(box.deleteLater)
        box.open()

    def _delete(self, item: ShelfItem) -> None:
        step = self._taken_out(item)
        if step is None:
            return
        stack = self.document.undo_stack
        stack.beginMacro("delete_style")
        self.document.remove_style_everywhere(lambda style: self._shelf.shelf.is_shown_by(item, style.source))
        stack.push(step)
        stack.endMacro()
        self._told = lambda: self.tr("{name} is deleted.").format(name=item.title)
        undo = partial(self._undo, stack.index())
        self.messages.show_message("information", self._told, lambda: self.tr("Undo"), undo)

    def _taken_out(self, item: ShelfItem) -> ShelfStep | None:
        model = self._shelf.shelf
        if item.information is None or item.information.path is None:
            model.remove(item)
            return ShelfStep("delete_style", undo=partial(model.put_back, item), redo=partial(model.remove, item))
        file = self.file_of(item.information.path)
        return file.deleting() if file.take_out() else None

    def _undo(self, index: int) -> None:
        """Undo what the message speaks of, unless something else has happened since."""
        if self.document.undo_stack.index() == index:
            self.document.undo_stack.undo()

    @Slot()
    def _hide_outdated(self) -> None:
        """What can be undone is another step now than the one that the message offers to undo."""
        if self._told is not None and self.messages.is_shown(self._told):
            self.messages.hide()
        self._told = None

    def _can_be_changed(self, item: ShelfItem) -> bool:
        if item.is_built_in:
            self.messages.show_message(
                "information",
                lambda: self.tr("{name} came with Scumble and stays as it is.").format(name=item.title),
            )
        return not item.is_built_in

    def close(self) -> None:
        """Remove for good what was deleted; nothing can be undone any more."""
        self.style_library.empty_trash()
