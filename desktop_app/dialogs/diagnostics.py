"""What a bug report needs: versions, devices, folders and a self-test, as text to copy or to save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QWidget

from desktop_app.dialogs.base import PlainDialog
from desktop_app.engine_keeper import EngineKeeper
from desktop_app.i18n import translate_message
from desktop_app.messages import ComputerExamined, Event, ExamineComputer, Failed
from desktop_app.preferences import Preferences
from desktop_app.theme import GRID, styled
from desktop_app.worker import WorkerThread
from engine.api import CancelToken
from engine.files import write_beside

FILE_NAME = "scumble-diagnostics.txt"


class DiagnosticsDialog(PlainDialog):
    """Asks the worker to examine the computer, as soon as it has time, and shows what it found."""

    def __init__(self, worker: WorkerThread, preferences: Preferences, engine: EngineKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._worker = worker
        self._preferences = preferences
        self._engine = engine
        self._running: ExamineComputer | None = None
        self._answer: ComputerExamined | Failed | None = None
        self._is_copied = False
        self._saving_problem = ""
        self._saved = ""
        self.summary = QLabel(wordWrap=True)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.notice = styled(QLabel(wordWrap=True), "muted")
        for widget in (self.summary, self.text, self.notice):
            self.column.addWidget(widget)
        self.copy_button = self.add_button(at_left=True)
        self.save_button = self.add_button()
        self.again_button = self.add_button()
        self.close_button = self.add_close_button()
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.again_button.clicked.connect(self.examine)
        worker.reported.connect(self._receive)
        self.finished.connect(self._cancel)
        self.resize(90 * GRID, 65 * GRID)
        self.setMinimumSize(60 * GRID, 40 * GRID)
        self.examine()
        self.close_button.setFocus()

    @Slot()
    def examine(self) -> None:
        options = self._preferences.settings.compute_options()
        self._running = ExamineComputer(self._worker.next_job(), options, CancelToken())
        self._answer = None
        self._is_copied, self._saved, self._saving_problem = False, "", ""
        self._worker.submit(self._running)
        self.retranslate()

    @Slot()
    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel.cancel()

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if self._running is not None and event.job == self._running.job:
            self._running = None
            if isinstance(event, ComputerExamined | Failed):
                self._answer = event
            self.retranslate()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._is_copied, self._saved, self._saving_problem = True, "", ""
        self.retranslate()

    @Slot()
    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save Diagnostics"), folder, self.tr("Text (*.txt)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(self.save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save_as(self, name: str) -> None:
        """Write the text to a file; the dialog that chose it has asked before one is replaced."""
        self._is_copied, self._saved, self._saving_problem = False, "", ""
        try:
            write_beside(Path(name), self.text.toPlainText().encode())
        except OSError as error:
            self._saving_problem = error.strerror or type(error).__name__
        else:
            self._saved = Path(name).name
        self.retranslate()

    def _summary(self) -> str:
        match self._answer:
            case None:
                return self.tr("Examining this computer. If other work is going on, that is finished first…")
            case Failed():
                return translate_message(self._answer.template, self._answer.values)
            case ComputerExamined():
                test = self._answer.findings.get("self_test", {})
                if test.get("passed"):
                    return self.tr("The self-test passed: a picture was painted. Nothing of this was sent anywhere.")
                return self.tr("The self-test failed: {reason}").format(reason=test.get("reason", ""))

    def _notice(self) -> str:
        if self._is_copied:
            return self.tr("Copied. Paste it into your report.")
        if self._saved:
            return self.tr("{name} is saved.").format(name=self._saved)
        if self._saving_problem:
            return self.tr("It cannot be saved there ({reason}). Choose another folder.").format(
                reason=self._saving_problem
            )
        return self.tr("The text names folders of this computer, and with them perhaps you.")

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Diagnostics"))
        self.summary.setText(self._summary())
        is_known = isinstance(self._answer, ComputerExamined)
        text = self._answer.text if isinstance(self._answer, ComputerExamined) else ""
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self.text.setAccessibleName(self.tr("Diagnostics"))
        self.notice.setText(self._notice())
        self.notice.setVisible(is_known)
        self.copy_button.setText(self.tr("Copy"))
        self.save_button.setText(self.tr("Save as Text…"))
        self.again_button.setText(self.tr("Examine Again"))
        self.close_button.setText(self.tr("Close"))
        for button in (self.copy_button, self.save_button):
            button.setEnabled(is_known)
        self.again_button.setEnabled(self._running is None)
