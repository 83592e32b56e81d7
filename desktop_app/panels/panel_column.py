"""The column between the canvas and the sliders: history, queue, teaching. One panel at a time, so that the picture
keeps its room.
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget


class ColumnPanel(QWidget):
    """What the column holds; ``closed`` says that its close button was pressed."""

    closed = Signal()


class PanelColumn(QWidget):
    """Holds panels by name. ``shown_changed`` tells the name of the one that is shown, or nothing."""

    shown_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: dict[str, ColumnPanel] = {}
        self._shown = ""
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    @property
    def shown(self) -> str:
        return self._shown

    @property
    def smallest_width(self) -> int:
        """How wide the panel on show must be at least, 0 without one."""
        return self._panels[self._shown].minimumWidth() if self._shown else 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._panels)

    def add(self, name: str, panel: ColumnPanel) -> None:
        """Take a panel, hidden at first."""
        self._panels[name] = panel
        panel.hide()
        panel.closed.connect(self.close_panel)
        self._layout.addWidget(panel)

    def show_panel(self, name: str) -> None:
        """Show one panel instead of the one there is; an empty name, or one that nobody knows, shows none."""
        name = name if name in self._panels else ""
        if name == self._shown:
            return
        self._shown = name
        for each, panel in self._panels.items():
            panel.setVisible(each == name)
        self.setVisible(bool(name))
        self.shown_changed.emit(name)

    def set_shown(self, name: str, shown: bool) -> None:
        """Show a panel, or hide it if it is the one that is shown."""
        if shown:
            self.show_panel(name)
        elif name == self._shown:
            self.show_panel("")

    @Slot()
    def close_panel(self) -> None:
        self.show_panel("")
