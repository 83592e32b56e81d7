"""Asks what a contact sheet shall hold, and where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.dialogs.base import PlainDialog
from desktop_app.dialogs.picture_source import PictureSource
from desktop_app.dialogs.result_fields import ResultFields, add_row, plain_form, row_label
from desktop_app.export_options import LONGEST_PATTERN
from desktop_app.queueing.jobs import Target
from desktop_app.settings import Settings
from desktop_app.theme import GRID, styled
from engine.contact_sheet import CELL_RANGE, DEFAULT_CELL, MOST_COLUMNS

KINDS = ("shown", "chosen", "pictures")
_CELL_STEP = 32


@dataclass(frozen=True)
class SheetSubject:
    """What there is to put on a sheet: the open ``photo`` (empty if there is none), how many styles the shelf shows,
    and the titles of the chosen ones.
    """

    photo: str
    shown: int
    chosen: tuple[str, ...]

    def kinds(self) -> Mapping[str, bool]:
        """Return which kinds of sheets can be made."""
        has_photo = bool(self.photo)
        return {
            "shown": has_photo and self.shown > 0,
            "chosen": has_photo and len(self.chosen) > 1,
            "pictures": bool(self.chosen),
        }


@dataclass(frozen=True)
class SheetChoice:
    """What was decided. ``columns`` 0 is as many as look well."""

    kind: str
    pictures: tuple[Path, ...]
    title: str
    target: Target
    cell: int
    columns: int
    is_folder: bool


class ContactSheetDialog(PlainDialog):
    decided = Signal(object)  # SheetChoice

    def __init__(
        self,
        subject: SheetSubject,
        kind: str,
        folder: Path,
        settings: Settings,
        background: BackgroundThread,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(66 * GRID)
        self._subject = subject
        self.kind_box = QComboBox()
        self.source = PictureSource(background, settings.photo_folder, self)
        self.form_box = QComboBox()
        for name in ("sheet", "folder"):
            self.form_box.addItem("", name)
        self.cell_box = QSpinBox(minimum=CELL_RANGE[0], maximum=CELL_RANGE[1], value=DEFAULT_CELL)
        self.cell_box.setSingleStep(_CELL_STEP)
        self.columns_box = QSpinBox(minimum=0, maximum=MOST_COLUMNS)
        self.name_edit = QLineEdit(maxLength=LONGEST_PATTERN)
        self.notice = QLabel(wordWrap=True)
        names = ("kind", "pictures", "form", "cell", "columns", "name")
        self._labels = {name: row_label() for name in names}
        self._form = plain_form()
        self._form.addRow(self._labels["kind"], self.kind_box)
        self._source_row = self._form.rowCount()
        add_row(
            self._form, self._labels["pictures"], self.source.label, self.source.files_button, self.source.folder_button
        )
        self._form.addRow(self._labels["form"], self.form_box)
        self._form.addRow(self._labels["cell"], self.cell_box)
        self._form.addRow(self._labels["columns"], self.columns_box)
        self._form.addRow(self._labels["name"], self.name_edit)
        self.fields = ResultFields(self._form, self)
        self.fields.add_folder_row()
        self.fields.add_format_rows()
        self.fields.add_existing_row()
        self.column.addLayout(self._form)
        self.column.addWidget(self.notice)
        self.cancel_button = self.add_button()
        self.make_button = styled(self.add_button(), "primary")
        self.make_button.setDefault(True)
        self._fill_kinds(kind)
        self._is_named = False
        self.fields.show_values(folder, settings.export_suffix, settings.export_quality, settings.queue_existing)
        for signal in (
            self.kind_box.currentIndexChanged,
            self.form_box.currentIndexChanged,
            self.name_edit.textChanged,
            self.fields.changed,
            self.source.changed,
        ):
            signal.connect(self._follow)
        self.name_edit.textEdited.connect(self._remember_name)
        self.cancel_button.clicked.connect(self.reject)
        self.make_button.clicked.connect(self._decide)
        self.retranslate()

    def _fill_kinds(self, wanted: str) -> None:
        possible = self._subject.kinds()
        for name in KINDS:
            self.kind_box.addItem("", name)
        model = self.kind_box.model()
        assert isinstance(model, QStandardItemModel)
        for row, name in enumerate(KINDS):
            model.item(row).setEnabled(possible[name])
        first = next((name for name in (wanted, *KINDS) if possible.get(name)), KINDS[0])
        self.kind_box.setCurrentIndex(KINDS.index(first))

    @property
    def kind(self) -> str:
        return self.kind_box.currentData()

    @property
    def is_folder(self) -> bool:
        return self.form_box.currentData() == "folder"

    @Slot()
    def _remember_name(self) -> None:
        self._is_named = True

    @Slot()
    def _follow(self) -> None:
        """Show what belongs to the choices, and say what keeps the sheet from being made."""
        takes_pictures = self.kind == "pictures"
        self._form.setRowVisible(self._source_row, takes_pictures)
        self._form.setRowVisible(self.columns_box, not self.is_folder)
        self._form.setRowVisible(self.name_edit, not self.is_folder)
        if not self._is_named:
            what = ", ".join(self._subject.chosen) if takes_pictures else self._subject.photo
            name = self.tr("{name}, contact sheet").format(name=what)
            if self.name_edit.text() != name:
                self.name_edit.setText(name)
        is_complete = bool(self.source.pictures) if takes_pictures else True
        has_name = self.is_folder or bool(self.name_edit.text().strip())
        is_possible = self._subject.kinds()[self.kind]
        self._tell("")
        self.make_button.setEnabled(is_possible and is_complete and has_name and self.fields.folder is not None)

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
            existing=self.fields.existing,
        )
        self.decided.emit(
            SheetChoice(
                self.kind,
                self.source.pictures if self.kind == "pictures" else (),
                self.name_edit.text().strip(),
                target,
                self.cell_box.value(),
                0 if self.is_folder else self.columns_box.value(),
                self.is_folder,
            )
        )
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Contact Sheet"))
        texts = {
            "kind": self.tr("Shows"),
            "pictures": self.tr("Photos"),
            "form": self.tr("As"),
            "cell": self.tr("Each picture"),
            "columns": self.tr("Columns"),
            "name": self.tr("Name"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        for widget, name in (
            (self.kind_box, "kind"),
            (self.form_box, "form"),
            (self.cell_box, "cell"),
            (self.columns_box, "columns"),
            (self.name_edit, "name"),
        ):
            widget.setAccessibleName(texts[name])
        chosen = ", ".join(self._subject.chosen)
        kinds = (
            self.tr("The open photo in the {count} styles on the shelf").format(count=self._subject.shown),
            self.tr("The open photo in the {count} styles of the mix").format(count=len(self._subject.chosen)),
            self.tr("Many pictures in {styles}").format(styles=chosen)
            if chosen
            else self.tr("Many pictures in a style"),
        )
        for row, text in enumerate(kinds):
            self.kind_box.setItemText(row, text)
        for row, text in enumerate((self.tr("One picture with all of them"), self.tr("A folder, each by itself"))):
            self.form_box.setItemText(row, text)
        self.cell_box.setSuffix(self.tr(" pixels"))
        self.columns_box.setSpecialValueText(self.tr("As looks well"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.make_button.setText(self.tr("Add to the Queue"))
        self.source.retranslate()
        self.fields.retranslate()
        self._follow()
