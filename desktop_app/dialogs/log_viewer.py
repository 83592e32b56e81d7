"""The end of the log file, growing with it."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLabel, QListView, QWidget

from desktop_app.dialogs.base import PlainDialog
from desktop_app.dialogs.log_lines import LogLines
from desktop_app.log_tail import LogTail
from desktop_app.theme import GRID, styled

LEVELS = (logging.NOTSET, logging.WARNING, logging.ERROR)
MILLISECONDS_BETWEEN_READINGS = 500


class LogViewer(PlainDialog):
    """Stays at the last line while that is in sight. What is read at a time is at most 2 MB: milliseconds."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        self._tail = LogTail(path)
        self.lines = LogLines()
        self.level_box = QComboBox()
        self.level_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for level in LEVELS:
            self.level_box.addItem("", level)
        self._level_name = QLabel()
        self._level_name.setBuddy(self.level_box)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._level_name)
        row.addWidget(self.level_box)
        row.addStretch()
        self.view = styled(_LineView(), "lines")
        self.view.setModel(self.lines)
        self.notice = styled(QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True), "muted")
        self.column.addLayout(row)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.notice)
        self.copy_button = self.add_button(at_left=True)
        self.folder_button = self.add_button()
        self.close_button = self.add_close_button()
        self.level_box.activated.connect(self._choose_level)
        self.copy_button.clicked.connect(self.copy)
        self.view.copy_requested.connect(self.copy)
        self.folder_button.clicked.connect(self._open_folder)
        self._timer = QTimer(self)
        self._timer.setInterval(MILLISECONDS_BETWEEN_READINGS)
        self._timer.timeout.connect(self.read)
        self._timer.start()
        self.finished.connect(self._timer.stop)
        self.resize(100 * GRID, 70 * GRID)
        self.setMinimumSize(60 * GRID, 40 * GRID)
        self.retranslate()
        self.read()
        self.view.setFocus()

    @Slot()
    def read(self) -> None:
        """Show what was added to the file."""
        bar = self.view.verticalScrollBar()
        is_at_end = bar.value() >= bar.maximum()
        new = self._tail.read()
        if new:
            self.lines.add(new)
            self.notice.setText(self._notice())
        if new and is_at_end:
            self.view.scrollToBottom()

    @Slot()
    def _choose_level(self) -> None:
        self.lines.set_level(self.level_box.currentData())
        self.notice.setText(self._notice())
        self.view.scrollToBottom()

    @Slot()
    def copy(self) -> None:
        """Copy the lines that are selected, or all that are shown."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        QGuiApplication.clipboard().setText(self.lines.text(rows or None))

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _notice(self) -> str:
        if self.lines.rowCount():
            return str(self._path)
        return self.tr("Nothing was reported so far. The log will be {path}").format(path=self._path)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Log"))
        self._level_name.setText(self.tr("Show"))
        self.level_box.setAccessibleName(self.tr("Show"))
        for row, text in enumerate((self.tr("Everything"), self.tr("Warnings and errors"), self.tr("Errors"))):
            self.level_box.setItemText(row, text)
        self.view.setAccessibleName(self.tr("Lines of the log"))
        self.notice.setText(self._notice())
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copies the selected lines, or all of them"))
        self.folder_button.setText(self.tr("Open Folder"))
        self.close_button.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.StyleChange:
            self.view.viewport().update()
        super().changeEvent(event)


class _LineView(QListView):
    copy_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)
