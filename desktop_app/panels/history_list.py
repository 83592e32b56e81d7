"""The list of kept results, newest first."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop_app.history import History, HistoryEntry
from desktop_app.panels.history_delegate import CURRENT_ROLE, HistoryDelegate, lines_of

MULTIPLE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class HistoryModel(QAbstractListModel):
    """The entries of a history; ``UserRole`` gives the entry itself."""

    def __init__(self, history: History) -> None:
        super().__init__()
        self._history = history
        self._entries = history.entries
        self.current: HistoryEntry | None = None

    def follow(self) -> None:
        self.beginResetModel()
        self._entries = self._history.entries
        self.current = self._history.current
        self.endResetModel()

    def follow_document(self) -> None:
        self.current = self._history.current
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, 0), [CURRENT_ROLE])

    def entry(self, row: int) -> HistoryEntry:
        return self._entries[row]

    def row_of(self, entry: HistoryEntry) -> int:
        """Return the row of the entry of the same work, -1 if there is none any more."""
        return next((row for row, each in enumerate(self._entries) if each.work is entry.work), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: ARG002
        return len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                lines = lines_of(entry)
                return "\n".join((*lines, self.tr("Exported")) if entry.is_exported else lines)
            case Qt.ItemDataRole.UserRole:
                return entry
            case role if role == CURRENT_ROLE:
                return entry is self.current
            case _:
                return None


class HistoryList(QListView):
    """A click or Enter goes back to a result; Ctrl and a click on two of them compares those; Delete removes."""

    compared = Signal(object, object)  # HistoryEntry, HistoryEntry: the older one first
    compared_with_current = Signal(object)  # HistoryEntry
    comparison_ended = Signal()

    def __init__(self, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.entries = HistoryModel(history)
        self.setModel(self.entries)
        self.setItemDelegate(HistoryDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.clicked.connect(self._clicked)
        self.selectionModel().selectionChanged.connect(self._compare_selected)
        history.changed.connect(self._follow)
        self._retranslate()

    def selected(self) -> list[HistoryEntry]:
        """Return what is selected, newest first."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.entries.entry(row) for row in rows]

    def follow_document(self) -> None:
        """Mark the entry of what is open now."""
        self.entries.follow_document()

    @Slot()
    def _follow(self) -> None:
        """Show other entries; those that are still there stay selected."""
        selected, current = self.selected(), self.currentIndex()
        focused = self.entries.entry(current.row()) if current.isValid() else None
        model = self.selectionModel()
        model.blockSignals(True)
        self.entries.follow()
        selection = QItemSelection()
        for row in (self.entries.row_of(entry) for entry in selected):
            if row >= 0:
                selection.select(self.entries.index(row, 0), self.entries.index(row, 0))
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if focused is not None:
            row = min(max(self.entries.row_of(focused), 0), self.entries.rowCount() - 1)
            model.setCurrentIndex(self.entries.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.blockSignals(False)
        self.viewport().update()
        if len(self.selected()) != len(selected):
            self._compare_selected()

    @Slot()
    def _compare_selected(self) -> None:
        selected = self.selected()
        if len(selected) == 2:
            self.compared.emit(selected[1], selected[0])
        else:
            self.comparison_ended.emit()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if not QGuiApplication.keyboardModifiers() & MULTIPLE:
            self._go_back_to(self.entries.entry(index.row()))

    def _go_back_to(self, entry: HistoryEntry) -> None:
        self.clearSelection()
        self._history.go_back_to(entry)

    # Events

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if not index.isValid():
            return
        menu = self.menu_of(self.entries.entry(index.row()))
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu.popup(at)

    def menu_of(self, entry: HistoryEntry) -> QMenu:
        """Return the context menu of an entry; it deletes itself when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_current = entry is self.entries.current
        back = menu.addAction(self.tr("Go Back to This Result"))
        back.triggered.connect(partial(self._go_back_to, entry))
        back.setDisabled(is_current)
        compare = menu.addAction(self.tr("Compare with the Current Result"))
        compare.triggered.connect(partial(self.compared_with_current.emit, entry))
        compare.setDisabled(is_current or self._history.image is None)
        menu.addSeparator()
        chosen = [each for each in self.selected() if each is not entry]
        delete = menu.addAction(self.tr("Delete"))
        delete.triggered.connect(partial(self._history.remove, [entry, *chosen] if chosen else [entry]))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # the window shows the original while it is held
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.currentIndex().isValid():
                self._go_back_to(self.entries.entry(self.currentIndex().row()))
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if self.selected():
                self._history.remove(self.selected())
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("History of results"))
        self.viewport().update()
