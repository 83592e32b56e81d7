"""The strip of styles below the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.icons import icon_pixmap
from desktop_app.incoming import brings_pictures, pictures_in
from desktop_app.messages import Role
from desktop_app.panels.shelf_model import ShelfItem, ShelfModel
from desktop_app.theme import GRID, current_theme

THUMBNAIL = 88
RADIUS = 6
BORDER = 4  # room for the frame of the chosen one
ITEM_SIZE = QSize(THUMBNAIL + 2 * GRID, THUMBNAIL + 5 * GRID)


class StyleDelegate(QStyledItemDelegate):
    """Paints a rounded thumbnail with the name below it; the chosen one wears the accent colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails: dict[tuple[int, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return ITEM_SIZE

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: ShelfItem = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        # The attributes of an option are not declared in PySide6's stubs.
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        frame = QRect(rect.left() + GRID, rect.top() + BORDER, THUMBNAIL, THUMBNAIL)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(frame, RADIUS, RADIUS)
        painter.setClipPath(path)
        if item.image.isNull():
            painter.fillRect(frame, QColor(theme.raised))
            icon = icon_pixmap("painting", QColor(theme.muted), 32, painter.device().devicePixelRatioF())
            painter.drawPixmap(frame.center() - QPoint(16, 16), icon)
        else:
            painter.drawPixmap(frame, self._thumbnail(item, painter.device().devicePixelRatioF()))
        painter.setClipping(False)
        if is_chosen or is_hovered:
            painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.muted), 3 if is_chosen else 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-2, -2, 2, 2), RADIUS + 2, RADIUS + 2)
        painter.setPen(QColor(theme.text if is_chosen or is_hovered else theme.muted))
        text = QRect(rect.left() + 2, frame.bottom() + GRID // 2, rect.width() - 4, 3 * GRID)
        title = painter.fontMetrics().elidedText(item.title, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, title)
        painter.restore()

    def _thumbnail(self, item: ShelfItem, ratio: float) -> QPixmap:
        key = (item.image.cacheKey(), ratio)
        if key not in self._thumbnails:
            side = round(THUMBNAIL * ratio)
            scaled = item.image.scaled(
                side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
            )
            crop = QRect((scaled.width() - side) // 2, (scaled.height() - side) // 2, side, side)
            self._thumbnails[key] = QPixmap.fromImage(scaled.copy(crop))
        return self._thumbnails[key]


class StyleShelf(QListView):
    """One row of styles. A click or the arrow keys choose one; pictures dropped here are added at its start."""

    chosen = Signal(object)  # ShelfItem
    mixed_in = Signal(object)  # ShelfItem, to be added to the styles that are chosen
    dropped = Signal(Role, object)  # Role.SHELF, Incoming

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelf = ShelfModel()
        self._is_drag_over = False
        self.setModel(self.shelf)
        self.setItemDelegate(StyleDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFixedHeight(ITEM_SIZE.height() + GRID)
        self.clicked.connect(self._clicked)
        self._retranslate()

    def set_library(self, items: list[ShelfItem]) -> None:
        self.shelf.set_library(items)

    def add(self, item: ShelfItem) -> int:
        """Put a style at the start of the shelf (or find it there) and return its row."""
        return self.shelf.add(item)

    def choose(self, row: int) -> None:
        """Choose a style as if it had been clicked."""
        index = self.shelf.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self._choose(index)

    def show_chosen(self, sources: Sequence[object]) -> None:
        """Mark the styles with these sources as chosen, without choosing them again."""
        selection = QItemSelection()
        for row in range(self.shelf.rowCount()):
            if any(self.shelf.item(row).source == source for source in sources):
                index = self.shelf.index(row, 0)
                selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def chosen_item(self) -> ShelfItem | None:
        rows = self.selectionModel().selectedRows()
        return self.shelf.item(rows[0].row()) if rows else None

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.shelf.item(index.row()))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        """Choose a style; with Ctrl held, mix it in."""
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mixed_in.emit(self.shelf.item(index.row()))
        else:
            self._choose(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        item = self.shelf.item(index.row())
        menu.addAction(self.tr("Paint in This Style")).triggered.connect(partial(self.chosen.emit, item))
        menu.addAction(self.tr("Mix In (Ctrl+Click)")).triggered.connect(partial(self.mixed_in.emit, item))
        menu.popup(event.globalPos())

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()  # the window shows the original while it is held
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex().isValid() and self.currentIndex() != before:
            self._choose(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_pictures(event.mimeData()):
            event.acceptProposedAction()
            self._set_drag_over(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        self._set_drag_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_drag_over(False)
        event.acceptProposedAction()
        self.dropped.emit(Role.SHELF, pictures_in(event.mimeData()))

    def _set_drag_over(self, value: bool) -> None:
        self._is_drag_over = value
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current_theme().accent), 2))
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.end()
        if self.shelf.rowCount() > 0 and not self._is_drag_over:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        rect = self.viewport().rect().adjusted(GRID, GRID, -GRID, -GRID)
        text = self.tr("Drop paintings here to keep them at hand")
        if self._is_drag_over:
            painter.setPen(Qt.PenStyle.NoPen)
            fill = QColor(theme.accent)
            fill.setAlphaF(0.92)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, GRID, GRID)
            text = self.tr("Add to the shelf")
        painter.setPen(QColor(theme.on_accent if self._is_drag_over else theme.muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Styles"))
        self.viewport().update()
