"""Name and description of a style of the user's."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.theme import GRID, styled
from engine.api import StyleError
from engine.styles import StyleInformation, check_name

WIDTH = 50 * GRID
LONGEST_DESCRIPTION = 2000


class StyleDetailsDialog(QDialog):
    """Asks, and does nothing itself; ``decided`` gives name and description when they are to be kept."""

    decided = Signal(str, str)

    def __init__(self, style: StyleInformation, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Name and Description"))
        self.setMinimumWidth(WIDTH)
        self.name_edit = QLineEdit(style.name)
        self.name_edit.setAccessibleName(self.tr("Name"))
        self.description_edit = QPlainTextEdit(style.description)
        self.description_edit.setAccessibleName(self.tr("Description"))
        self.description_edit.setTabChangesFocus(True)
        self.description_edit.setFixedHeight(12 * GRID)
        self.facts = styled(QLabel(self._facts_of(style), wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self.facts.setVisible(bool(self.facts.text()))
        self.save_button = styled(QPushButton(self.tr("Save")), "primary")
        self.save_button.setDefault(True)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for text, edit in ((self.tr("Name"), self.name_edit), (self.tr("Description"), self.description_edit)):
            label = QLabel(text)
            label.setBuddy(edit)
            layout.addWidget(label)
            layout.addWidget(edit)
        layout.addWidget(self.facts)
        layout.addSpacing(GRID)
        layout.addLayout(buttons)
        self.name_edit.textChanged.connect(self._follow)
        self.description_edit.textChanged.connect(self._follow)
        self.save_button.clicked.connect(self._decide)
        self.cancel_button.clicked.connect(self.reject)
        self.name_edit.selectAll()
        self.name_edit.setFocus()

    def _facts_of(self, style: StyleInformation) -> str:
        facts = (
            (self.tr("Artist: {value}"), style.artist),
            (self.tr("Made from: {value}"), style.source),
            (self.tr("Made on: {value}"), style.created[:10]),
            (self.tr("Licence: {value}"), style.licence),
        )
        return "\n".join(text.format(value=value) for text, value in facts if value)

    def _follow(self) -> None:
        """Offer to save only what can be saved."""
        try:
            check_name(self.name_edit.text())
        except StyleError:
            is_possible = False
        else:
            is_possible = len(self.description_edit.toPlainText()) <= LONGEST_DESCRIPTION
        self.save_button.setEnabled(is_possible)

    def _decide(self) -> None:
        self.decided.emit(self.name_edit.text(), self.description_edit.toPlainText())
        self.accept()
