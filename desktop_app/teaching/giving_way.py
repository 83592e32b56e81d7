"""A training gives way: previews stay quick and exports are not held up while a style is learnt."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop_app.exporting import Exporter
from desktop_app.preview import PreviewScheduler
from desktop_app.teaching.worker import TrainingThread


class GivingWay(QObject):
    """Holds the training between two steps while a preview of the canvas is rendered, or an export runs."""

    def __init__(self, thread: TrainingThread, preview: PreviewScheduler, exporter: Exporter, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = thread
        self._is_rendering = False
        self._is_exporting = False
        preview.busy_changed.connect(self._follow_preview)
        exporter.running_changed.connect(self._follow_export)

    @Slot(bool)
    def _follow_preview(self, is_busy: bool) -> None:
        self._is_rendering = is_busy
        self._follow()

    @Slot(bool)
    def _follow_export(self, is_running: bool) -> None:
        self._is_exporting = is_running
        self._follow()

    def _follow(self) -> None:
        self._thread.set_held(self._is_rendering or self._is_exporting)
