"""The strip of styles below the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_app.incoming import Incoming, brings_pictures, pictures_in, what_is_dragged
from desktop_app.messages import Role
from desktop_app.panels.shelf_delegate import ITEM_SIZE, RADIUS, THUMBNAIL, StyleDelegate
from desktop_app.panels.shelf_menu import command_of_key, shelf_menu
from desktop_app.panels.shelf_model import ITEM_FORMAT, ShelfItem, ShelfModel
from desktop_app.panels.thumbnails import Thumbnails
from desktop_app.theme import GRID, current_theme

_SCROLL_EDGE = 5 * GRID
_SCROLL_STEP = 2 * GRID


class StyleShelf(QListView):
    """One row of styles. A click or the arrow keys choose one; pictures dropped here become styles of the user's.

    What else is to be done with a style comes from its menu or from the keyboard, as ``commanded``.
    """

    chosen = Signal(object)  # ShelfItem
    mixed_in = Signal(object)  # ShelfItem, to be added to the styles that are chosen
    commanded = Signal(str, object)  # a command of shelf_menu, and the ShelfItem (None for the shelf as a whole)
    hovered = Signal(object)  # ShelfItem, None when the pointer has left or does something else
    dropped = Signal(Role, object)  # Role.LIBRARY, Incoming

    def __init__(self, model: ShelfModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelf = model
        self._sources: tuple[object, ...] = ()
        self._current: ShelfItem | None = None
        self._dragged: Incoming | None = None
        self._gap = -1
        self.setModel(model)
        self.setItemDelegate(StyleDelegate(model, thumbnails, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setFixedHeight(ITEM_SIZE.height() + GRID)
        self.clicked.connect(self._clicked)
        self.entered.connect(self._entered)
        self.viewportEntered.connect(self._left)
        self.horizontalScrollBar().valueChanged.connect(self._left)
        thumbnails.ready.connect(self.viewport().update)
        model.modelAboutToBeReset.connect(self._remember_current)
        model.modelReset.connect(self._mark_again)
        self._retranslate()

    def add(self, item: ShelfItem) -> ShelfItem:
        """Put a style at the start of the shelf. Return it, or the one that shows the same and is there already."""
        there = self.shelf.add(item)
        self.scroll_to(there)
        return there

    def scroll_to(self, item: ShelfItem) -> None:
        row = self.shelf.row_of(item)
        if row >= 0:
            self.scrollTo(self.shelf.index(row, 0))

    def choose(self, row: int) -> None:
        """Choose a style as if it had been clicked."""
        self.choose_item(self.shelf.item(row))

    def choose_item(self, item: ShelfItem) -> None:
        """Choose a style, whether the group on show has it or not."""
        row = self.shelf.row_of(item)
        if row >= 0:
            index = self.shelf.index(row, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        self.chosen.emit(item)

    def show_chosen(self, sources: Sequence[object]) -> None:
        """Mark the styles with these sources as chosen, without choosing them again."""
        self._sources = tuple(sources)
        selection = QItemSelection()
        for row in range(self.shelf.rowCount()) if sources else ():
            item = self.shelf.item(row)
            if any(self.shelf.is_shown_by(item, source) for source in sources):
                index = self.shelf.index(row, 0)
                selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def chosen_item(self) -> ShelfItem | None:
        rows = self.selectionModel().selectedRows()
        return self.shelf.item(rows[0].row()) if rows else None

    def current_item(self) -> ShelfItem | None:
        """Return the item that the keyboard works on."""
        row = self.currentIndex().row()
        return self.shelf.item(row) if row >= 0 else None

    @Slot()
    def _remember_current(self) -> None:
        self._current = self.current_item()

    @Slot()
    def _mark_again(self) -> None:
        """Find again what was chosen and current after the items have changed."""
        row = self.shelf.row_of(self._current)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self.shelf.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.show_chosen(self._sources)
        self._left()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        """Choose a style; with Ctrl held, mix it in."""
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mixed_in.emit(self.shelf.item(index.row()))
        else:
            self.chosen.emit(self.shelf.item(index.row()))

    @Slot(QModelIndex)
    def _entered(self, index: QModelIndex) -> None:
        self.hovered.emit(self.shelf.item(index.row()))

    @Slot()
    def _left(self) -> None:
        self.hovered.emit(None)

    def command(self, name: str, item: ShelfItem | None) -> None:
        """Do what the menu or the keyboard says; what is more than choosing and moving is passed on."""
        if item is None:
            self.commanded.emit(name, None)
            return
        match name:
            case "choose":
                self.choose_item(item)
            case "mix_in":
                self.mixed_in.emit(item)
            case "move_left" | "move_right":
                row = self.shelf.row_of(item)
                if self.shelf.move(row, row - 1 if name == "move_left" else row + 2):
                    self.scroll_to(item)
            case "favourite":
                self.shelf.set_favourite(item, not self.shelf.is_favourite(item))
            case _:
                self.commanded.emit(name, item)

    # Events

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the style under the pointer; with the Menu key, of the one that the keyboard works on."""
        self._left()
        index, place = self.indexAt(event.pos()), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        item = self.shelf.item(index.row()) if index.isValid() else None
        shelf_menu(self.shelf, item, self.command, self).popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()  # the window shows the original while it is held
            return
        name, item = command_of_key(event), self.current_item()
        if name and item is not None:
            self.command(name, item)
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex().isValid() and self.currentIndex() != before:
            self.chosen.emit(self.shelf.item(self.currentIndex().row()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._left()
        super().mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._left()
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: ARG002
        """Drag the style that was pressed; Qt's own would drag those that are chosen."""
        item = self.current_item()
        if item is not None and self.shelf.can_be_reordered:
            drag = QDrag(self)
            drag.setMimeData(self.shelf.mimeData([self.currentIndex()]))
            drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
            drag.setHotSpot(QPoint(ITEM_SIZE.width() // 2, ITEM_SIZE.height() // 2))
            drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._left()
        if event.mimeData().hasFormat(ITEM_FORMAT):
            event.acceptProposedAction()
        elif brings_pictures(event.mimeData()):
            event.acceptProposedAction()
            self.show_drag(what_is_dragged(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(ITEM_FORMAT):
            self._scroll_at(event.position().x())
            self._show_gap(self._gap_at(event.position().x()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        self.show_drag(None)
        self._show_gap(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_drag(None)
        self._show_gap(-1)
        event.acceptProposedAction()
        if event.mimeData().hasFormat(ITEM_FORMAT):
            row = int(bytes(event.mimeData().data(ITEM_FORMAT).data()))
            self.shelf.move(row, self._gap_at(event.position().x()))
        else:
            self.dropped.emit(Role.LIBRARY, pictures_in(event.mimeData()))

    def show_drag(self, dragged: Incoming | None) -> None:
        """Say over the shelf what a drop will do; None: nothing is dragged any more."""
        self._dragged = dragged
        self.viewport().update()

    def _gap_at(self, x: float) -> int:
        """Return before which row something dropped at ``x`` would lie."""
        return max(0, min(self.shelf.rowCount(), round((x + self.horizontalScrollBar().value()) / ITEM_SIZE.width())))

    def _show_gap(self, gap: int) -> None:
        self._gap = gap
        self.viewport().update()

    def _scroll_at(self, x: float) -> None:
        """Scroll while something is dragged along an edge."""
        bar = self.horizontalScrollBar()
        if x < _SCROLL_EDGE:
            bar.setValue(bar.value() - _SCROLL_STEP)
        elif x > self.viewport().width() - _SCROLL_EDGE:
            bar.setValue(bar.value() + _SCROLL_STEP)

    # Looks

    def drag_text(self) -> str:
        """What a drop will do, empty while nothing is dragged."""
        if self._dragged is None:
            return ""
        if self._dragged.folders:
            return self.tr("Put the pictures into the queue, in the style that is chosen")
        if self._dragged.style_files and not self._dragged.pictures:
            return self.tr("Import into the library")
        if self._dragged.style_files:
            return self.tr("Import the styles, and make styles of the pictures")
        if len(self._dragged.sources) > 1:
            return self.tr("Make {count} styles of yours").format(count=len(self._dragged.sources))
        return self.tr("Make a style of yours")

    def empty_text(self) -> str:
        """Why nothing is on show, empty if something is."""
        if self.shelf.rowCount() > 0:
            return ""
        if self.shelf.search.strip():
            return self.tr("No style here has “{text}” in its name").format(text=self.shelf.search.strip())
        return {
            "recent": self.tr("The styles you use appear here"),
            "favourites": self.tr("Mark a style as a favourite in its menu (right click), or with Ctrl+D"),
        }.get(self.shelf.group, self.tr("Drop paintings here to make styles of your own"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current_theme().accent), 2))
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.end()
        text = self.drag_text() or self.empty_text()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        painter.setPen(Qt.PenStyle.NoPen)
        if self._gap >= 0:
            x = self._gap * ITEM_SIZE.width() - self.horizontalScrollBar().value()
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRect(max(0, x - 2), GRID // 2, 4, THUMBNAIL), 2, 2)
        if not text:
            return
        rect = self.viewport().rect().adjusted(GRID, GRID, -GRID, -GRID)
        if self._dragged is not None:
            fill = QColor(theme.accent)
            fill.setAlphaF(0.92)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, GRID, GRID)
        painter.setPen(QColor(theme.muted if self._dragged is None else theme.on_accent))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Styles"))
        self.viewport().update()
