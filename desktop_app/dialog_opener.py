"""Opens the dialogs around the window, each at most once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.actions import Menus
from desktop_app.canvas.start_hint import Sample
from desktop_app.dialogs.about import AboutDialog
from desktop_app.dialogs.diagnostics import DiagnosticsDialog
from desktop_app.dialogs.hint import HintDialog
from desktop_app.dialogs.log_viewer import LogViewer
from desktop_app.dialogs.settings import SettingsDialog
from desktop_app.dialogs.shortcuts import ShortcutsDialog
from desktop_app.engine_keeper import EngineKeeper
from desktop_app.preferences import Preferences
from desktop_app.worker import WorkerThread
from engine.log import log_path

D = TypeVar("D", bound=QDialog)


class DialogOpener(QObject):
    """A dialog that is open already comes to the front. Settings hold up the window; the others do not."""

    sample_chosen = Signal(object)  # Sample

    def __init__(
        self,
        *,
        worker: WorkerThread,
        preferences: Preferences,
        engine: EngineKeeper,
        styles_folder: Path,
        settings_path: Path,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._worker = worker
        self._preferences = preferences
        self._engine = engine
        self._styles_folder = styles_folder
        self._settings_path = settings_path
        self._samples: list[Sample] = []
        self._menus: Menus | None = None

    def set_samples(self, samples: list[Sample]) -> None:
        self._samples = samples

    def set_menus(self, menus: Menus) -> None:
        """The sheet of shortcuts shows those of these menus."""
        self._menus = menus

    @Slot()
    def show_settings(self) -> None:
        folders = {
            "styles": self._styles_folder,
            "settings": self._settings_path.parent,
            "log": log_path().parent,
        }
        self._show(
            SettingsDialog,
            lambda: SettingsDialog(self._preferences, self._engine, folders, self._window),
            is_modal=True,
        )

    @Slot()
    def show_diagnostics(self) -> None:
        self._show(
            DiagnosticsDialog,
            lambda: DiagnosticsDialog(self._worker, self._preferences, self._engine, self._window),
        )

    @Slot()
    def show_log(self) -> None:
        self._show(LogViewer, lambda: LogViewer(log_path(), self._window))

    @Slot()
    def show_shortcuts(self) -> None:
        menus = self._menus
        if menus is not None:
            self._show(ShortcutsDialog, lambda: ShortcutsDialog(menus, self._window))

    @Slot()
    def show_about(self) -> None:
        self._show(AboutDialog, lambda: AboutDialog(self._window))

    @Slot()
    def show_hint(self) -> None:
        self._show(HintDialog, self._make_hint)

    def _make_hint(self) -> HintDialog:
        dialog = HintDialog(self._samples, self._window)
        dialog.sample_chosen.connect(self.sample_chosen)
        return dialog

    def close_all(self) -> None:
        """Close every dialog of the window, those that choose files too."""
        for dialog in self._window.findChildren(QDialog):
            if isinstance(dialog, SettingsDialog):
                dialog.accept()  # what was chosen is in use already
            else:
                dialog.close()

    def _show(self, kind: type[D], make: Callable[[], D], *, is_modal: bool = False) -> None:
        for dialog in self._window.findChildren(kind):
            if dialog.isVisible():
                dialog.raise_()
                dialog.activateWindow()
                return
        dialog = make()
        dialog.open() if is_modal else dialog.show()
