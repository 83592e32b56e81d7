"""The list of jobs: select, drag to another place, remove, try again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop_app.incoming import brings_pictures, pictures_in
from desktop_app.panels.queue_delegate import RADIUS, QueueDelegate
from desktop_app.panels.queue_model import JOBS_FORMAT, QueueModel
from desktop_app.panels.thumbnails import Thumbnails
from desktop_app.queueing.jobs import Job, State
from desktop_app.queueing.queue import Queue
from desktop_app.queueing.runner import QueueRunner
from desktop_app.theme import current_theme


class QueueList(QListView):
    """Delete removes what is selected, Alt and an arrow moves it, Enter or a double click opens a result."""

    dropped = Signal(object)  # Incoming

    def __init__(
        self, queue: Queue, runner: QueueRunner, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._runner = runner
        self.jobs = QueueModel(queue, runner)
        self.setModel(self.jobs)
        self.setItemDelegate(QueueDelegate(thumbnails, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)
        thumbnails.ready.connect(self.viewport().update)
        self._shown_number = 0
        runner.changed.connect(self._show_running)
        self._retranslate()

    def selected(self) -> list[Job]:
        """Return what is selected, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.jobs.job(row) for row in rows]

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        job = self.jobs.job(index.row())
        if job.path and job.state in {State.DONE, State.SKIPPED}:
            QDesktopServices.openUrl(QUrl.fromLocalFile(job.path))

    @Slot()
    def _show_running(self) -> None:
        """Keep the running job in sight while nobody works in the list."""
        number = self._runner.running_number
        if number in {0, self._shown_number} or self.selectionModel().hasSelection():
            return
        self._shown_number = number
        row = self._queue.row_of(number)
        if 0 <= row < self.jobs.rowCount():
            self.scrollTo(self.jobs.index(row, 0))

    # What can be done with the selected jobs

    def _numbers(self) -> list[int]:
        return [job.number for job in self.selected()]

    @Slot()
    def remove_selected(self) -> None:
        self._runner.remove(self._numbers())

    @Slot()
    def retry_selected(self) -> None:
        self._queue.retry(self._numbers())

    @Slot()
    def move_up(self) -> None:
        self._queue.shift(self._numbers(), -1)

    @Slot()
    def move_down(self) -> None:
        self._queue.shift(self._numbers(), 1)

    @Slot()
    def move_to_the_top(self) -> None:
        self._queue.move(self._numbers(), 0)

    @Slot()
    def open_folder(self) -> None:
        for job in self.selected()[:1]:
            folder = str(Path(job.path).parent) if job.path else job.task.target.folder
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    def menu(self) -> QMenu:
        """Return the menu of what is selected; it deletes itself when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.selected()
        states = {job.state for job in selected}
        entries = (
            ("open_folder", self.tr("Open Folder"), self.open_folder, len(selected) == 1),
            ("retry", self.tr("Try Again"), self.retry_selected, any(state.is_finished for state in states)),
            ("stop", self.tr("Stop"), self._runner.stop_job, State.RUNNING in states),
            None,
            ("top", self.tr("Move to the Top"), self.move_to_the_top, bool(selected)),
            ("up", self.tr("Move Up (Alt+Up)"), self.move_up, bool(selected)),
            ("down", self.tr("Move Down (Alt+Down)"), self.move_down, bool(selected)),
            None,
            ("remove", self.tr("Remove"), self.remove_selected, bool(selected)),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            name, text, answer, is_possible = entry
            action = menu.addAction(text)
            action.setObjectName(name)
            action.setEnabled(is_possible)
            action.triggered.connect(answer)
        return menu

    # Events

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.selected():
            return
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu().popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match event.key():
            case Qt.Key.Key_Space if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # the window shows the original while it is held
            case Qt.Key.Key_Up if is_alt:
                self.move_up()
            case Qt.Key.Key_Down if is_alt:
                self.move_down()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.currentIndex().isValid():
                self._open(self.currentIndex())
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_selected()
            case _:
                super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(JOBS_FORMAT):
            super().dragEnterEvent(event)
        elif brings_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(JOBS_FORMAT):
            super().dragMoveEvent(event)
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(JOBS_FORMAT):
            super().dropEvent(event)
        else:
            event.acceptProposedAction()
            self.dropped.emit(pictures_in(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current_theme().accent), 2))
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Jobs of the queue"))
        self.viewport().update()
