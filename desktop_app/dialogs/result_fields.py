"""What the dialogs of the queue ask alike: the folder of the results, their format, and what exists already."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.dialogs.export import FORMATS, LOSSY
from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.panels.value_slider import ResettingSlider
from desktop_app.queueing.jobs import EXISTING
from desktop_app.theme import GRID, styled

EXISTING_TEXTS = {
    "rename": QT_TRANSLATE_NOOP("ResultFields", "Keep both: the new file gets a number"),
    "skip": QT_TRANSLATE_NOOP("ResultFields", "Skip: the old file stays"),
    "overwrite": QT_TRANSLATE_NOOP("ResultFields", "Replace the old file"),
}


class ResultFields(QObject):
    """Adds rows to the form of a dialog."""

    changed = Signal()

    def __init__(self, form: QFormLayout, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._form = form
        self.folder_edit = QLineEdit()
        self.browse_button = QPushButton()
        self.format_box = QComboBox()
        for suffix, name in FORMATS.items():
            self.format_box.addItem(name, suffix)
        self.quality_slider = ResettingSlider(50, 100, 95)
        self._quality_value = styled(QLabel("95"), "muted")
        self.existing_box = QComboBox()
        for name in EXISTING:
            self.existing_box.addItem("", name)
        self._labels = {name: row_label() for name in ("folder", "format", "quality", "existing")}
        self.browse_button.clicked.connect(self._browse)
        self.folder_edit.textChanged.connect(self.changed)
        self.format_box.currentIndexChanged.connect(self._follow_format)
        self.quality_slider.valueChanged.connect(self._show_quality)

    def add_folder_row(self) -> None:
        self._form.addRow(self._labels["folder"], row_of(self.folder_edit, self.browse_button))
        self._labels["folder"].setBuddy(self.folder_edit)

    def add_format_rows(self) -> None:
        self._form.addRow(self._labels["format"], self.format_box)
        self._quality_row = self._form.rowCount()
        self._form.addRow(self._labels["quality"], row_of(self.quality_slider, self._quality_value))

    def add_existing_row(self) -> None:
        self._form.addRow(self._labels["existing"], self.existing_box)

    def show_values(self, folder: Path, suffix: str, quality: int, existing: str) -> None:
        self.folder_edit.setText(str(folder))
        self.format_box.setCurrentIndex(max(0, self.format_box.findData(suffix)))
        self.quality_slider.setValue(quality)
        self.existing_box.setCurrentIndex(max(0, self.existing_box.findData(existing)))
        self._follow_format()

    @property
    def folder(self) -> Path | None:
        text = self.folder_edit.text().strip()
        return Path(text).expanduser().absolute() if text else None

    @property
    def suffix(self) -> str:
        return self.format_box.currentData()

    @property
    def existing(self) -> str:
        return self.existing_box.currentData()

    def make_folder(self) -> str:
        """Make the folder if it is not there. Return why that is not possible, empty if it is."""
        if self.folder is None:
            return self.tr("Choose a folder for the results.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = self.tr("The folder cannot be made ({reason}). Choose another one.")
            return text.format(reason=error.strerror or type(error).__name__)
        return ""

    @Slot()
    def _browse(self) -> None:
        folder = self.folder
        while folder is not None and not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        chosen = QFileDialog.getExistingDirectory(self._dialog, self._labels["folder"].text(), str(folder or ""))
        if chosen:
            self.folder_edit.setText(chosen)

    @Slot()
    def _follow_format(self) -> None:
        self._form.setRowVisible(self._quality_row, self.suffix in LOSSY)
        self.changed.emit()

    @Slot(int)
    def _show_quality(self, value: int) -> None:
        self._quality_value.setText(str(value))

    def retranslate(self) -> None:
        texts = {
            "folder": self.tr("Results in"),
            "format": self.tr("Format"),
            "quality": self.tr("Quality"),
            "existing": self.tr("If a file exists"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        self.browse_button.setText(self.tr("Choose…"))
        for widget, name in (
            (self.folder_edit, "folder"),
            (self.format_box, "format"),
            (self.quality_slider, "quality"),
            (self.existing_box, "existing"),
        ):
            widget.setAccessibleName(texts[name])
        for index, name in enumerate(EXISTING):
            self.existing_box.setItemText(index, QCoreApplication.translate("ResultFields", EXISTING_TEXTS[name]))


def row_of(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addWidget(first, 1)
    for widget in others:
        row.addWidget(widget)
    return row


def row_label() -> QLabel:
    """Return a label that stands in the middle of its row: a form cuts it at its own height."""
    label = QLabel()
    label.setMinimumHeight(4 * GRID)
    return label


def add_row(form: QFormLayout, label: QLabel, first: QWidget, *others: QWidget) -> None:
    form.addRow(label, row_of(first, *others))


def plain_form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(2 * GRID)
    form.setVerticalSpacing(GRID)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return form
