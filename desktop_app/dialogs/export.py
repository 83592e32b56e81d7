"""Where the result goes, in which format and size, and what that will cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.export_options import (
    DEFAULT_PATTERN,
    LONGEST_PATTERN,
    PERCENT_RANGE,
    SIDE_RANGE,
    SIZE_KINDS,
    ExportOptions,
    file_stem,
    is_too_large,
)
from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.panels.value_slider import ResettingSlider
from desktop_app.theme import GRID, styled
from engine.imaging import WRITABLE_SUFFIXES

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WebP", ".tif": "TIFF"}
ROW_HEIGHT = 4 * GRID
LOSSY = {".jpg", ".jpeg", ".webp"}


@dataclass(frozen=True)
class ExportChoice:
    """What was decided. ``overwrite`` is only true when the dialog asked and the answer was yes."""

    path: Path
    overwrite: bool
    quality: int
    options: ExportOptions = field(default_factory=ExportOptions)


def _no_estimate(width: int, height: int) -> str:  # noqa: ARG001
    return ""


@dataclass(frozen=True)
class ExportSubject:
    """What is exported: the photo's size, what its file may be called after, and ``estimate``, which says in words what
    a result of a width and height will cost.
    """

    width: int
    height: int
    names: Mapping[str, str] = field(default_factory=dict)
    estimate: Callable[[int, int], str] = _no_estimate


SIZE_TEXTS = {
    "original": QT_TRANSLATE_NOOP("ExportDialog", "As the photo"),
    "percent": QT_TRANSLATE_NOOP("ExportDialog", "Percent of the photo"),
    "pixels": QT_TRANSLATE_NOOP("ExportDialog", "Pixels on the longer side"),
}


class ExportDialog(QDialog):
    """Asks for a file name and a format. Before a file is replaced the dialog says so and its button reads Replace."""

    decided = Signal(object)  # ExportChoice

    def __init__(
        self,
        folder: Path,
        suffix: str,
        subject: ExportSubject,
        quality: int,
        options: ExportOptions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(66 * GRID)
        self._subject = subject
        self._asked_about: Path | None = None
        self._form = self._make_form(quality, options)
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

        self.format_box.setCurrentIndex(max(0, self.format_box.findData(_usual_suffix(suffix))))
        self.path_edit.setText(str(folder / (self._stem() + suffix)))
        self.path_edit.textChanged.connect(self._path_edited)
        self.pattern_edit.textEdited.connect(self._pattern_edited)
        self.format_box.currentIndexChanged.connect(self._format_chosen)
        self.size_box.currentIndexChanged.connect(self._size_chosen)
        self.percent_box.valueChanged.connect(self._size_chosen)
        self.pixels_box.valueChanged.connect(self._size_chosen)
        self.quality_slider.valueChanged.connect(self._show_quality)
        self.cancel_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(self._export)
        self._show_quality(quality)
        self._size_chosen()
        self._path_edited()
        self.path_edit.setFocus()
        self.path_edit.setSelection(len(str(self.path.parent)) + 1, len(self.path.stem))

    def _make_form(self, quality: int, options: ExportOptions) -> QFormLayout:
        self.path_edit = QLineEdit()
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        self.pattern_edit = QLineEdit(options.pattern, maxLength=LONGEST_PATTERN)
        self.pattern_edit.setToolTip(
            self.tr("How the file is called: {photo}, {style}, {date} and {size} stand for what they say.")
        )
        self.format_box = QComboBox()
        for suffix, name in FORMATS.items():
            self.format_box.addItem(name, suffix)
        self.quality_slider = ResettingSlider(50, 100, quality)
        self._quality_value = styled(QLabel(), "muted")
        self.size_box = QComboBox()
        for kind in SIZE_KINDS:
            self.size_box.addItem(QCoreApplication.translate("ExportDialog", SIZE_TEXTS[kind]), kind)
        self.size_box.setCurrentIndex(SIZE_KINDS.index(options.size_kind))
        self.percent_box = QSpinBox(minimum=PERCENT_RANGE[0], maximum=PERCENT_RANGE[1], value=options.percent)
        self.percent_box.setSuffix(" %")
        self.pixels_box = QSpinBox(minimum=SIDE_RANGE[0], maximum=SIDE_RANGE[1], value=options.pixels)
        for box in (self.percent_box, self.pixels_box):
            box.lineEdit().setTextMargins(GRID, 0, 0, 0)  # the style sheet's padding does not reach into it
        self._pixels_label = styled(QLabel(), "muted")
        self.details_box = QCheckBox(self.tr("Keep camera, place, date and what was done in the file"))
        self.details_box.setChecked(options.keeps_details)
        self.details_box.setMinimumHeight(ROW_HEIGHT)
        self.cost_label = styled(QLabel(wordWrap=True), "muted")

        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        form.addRow(self.tr("File"), _row(self.path_edit, browse))
        form.addRow(self.tr("Name"), self.pattern_edit)
        form.addRow(self.tr("Format"), self.format_box)
        self._quality_row = form.rowCount()
        form.addRow(self.tr("Quality"), _row(self.quality_slider, self._quality_value))
        form.addRow(self.tr("Size"), _row(self.size_box, self.percent_box, self.pixels_box, self._pixels_label))
        form.addRow(self.tr("Details"), self.details_box)
        form.addRow(self.tr("Takes"), self.cost_label)
        for row in range(form.rowCount()):  # in the middle of its row: Qt puts the label of a tall one near the top
            item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            label = None if item is None else item.widget()
            if label is not None:
                label.setMinimumHeight(ROW_HEIGHT)
        self.path_edit.setAccessibleName(self.tr("File"))  # a label that stands before a row names no part of it
        self.quality_slider.setAccessibleName(self.tr("Quality"))
        self.size_box.setAccessibleName(self.tr("Size"))
        self.percent_box.setAccessibleName(QCoreApplication.translate("ExportDialog", SIZE_TEXTS["percent"]))
        self.pixels_box.setAccessibleName(QCoreApplication.translate("ExportDialog", SIZE_TEXTS["pixels"]))
        return form

    @property
    def options(self) -> ExportOptions:
        """The choices as they stand in the dialog."""
        return ExportOptions(
            self.size_box.currentData(),
            self.percent_box.value(),
            self.pixels_box.value(),
            self.pattern_edit.text().strip() or DEFAULT_PATTERN,
            self.details_box.isChecked(),
        )

    def _size(self) -> tuple[int, int]:
        return self.options.size_of(self._subject.width, self._subject.height)

    def _stem(self) -> str:
        """Fill the pattern in; one that cannot be understood gives way to the usual one."""
        width, height = self._size()
        names = {**self._subject.names, "size": f"{width}x{height}"}
        try:
            return file_stem(self.options.pattern, names)
        except ValueError:
            return file_stem(DEFAULT_PATTERN, names)

    def _is_pattern_good(self) -> bool:
        try:
            file_stem(self.options.pattern, {})
        except ValueError:
            return False
        return True

    def _pattern_edited(self) -> None:
        if self._is_pattern_good():
            self.path_edit.setText(str(self.path.with_name(self._stem() + self.format_box.currentData())))
        self._check()

    def _size_chosen(self) -> None:
        kind = self.size_box.currentData()
        self.percent_box.setVisible(kind == "percent")
        self.pixels_box.setVisible(kind == "pixels")
        width, height = self._size()
        self._pixels_label.setText(self.tr("{width} × {height} pixels").format(width=width, height=height))
        cost = self._subject.estimate(width, height)
        self.cost_label.setText(cost)
        self._form.setRowVisible(self.cost_label, bool(cost))
        if "{size}" in self.options.pattern:
            self._pattern_edited()
        self._check()

    def _check(self) -> None:
        """Say what keeps the export from beginning."""
        reason = ""
        if not self._is_pattern_good():
            reason = self.tr("The name may hold {photo}, {style}, {date} and {size}, each in its braces. Correct it.")
        elif is_too_large(*self._size()):
            reason = self.tr("That is too large. Choose a smaller size.")
        if reason or self._asked_about is None:
            self.notice.setText(reason)
            self.notice.setVisible(bool(reason))
        has_name = bool(Path(self.path_edit.text().strip()).name)
        self.export_button.setEnabled(has_name and not reason)

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
        self.export_button.setText(self.tr("Export"))
        self._check()
        suffix = _usual_suffix(self.path.suffix)
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
        self.decided.emit(ExportChoice(path, exists, self.quality_slider.value(), self.options))
        self.accept()


def _usual_suffix(suffix: str) -> str:
    return {".jpeg": ".jpg", ".tiff": ".tif"}.get(suffix.lower(), suffix.lower())


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addWidget(first, 1)
    for widget in others:
        row.addWidget(widget)
    return row
