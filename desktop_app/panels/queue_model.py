"""The rows of the queue panel. Follows the queue step by step, so that thousands of rows cost nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Slot

from desktop_app.queueing.job_words import outcome_in_words, task_in_words
from desktop_app.queueing.jobs import Job
from desktop_app.queueing.queue import Queue
from desktop_app.queueing.runner import QueueRunner

FRACTION_ROLE = Qt.ItemDataRole.UserRole + 1
"""How far the running job is, 0..1; None for others."""

JOBS_FORMAT = "application/x-scumble-jobs"

_Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """``UserRole`` gives the job. Rows dragged onto others change the order."""

    def __init__(self, queue: Queue, runner: QueueRunner) -> None:
        super().__init__()
        self._queue = queue
        self._runner = runner
        self._jobs: list[Job] = list(queue)
        queue.inserted.connect(self._insert)
        queue.removed.connect(self._remove)
        queue.reordered.connect(self._reorder)
        queue.changed.connect(self._change)
        runner.progressed.connect(self._show_progress)

    def job(self, row: int) -> Job:
        return self._jobs[row]

    @Slot(int, int)
    def _insert(self, row: int, count: int) -> None:
        self.beginInsertRows(QModelIndex(), row, row + count - 1)
        self._jobs[row:row] = [self._queue.job(each) for each in range(row, row + count)]
        self.endInsertRows()

    @Slot(list)
    def _remove(self, rows: list[int]) -> None:
        while rows:  # neighbours go together
            count = 1
            while count < len(rows) and rows[count] == rows[0] - count:
                count += 1
            first = rows[0] - count + 1
            self.beginRemoveRows(QModelIndex(), first, rows[0])
            del self._jobs[first : rows[0] + 1]
            self.endRemoveRows()
            rows = rows[count:]

    @Slot()
    def _reorder(self) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        numbers = [self._jobs[index.row()].number for index in before]
        self._jobs = list(self._queue)
        after = [self.index(self._queue.row_of(number), 0) for number in numbers]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    @Slot(int)
    def _change(self, row: int) -> None:
        self._jobs[row] = self._queue.job(row)
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    @Slot()
    def _show_progress(self) -> None:
        row = self._queue.row_of(self._runner.running_number)
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0), [FRACTION_ROLE])

    # What a view asks

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._jobs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        job = self._jobs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return job.task.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return "\n".join(line for line in (job.task.title, task_in_words(job), outcome_in_words(job)) if line)
            case Qt.ItemDataRole.UserRole:
                return job
            case role if role == FRACTION_ROLE:
                return self._runner.fraction if job.number == self._runner.running_number else None
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [JOBS_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        numbers = [self._jobs[index.row()].number for index in indexes]
        data.setData(JOBS_FORMAT, json.dumps(numbers).encode())
        return data

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,
        column: int,  # noqa: ARG002
        parent: _Index,
    ) -> bool:
        if not data.hasFormat(JOBS_FORMAT):
            return False
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._jobs)
        self._queue.move(json.loads(bytes(data.data(JOBS_FORMAT).data())), place)
        return True
