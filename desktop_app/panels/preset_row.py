"""The row above the sliders: a preset to choose, and a menu to save, rename and delete one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Slot
from PySide6.QtGui import QUndoCommand, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QMenu, QToolButton, QWidget

from desktop_app.document import Document, StyleSettings
from desktop_app.presets import BUILT_IN, LONGEST_NAME, MOST_PRESETS, Presets
from desktop_app.theme import GRID

_SHORTEST = 6


class PresetRow(QWidget):
    """Choosing, saving over and deleting can be undone."""

    def __init__(self, document: Document, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._presets = presets
        self.box = _PresetBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(_SHORTEST)  # or the panel would be cut off beside its scroll bar
        self.menu_button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setText("…")
        menu = QMenu(self.menu_button)
        self.save_action = menu.addAction("")
        self.rename_action = menu.addAction("")
        self.delete_action = menu.addAction("")
        self.menu_button.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.menu_button)
        self.box.activated.connect(self._choose)
        self.save_action.triggered.connect(self._ask_to_save)
        self.rename_action.triggered.connect(self._ask_to_rename)
        self.delete_action.triggered.connect(self._delete)
        presets.changed.connect(self._fill)
        document.settings_changed.connect(self._follow)
        self._retranslate()

    @property
    def _chosen(self) -> str:
        """The artist's own preset that the settings are, or nothing."""
        name = self.box.currentData()
        return name if name in self._presets.own else ""

    @Slot()
    def _fill(self) -> None:
        with QSignalBlocker(self.box):
            self.box.clear()
            for name in self._presets.own:
                self.box.addItem(name, name)
            if self.box.count():
                self.box.insertSeparator(self.box.count())
            for name in BUILT_IN:
                self.box.addItem(QCoreApplication.translate("Presets", name), f"built-in:{name}")
        self._follow()

    def _settings_at(self, index: int) -> StyleSettings | None:
        name = self.box.itemData(index)
        if not isinstance(name, str):
            return None
        return self._presets.own.get(name) or BUILT_IN.get(name.removeprefix("built-in:"))

    @Slot()
    def _follow(self) -> None:
        """Show which preset the settings are, if any."""
        settings = self._document.settings
        rows = [row for row in range(self.box.count()) if self._settings_at(row) == settings]
        current = self.box.currentIndex()
        self.box.setCurrentIndex(current if current in rows else rows[0] if rows else -1)
        for action in (self.rename_action, self.delete_action):
            action.setEnabled(bool(self._chosen))

    @Slot(int)
    def _choose(self, index: int) -> None:
        settings = self._settings_at(index)
        if settings is not None:
            self._document.set_settings(settings)
            self.box.setCurrentIndex(index)
            self._follow()

    def _ask(self, title: str, name: str) -> QInputDialog:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("Name of the preset:"))
        dialog.setTextValue(name)
        dialog.setOkButtonText(self.tr("Save"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot()
    def _ask_to_save(self) -> None:
        self._ask(self.tr("Save Preset"), self._chosen).textValueSelected.connect(self._save)

    @Slot()
    def _ask_to_rename(self) -> None:
        if self._chosen:
            self._ask(self.tr("Rename Preset"), self._chosen).textValueSelected.connect(self._rename)

    @Slot(str)
    def _save(self, text: str) -> None:
        name, own = text.strip()[:LONGEST_NAME], self._presets.own
        if name and (name in own or len(own) < MOST_PRESETS):
            self._put("save_preset", {**own, name: self._document.settings}, name)

    @Slot(str)
    def _rename(self, text: str) -> None:
        old, name = self._chosen, text.strip()[:LONGEST_NAME]
        if old and name and name not in self._presets.own:
            own = {name if each == old else each: settings for each, settings in self._presets.own.items()}
            self._put("rename_preset", own, name)

    @Slot()
    def _delete(self) -> None:
        if self._chosen:
            own = {each: settings for each, settings in self._presets.own.items() if each != self._chosen}
            self._put("delete_preset", own, "")

    def _put(self, what: str, own: dict[str, StyleSettings], name: str) -> None:
        self._document.undo_stack.push(_PresetStep(self._presets, what, own))
        if name:
            self.box.setCurrentIndex(self.box.findData(name))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.box.setPlaceholderText(self.tr("Preset"))
        self.box.setAccessibleName(self.tr("Preset"))
        self.box.setToolTip(self.tr("Sets all sliders at once to values that were saved under a name"))
        self.menu_button.setAccessibleName(self.tr("Save or change presets"))
        self.menu_button.setToolTip(self.tr("Save or change presets"))
        self.save_action.setText(self.tr("Save as Preset…"))
        self.rename_action.setText(self.tr("Rename Preset…"))
        self.delete_action.setText(self.tr("Delete Preset"))
        self._fill()


class _PresetBox(QComboBox):
    """Lets the wheel scroll the panel unless it has been clicked."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _PresetStep(QUndoCommand):
    """The artist's presets before and after a change."""

    def __init__(self, presets: Presets, what: str, after: dict[str, StyleSettings]) -> None:
        super().__init__(what)
        self._presets, self._before, self._after = presets, presets.own, after

    def undo(self) -> None:
        self._presets.put(self._before)

    def redo(self) -> None:
        self._presets.put(self._after)
