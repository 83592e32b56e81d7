"""The column between the canvas and the sliders: history, queue, teaching. One panel at a time, so that the picture
keeps its room.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop_app.icons import make_icon
from desktop_app.theme import GRID, current_theme, styled


class ColumnPanel(QWidget):
    """What the column holds, as wide as ``width`` pixels, so that the picture does not move when a text changes.

    ``header`` has a heading and the button to close the panel; ``closed`` says that it was pressed.
    """

    closed = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        styled(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(width)
        self.heading = styled(QLabel(), "heading")
        self.close_button = styled(QToolButton(), "quiet")
        self.close_button.clicked.connect(self.closed)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(2 * GRID, GRID, GRID, 0)
        self.header.setSpacing(0)
        self.header.addWidget(self.heading, 1)
        self.header.addWidget(self.close_button)
        self._restyle()

    def retranslate(self) -> None:
        """Say everything in the language of the window. Called when that changes, and by the panel once it is built."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self.close_button.setIcon(make_icon("close", QColor(current_theme().muted)))


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
