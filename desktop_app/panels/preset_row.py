"""The row above the sliders: a preset to choose, and a menu to save, rename and delete one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QPaintEvent, QUndoCommand, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

from desktop_app.dialogs.preset import PresetDialog
from desktop_app.document import Document, StyleSettings
from desktop_app.presets import BUILT_IN, Presets
from desktop_app.theme import GRID


class PresetRow(QWidget):
    """Choosing, saving over and deleting can be undone."""

    def __init__(self, document: Document, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._presets = presets
        self.box = _PresetBox()
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

    @Slot()
    def _ask_to_save(self) -> None:
        dialog = PresetDialog(self._chosen, tuple(self._presets.own), self)
        dialog.decided.connect(self._save)
        dialog.open()

    @Slot()
    def _ask_to_rename(self) -> None:
        if self._chosen:
            dialog = PresetDialog(self._chosen, tuple(self._presets.own), self, is_new=False)
            dialog.decided.connect(partial(self._rename, self._chosen))
            dialog.open()

    @Slot(str)
    def _save(self, name: str) -> None:
        self._put("save_preset", {**self._presets.own, name: self._document.settings}, name)

    def _rename(self, old: str, name: str) -> None:
        own = {name if each == old else each: settings for each, settings in self._presets.own.items()}
        if name != old:
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
    """As wide as there is room, however long a name is, which is seen whole in the list. Lets the wheel scroll the
    panel unless it has been clicked.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint as Qt does, with a name that is too long cut off by dots."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        text = self.currentText() or self.placeholderText()
        option.currentText = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width() - GRID)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 3 * GRID)
        super().showPopup()

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
