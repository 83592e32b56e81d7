"""The list of regions, the one on top first, and the rest of the picture below them all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop_app.document import Document
from desktop_app.panels.region_delegate import HEIGHT, THUMBNAIL, RegionDelegate, paint_gap
from desktop_app.region_mask import RegionMask
from desktop_app.work import WHOLE, DocumentRegion, DocumentStyle, StyleSettings
from desktop_app.work_words import mix_in_words

REGION_FORMAT = "application/x-scumble-region"
_LONGEST_NAME = 60
_Index = QModelIndex | QPersistentModelIndex


class RegionModel(QAbstractListModel):
    """A row for each region, from the top down, and one for the rest. ``UserRole`` gives the key."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._keys: list[str] = []
        self._thumbnails: dict[RegionMask, QImage] = {}

    def follow(self) -> bool:
        """Show what the document has. Return whether rows came, went or moved."""
        regions = self._document.work.regions
        keys = [region.key for region in reversed(regions)] + [WHOLE] if regions else []
        masks = {region.mask for region in regions}
        self._thumbnails = {mask: image for mask, image in self._thumbnails.items() if mask in masks}
        if keys == self._keys:
            if keys:
                self.dataChanged.emit(self.index(0, 0), self.index(len(keys) - 1, 0))
            return False
        self.beginResetModel()
        self._keys = keys
        self.endResetModel()
        return True

    def key(self, row: int) -> str:
        return self._keys[row]

    def row_of(self, key: str) -> int:
        return self._keys.index(key) if key in self._keys else -1

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: ARG002
        return len(self._keys)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        key = self._keys[index.row()]
        region = self._document.work.region(key)
        name, details = self._lines(region)
        found: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                found = name
            case Qt.ItemDataRole.StatusTipRole:
                found = details
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                found = f"{name}\n{details}"
            case Qt.ItemDataRole.CheckStateRole:
                is_on = self._document.work.paints_rest if region is None else region.is_on
                found = Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DecorationRole:
                found = QImage() if region is None else self._thumbnail(region.mask)
            case Qt.ItemDataRole.UserRole:
                found = key
            case _:
                pass
        return found

    def _lines(self, region: DocumentRegion | None) -> tuple[str, str]:
        work = self._document.work
        if region is None:
            name = self.tr("The rest")
            if not work.paints_rest:
                return name, self.tr("Stays unpainted")
            return name, self._details(work.styles, work.settings) or self.tr("No style yet")
        if region.mask.is_empty:
            return region.name, self.tr("Nothing painted yet")
        if not region.styles:
            return region.name, self.tr("No style yet: choose one below")
        settings = StyleSettings(strength=region.strength, keep_color=region.keep_color)
        return region.name, self._details(region.styles, settings)

    def _details(self, styles: Sequence[DocumentStyle], settings: StyleSettings) -> str:
        """Return ``Olive Trees · 80 %``, and how much colour is kept, if any; nothing without a style."""
        if not styles:
            return ""
        text = f"{mix_in_words(styles)} · {round(100 * settings.strength)} %"
        if settings.keep_color:
            text += ", " + self.tr("colour {percent} %").format(percent=round(100 * settings.keep_color))
        return text

    def _thumbnail(self, mask: RegionMask) -> QImage:
        if mask not in self._thumbnails:
            step = max(1, max(mask.width, mask.height) // (2 * THUMBNAIL))
            small = np.ascontiguousarray(mask.values[::step, ::step])
            height, width = small.shape
            self._thumbnails[mask] = QImage(small.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
        return self._thumbnails[mask]

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self._keys[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self._document.switch_region(key, Qt.CheckState(value) is Qt.CheckState.Checked)
        elif role == Qt.ItemDataRole.EditRole:
            self._document.rename_region(key, str(value).strip()[:_LONGEST_NAME])
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        if index.isValid() and self._keys[index.row()] != WHOLE:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(REGION_FORMAT, self._keys[indexes[0].row()].encode())
        return data

    def move(self, key: str, gap: int) -> None:
        """Move a region before the row ``gap``, counted from the top as it is now."""
        row = self.row_of(key)
        count = len(self._keys) - 1
        gap = min(gap, count)
        if row < 0 or row >= count:
            return
        above = gap - 1 if gap > row else gap
        self._document.move_region(key, count - 1 - above)


class RegionList(QListView):
    """A click or the arrow keys select a region; Space switches it, F2 renames it, Alt and an arrow key moves it."""

    commanded = Signal(str)  # paint, rename, duplicate, up, down, import, export, delete

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._gap = -1
        self.regions = RegionModel(document)
        self.setModel(self.regions)
        self.setItemDelegate(RegionDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._select)
        document.changed.connect(self._follow)
        document.selection_changed.connect(self._follow)
        self._follow()
        self._retranslate()

    @Slot()
    def _follow(self) -> None:
        model = self.selectionModel()
        model.blockSignals(True)
        self.regions.follow()
        row = self.regions.row_of(self._document.selected)
        if row >= 0:
            self.setCurrentIndex(self.regions.index(row, 0))
        model.blockSignals(False)
        self.viewport().update()

    @Slot(QModelIndex, QModelIndex)
    def _select(self, current: QModelIndex) -> None:
        if current.isValid():
            self._document.select(self.regions.key(current.row()))

    def rename(self) -> None:
        """Let the name of the selected region be edited in its row."""
        self.setFocus()
        self.edit(self.currentIndex())

    def move_selected(self, up: bool) -> None:
        row = self.regions.row_of(self._document.selected)
        if row >= 0:
            self.regions.move(self._document.selected, row - 1 if up else row + 2)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down if is_alt:
                self.move_selected(event.key() == Qt.Key.Key_Up)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.commanded.emit("delete")
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.state() is not QAbstractItemView.State.EditingState:
                self.commanded.emit("paint")
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._document.selected_region is None:
            return
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(at)

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the selected region into a menu."""
        for name, text in (
            ("paint", self.tr("Paint Its Mask")),
            ("rename", self.tr("Rename")),
            ("duplicate", self.tr("Duplicate")),
            ("", ""),
            ("up", self.tr("Move Up")),
            ("down", self.tr("Move Down")),
            ("", ""),
            ("import", self.tr("Import Mask…")),
            ("export", self.tr("Export Mask…")),
            ("", ""),
            ("delete", self.tr("Delete Region")),
        ):
            if name:
                menu.addAction(text).triggered.connect(partial(self.commanded.emit, name))
            else:
                menu.addSeparator()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().update()

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: ARG002
        index = self.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            drag = QDrag(self)
            drag.setMimeData(self.regions.mimeData([index]))
            rect = self.visualRect(index)
            drag.setPixmap(self.viewport().grab(rect))
            drag.setHotSpot(QPoint(rect.width() // 2, rect.height() // 2))
            drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(REGION_FORMAT):
            event.acceptProposedAction()
        else:
            event.ignore()  # a file is for the panel around

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(REGION_FORMAT):
            self._show_gap(self._gap_at(event.position().y()))
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        self._show_gap(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_gap(-1)
        if event.mimeData().hasFormat(REGION_FORMAT):
            event.acceptProposedAction()
            key = bytes(event.mimeData().data(REGION_FORMAT).data()).decode()
            self.regions.move(key, self._gap_at(event.position().y()))
        else:
            event.ignore()

    def _gap_at(self, y: float) -> int:
        return max(0, min(self.regions.rowCount() - 1, round((y + self.verticalScrollBar().value()) / HEIGHT)))

    def _show_gap(self, gap: int) -> None:
        self._gap = gap
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap >= 0:
            paint_gap(QPainter(self.viewport()), self._gap * HEIGHT - self.verticalScrollBar().value())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Regions"))
        self.viewport().update()
