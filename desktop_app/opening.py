"""Everything that brings pictures in: file dialogs, drops, the clipboard, the command line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.canvas.canvas import Canvas
from desktop_app.document import LARGEST_MIX, Document, DocumentStyle
from desktop_app.incoming import Incoming, is_style_file, pictures_in
from desktop_app.messages import Event, Failed, PictureLoaded, ReadPicture, Role, Source
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.shelf_model import ShelfItem
from desktop_app.panels.shelf_strip import ShelfStrip
from desktop_app.settings import Settings
from desktop_app.style_files import StyleFiles
from desktop_app.style_keeper import StyleKeeper
from desktop_app.worker import WorkerThread
from engine.imaging import READABLE_SUFFIXES
from engine.styles import STYLE_SUFFIX


class Opener(QObject):
    """Asks the worker to read what comes in, and puts it into the document when it has been read.

    A picture that cannot be read changes nothing: the document keeps what it has, and the message bar says why.
    What brings a folder is a batch for the queue.
    """

    batch_dropped = Signal(object)  # Incoming

    def __init__(
        self,
        *,
        document: Document,
        worker: WorkerThread,
        canvas: Canvas,
        strip: ShelfStrip,
        keeper: StyleKeeper,
        style_files: StyleFiles,
        messages: MessageBar,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._document = document
        self._worker = worker
        self._canvas = canvas
        self._strip = strip
        self._shelf = strip.shelf
        self._keeper = keeper
        self._style_files = style_files
        self._messages = messages
        self._settings = settings
        self._reading: dict[int, bool] = {}  # job number: whether to say what the picture was used for
        canvas.dropped.connect(self.open_incoming)
        canvas.open_requested.connect(self.show_dialog)
        strip.shelf.dropped.connect(self.open_incoming)
        strip.shelf.chosen.connect(self._use_style)
        strip.shelf.mixed_in.connect(self._mix_style_in)
        worker.reported.connect(self._receive)

    @Slot()
    def show_content_dialog(self) -> None:
        self.show_dialog(Role.CONTENT)

    @Slot()
    def show_style_dialog(self) -> None:
        self.show_dialog(Role.STYLE)

    @Slot()
    def show_library_dialog(self) -> None:
        self.show_dialog(Role.LIBRARY)

    def show_dialog(self, role: Role) -> None:
        """Ask for a photo, or for one or more paintings, to paint in or to be kept in the library."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
        dialog = QFileDialog(self._window)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        title, folder = self.tr("Open Photo"), self._settings.photo_folder
        if role is not Role.CONTENT:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            title = self.tr("Add Paintings") if role is Role.LIBRARY else self.tr("Open Painting")
            folder = self._settings.painting_folder
            patterns += f" *{STYLE_SUFFIX}"
        dialog.setWindowTitle(title)
        dialog.setNameFilters([self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")])
        if not folder or not Path(folder).is_dir():
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        if not Path(folder).is_dir():
            folder = str(Path.home())
        dialog.setDirectory(folder)
        dialog.setProperty("role", role.value)
        dialog.filesSelected.connect(self._dialog_accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _dialog_accepted(self, names: list[str]) -> None:
        dialog = self.sender()
        role = Role(dialog.property("role"))
        folder = str(Path(names[0]).parent)
        if role is Role.CONTENT:
            self._settings.photo_folder = folder
        else:
            self._settings.painting_folder = folder
        self.open_sources(role, [Path(name) for name in names])

    def paste(self) -> None:
        """Take a picture, or files, from the clipboard: the photo first, and a painting once there is a photo.

        While the keyboard works on the shelf, what is pasted becomes a style of the user's.
        """
        incoming = pictures_in(QGuiApplication.clipboard().mimeData())
        if not incoming.sources and not incoming.remote:
            self._messages.show_message(
                "error", lambda: self.tr("The clipboard holds no picture. Copy a picture or a file, then paste again.")
            )
            return
        role = Role.CONTENT if self._document.content is None else Role.STYLE
        if role is Role.STYLE and self._shelf.hasFocus():
            role = Role.LIBRARY
        self._open(role, incoming, say_so=role is not Role.LIBRARY)

    @Slot(Role, object)
    def open_incoming(self, role: Role, incoming: Incoming) -> None:
        """Open what was dropped; a folder goes into the queue."""
        if incoming.folders:
            self._messages.hide()
            self.batch_dropped.emit(incoming)
        else:
            self._open(role, incoming)

    def open_sources(self, role: Role, sources: Sequence[Source]) -> None:
        self._open(role, Incoming(tuple(sources)))

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open files named on the command line: a photo, then paintings; style files are always styles."""
        pictures = [path for path in paths if not is_style_file(path)]
        styles = [path for path in paths if is_style_file(path)]
        if pictures:
            self.open_sources(Role.CONTENT, pictures[:1])
        if styles or pictures[1:]:
            self.open_sources(Role.STYLE, styles + pictures[1:])

    def _open(self, role: Role, incoming: Incoming, *, say_so: bool = False) -> None:
        if not incoming.sources:
            self._messages.show_message("error", partial(self._no_picture_text, incoming.remote))
            return
        self._messages.hide()
        first, *rest = incoming.pictures or (None,)
        if incoming.style_files:
            # A painting dropped together with style files is the one to paint in.
            self._style_files.import_files(
                incoming.style_files, choose=role is not Role.LIBRARY and (first is None or role is Role.CONTENT)
            )
        if first is None:
            return
        if role is Role.CONTENT and rest:
            name = _name_of(first)
            self._messages.show_message(
                "information",
                lambda: self.tr(
                    "One photo at a time: only {name} is opened. Drop paintings on the right half, or on the shelf."
                ).format(name=name),
                lambda: self.tr("Queue All…"),
                partial(self.batch_dropped.emit, incoming),
            )
            rest = []
        self._read(role, first, say_so=say_so)
        for source in rest:
            self._read(Role.LIBRARY if role is Role.LIBRARY else Role.SHELF, source)

    def _no_picture_text(self, remote: str) -> str:
        text = self.tr("There is no picture in what was dropped. Drop a picture, or a file of one.")
        if remote:
            text = self.tr("Scumble does not download pictures. Save {address} as a file, then drop the file here.")
        return text.format(address=remote)

    def _pasted_text(self, role: Role) -> str:
        if role is Role.CONTENT:
            return self.tr("Pasted as the photo.")
        return self.tr("Pasted as the painting. To change the photo, drop a picture on the left half.")

    def _read(self, role: Role, source: Source, *, say_so: bool = False) -> None:
        job = self._worker.next_job()
        self._reading[job] = say_so
        self._worker.submit(ReadPicture(job, role, source, self.tr("Pasted picture")))

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if event.job not in self._reading:
            return
        say_so = self._reading.pop(event.job)
        match event:
            case PictureLoaded():
                self._take_picture(event, say_so=say_so)
            case Failed():
                self._messages.show_failure(event)

    def _take_picture(self, event: PictureLoaded, *, say_so: bool) -> None:
        if event.role is Role.CONTENT:
            self._document.set_content(event.picture, event.path, event.image)
        else:
            self._take_style(event.role, ShelfItem(event.picture.name, "", event.picture, event.image, event.path))
        if say_so:
            self._messages.show_message("information", partial(self._pasted_text, event.role))

    def _take_style(self, role: Role, item: ShelfItem) -> None:
        there = self._shelf.add(item)
        if role is Role.STYLE:
            self._shelf.choose_item(there)
        elif role is Role.LIBRARY:
            self._strip.show_item(there)
            if there.information is None:
                self._keeper.keep(there)
            else:
                self._messages.show_message(
                    "information", lambda: self.tr("{name} is on the shelf already.").format(name=there.title)
                )

    @Slot(object)
    def _use_style(self, item: ShelfItem) -> None:
        self._document.set_styles([style_of_item(item)])

    @Slot(object)
    def _mix_style_in(self, item: ShelfItem) -> None:
        if not self._document.add_style(style_of_item(item)):
            self._messages.show_message(
                "information",
                lambda: self.tr("A mix takes at most {count} styles. Take one out first.").format(count=LARGEST_MIX),
            )


def style_of_item(item: ShelfItem) -> DocumentStyle:
    """Return a style of the shelf as one of the open work."""
    return DocumentStyle(item.title, item.source, image=item.image, path=item.path)


def _name_of(source: Source) -> str:
    return source.name if isinstance(source, Path) else ""
