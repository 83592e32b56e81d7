"""The name of a preset that is saved or renamed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop_app.dialogs.base import PlainDialog
from desktop_app.presets import LONGEST_NAME, MOST_PRESETS
from desktop_app.theme import GRID, styled

WIDTH = 44 * GRID


class PresetDialog(PlainDialog):
    """Asks, and says what a name would do; ``decided`` gives the name. Renaming takes no name that is there already."""

    decided = Signal(str)

    def __init__(self, name: str, taken: tuple[str, ...], parent: QWidget, *, is_new: bool = True) -> None:
        super().__init__(parent)
        self._old_name = name
        self._taken = taken
        self._is_new = is_new
        self.setMinimumWidth(WIDTH)
        self._label = QLabel()
        self.name_edit = QLineEdit(name, maxLength=LONGEST_NAME)
        self._label.setBuddy(self.name_edit)
        self.notice = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self.column.setSpacing(GRID)
        for widget in (self._label, self.name_edit, self.notice):
            self.column.addWidget(widget)
        self.cancel_button = self.add_button()
        self.save_button = styled(self.add_button(), "primary")
        self.save_button.setDefault(True)
        self.name_edit.textChanged.connect(self._follow)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._decide)
        self.name_edit.selectAll()
        self.retranslate()

    @property
    def _name(self) -> str:
        return self.name_edit.text().strip()

    def _follow(self) -> None:
        """Offer to save only what can be saved."""
        is_taken = self._name in self._taken
        is_full = self._is_new and not is_taken and len(self._taken) >= MOST_PRESETS
        is_another = not self._is_new and is_taken and self._name != self._old_name
        text = ""
        if is_full:
            text = self.tr("There are {count} presets already. Delete one first.").format(count=MOST_PRESETS)
        elif is_another:
            text = self.tr("Another preset has this name.")
        elif self._is_new and is_taken:
            text = self.tr("This takes the place of the preset that has this name. Undo brings it back.")
        self.notice.setText(text)
        self.save_button.setEnabled(bool(self._name) and not is_full and not is_another)

    def _decide(self) -> None:
        self.decided.emit(self._name)
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Save Preset") if self._is_new else self.tr("Rename Preset"))
        self._label.setText(self.tr("Name of the preset"))
        self.name_edit.setAccessibleName(self.tr("Name of the preset"))
        self.save_button.setText(self.tr("Save"))
        self.cancel_button.setText(self.tr("Cancel"))
        self._follow()
