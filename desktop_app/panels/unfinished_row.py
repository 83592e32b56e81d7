"""A training that was interrupted, with the choice to go on with it or to give it up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.teaching.teacher import Teacher
from desktop_app.theme import GRID, styled
from engine.training.unfinished import Unfinished


class UnfinishedRow(QFrame):
    """Shows the newest; the others follow when that one is dealt with. Hidden without any."""

    def __init__(self, teacher: Teacher, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "message")
        self._teacher = teacher
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.resume_button = styled(QPushButton(), "primary")
        self.discard_button = styled(QPushButton(), "quiet")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch()
        row.addWidget(self.discard_button)
        row.addWidget(self.resume_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._text)
        layout.addLayout(row)
        self.resume_button.clicked.connect(self._resume)
        self.discard_button.clicked.connect(self._discard)
        teacher.unfinished_changed.connect(self._retranslate)
        teacher.phase_changed.connect(self._retranslate)
        self._retranslate()

    @property
    def text(self) -> str:
        return self._text.text()

    @property
    def _newest(self) -> Unfinished | None:
        return self._teacher.unfinished[0] if self._teacher.unfinished else None

    @Slot()
    def _resume(self) -> None:
        if self._newest is not None:
            self._teacher.resume(self._newest)

    @Slot()
    def _discard(self) -> None:
        training = self._newest
        if training is not None:
            self._teacher.questions.ask_to_discard(training.request.name, lambda: self._teacher.forget(training))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @Slot()
    def _retranslate(self) -> None:
        training = self._newest
        self.setVisible(training is not None and self._teacher.phase != "learning")
        self.resume_button.setText(self.tr("Resume"))
        self.discard_button.setText(self.tr("Discard…"))
        if training is None:
            self._text.clear()
            return
        name = training.request.name
        self.resume_button.setAccessibleName(self.tr("Resume {name}").format(name=name))
        self.discard_button.setAccessibleName(self.tr("Discard {name}").format(name=name))
        text = self.tr("The training of {name} was interrupted at step {step} of {steps}. Nothing is lost.")
        self._text.setText(text.format(name=name, step=training.step, steps=training.steps))
