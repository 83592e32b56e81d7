"""The shelf of styles with the button that adds to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.icons import make_icon
from desktop_app.panels.style_shelf import BORDER, StyleShelf
from desktop_app.theme import GRID, current_theme, styled

ICON_SIDE = 20
FINDER_WIDTH = 16 * GRID

GROUPS = {
    "all": QT_TRANSLATE_NOOP("ShelfStrip", "All"),
    "built_in": QT_TRANSLATE_NOOP("ShelfStrip", "Built-in"),
    "mine": QT_TRANSLATE_NOOP("ShelfStrip", "Mine"),
    "recent": QT_TRANSLATE_NOOP("ShelfStrip", "Recent"),
    "favorites": QT_TRANSLATE_NOOP("ShelfStrip", "Favourites"),
}


class ShelfStrip(QWidget):
    """As wide as the window: search, groups and the button at the left, then the styles."""

    add_requested = Signal()
    wanted_changed = Signal(str, str)  # what is searched for, the group

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "shelf")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shelf = StyleShelf()
        self.add_button = QToolButton()
        self.add_button.setFixedSize(FINDER_WIDTH, 4 * GRID)
        self.add_button.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        self.add_button.clicked.connect(self.add_requested)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setFixedWidth(FINDER_WIDTH)
        self.group_box = QComboBox()
        self.group_box.setFixedWidth(FINDER_WIDTH)
        for name in GROUPS:
            self.group_box.addItem("", name)
        self.search.textChanged.connect(self._announce)
        self.group_box.currentIndexChanged.connect(self._announce)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, 0)
        layout.setSpacing(GRID)
        column = QVBoxLayout()
        column.setContentsMargins(0, BORDER, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.search)
        column.addWidget(self.group_box)
        column.addWidget(self.add_button)
        column.addStretch()
        layout.addLayout(column)
        layout.addWidget(self.shelf, 1)
        self._restyle()
        self._retranslate()

    def choose_group(self, name: str) -> None:
        self.group_box.setCurrentIndex(max(0, self.group_box.findData(name)))

    @Slot()
    def _announce(self) -> None:
        self.wanted_changed.emit(self.search.text(), self.group_box.currentData())

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
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search for styles"))
        self.group_box.setAccessibleName(self.tr("Which styles are shown"))
        for number, label in enumerate(GROUPS.values()):
            self.group_box.setItemText(number, QCoreApplication.translate("ShelfStrip", label))
