"""The column in which an artist teaches a style: works, details and settings, and how the training goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.background import BackgroundThread
from desktop_app.incoming import brings_pictures, pictures_in
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.panel_column import ColumnPanel
from desktop_app.panels.teach_buttons import TeachButtons
from desktop_app.panels.teach_details import TeachDetails
from desktop_app.panels.teach_progress import TeachProgress
from desktop_app.panels.teach_settings import TeachSettings
from desktop_app.panels.teach_works import TeachWorks
from desktop_app.panels.unfinished_row import UnfinishedRow
from desktop_app.settings import Settings
from desktop_app.teaching.teacher import Teacher
from desktop_app.theme import GRID, styled
from engine.imaging import READABLE_SUFFIXES
from engine.train_request import MOST_PREVIEWS

WIDTH = 52 * GRID
INNER_WIDTH = WIDTH - 6 * GRID


class TeachPanel(ColumnPanel):
    """Two pages: what is to be learnt, and how it is learnt. Scrolls where the window is low; the buttons stay."""

    def __init__(
        self, teacher: Teacher, background: BackgroundThread, messages: MessageBar, settings: Settings
    ) -> None:
        super().__init__(WIDTH)
        self.setAcceptDrops(True)
        self.teacher = teacher
        self._messages = messages
        self._settings = settings
        self.unfinished = UnfinishedRow(teacher)
        self.works = TeachWorks(teacher.works)
        self.details = TeachDetails(teacher)
        self.choices = TeachSettings(teacher)
        self.progress = TeachProgress(teacher, background, INNER_WIDTH)
        self._error = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "error")
        self.buttons = TeachButtons(teacher)
        footer = QVBoxLayout()
        footer.setContentsMargins(2 * GRID, 0, 3 * GRID, 2 * GRID)
        footer.setSpacing(GRID)
        footer.addWidget(self._error)
        footer.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(self.header)
        layout.addWidget(self._scrolled(), 1)
        layout.addLayout(footer)
        self.works.add_requested.connect(self.show_works_dialog)
        self.works.removed.connect(self._remove)
        self.details.photos_requested.connect(self.show_photos_dialog)
        self.details.previews_requested.connect(self.show_previews_dialog)
        teacher.examining_changed.connect(self.works.set_examining)
        teacher.phase_changed.connect(self._follow_phase)
        teacher.failed.connect(self._show_failure)
        teacher.lesson_changed.connect(self._hide_failure)
        teacher.works.changed.connect(self._hide_failure)
        self._follow_phase(teacher.phase)
        self._hide_failure()
        self.retranslate()

    def _scrolled(self) -> QScrollArea:
        inner = styled(QWidget(), "panel")
        self._preparing = QWidget()
        column = QVBoxLayout(self._preparing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        for widget in (self.works, self.details, self.choices):
            column.addWidget(widget)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.unfinished)
        layout.addWidget(self._preparing)
        layout.addWidget(self.progress)
        layout.addStretch()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    @property
    def error(self) -> str:
        """What went wrong, empty while nothing did."""
        return "" if self._error.isHidden() else self._error.text()

    # Works come in

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard works on this panel: then a paste is for it."""
        focus = QApplication.focusWidget()
        return self.isVisible() and focus is not None and self.isAncestorOf(focus)

    def paste(self) -> None:
        """Take works, or the pixels of one, from the clipboard."""
        incoming = pictures_in(QGuiApplication.clipboard().mimeData())
        if incoming.pictures:
            self.teacher.add_works(incoming.pictures)
        else:
            text = self.tr("The clipboard holds no picture. Copy a picture or a file, then paste again.")
            self._show_failure(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.teacher.phase != "learning" and brings_pictures(event.mimeData()):
            event.acceptProposedAction()
            self.works.show_drag(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        self.works.show_drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.works.show_drag(False)
        incoming = pictures_in(event.mimeData())
        if incoming.pictures:
            self.teacher.add_works(incoming.pictures)
        elif incoming.remote:
            text = self.tr("Scumble does not download pictures. Save {address} as a file, then drop the file here.")
            self._show_failure(text.format(address=incoming.remote))
        else:
            self._show_failure(self.tr("There is no picture in what was dropped. Drop pictures, or a folder of them."))

    @Slot(list)
    def _remove(self, works: list) -> None:
        self.teacher.works.remove(works)

    @Slot()
    def show_works_dialog(self) -> None:
        dialog = self._pictures_dialog(self.tr("Add Works"), self._settings.painting_folder)
        dialog.filesSelected.connect(self._add_chosen)
        dialog.open()

    @Slot(list)
    def _add_chosen(self, names: list[str]) -> None:
        self._settings.painting_folder = str(Path(names[0]).parent)
        self.teacher.add_works([Path(name) for name in names])

    @Slot()
    def show_previews_dialog(self) -> None:
        dialog = self._pictures_dialog(self.tr("Choose Pictures"), self._settings.photo_folder)
        dialog.filesSelected.connect(self._take_previews)
        dialog.open()

    @Slot(list)
    def _take_previews(self, names: list[str]) -> None:
        self._settings.photo_folder = str(Path(names[0]).parent)
        self.teacher.set_lesson(previews=tuple(Path(name) for name in names[:MOST_PREVIEWS]))

    @Slot()
    def show_photos_dialog(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Choose Folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open_in(dialog, self._settings.photo_folder)
        dialog.fileSelected.connect(self._take_photos)
        dialog.open()

    @Slot(str)
    def _take_photos(self, name: str) -> None:
        self.teacher.set_lesson(photos=Path(name))

    def _pictures_dialog(self, title: str, folder: str) -> QFileDialog:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
        dialog = QFileDialog(self.window(), title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")])
        self._open_in(dialog, folder)
        return dialog

    @staticmethod
    def _open_in(dialog: QFileDialog, folder: str) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog.setDirectory(folder if folder and Path(folder).is_dir() else pictures)
        dialog.finished.connect(dialog.deleteLater)

    # Answers

    @Slot(str)
    def _follow_phase(self, phase: str) -> None:
        self._preparing.setVisible(phase == "preparing")
        self.progress.setVisible(phase != "preparing")
        if phase != "preparing":
            self._hide_failure()

    @Slot(str)
    def _show_failure(self, text: str) -> None:
        self._error.setText(text)
        self._error.show()
        if not self.isVisible():
            self._messages.show_message("error", text)

    @Slot()
    def _hide_failure(self) -> None:
        self._error.hide()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Teach Your Hand"))
        self.close_button.setToolTip(self.tr("Hide this panel; a training goes on"))
        self.close_button.setAccessibleName(self.tr("Hide the teach panel"))
