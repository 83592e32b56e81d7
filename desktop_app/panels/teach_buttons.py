"""The buttons below the teach panel: start, pause, stop, discard, export; and why the training cannot start yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.teaching.teacher import Teacher
from desktop_app.theme import GRID, styled


class TeachButtons(QWidget):
    """Those of the phase the teacher is in; ``export_requested`` asks for the file of what was learnt."""

    export_requested = Signal()

    def __init__(self, teacher: Teacher, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._teacher = teacher
        self._missing = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self.start_button = styled(QPushButton(), "primary")
        self.pause_button = QPushButton()
        self.finish_button = QPushButton()
        self.discard_button = styled(QPushButton(), "quiet")
        self.another_button = QPushButton()
        self.export_button = QPushButton()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (self.discard_button, self.pause_button, self.finish_button):
            row.addWidget(button)
        for button in (self.another_button, self.export_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._missing)
        layout.addWidget(self.start_button)
        layout.addLayout(row)
        self.start_button.clicked.connect(teacher.start)
        self.pause_button.clicked.connect(teacher.pause_or_go_on)
        self.finish_button.clicked.connect(teacher.finish)
        self.discard_button.clicked.connect(self._discard)
        self.another_button.clicked.connect(teacher.teach_another)
        self.export_button.clicked.connect(self.export_requested)
        teacher.phase_changed.connect(self._follow)
        teacher.lesson_changed.connect(self._follow)
        teacher.works.changed.connect(self._follow)
        teacher.examining_changed.connect(self._follow)
        teacher.paused_changed.connect(self._follow)
        teacher.ending_changed.connect(self._follow)
        self._follow()

    @property
    def missing_text(self) -> str:
        return "" if self._missing.isHidden() else self._missing.text()

    @Slot()
    def _discard(self) -> None:
        if self._teacher.request is not None:
            self._teacher.questions.ask_to_discard(self._teacher.request.name, self._discard_if_learning)

    def _discard_if_learning(self) -> None:
        if self._teacher.phase == "learning":  # it may have ended while the question was open
            self._teacher.discard()

    @Slot()
    def _follow(self) -> None:
        phase, is_ending = self._teacher.phase, self._teacher.is_ending
        for button, shown_in in (
            (self.start_button, "preparing"),
            (self.pause_button, "learning"),
            (self.finish_button, "learning"),
            (self.discard_button, "learning"),
            (self.another_button, "done"),
            (self.export_button, "done"),
        ):
            button.setVisible(phase == shown_in)
        self.start_button.setEnabled(not self._teacher.missing)
        for button in (self.pause_button, self.finish_button, self.discard_button):
            button.setDisabled(is_ending)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        reasons = {
            "works": self.tr("Add a work to begin."),
            "examining": self.tr("The works are being looked at."),
            "name": self.tr("Give the style a name to begin."),
            "": "",
        }
        self._missing.setText(reasons[self._teacher.missing])
        self._missing.setVisible(self._teacher.phase == "preparing" and bool(self._missing.text()))
        self.start_button.setText(self.tr("Start Learning"))
        self.pause_button.setText(self.tr("Go On") if self._teacher.is_paused else self.tr("Pause"))
        self.finish_button.setText(self.tr("Stop, Keep the Best"))
        self.finish_button.setToolTip(self.tr("End now, and put the best so far on the shelf"))
        self.discard_button.setText(self.tr("Discard…"))
        self.another_button.setText(self.tr("Teach Another"))
        self.export_button.setText(self.tr("Export Style…"))
