"""Loads the engine, loads it anew when its options change, and says what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.messages import Device, EngineReady, Event, Failed, LoadEngine
from desktop_app.panels.message_bar import MessageBar
from desktop_app.preferences import Preferences
from desktop_app.worker import WorkerThread
from engine.api import ComputeOptions

_OPTIONS = {"device", "threads", "memory_gigabytes"}


class EngineKeeper(QObject):
    """One load at a time; of the options chosen meanwhile only the newest are used.

    Until the new engine is there, and if it cannot be loaded, the one there is goes on.
    """

    changed = Signal()  # loading began or ended
    ready = Signal(object)  # EngineReady
    reloaded = Signal()

    def __init__(
        self, worker: WorkerThread, preferences: Preferences, messages: MessageBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._preferences = preferences
        self._messages = messages
        self._running: LoadEngine | None = None
        self._loaded: ComputeOptions | None = None
        self._is_first = True
        self.answer: EngineReady | None = None
        preferences.changed.connect(self._follow)
        worker.reported.connect(self._receive)

    @property
    def is_loading(self) -> bool:
        return self._running is not None

    @property
    def devices(self) -> tuple[Device, ...]:
        """Every device that works; none before the engine is loaded."""
        return () if self.answer is None else self.answer.devices

    def load(self) -> None:
        """Load the engine with the options chosen, unless it is there already or on its way."""
        options = self._preferences.settings.compute_options()
        current = self._running.options if self._running is not None else self._loaded
        if options == current and (self._running is not None or self.answer is not None):
            return
        self._running = LoadEngine(self._worker.next_job(), options)
        self._worker.submit(self._running)
        self.changed.emit()

    @Slot(str)
    def _follow(self, name: str) -> None:
        if name in _OPTIONS and self._running is None:
            self._load_if_changed()

    def _load_if_changed(self) -> None:
        if self._preferences.settings.compute_options() != self._loaded:
            self.load()

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if self._running is None or event.job != self._running.job:
            return
        self._loaded, self._running = self._running.options, None
        is_first, self._is_first = self._is_first, False
        if isinstance(event, EngineReady):
            self.answer = event
            self.ready.emit(event)
            if not is_first:
                self._tell(event)
                self.reloaded.emit()
            elif self._loaded.device not in {"auto", "cpu"} and event.notes:
                self._tell(event)
        elif isinstance(event, Failed):
            self._messages.show_failure(event)
        self.changed.emit()
        self._load_if_changed()

    def _tell(self, event: EngineReady) -> None:
        name = display_name(event.device)
        if event.notes and self._preferences.settings.device not in {"auto", "cpu"}:
            self._messages.show_message(
                "error",
                lambda: self.tr("Scumble runs on {device} instead. {reason}").format(
                    device=name, reason=" ".join(event.notes)
                ),
            )
        else:
            self._messages.show_message("success", lambda: self.tr("Scumble now runs on {device}.").format(device=name))


def display_name(device: str) -> str:
    """Return how a device of the engine is written: a bare kind (cpu, mps) in capitals, anything else is a name."""
    return device.upper() if device.isalpha() else device
