"""The hint of the empty window, once more."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.canvas.start_hint import Sample, StartHint
from desktop_app.dialogs.base import PlainDialog
from desktop_app.theme import GRID


class HintDialog(PlainDialog):
    """Closes when a sample was chosen. What was open comes back with Undo."""

    sample_chosen = Signal(object)  # Sample

    def __init__(self, samples: list[Sample], parent: QWidget) -> None:
        super().__init__(parent)
        self.hint = StartHint()
        self.hint.set_samples(samples)
        self.column.addWidget(self.hint)
        self.setMinimumWidth(96 * GRID)  # the steps on one line
        self.close_button = self.add_close_button()
        self.hint.sample_chosen.connect(self._choose)
        self.retranslate()

    @Slot(object)
    def _choose(self, sample: Sample) -> None:
        self.sample_chosen.emit(sample)
        self.close()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Hint"))
        self.close_button.setText(self.tr("Close"))
