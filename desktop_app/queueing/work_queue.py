"""The queue of a window: its parts together, and what it tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from desktop_app.dialogs.queue_failures import QueueFailuresDialog
from desktop_app.i18n import translate_message
from desktop_app.messages import Failed
from desktop_app.notifications import notify_finished
from desktop_app.panels.queue_panel import QueuePanel
from desktop_app.panels.thumbnails import Thumbnails
from desktop_app.queueing.adding import QueueAdder
from desktop_app.queueing.job_words import counts_in_words
from desktop_app.queueing.jobs import State
from desktop_app.queueing.journal_keeper import JournalKeeper
from desktop_app.queueing.queue import Queue
from desktop_app.queueing.runner import QueueRunner, Summary
from desktop_app.worker import EngineLoader

if TYPE_CHECKING:
    from desktop_app.main_window import MainWindow

FOLDER = "queue"


class WorkQueue(QObject):
    """Puts itself into the column of the window, and keeps its jobs where the window keeps its session."""

    def __init__(self, window: MainWindow, load: EngineLoader) -> None:
        super().__init__(window)
        self._window = window
        self._column = window.column
        self._messages = window.messages
        self._problem_text: Callable[[], str] | None = None
        session_folder = window.session.folder
        self.jobs = Queue(self)
        self.runner = QueueRunner(
            self.jobs,
            load,
            preview=window.preview,
            exporter=window.exporter,
            preferences=window.preferences,
            parent=self,
        )
        self.journal = JournalKeeper(
            None if session_folder is None else session_folder / FOLDER,
            queue=self.jobs,
            runner=self.runner,
            messages=window.messages,
            parent=self,
        )
        self.adder = QueueAdder(
            queue=self.jobs,
            journal=self.journal,
            document=window.document,
            shelf=window.shelf,
            exporter=window.exporter,
            background=window.background,
            messages=window.messages,
            settings=window.preferences.settings,
            show_panel=self.show_panel,
            parent=window,
        )
        self.panel = QueuePanel(self.jobs, self.runner, Thumbnails(window.background, self))
        window.column.add("queue", self.panel)
        self.panel.dropped.connect(self.adder.take_incoming)
        window.opener.batch_dropped.connect(self.adder.take_incoming)
        self.runner.finished.connect(self._tell_summary)
        self.runner.failed.connect(self._tell_problem)
        self.runner.resumed.connect(self._hide_problem)
        # However the program ends, a running QThread must not be destroyed: that aborts the process.
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.runner.close)

    @Slot()
    def show_panel(self) -> None:
        self._column.show_panel("queue")

    @Slot(object)
    def _tell_summary(self, summary: Summary) -> None:
        def text() -> str:
            counts = counts_in_words(*(summary.count(state) for state in (State.DONE, State.SKIPPED, State.FAILED)))
            return self.tr("The queue is done: {counts}.").format(counts=counts)

        if not summary.is_complete:
            self._messages.show_message("error", text, lambda: self.tr("What Failed…"), self.show_failures)
        elif summary.count(State.DONE):
            self._messages.show_message("success", text, lambda: self.tr("Open folder"), self.panel.open_folder)
        else:
            self._messages.show_message("information", text, lambda: self.tr("Show Queue"), self.show_panel)
        notify_finished(self._window, self.tr("Queue"), text(), summary.seconds)

    def show_failures(self) -> None:
        """Show what failed of all that is in the queue, and why."""
        dialog = QueueFailuresDialog(tuple(self.jobs), self._window)
        dialog.retry_requested.connect(self.panel.retry_failed)
        dialog.show()

    @Slot(object)
    def _tell_problem(self, event: Failed) -> None:
        def text() -> str:
            reason = translate_message(event.template, event.values)
            return self.tr("{reason} The queue has paused.").format(reason=reason)

        self._messages.show_message("error", text, lambda: self.tr("Resume"), self.runner.resume)
        self._problem_text = text
        notify_finished(self._window, self.tr("Queue"), text(), float("inf"))

    @Slot()
    def _hide_problem(self) -> None:
        if self._problem_text is not None and self._messages.text == self._problem_text():
            self._messages.hide()

    def close(self) -> None:
        """Cancel what runs, wait for it, and keep the queue for the next start."""
        self.runner.close()
        self.journal.close()
