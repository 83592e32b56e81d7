"""What the queue could not do, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from desktop_app.dialogs.base import PlainDialog
from desktop_app.queueing.job_words import counts_in_words, outcome_in_words
from desktop_app.queueing.jobs import Job, State
from desktop_app.theme import GRID


class QueueFailuresDialog(PlainDialog):
    """A summary of ``jobs``, and a line for each that failed or left something out, to be copied."""

    retry_requested = Signal()

    def __init__(self, jobs: Sequence[Job], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(72 * GRID, 44 * GRID)
        self._jobs = tuple(jobs)
        self._counts = QLabel(wordWrap=True)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setTabChangesFocus(True)
        self.column.addWidget(self._counts)
        self.column.addWidget(self.text, 1)
        self.copy_button = self.add_button(at_left=True)
        self.retry_button = self.add_button()
        self.close_button = self.add_close_button()
        self.copy_button.clicked.connect(self._copy)
        self.retry_button.clicked.connect(self._retry)
        self.retranslate()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    @Slot()
    def _retry(self) -> None:
        self.retry_requested.emit()
        self.close()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("What Failed"))
        states = [job.state for job in self._jobs]
        counts = (states.count(State.DONE), states.count(State.SKIPPED), states.count(State.FAILED))
        self._counts.setText(self.tr("The queue is done: {counts}.").format(counts=counts_in_words(*counts)))
        lines = [
            f"{job.task.title}: {outcome_in_words(job)}" for job in self._jobs if job.state is State.FAILED or job.notes
        ]
        self.text.setPlainText("\n".join(lines))
        self.text.setAccessibleName(self.tr("What failed, and why"))
        self.copy_button.setText(self.tr("Copy"))
        self.retry_button.setText(self.tr("Try Again"))
        self.close_button.setText(self.tr("Close"))
