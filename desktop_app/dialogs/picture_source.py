"""Which pictures are meant: files and folders, chosen in the dialog or dropped before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.queueing.finding import Found, find_pictures
from desktop_app.theme import styled
from engine.api import EngineError
from engine.imaging import READABLE_SUFFIXES


class PictureSource(QObject):
    """A label that says which, and two buttons that choose others. Folders are looked through behind the window."""

    changed = Signal()

    def __init__(self, background: BackgroundThread, folder: str, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._background = background
        self._dialog = dialog
        self._folder = folder
        self._is_looking = False
        self.found = Found()
        self.label = styled(QLabel(wordWrap=True), "muted")
        self.files_button = QPushButton()
        self.folder_button = QPushButton()
        self.files_button.clicked.connect(self._choose_files)
        self.folder_button.clicked.connect(self._choose_folder)

    @property
    def pictures(self) -> tuple[Path, ...]:
        return self.found.pictures

    def look_into(self, paths: Sequence[Path]) -> None:
        """Take these files, and the pictures in these folders."""
        if not paths:
            return
        self._is_looking = True
        self.retranslate()
        given = tuple(paths)
        self._background.submit(lambda: find_pictures(given), self._take, self._give_up, can_be_dropped=True)

    def _take(self, found: Found) -> None:
        self._is_looking = False
        self.found = found
        self.retranslate()
        self.changed.emit()

    def _give_up(self, error: EngineError) -> None:  # noqa: ARG002 (it is in the log)
        self._take(Found())

    @Slot()
    def _choose_files(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
        filters = [self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")]
        dialog = QFileDialog(self._dialog, self.tr("Choose Pictures"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(filters)
        dialog.filesSelected.connect(self._take_names)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self._dialog, self.tr("Choose a Folder"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._take_names)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _take_names(self, names: list[str]) -> None:
        self.look_into([Path(name) for name in names])

    def retranslate(self) -> None:
        self.files_button.setText(self.tr("Pictures…"))
        self.folder_button.setText(self.tr("Folder…"))
        count = len(self.found.pictures)
        if self._is_looking:
            text = self.tr("Looking for pictures…")
        elif not count:
            text = self.tr("None") if not self.found.folder else self.tr("No picture in {folder}")
        elif count == 1:
            text = self.found.pictures[0].name
        elif self.found.folder:
            text = self.tr("{count} pictures in {folder}")
        else:
            text = self.tr("{count} pictures")
        self.label.setText(text.replace("{count}", str(count)).replace("{folder}", self.found.folder))
