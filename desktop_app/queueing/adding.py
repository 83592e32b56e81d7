"""Everything that puts work into the queue: the open work, a batch of pictures, a contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.background import BackgroundThread
from desktop_app.dialogs.batch import BatchChoice, BatchDialog
from desktop_app.dialogs.contact_sheet import ContactSheetDialog, SheetChoice, SheetSubject
from desktop_app.document import Document, Work
from desktop_app.exporting import Exporter
from desktop_app.incoming import Incoming
from desktop_app.opening import style_of_item
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.style_shelf import StyleShelf
from desktop_app.queueing.jobs import PictureTask, SheetTask, Target, Task
from desktop_app.queueing.journal_keeper import JournalKeeper
from desktop_app.queueing.queue import Queue
from desktop_app.session import SavedWork
from desktop_app.settings import Settings
from desktop_app.work_words import settings_in_words, styles_in_words


class QueueAdder(QObject):
    """What is added is a snapshot: later changes of the open work do not change it."""

    def __init__(
        self,
        *,
        queue: Queue,
        journal: JournalKeeper,
        document: Document,
        shelf: StyleShelf,
        exporter: Exporter,
        background: BackgroundThread,
        messages: MessageBar,
        settings: Settings,
        show_panel: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._queue = queue
        self._journal = journal
        self._document = document
        self._shelf = shelf
        self._exporter = exporter
        self._background = background
        self._messages = messages
        self._settings = settings
        self._show_panel = show_panel
        shelf.commanded.connect(self._carry_out)

    # The open work

    @Slot()
    def add_current(self) -> None:
        """Add the open work as it is, to be exported like the last export. What exists is not replaced."""
        content = self._document.content
        if content is None or not self._document.is_complete:
            self._messages.show_message(
                "information", lambda: self.tr("There is nothing to add yet. Open a photo and choose a style first.")
            )
            return
        settings = self._settings
        folder = self._exporter.suggested_folder()
        target = Target(
            str(folder),
            self._exporter.suggested_suffix(),
            settings.export_quality,
            settings.export_options(),
            settings.queue_existing,
            _today(),
        )
        self._journal.keep(self._document.work, partial(self._add_work, content.name, target))

    def _add_work(self, name: str, target: Target, saved: SavedWork) -> None:
        self._queue.add([PictureTask(saved, name or self.tr("Picture"), target)])
        self._messages.show_message(
            "success",
            lambda: self.tr("{name} is in the queue; its result goes to {folder}.").format(
                name=name, folder=target.folder
            ),
            lambda: self.tr("Show Queue"),
            self._show_panel,
        )

    # Many pictures

    @Slot()
    def show_batch(self) -> None:
        self.ask_about([])

    @Slot(object)
    def take_incoming(self, incoming: Incoming) -> None:
        """Ask about the files and folders that were dropped."""
        paths = [source for source in incoming.pictures if isinstance(source, Path)]
        if paths:
            self.ask_about(paths)
        else:
            self._messages.show_message(
                "error",
                lambda: self.tr("The queue takes files and folders. Save the picture as a file, then drop that."),
            )

    def ask_about(self, paths: Sequence[Path]) -> None:
        """Ask, once for all pictures, where the results go. They are painted in the current style."""
        open_work = self._document.work
        if not open_work.styles:
            self._messages.show_message(
                "error",
                lambda: self.tr("Choose a style first: every picture of a batch is painted in it. Then try again."),
            )
            return
        work = Work(None, open_work.styles, open_work.settings)
        dialog = BatchDialog(paths, partial(_in_words, work), self._settings, self._background, self._window)
        dialog.decided.connect(partial(self._add_batch, work))
        dialog.open()

    def _add_batch(self, work: Work, choice: BatchChoice) -> None:
        self._settings.queue_existing = choice.target.existing
        target = replace(choice.target, date=_today(), batch=self._queue.next_batch())
        self._journal.keep(work, partial(self._add_pictures, choice.pictures, target))

    def _add_pictures(self, pictures: Sequence[Path], target: Target, saved: SavedWork) -> None:
        tasks: list[Task] = [
            PictureTask(replace(saved, content=str(path.absolute())), path.stem, target) for path in pictures
        ]
        self._queue.add(tasks)
        self._show_panel()

    # Contact sheets

    @Slot(str, object)
    def _carry_out(self, command: str, _item: object) -> None:
        if command == "contact_sheet":
            self.show_contact_sheet("shown")

    @Slot()
    def show_contact_sheet(self, kind: str = "") -> None:
        work, content = self._document.work, self._document.content
        subject = SheetSubject(
            "" if content is None else content.name or self.tr("Picture"),
            self._shelf.shelf.rowCount(),
            tuple(style.title for style in work.styles),
        )
        if not any(subject.kinds().values()):
            self._messages.show_message(
                "error",
                lambda: self.tr("A contact sheet needs a photo, or a style for many pictures. Open one first."),
            )
            return
        shown = [style_of_item(self._shelf.shelf.item(row)) for row in range(subject.shown)]
        works = {
            "shown": Work(work.content, tuple(shown), work.settings),
            "chosen": Work(work.content, work.styles, work.settings),
            "pictures": Work(None, work.styles, work.settings),
        }
        dialog = ContactSheetDialog(
            subject, kind, self._exporter.suggested_folder(), self._settings, self._background, self._window
        )
        dialog.decided.connect(partial(self._add_sheet, works))
        dialog.open()

    def _add_sheet(self, works: dict[str, Work], choice: SheetChoice) -> None:
        self._settings.queue_existing = choice.target.existing
        target = replace(choice.target, date=_today(), batch=self._queue.next_batch())
        choice = replace(choice, target=target)
        self._journal.keep(works[choice.kind], partial(self._take_sheet, choice))

    def _take_sheet(self, choice: SheetChoice, saved: SavedWork) -> None:
        contents = tuple(str(path.absolute()) for path in choice.pictures) or (saved.content,)
        task = SheetTask(
            choice.title,
            contents,
            saved.styles,
            saved.settings,
            choice.target,
            choice.cell,
            choice.columns,
            choice.is_folder,
        )
        self._queue.add([task])
        self._show_panel()


def _in_words(work: Work) -> str:
    return f"{styles_in_words(work)} · {settings_in_words(work.settings)}"


def _today() -> str:
    return QDate.currentDate().toString(Qt.DateFormat.ISODate)
