"""How far an export is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_app.theme import GRID, styled
from engine.api import Progress

STEPS = 1000


class ExportProgress(QFrame):
    """Name of the file, a bar, the time left, and a button."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "message")
        self._file_name = ""
        self._is_cancelled = False
        self._progress: Progress | None = None
        self._text = QLabel()
        self._time = styled(QLabel(), "muted")
        self.bar = QProgressBar(maximum=STEPS, textVisible=False)
        self.cancel_button = QPushButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._text)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self._time)
        layout.addWidget(self.cancel_button)
        self.cancel_button.clicked.connect(self._cancel)
        self._retranslate()
        self.hide()

    def start(self, file_name: str) -> None:
        self._file_name = file_name
        self._is_cancelled = False
        self._progress = None
        self.bar.setRange(0, 0)  # moves to and fro until the engine says how far it is
        self.cancel_button.setEnabled(True)
        self._retranslate()
        self.show()

    def show_progress(self, progress: Progress) -> None:
        self._progress = progress
        self.bar.setRange(0, STEPS)
        self.bar.setValue(round(STEPS * progress.fraction))
        self._retranslate()

    def _cancel(self) -> None:
        self._is_cancelled = True
        self.cancel_button.setEnabled(False)
        self._retranslate()
        self.cancelled.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.cancel_button.setText(self.tr("Cancel"))
        text = self.tr("Stopping…") if self._is_cancelled else self.tr("Exporting {name}").format(name=self._file_name)
        self._text.setText(text)
        seconds = self._progress.seconds_left if self._progress else None
        if seconds is None:
            self._time.clear()
        elif seconds < 90:
            self._time.setText(self.tr("{count} s left").format(count=max(1, round(seconds))))
        else:
            self._time.setText(self.tr("{count} min left").format(count=round(seconds / 60)))
