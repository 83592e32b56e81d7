"""Everything around teaching in one window, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop_app.panels.teach_panel import TeachPanel
from desktop_app.settings import Settings
from desktop_app.teaching.giving_way import GivingWay
from desktop_app.teaching.results import Results
from desktop_app.teaching.teacher import Teacher
from desktop_app.teaching.worker import Trainer
from engine.styles import StyleLibrary

if TYPE_CHECKING:
    from desktop_app.main_window import MainWindow


class Teaching(QObject):
    """Teacher and panel, what comes of a training, and the offer to resume one at the start."""

    def __init__(self, window: MainWindow, trainer: Trainer, library: StyleLibrary, settings: Settings) -> None:
        super().__init__(window)
        self._column = window.column
        self._messages = window.messages
        self._has_offered = False
        self.teacher = Teacher(
            trainer,
            library,
            document=window.document,
            background=window.background,
            settings=settings,
            parent=window,
        )
        self.panel = TeachPanel(self.teacher, window.background, window.messages, settings)
        GivingWay(self.teacher.training, window.preview, window.exporter, self)
        results = Results(self.teacher, window.style_keeper, window.style_files, window.messages, window)
        self.panel.buttons.export_requested.connect(results.export)
        window.exporter.running_changed.connect(self.panel.progress.set_exporting)
        window.column.add("teach", self.panel)
        self.teacher.unfinished_changed.connect(self._offer)
        self.teacher.look_for_unfinished()

    @Slot()
    def _offer(self) -> None:
        """Once, at the start: an interrupted training can go on. Later the panel says so."""
        if self._has_offered:
            return
        self._has_offered = True
        if self.teacher.unfinished and self._column.shown != "teach":
            text = self.tr("The training of {name} was interrupted. It can go on where it was.")
            text = text.format(name=self.teacher.unfinished[0].request.name)
            self._messages.show_message("information", text, self.tr("Show"), self._show_panel)

    @Slot()
    def _show_panel(self) -> None:
        self._messages.hide()
        self._column.show_panel("teach")

    @Slot()
    def paste(self) -> bool:
        """Give a paste to the panel if the keyboard works there; return whether it does."""
        if self.panel.has_keyboard:
            self.panel.paste()
            return True
        return False

    @Slot()
    def close(self) -> None:
        self.teacher.close()
