"""What the user chooses once and for all. Every change is applied at once; Cancel takes all of them back."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from desktop_app.actions import LANGUAGE_NAMES
from desktop_app.dialogs.base import PlainDialog
from desktop_app.engine_keeper import EngineKeeper, display_name
from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.preferences import Preferences
from desktop_app.settings import LANGUAGES, MOST_GIGABYTES, MOST_THREADS, PREVIEW_QUALITIES, THEMES
from desktop_app.theme import GRID, styled
from engine.processor import core_count

_TEXTS = {
    "language": {"system": QT_TRANSLATE_NOOP("SettingsDialog", "As the system"), **LANGUAGE_NAMES},
    "theme": {
        "dark": QT_TRANSLATE_NOOP("SettingsDialog", "Dark"),
        "light": QT_TRANSLATE_NOOP("SettingsDialog", "Light"),
        "system": QT_TRANSLATE_NOOP("SettingsDialog", "As the system"),
    },
    "preview_quality": {
        "fine": QT_TRANSLATE_NOOP("SettingsDialog", "Fine"),
        "fast": QT_TRANSLATE_NOOP("SettingsDialog", "Fast, for slow computers"),
    },
}
_VALUES = {"language": LANGUAGES, "theme": THEMES, "preview_quality": PREVIEW_QUALITIES}
_FIELD_WIDTH = 56 * GRID


class SettingsDialog(PlainDialog):
    """Shows what ``preferences`` hold, and the devices that ``engine`` found. ``folders`` are those shown below."""

    def __init__(
        self, preferences: Preferences, engine: EngineKeeper, folders: dict[str, Path], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._engine = engine
        self._before = preferences.all()
        self._names: dict[str, QLabel] = {}
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(3 * GRID)
        self._rows.setVerticalSpacing(GRID)
        self._rows.setColumnStretch(1, 1)
        self.column.addLayout(self._rows)
        self.column.addStretch()

        self.boxes = {name: self._add_box(name, _VALUES[name]) for name in ("language", "theme", "preview_quality")}
        self.boxes["device"] = self._add_box("device", ())
        self.status = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.status.setMinimumSize(_FIELD_WIDTH, 4 * self.fontMetrics().lineSpacing())  # nothing moves when it changes
        self._rows.addWidget(self.status, self._rows.rowCount(), 1)
        self.numbers = {
            "threads": self._add_number("threads", MOST_THREADS),
            "memory_gigabytes": self._add_number("memory_gigabytes", MOST_GIGABYTES),
        }
        self._add_export_folder()
        self._folder_buttons = {name: self._add_folder(name, path) for name, path in folders.items()}

        self.reset_button = self.add_button(at_left=True)
        self.cancel_button = self.add_button()
        self.ok_button = styled(self.add_button(), "primary")
        self.ok_button.setDefault(True)
        self.reset_button.clicked.connect(self._reset)
        self.cancel_button.clicked.connect(self.reject)
        self.ok_button.clicked.connect(self.accept)
        preferences.changed.connect(self._show_choices)
        engine.changed.connect(self._show_engine)
        self.retranslate()
        self.boxes["language"].setFocus()

    def _add_row(self, name: str, field: QWidget, *more: QWidget) -> None:
        label = QLabel()
        label.setBuddy(field)
        self._names[name] = label
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(field, 1)
        for widget in more:
            row.addWidget(widget)
        self._rows.addWidget(label, self._rows.rowCount(), 0)
        self._rows.addLayout(row, self._rows.rowCount() - 1, 1)

    def _add_box(self, name: str, values: tuple[str, ...]) -> QComboBox:
        box = QComboBox()
        box.setMinimumContentsLength(20)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value in values:
            box.addItem("", value)
        box.setProperty("choice", name)
        box.activated.connect(self._choose_of_box)
        self._add_row(name, box)
        return box

    def _add_number(self, name: str, most: int) -> QSpinBox:
        number = QSpinBox()
        # What is more than the processor runs at once would only be cut off by the engine.
        number.setRange(0, max(core_count(), self._preferences.settings.threads) if name == "threads" else most)
        number.setKeyboardTracking(False)
        number.lineEdit().setTextMargins(GRID, 0, 0, 0)  # the style sheet's padding does not reach into it
        number.setProperty("choice", name)
        number.valueChanged.connect(self._choose_number)
        self._add_row(name, number)
        return number

    def _add_export_folder(self) -> None:
        self.export_folder = QLineEdit(readOnly=True)
        self.browse_button = QPushButton(autoDefault=False)
        self.clear_button = QPushButton(autoDefault=False)
        self.browse_button.clicked.connect(self._browse)
        self.clear_button.clicked.connect(self._clear_export_folder)
        self._add_row("default_export_folder", self.export_folder, self.browse_button, self.clear_button)

    def _add_folder(self, name: str, path: Path) -> QPushButton:
        edit = QLineEdit(str(path), readOnly=True)
        edit.setCursorPosition(0)
        button = QPushButton(autoDefault=False)
        button.setProperty("folder", str(path))
        button.clicked.connect(self._open_folder)
        self._add_row(name, edit, button)
        return button

    # What is chosen

    @Slot(int)
    def _choose_of_box(self, row: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self._preferences.choose(box.property("choice"), box.itemData(row))

    @Slot(int)
    def _choose_number(self, value: int) -> None:
        self._preferences.choose(self.sender().property("choice"), value)

    @Slot()
    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export Folder"), self._preferences.settings.default_export_folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._choose_export_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _choose_export_folder(self, folder: str) -> None:
        self._preferences.choose("default_export_folder", folder)

    @Slot()
    def _clear_export_folder(self) -> None:
        self._choose_export_folder("")

    @Slot()
    def _open_folder(self) -> None:
        folder = Path(self.sender().property("folder"))
        with contextlib.suppress(OSError):  # then the nearest folder above is opened, which says enough
            folder.mkdir(parents=True, exist_ok=True)
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def _reset(self) -> None:
        self._preferences.reset()

    def reject(self) -> None:
        """Cancel, Escape and the window's cross: everything is again as it was when the dialog opened."""
        self._preferences.choose_all(self._before)
        super().reject()

    # What is shown

    @Slot()
    def _show_choices(self) -> None:
        settings = self._preferences.settings
        for name, box in self.boxes.items():
            if box.findData(getattr(settings, name)) >= 0:
                box.setCurrentIndex(box.findData(getattr(settings, name)))
        for name, number in self.numbers.items():
            with QSignalBlocker(number):
                number.setValue(getattr(settings, name))
        self.export_folder.setText(settings.default_export_folder)
        self.clear_button.setEnabled(bool(settings.default_export_folder))

    @Slot()
    def _show_engine(self) -> None:
        box = self.boxes["device"]
        chosen = self._preferences.settings.device
        entries = {"auto": self.tr("Automatic: the fastest that works"), "cpu": self.tr("Processor (CPU)")}
        for device in self._engine.devices:
            entries[device.word] = self.tr("Processor: {name}") if device.word == "cpu" else "{name} ({word})"
            entries[device.word] = entries[device.word].format(name=device.name, word=device.word)
        entries.setdefault(chosen, self.tr("{device}: cannot be used").format(device=chosen))
        box.clear()
        for word, text in entries.items():
            box.addItem(text, word)
        box.setCurrentIndex(box.findData(chosen))
        box.setEnabled(bool(self._engine.devices) or self._engine.answer is not None)
        self.status.setText(self._status())

    def _status(self) -> str:
        if self._engine.is_loading:
            return self.tr("Loading the engine…")
        event = self._engine.answer
        if event is None:
            return self.tr("The engine is not loaded. Help > Diagnostics says more.")
        lines = [self.tr("Runs on {device}.").format(device=display_name(event.device)), *event.notes]
        return "\n".join(lines)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        names = {
            "language": self.tr("Language"),
            "theme": self.tr("Theme"),
            "preview_quality": self.tr("Preview"),
            "device": self.tr("Runs on"),
            "threads": self.tr("Threads"),
            "memory_gigabytes": self.tr("Memory limit"),
            "default_export_folder": self.tr("Export folder"),
            "styles": self.tr("Styles"),
            "settings": self.tr("Settings file"),
            "log": self.tr("Log"),
        }
        for name, label in self._names.items():
            label.setText(names[name])
            field = label.buddy()
            if field is not None:
                field.setAccessibleName(names[name])
        for name, texts in _TEXTS.items():
            box = self.boxes[name]
            for row in range(box.count()):
                text = texts[box.itemData(row)]
                box.setItemText(row, QCoreApplication.translate("SettingsDialog", text))
        self.numbers["threads"].setSpecialValueText(self.tr("Automatic"))
        self.numbers["threads"].setToolTip(self.tr("How many threads of the processor Scumble takes."))
        self.numbers["memory_gigabytes"].setSpecialValueText(self.tr("Automatic"))
        self.numbers["memory_gigabytes"].setSuffix(self.tr(" GB"))
        self.numbers["memory_gigabytes"].setToolTip(
            self.tr("How much memory a picture may take. One that needs more is refused, or done in smaller tiles.")
        )
        self.export_folder.setPlaceholderText(self.tr("Where the last export went"))
        self.browse_button.setText(self.tr("Choose…"))
        self.browse_button.setAccessibleName(self.tr("Choose the export folder"))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Forget the export folder"))
        for name, button in self._folder_buttons.items():
            button.setText(self.tr("Open"))
            button.setAccessibleName(self.tr("Open folder: {name}").format(name=names[name]))
        self.reset_button.setText(self.tr("Reset to Defaults"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.ok_button.setText(self.tr("OK"))
        self._show_choices()
        self._show_engine()
