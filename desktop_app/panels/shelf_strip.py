"""The shelf of styles with the button that adds to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_app.icons import make_icon
from desktop_app.panels.style_shelf import BORDER, THUMBNAIL, StyleShelf
from desktop_app.theme import GRID, current_theme, styled

ICON_SIDE = 20


class ShelfStrip(QWidget):
    """As wide as the window."""

    add_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "shelf")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shelf = StyleShelf()
        self.add_button = QToolButton()
        self.add_button.setFixedSize(5 * GRID, THUMBNAIL)
        self.add_button.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        self.add_button.clicked.connect(self.add_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, 0)
        layout.setSpacing(GRID)
        column = QVBoxLayout()
        column.setContentsMargins(0, BORDER, 0, 0)
        column.addWidget(self.add_button)
        column.addStretch()
        layout.addLayout(column)
        layout.addWidget(self.shelf, 1)
        self._restyle()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self.add_button.setIcon(make_icon("plus", QColor(current_theme().muted), ICON_SIDE))

    def _retranslate(self) -> None:
        text = self.tr("Open paintings and put them on the shelf")
        self.add_button.setToolTip(text)
        self.add_button.setAccessibleName(text)
