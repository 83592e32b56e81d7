"""The shelf of styles with what chooses from it: groups, a search, and the button that adds to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.icons import make_icon
from desktop_app.incoming import brings_pictures, pictures_in, what_is_dragged
from desktop_app.messages import Role
from desktop_app.panels.shelf_delegate import BORDER
from desktop_app.panels.shelf_model import ShelfItem, ShelfModel
from desktop_app.panels.style_shelf import StyleShelf
from desktop_app.panels.thumbnails import Thumbnails
from desktop_app.settings import SHELF_GROUPS, Settings
from desktop_app.theme import GRID, current_theme, styled

WIDTH = 20 * GRID
ICON_SIDE = 16


class ShelfStrip(QWidget):
    """As wide as the window."""

    add_requested = Signal()

    def __init__(self, settings: Settings, background: BackgroundThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "shelf")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.shelf = StyleShelf(ShelfModel(settings), Thumbnails(background, self))
        self.groups = QComboBox()
        for name in SHELF_GROUPS:
            self.groups.addItem("", name)
        self.search = _SearchField(self.shelf)
        self.add_button = QPushButton()
        self.add_button.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        for widget in (self.groups, self.search, self.add_button):
            widget.setFixedWidth(WIDTH)
        column = QVBoxLayout()
        column.setContentsMargins(0, BORDER, 0, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self.groups)
        column.addWidget(self.search)
        column.addWidget(self.add_button)
        column.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, 0)
        layout.setSpacing(GRID)
        layout.addLayout(column)
        layout.addWidget(self.shelf, 1)
        self.groups.setCurrentIndex(SHELF_GROUPS.index(settings.shelf_group))
        self.groups.currentIndexChanged.connect(self._choose_group)
        self.search.textChanged.connect(self.shelf.shelf.set_search)
        self.add_button.clicked.connect(self.add_requested)
        self._restyle()
        self._retranslate()

    def show_item(self, item: ShelfItem) -> None:
        """Scroll to an item; a group or a search that hides it gives way."""
        if self.shelf.shelf.row_of(item) < 0:
            self.search.clear()
        if self.shelf.shelf.row_of(item) < 0:
            self.groups.setCurrentIndex(SHELF_GROUPS.index("all"))
        self.shelf.scroll_to(item)

    @Slot()
    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(int)
    def _choose_group(self, index: int) -> None:
        self.shelf.shelf.set_group(SHELF_GROUPS[index])

    # A drop beside the styles is one on the shelf.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_pictures(event.mimeData()):
            event.acceptProposedAction()
            self.shelf.show_drag(what_is_dragged(event.mimeData()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        self.shelf.show_drag(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self.shelf.show_drag(None)
        event.acceptProposedAction()
        self.shelf.dropped.emit(Role.LIBRARY, pictures_in(event.mimeData()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self.add_button.setIcon(make_icon("plus", QColor(current_theme().text), ICON_SIDE))
        self.search.restyle()

    def _retranslate(self) -> None:
        texts = {
            "all": self.tr("All styles"),
            "built-in": self.tr("Built-in"),
            "own": self.tr("Mine"),
            "recent": self.tr("Recent"),
            "favourites": self.tr("Favourites"),
        }
        with QSignalBlocker(self.groups):
            for index, name in enumerate(SHELF_GROUPS):
                self.groups.setItemText(index, texts[name])
        self.groups.setAccessibleName(self.tr("Which styles are on show"))
        self.groups.setToolTip(self.tr("Which styles are on show"))
        self.search.retranslate()
        self.add_button.setText(self.tr("Add Paintings…"))
        self.add_button.setToolTip(self.tr("Make styles of your own from paintings"))


class _SearchField(QLineEdit):
    """Escape empties it; Down and Enter lead to the styles that were found."""

    def __init__(self, shelf: StyleShelf) -> None:
        super().__init__()
        self.setAcceptDrops(False)  # a painting that is dropped there is for the shelf
        self._shelf = shelf
        self._icon = QAction(self)
        self._icon.setEnabled(False)  # only to be seen
        self._clear = QAction(self)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.clear_button = next(
            button for button in self.findChildren(QToolButton) if button.defaultAction() is self._clear
        )
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.textChanged.connect(self._follow)

    def restyle(self) -> None:
        color = QColor(current_theme().muted)
        self._icon.setIcon(make_icon("search", color, ICON_SIDE))
        self._clear.setIcon(make_icon("close", color, ICON_SIDE))

    def retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search the styles"))
        self.setToolTip(self.tr("Words of the name, the artist or the description"))
        self._clear.setText(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Clear"))

    @Slot(str)
    def _follow(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._shelf.shelf.rowCount() > 0:
                self._shelf.setFocus()
                if event.key() != Qt.Key.Key_Down:
                    self._shelf.choose(0)
        else:
            super().keyPressEvent(event)
