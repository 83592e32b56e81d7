"""The column with the history of results, between the canvas and the sliders."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from desktop_app.canvas.canvas import Canvas
from desktop_app.comparing import Comparer
from desktop_app.document import Document
from desktop_app.history import History
from desktop_app.panels.history_list import HistoryList
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.panel_column import ColumnPanel
from desktop_app.theme import GRID, styled

WIDTH = 30 * GRID


class HistoryPanel(ColumnPanel):
    """Fixed in width like the panel beside it. An empty history says what will come here."""

    def __init__(self, history: History, document: Document, canvas: Canvas, messages: MessageBar) -> None:
        super().__init__(WIDTH)
        self._history = history
        self._messages = messages
        self._hint = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.list = HistoryList(history)
        self.comparer = Comparer(document, history, self.list, canvas)
        self.clear_button = styled(QPushButton(), "quiet")
        self.header.insertWidget(1, self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(self.header)
        layout.addWidget(self._hint)
        layout.addWidget(self.list, 1)
        self.clear_button.clicked.connect(self._clear)
        history.changed.connect(self._follow)
        document.changed.connect(self.list.follow_document)
        self._follow()
        self.retranslate()

    @Slot()
    def _clear(self) -> None:
        entries = self._history.entries
        self._history.clear()

        def bring_back() -> None:
            self._messages.hide()
            self._history.bring_back(entries)

        self._messages.show_message(
            "information",
            lambda: self.tr("The history is cleared. What is open stays open."),
            lambda: self.tr("Bring back"),
            bring_back,
        )

    @Slot()
    def _follow(self) -> None:
        is_empty = not self._history.entries
        self.clear_button.setDisabled(is_empty)
        self.list.setHidden(is_empty)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("History"))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Clear the history"))
        self.close_button.setToolTip(self.tr("Hide the history"))
        self.close_button.setAccessibleName(self.tr("Hide the history"))
        hint = self.tr("Click to go back to a result. Ctrl+click two to compare them.")
        if not self._history.entries:
            hint = self.tr("Results that stay unchanged for a moment, and those you export, are kept here.")
        self._hint.setText(hint)
