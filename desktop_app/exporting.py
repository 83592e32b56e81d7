"""From the wish to export to the file: the dialog, the job, its progress, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.dialogs.export import FORMATS, ExportChoice, ExportDialog
from desktop_app.document import Document
from desktop_app.messages import Event, ExportFinished, ExportPicture, Failed, ProgressMade, Stopped
from desktop_app.notifications import Stopwatch, notify_finished
from desktop_app.panels.export_progress import ExportProgress
from desktop_app.panels.message_bar import MessageBar
from desktop_app.settings import Settings
from desktop_app.worker import WorkerThread
from engine.api import CancelToken


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
        path = self._suggested_folder() / (self._document.suggested_name() + self._suggested_suffix())
        dialog = ExportDialog(path, content.width, content.height, self._settings.export_quality, self._window)
        dialog.decided.connect(self.export)
        dialog.open()

    def _suggested_folder(self) -> Path:
        if self._settings.default_export_folder and Path(self._settings.default_export_folder).is_dir():
            return Path(self._settings.default_export_folder)
        if self._settings.export_folder and Path(self._settings.export_folder).is_dir():
            return Path(self._settings.export_folder)
        if self._document.content_path is not None:
            return self._document.content_path.absolute().parent
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation) or Path.home())

    def _suggested_suffix(self) -> str:
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
        self._running = ExportPicture(
            self._worker.next_job(), request, choice.path, choice.overwrite, choice.quality, CancelToken()
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
                text = self.tr("{name} is saved: {width} × {height} pixels.").format(
                    name=name, width=event.width, height=event.height
                )
                self._messages.show_message("success", text, self.tr("Open folder"), self._open_folder)
                self.exported.emit()
            case Stopped():
                text = self.tr("The export was stopped; {name} was not written.").format(name=name)
                self._messages.show_message("information", text)
            case Failed():
                self._messages.show_failure(event)
        if not isinstance(event, Stopped):  # who stopped it knows
            notify_finished(self._window, self.tr("Export"), self._messages.text, self._stopwatch.seconds)
        self.running_changed.emit(False)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
