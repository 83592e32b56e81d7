"""Asks, once for many pictures, where the results go and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.dialogs.base import PlainDialog
from desktop_app.dialogs.export import SIZE_TEXTS
from desktop_app.dialogs.picture_source import PictureSource
from desktop_app.dialogs.result_fields import ResultFields, add_row, plain_form, row_label
from desktop_app.export_options import (
    DEFAULT_PATTERN,
    LONGEST_PATTERN,
    PERCENT_RANGE,
    SIDE_RANGE,
    SIZE_KINDS,
    ExportOptions,
    file_stem,
)
from desktop_app.queueing.jobs import Target
from desktop_app.settings import Settings
from desktop_app.theme import GRID, styled

FOLDER_NAME = "Scumble"


@dataclass(frozen=True)
class BatchChoice:
    """What was decided."""

    pictures: tuple[Path, ...]
    target: Target


class BatchDialog(PlainDialog):
    """``look`` says in words what the pictures are painted in."""

    decided = Signal(object)  # BatchChoice

    def __init__(
        self,
        paths: Sequence[Path],
        look: Callable[[], str],
        settings: Settings,
        background: BackgroundThread,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(66 * GRID)
        self._settings = settings
        self._is_folder_chosen = bool(settings.default_export_folder)
        self._look = look
        self.source = PictureSource(background, settings.photo_folder, self)
        self._look_label = styled(QLabel(wordWrap=True), "muted")
        self.pattern_edit = QLineEdit(settings.export_pattern, maxLength=LONGEST_PATTERN)
        options = settings.export_options()
        self.size_box = QComboBox()
        for kind in SIZE_KINDS:
            self.size_box.addItem("", kind)
        self.size_box.setCurrentIndex(SIZE_KINDS.index(options.size_kind))
        self.percent_box = QSpinBox(minimum=PERCENT_RANGE[0], maximum=PERCENT_RANGE[1], value=options.percent)
        self.percent_box.setSuffix(" %")
        self.pixels_box = QSpinBox(minimum=SIDE_RANGE[0], maximum=SIDE_RANGE[1], value=options.pixels)
        self.details_box = QCheckBox()
        self.details_box.setChecked(options.keeps_details)
        self.details_box.setMinimumHeight(4 * GRID)
        self.notice = QLabel(wordWrap=True)
        self._labels = {name: row_label() for name in ("pictures", "look", "name", "size", "details")}
        self._form = plain_form()
        add_row(
            self._form, self._labels["pictures"], self.source.label, self.source.files_button, self.source.folder_button
        )
        self._form.addRow(self._labels["look"], self._look_label)
        self.fields = ResultFields(self._form, self)
        self.fields.add_folder_row()
        self._form.addRow(self._labels["name"], self.pattern_edit)
        self.fields.add_format_rows()
        add_row(self._form, self._labels["size"], self.size_box, self.percent_box, self.pixels_box)
        self.fields.add_existing_row()
        self._form.addRow(self._labels["details"], self.details_box)
        self.column.addLayout(self._form)
        self.column.addWidget(self.notice)
        self.cancel_button = self.add_button()
        self.add_to_queue_button = styled(self.add_button(), "primary")
        self.add_to_queue_button.setDefault(True)
        self.fields.show_values(
            Path(settings.default_export_folder or ""), settings.export_suffix, settings.export_quality,
            settings.queue_existing,
        )  # fmt: skip
        if not settings.default_export_folder:
            self.fields.folder_edit.clear()
        self.source.changed.connect(self._follow_source)
        self.fields.folder_edit.textEdited.connect(self._remember_folder)
        self.fields.changed.connect(self._check)
        self.pattern_edit.textChanged.connect(self._check)
        self.size_box.currentIndexChanged.connect(self._check)
        self.cancel_button.clicked.connect(self.reject)
        self.add_to_queue_button.clicked.connect(self._decide)
        self.retranslate()
        self.source.look_into(paths)

    @property
    def options(self) -> ExportOptions:
        return ExportOptions(
            self.size_box.currentData(),
            self.percent_box.value(),
            self.pixels_box.value(),
            self.pattern_edit.text().strip() or DEFAULT_PATTERN,
            self.details_box.isChecked(),
        )

    @Slot()
    def _follow_source(self) -> None:
        parent = self.source.found.parent
        if parent is not None and not self._is_folder_chosen:
            self.fields.folder_edit.setText(str(parent / FOLDER_NAME))
        self._check()
        if self.add_to_queue_button.isEnabled():
            self.add_to_queue_button.setFocus()

    @Slot()
    def _remember_folder(self) -> None:
        self._is_folder_chosen = True

    @Slot()
    def _check(self) -> None:
        """Say what keeps the pictures from going into the queue."""
        kind = self.size_box.currentData()
        self.percent_box.setVisible(kind == "percent")
        self.pixels_box.setVisible(kind == "pixels")
        reason = ""
        try:
            file_stem(self.options.pattern, {})
        except ValueError:
            reason = self.tr("The name may hold {photo}, {style}, {date} and {size}, each in its braces. Correct it.")
        self._tell(reason)
        count = len(self.source.pictures)
        self.add_to_queue_button.setEnabled(count > 0 and self.fields.folder is not None and not reason)
        text = self.tr("Add to the Queue")
        self.add_to_queue_button.setText(self.tr("Add {count} to the Queue").format(count=count) if count else text)

    def _tell(self, reason: str) -> None:
        self.notice.setText(reason)
        self.notice.setVisible(bool(reason))

    @Slot()
    def _decide(self) -> None:
        problem = self.fields.make_folder()
        if problem:
            self._tell(problem)
            return
        target = Target(
            str(self.fields.folder),
            self.fields.suffix,
            self.fields.quality_slider.value(),
            self.options,
            self.fields.existing,
        )
        self.decided.emit(BatchChoice(self.source.pictures, target))
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Batch"))
        texts = {
            "pictures": self.tr("Photos"),
            "look": self.tr("Painted in"),
            "name": self.tr("Name"),
            "size": self.tr("Size"),
            "details": self.tr("Details"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        self._look_label.setText(self._look())
        self.pattern_edit.setAccessibleName(texts["name"])
        self.pattern_edit.setToolTip(
            self.tr("How the files are called: {photo}, {style}, {date} and {size} stand for what they say.")
        )
        self.size_box.setAccessibleName(texts["size"])
        for index, kind in enumerate(SIZE_KINDS):
            self.size_box.setItemText(index, QCoreApplication.translate("ExportDialog", SIZE_TEXTS[kind]))
        self.percent_box.setAccessibleName(QCoreApplication.translate("ExportDialog", SIZE_TEXTS["percent"]))
        self.pixels_box.setAccessibleName(QCoreApplication.translate("ExportDialog", SIZE_TEXTS["pixels"]))
        self.details_box.setText(self.tr("Keep camera, place, date and what was done in the files"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.source.retranslate()
        self.fields.retranslate()
        self._check()
