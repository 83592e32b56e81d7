"""What the dialogs around the window have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.theme import GRID


class PlainDialog(QDialog):
    """Margins, a row of buttons below, and texts that follow the language while it is open.

    It is deleted when it is closed. A subclass fills ``column``, adds buttons with :meth:`add_button`, sets all its
    texts in :meth:`retranslate`, and calls that at the end of its ``__init__``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout()
        self.column.setSpacing(2 * GRID)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GRID)
        self._buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(self.column, 1)
        layout.addLayout(self._buttons)

    def add_button(self, *, at_left: bool = False) -> QPushButton:
        """Add a button that Enter presses only while it has the focus."""
        button = QPushButton()
        button.setAutoDefault(False)
        self._buttons.insertWidget(0, button) if at_left else self._buttons.addWidget(button)
        return button

    def add_close_button(self) -> QPushButton:
        button = self.add_button()
        button.setDefault(True)
        button.clicked.connect(self.close)
        return button

    def retranslate(self) -> None:
        """Set every text."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
