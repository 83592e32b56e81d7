"""Where the result goes, and in which format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.panels.value_slider import ResettingSlider
from desktop_app.theme import GRID, styled
from engine.imaging import WRITABLE_SUFFIXES

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WebP", ".tif": "TIFF"}
LOSSY = {".jpg", ".jpeg", ".webp"}


@dataclass(frozen=True)
class ExportChoice:
    """What was decided. ``overwrite`` is only true when the dialog asked and the answer was yes."""

    path: Path
    overwrite: bool
    quality: int


class ExportDialog(QDialog):
    """Asks for a file name and a format. Before a file is replaced the dialog says so and its button reads Replace."""

    decided = Signal(object)  # ExportChoice

    def __init__(self, path: Path, width: int, height: int, quality: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(60 * GRID)
        self._asked_about: Path | None = None

        self._form = self._make_form(path, width, height, quality)
        self.notice = QLabel(wordWrap=True)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.export_button = styled(QPushButton(self.tr("Export"), default=True), "primary")
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.export_button)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(self._form)
        layout.addWidget(self.notice)
        layout.addLayout(buttons)

        self.path_edit.textChanged.connect(self._path_edited)
        self.format_box.currentIndexChanged.connect(self._format_chosen)
        self.quality_slider.valueChanged.connect(self._show_quality)
        self.cancel_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(self._export)
        self._show_quality(quality)
        self._path_edited()
        self.path_edit.setFocus()
        self.path_edit.setSelection(len(str(path.parent)) + 1, len(path.stem))

    def _make_form(self, path: Path, width: int, height: int, quality: int) -> QFormLayout:
        self.path_edit = QLineEdit(str(path))
        browse = QPushButton(self.tr("Choose…"))
        path_row = QHBoxLayout()
        path_row.setSpacing(GRID)
        path_row.addWidget(self.path_edit, 1)
        path_row.addWidget(browse)
        self.format_box = QComboBox()
        for suffix, name in FORMATS.items():
            self.format_box.addItem(name, suffix)
        self.quality_slider = ResettingSlider(50, 100, quality)
        self._quality_value = styled(QLabel(), "muted")
        quality_row = QHBoxLayout()
        quality_row.setSpacing(GRID)
        quality_row.addWidget(self.quality_slider, 1)
        quality_row.addWidget(self._quality_value)
        size = styled(QLabel(self.tr("{width} × {height} pixels").format(width=width, height=height)), "muted")

        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        form.addRow(self.tr("File"), path_row)
        form.addRow(self.tr("Format"), self.format_box)
        self._quality_row = form.rowCount()
        form.addRow(self.tr("Quality"), quality_row)
        form.addRow(self.tr("Size"), size)
        self.path_edit.setAccessibleName(self.tr("File"))  # a label that stands before a row names no part of it
        self.quality_slider.setAccessibleName(self.tr("Quality"))
        browse.clicked.connect(self._browse)
        return form

    @property
    def path(self) -> Path:
        """The file as it stands in the dialog; without a known suffix it gets that of the chosen format."""
        path = Path(self.path_edit.text().strip()).expanduser()
        if path.name and path.suffix.lower() not in WRITABLE_SUFFIXES:
            path = path.with_name(path.name + self.format_box.currentData())
        return path

    def _browse(self) -> None:
        filters = ";;".join(f"{name} (*{suffix})" for suffix, name in FORMATS.items())
        current = f"{FORMATS[self.format_box.currentData()]} (*{self.format_box.currentData()})"
        # This dialog asks about replacing by itself, whatever way the name came in.
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export"),
            str(self.path),
            filters,
            current,
            QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.path_edit.setText(chosen)

    def _path_edited(self) -> None:
        self._asked_about = None
        self.notice.clear()
        self.notice.hide()
        self.export_button.setText(self.tr("Export"))
        self.export_button.setEnabled(bool(Path(self.path_edit.text().strip()).name))
        suffix = {".jpeg": ".jpg", ".tiff": ".tif"}.get(self.path.suffix.lower(), self.path.suffix.lower())
        index = self.format_box.findData(suffix)
        if index >= 0 and index != self.format_box.currentIndex():
            self.format_box.setCurrentIndex(index)
        self._form.setRowVisible(self._quality_row, suffix in LOSSY)

    def _format_chosen(self) -> None:
        path = self.path
        suffix = self.format_box.currentData()
        matches = {".jpg": {".jpg", ".jpeg"}, ".tif": {".tif", ".tiff"}}.get(suffix, {suffix})
        if path.name and path.suffix.lower() not in matches:
            self.path_edit.setText(str(path.with_suffix(suffix)))

    def _show_quality(self, value: int) -> None:
        self._quality_value.setText(str(value))

    def _export(self) -> None:
        path = self.path
        exists = path.exists()
        if exists and self._asked_about != path:
            self.path_edit.setText(str(path))
            self._asked_about = path
            self.notice.setText(
                self.tr("{name} exists already. Replace it, or choose another name.").format(name=path.name)
            )
            self.notice.show()
            self.export_button.setText(self.tr("Replace"))
            return
        self.decided.emit(ExportChoice(path, exists, self.quality_slider.value()))
        self.accept()
