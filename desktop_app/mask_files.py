"""Masks from files and into files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.document import Document
from desktop_app.i18n import translate_message
from desktop_app.messages import Event, Failed, MaskLoaded, ReadMask, Source
from desktop_app.panels.message_bar import MessageBar
from desktop_app.region_mask import RegionMask, encode_region_mask, mask_size
from desktop_app.settings import Settings
from desktop_app.work import WHOLE
from desktop_app.worker import WorkerThread
from engine.api import MAXIMUM_REGIONS, EngineError, OutputError
from engine.files import write_beside
from engine.imaging import READABLE_SUFFIXES


class MaskFiles(QObject):
    """Imports grey pictures as masks, of any size: they are stretched over the photo. What fails changes nothing."""

    def __init__(
        self,
        *,
        document: Document,
        worker: WorkerThread,
        background: BackgroundThread,
        messages: MessageBar,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._document = document
        self._worker = worker
        self._background = background
        self._messages = messages
        self._settings = settings
        self._reading: dict[int, str] = {}  # job number: the key of the region, or WHOLE for a new one
        worker.reported.connect(self._receive)

    def import_masks(self, sources: Sequence[Source], key: str = WHOLE) -> None:
        """Read masks: one for a region there is, or any number for new regions."""
        content = self._document.content
        if content is None:
            return
        for source in sources:
            job = self._worker.next_job()
            self._reading[job] = key
            size = mask_size(content.width, content.height)
            self._worker.submit(ReadMask(job, source, size, self.tr("Pasted mask")))

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if event.job not in self._reading:
            return
        key = self._reading.pop(event.job)
        match event:
            case MaskLoaded() if key:
                self._document.set_mask(key, event.mask, "import_mask")
            case MaskLoaded():
                if not self._document.add_region(event.name, event.mask, "import_mask"):
                    text = self.tr("A picture takes at most {count} regions; {name} is left out.")
                    self._messages.show_message("error", text.format(count=MAXIMUM_REGIONS, name=event.name))
            case Failed():
                self._messages.show_failure(event)
            case _:
                pass

    def show_import_dialog(self, key: str = WHOLE) -> None:
        """Ask for a mask for a region, or for masks of new ones."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
        dialog = self._dialog(self.tr("Import Mask") if key else self.tr("Import Masks"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile if key else QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")])
        dialog.setProperty("key", key)
        dialog.filesSelected.connect(self._import_chosen)
        dialog.open()

    @Slot(list)
    def _import_chosen(self, names: list[str]) -> None:
        key = self.sender().property("key")
        if not key or self._document.work.region(key) is not None:
            self.import_masks([Path(name) for name in names], key)

    def show_export_dialog(self, key: str) -> None:
        """Ask where the mask of a region shall be written, as a grey PNG."""
        region = self._document.work.region(key)
        if region is None:
            return
        dialog = self._dialog(self.tr("Export Mask"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["PNG (*.png)"])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{region.name.replace('/', '_')}.png")
        dialog.setProperty("key", key)
        dialog.filesSelected.connect(self._export_chosen)
        dialog.open()

    @Slot(list)
    def _export_chosen(self, names: list[str]) -> None:
        region = self._document.work.region(self.sender().property("key"))
        if region is not None:
            self.export_mask(region.mask, Path(names[0]))

    def export_mask(self, mask: RegionMask, path: Path) -> None:
        """Write a mask behind the window."""
        self._background.submit(partial(_write, mask, path), self._exported, self._failed)

    def _exported(self, path: Path) -> None:
        self._messages.show_message("success", self.tr("The mask is saved as {name}.").format(name=path.name))

    def _failed(self, error: EngineError) -> None:
        self._messages.show_message("error", translate_message(error.template, error.values))

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window)
        dialog.setWindowTitle(title)
        folder = self._settings.photo_folder
        if not folder or not Path(folder).is_dir():
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog.setDirectory(folder)
        dialog.finished.connect(dialog.deleteLater)
        return dialog


def _write(mask: RegionMask, path: Path) -> Path:
    try:
        write_beside(path, encode_region_mask(mask))
    except OSError as error:
        raise OutputError(
            "{name} cannot be written ({reason}). Make room or choose another folder.",
            name=path.name,
            reason=error.strerror or error,
        ) from error
    return path
