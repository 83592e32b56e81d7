"""The column with the queue, between the canvas and the sliders."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from desktop_app.i18n import translate_message
from desktop_app.incoming import brings_pictures, pictures_in
from desktop_app.panels.panel_column import ColumnPanel
from desktop_app.panels.queue_list import QueueList
from desktop_app.panels.thumbnails import Thumbnails
from desktop_app.queueing.job_words import counts_in_words, time_in_words
from desktop_app.queueing.jobs import State
from desktop_app.queueing.queue import Queue
from desktop_app.queueing.runner import QueueRunner
from desktop_app.theme import GRID, styled

WIDTH = 32 * GRID
STEPS = 1000


class QueuePanel(ColumnPanel):
    """Fixed in width like the panel beside it. An empty queue says how something comes into it."""

    dropped = Signal(object)  # Incoming

    def __init__(self, queue: Queue, runner: QueueRunner, thumbnails: Thumbnails) -> None:
        super().__init__(WIDTH)
        self.setAcceptDrops(True)
        self._queue = queue
        self._runner = runner
        self._hint = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.list = QueueList(queue, runner, thumbnails)
        self.clear_button = styled(QPushButton(), "quiet")
        self.bar = QProgressBar(maximum=STEPS, textVisible=False)
        self.status = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.pause_button = QPushButton()
        self.folder_button = QPushButton()
        self.retry_button = QPushButton()
        self._build()
        self.list.dropped.connect(self.dropped)
        self.clear_button.clicked.connect(queue.clear_finished)
        self.pause_button.clicked.connect(self._pause_or_resume)
        self.folder_button.clicked.connect(self.open_folder)
        self.retry_button.clicked.connect(self.retry_failed)
        for signal in (queue.inserted, queue.removed, queue.reordered, queue.changed, runner.changed):
            signal.connect(self._follow)
        runner.progressed.connect(self._follow)
        self._follow()
        self.retranslate()

    def _build(self) -> None:
        self.header.insertWidget(1, self.clear_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.pause_button, 1)
        buttons.addWidget(self.folder_button, 1)
        footer = QVBoxLayout()
        footer.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        footer.setSpacing(GRID)
        footer.addWidget(self.bar)
        footer.addWidget(self.status)
        footer.addLayout(buttons)
        footer.addWidget(self.retry_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(self.header)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self.list, 1)
        layout.addLayout(footer)

    @Slot()
    def _pause_or_resume(self) -> None:
        if self._runner.is_paused:
            self._runner.resume()
        else:
            self._runner.pause()

    @Slot()
    def retry_failed(self) -> None:
        self._queue.retry([job.number for job in self._queue if job.state is State.FAILED])
        self._runner.resume()

    @Slot()
    def open_folder(self) -> None:
        """Open the folder of the newest result."""
        done = [job for job in self._queue if job.state is State.DONE]
        if done:
            QDesktopServices.openUrl(QUrl.fromLocalFile(done[-1].task.target.folder))

    @Slot()
    def _follow(self) -> None:
        is_empty = not len(self._queue)
        self.list.setHidden(is_empty)
        self._hint.setVisible(is_empty)
        for widget in (self.bar, self.status, self.pause_button, self.folder_button):
            widget.setHidden(is_empty)
        self.clear_button.setEnabled(self._queue.count(State.DONE, State.SKIPPED) > 0)
        self.folder_button.setEnabled(self._queue.count(State.DONE) > 0)
        self.retry_button.setVisible(self._queue.count(State.FAILED) > 0)
        self.pause_button.setEnabled(self._queue.unfinished > 0 or self._runner.is_paused)
        self.bar.setValue(round(STEPS * self._runner.total_fraction))
        self._show_status()

    def _show_status(self) -> None:
        queue, runner = self._queue, self._runner
        self.pause_button.setText(self.tr("Resume") if runner.is_paused else self.tr("Pause"))
        total, left = len(queue), queue.unfinished
        if not left:
            counts = counts_in_words(queue.count(State.DONE), queue.count(State.SKIPPED), queue.count(State.FAILED))
            text = self.tr("All done: {counts}").format(counts=counts)
        elif runner.problem is not None:
            reason = translate_message(runner.problem.template, runner.problem.values)
            text = self.tr("Paused. {reason}").format(reason=reason)
        elif runner.is_paused:
            text = self.tr("Paused; {left} of {total} to do").format(left=left, total=total)
        else:
            text = self.tr("{number} of {total}").format(number=total - left + 1, total=total)
            seconds = runner.seconds_left
            if runner.is_held:
                text = self.tr("{text}, waits for the preview").format(text=text)
            elif seconds is not None:
                text = self.tr("{text}, {time} left").format(text=text, time=time_in_words(seconds))
        if self.status.text() != text:
            self.status.setText(text)
        retry = self.tr("Try {count} Again").format(count=queue.count(State.FAILED))
        if self.retry_button.text() != retry:
            self.retry_button.setText(retry)

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(pictures_in(event.mimeData()))

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Queue"))
        self.clear_button.setText(self.tr("Clear Finished"))
        self.close_button.setToolTip(self.tr("Hide the queue"))
        self.close_button.setAccessibleName(self.tr("Hide the queue"))
        self.folder_button.setText(self.tr("Open Folder"))
        self._hint.setText(
            self.tr(
                "What is exported one after the other, while you go on painting. Add the open work with Ctrl+Shift+E, "
                "drop a folder of pictures anywhere, or choose File > Batch."
            )
        )
        self._show_status()
