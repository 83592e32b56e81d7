"""Holds two results of the history against each other on the canvas, until Escape or a change of the work."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.canvas.canvas import Canvas
from desktop_app.canvas.comparison import Comparison
from desktop_app.document import Document, Work
from desktop_app.history import History, HistoryEntry
from desktop_app.panels.history_list import HistoryList
from desktop_app.work_words import differences_in_words


class Comparer(QObject):
    """Puts a comparison on the canvas and takes it away again."""

    def __init__(self, document: Document, history: History, entries: HistoryList, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._document = document
        self._history = history
        self._entries = entries
        self._canvas = canvas
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), canvas)
        self._escape.setEnabled(False)  # until there is a comparison, the key belongs to others
        self._escape.activated.connect(self.end)
        entries.compared.connect(self.compare)
        entries.compared_with_current.connect(self.compare_with_current)
        entries.comparison_ended.connect(self._hide)
        canvas.comparison_ended.connect(self.end)
        document.changed.connect(self.end)

    @Slot(object, object)
    def compare(self, left: HistoryEntry, right: HistoryEntry) -> None:
        self._show(Comparison(left.image, right.image, _label(left, right.work), _label(right, left.work)))

    @Slot(object)
    def compare_with_current(self, entry: HistoryEntry) -> None:
        image = self._history.image
        if image is not None:
            self._entries.clearSelection()
            label = _label(entry, self._document.work)
            self._show(Comparison(entry.image, image, label, self.tr("Current Result")))

    @Slot()
    def end(self) -> None:
        """Show what is open again."""
        self._entries.clearSelection()
        self._hide()

    def _show(self, comparison: Comparison) -> None:
        self._canvas.set_comparison(comparison)
        self._escape.setEnabled(True)

    @Slot()
    def _hide(self) -> None:
        self._escape.setEnabled(False)
        self._canvas.set_comparison(None)


def _label(entry: HistoryEntry, other: Work) -> str:
    return f"{entry.time:%H:%M} · {differences_in_words(entry.work, other)}"
