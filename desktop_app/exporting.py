"""From the wish to export to the file: the dialog, the job, its progress, and what came of it."""

from __future__ import annotations

from pathlib import Path

import psutil
from PySide6.QtCore import QDate, QObject, QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.dialogs.export import FORMATS, ExportChoice, ExportDialog, ExportSubject
from desktop_app.document import Document
from desktop_app.export_options import memory_gigabytes
from desktop_app.messages import Event, ExportFinished, ExportPicture, Failed, ProgressMade, Stopped
from desktop_app.notifications import Stopwatch, notify_finished
from desktop_app.panels.export_progress import ExportProgress
from desktop_app.panels.message_bar import MessageBar
from desktop_app.settings import Settings
from desktop_app.worker import WorkerThread
from engine.api import CancelToken

LONGEST_IN_SECONDS = 90
SMALLEST_MEGAPIXELS = 0.2


class Exporter(QObject):
    """Runs one export at a time, at full resolution, with the settings the document has when it starts."""

    running_changed = Signal(bool)
    exported = Signal()

    def __init__(
        self,
        *,
        document: Document,
        worker: WorkerThread,
        progress: ExportProgress,
        messages: MessageBar,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._document = document
        self._worker = worker
        self._progress = progress
        self._messages = messages
        self._settings = settings
        self._running: ExportPicture | None = None
        self._stopwatch = Stopwatch()
        self._folder = Path()
        progress.cancelled.connect(self._cancel)
        worker.reported.connect(self._receive)

    @property
    def is_running(self) -> bool:
        return self._running is not None

    @Slot()
    def show_dialog(self) -> None:
        content = self._document.content
        if content is None or not self._document.is_complete or self.is_running:
            return
        names = {**self._document.names(), "date": QDate.currentDate().toString(Qt.DateFormat.ISODate)}
        dialog = ExportDialog(
            self.suggested_folder(),
            self.suggested_suffix(),
            ExportSubject(content.width, content.height, names, self._estimate),
            self._settings.export_quality,
            self._settings.export_options(),
            self._window,
        )
        dialog.decided.connect(self.export)
        dialog.open()

    def _estimate(self, width: int, height: int) -> str:
        """Say how long a result of this size will take, from what exports took so far, and how much memory."""
        memory = memory_gigabytes(psutil.Process().memory_info().rss, self._document.content, width, height)
        text = self.tr("about {size} GB of memory").format(size=f"{memory:.1f}")
        seconds = self._settings.export_seconds_per_megapixel * width * height / 1e6
        if not seconds:
            return self.tr("{memory}; how long is known after the first export").format(memory=text)
        if seconds < LONGEST_IN_SECONDS:
            return self.tr("about {count} s and {memory}").format(count=max(1, round(seconds)), memory=text)
        return self.tr("about {count} min and {memory}").format(count=round(seconds / 60), memory=text)

    def suggested_folder(self) -> Path:
        """Return where a result would go if nobody chose."""
        if self._settings.default_export_folder and Path(self._settings.default_export_folder).is_dir():
            return Path(self._settings.default_export_folder)
        if self._settings.export_folder and Path(self._settings.export_folder).is_dir():
            return Path(self._settings.export_folder)
        if self._document.content_path is not None:
            return self._document.content_path.absolute().parent
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation) or Path.home())

    def suggested_suffix(self) -> str:
        return self._settings.export_suffix if self._settings.export_suffix in FORMATS else ".png"

    @Slot(object)
    def export(self, choice: ExportChoice) -> None:
        """Start. The outcome comes as a message in the window."""
        request = self._document.request()
        if request is None or self.is_running:
            return
        self._settings.export_folder = str(choice.path.absolute().parent)
        self._settings.export_suffix = choice.path.suffix.lower()
        self._settings.export_quality = choice.quality
        self._settings.remember_export_options(choice.options)
        content = self._document.content
        self._running = ExportPicture(
            self._worker.next_job(),
            request,
            choice.path,
            choice.overwrite,
            choice.quality,
            CancelToken(),
            None if content is None else choice.options.size_of(content.width, content.height),
            choice.options.keeps_details,
        )
        self._stopwatch = Stopwatch()
        self._messages.hide()
        self._progress.start(choice.path.name)
        self.running_changed.emit(True)
        self._worker.submit(self._running)

    @Slot()
    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel.cancel()

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if self._running is None or event.job != self._running.job:
            return
        if isinstance(event, ProgressMade):
            self._progress.show_progress(event.progress)
            return
        name = self._running.path.name
        self._running = None
        self._progress.hide()
        match event:
            case ExportFinished():
                self._folder = event.path.absolute().parent
                self._learn_speed(event.width * event.height / 1e6)
                self._messages.show_message(
                    "success",
                    lambda: self.tr("{name} is saved: {width} × {height} pixels.").format(
                        name=name, width=event.width, height=event.height
                    ),
                    lambda: self.tr("Open folder"),
                    self._open_folder,
                )
                self.exported.emit()
            case Stopped():
                self._messages.show_message(
                    "information",
                    lambda: self.tr("The export was stopped; {name} was not written.").format(name=name),
                )
            case Failed():
                self._messages.show_failure(event)
        if not isinstance(event, Stopped):  # who stopped it knows
            notify_finished(self._window, self.tr("Export"), self._messages.text, self._stopwatch.seconds)
        self.running_changed.emit(False)

    def _learn_speed(self, megapixels: float) -> None:
        """Remember how long an export took; the newest counts as much as all before. Small ones say nothing."""
        if megapixels < SMALLEST_MEGAPIXELS:
            return
        speed = self._stopwatch.seconds / megapixels
        known = self._settings.export_seconds_per_megapixel
        self._settings.export_seconds_per_megapixel = (known + speed) / 2 if known else speed

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
