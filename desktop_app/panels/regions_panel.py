"""The regions of the picture, above the sliders: the one that is selected decides what styles and sliders change."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.document import Document
from desktop_app.icons import make_icon, make_switch_icon
from desktop_app.incoming import brings_pictures, pictures_in, what_is_dragged
from desktop_app.panels.region_delegate import HEIGHT
from desktop_app.panels.region_list import RegionList
from desktop_app.theme import GRID, current_theme, styled

_MOST_ROWS_SEEN = 4.5
_ICON_SIDE = 16


class RegionsPanel(QWidget):
    """One line until there is a region. Pictures dropped here become the masks of regions."""

    commanded = Signal(str)  # add_brush, add_subject, add_color, add_import; those of the list
    painting_requested = Signal(bool)
    dragged = Signal(object)  # Incoming, None when it has gone
    dropped = Signal(object)  # Incoming

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setAcceptDrops(True)
        self._heading = styled(QLabel(), "heading")
        self.list = RegionList(document)
        self.paint_button = _tool_button()
        self.paint_button.setCheckable(True)
        self.more_button = _tool_button()
        self.more_button.setText("…")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_menu = QMenu(self.more_button)
        self.more_menu.aboutToShow.connect(self._fill_menu)
        self.more_button.setMenu(self.more_menu)
        self.add_button = _tool_button()
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_menu = QMenu(self.add_button)
        self.add_actions = {}
        for name in ("add_brush", "add_subject", "add_color", "add_import"):
            self.add_actions[name] = self.add_menu.addAction("")
            self.add_actions[name].triggered.connect(partial(self.commanded.emit, name))
        self.add_button.setMenu(self.add_menu)
        header = QHBoxLayout()
        header.setSpacing(GRID // 2)
        header.addWidget(self._heading, 1)
        for button in (self.paint_button, self.more_button, self.add_button):
            header.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(header)
        layout.addWidget(self.list)
        self.list.commanded.connect(self.commanded)
        self.paint_button.clicked.connect(self.painting_requested)
        document.regions_changed.connect(self._follow)
        document.selection_changed.connect(self._follow)
        document.content_changed.connect(self._follow)
        self._follow()
        self._restyle()
        self._retranslate()

    def show_painting(self, painting: bool) -> None:
        """Say whether a mask is being painted."""
        self.paint_button.setChecked(painting)

    @Slot()
    def _fill_menu(self) -> None:
        self.more_menu.clear()
        self.list.fill_menu(self.more_menu)

    @Slot()
    def _follow(self) -> None:
        count = len(self._document.work.regions)
        self.list.setVisible(count > 0)
        self.list.setFixedHeight(round(min(count + 1, _MOST_ROWS_SEEN) * HEIGHT))
        for button in (self.paint_button, self.more_button):
            button.setVisible(count > 0)
            button.setEnabled(self._document.selected_region is not None)
        self.add_button.setEnabled(self._document.content is not None)

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_pictures(event.mimeData()) and self._document.content is not None:
            event.acceptProposedAction()
            self.dragged.emit(what_is_dragged(event.mimeData()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.dragged.emit(None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.dragged.emit(None)
        event.acceptProposedAction()
        self.dropped.emit(pictures_in(event.mimeData()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        color = QColor(current_theme().text)
        self.paint_button.setIcon(make_switch_icon("brush", _ICON_SIDE))
        self.add_button.setIcon(make_icon("plus", color, _ICON_SIDE))

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Regions"))
        tip = self.tr("A region is a part of the picture with styles of its own. Drop a mask here to make one.")
        self._heading.setToolTip(tip)
        for button, text in (
            (self.paint_button, self.tr("Paint the mask of the region")),
            (self.more_button, self.tr("Change the region")),
            (self.add_button, self.tr("Add a region")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        for name, text in (
            ("add_brush", self.tr("Paint a Region")),
            ("add_subject", self.tr("Select the Subject")),
            ("add_color", self.tr("Select by Colour")),
            ("add_import", self.tr("Import Masks…")),
        ):
            self.add_actions[name].setText(text)


def _tool_button() -> QToolButton:
    button = styled(QToolButton(), "quiet")
    button.setIconSize(QSize(_ICON_SIDE, _ICON_SIDE))
    return button
