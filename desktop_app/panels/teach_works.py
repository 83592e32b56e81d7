"""The works to learn from: thumbnails, what cannot be used and why, and the buttons that add and remove."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.icons import icon_pixmap, make_icon
from desktop_app.teaching.works import HAS_PROBLEM_ROLE, Work, Works
from desktop_app.theme import GRID, current_theme, styled

THUMBNAIL = 7 * GRID
CELL = THUMBNAIL + GRID
MOST_ROWS = 3
MOST_PROBLEMS = 12
"""So many problems are listed; the others are counted, and can be removed with all."""

_Index = QModelIndex | QPersistentModelIndex


class TeachWorks(QWidget):
    """``add_requested`` and ``removed`` say what the artist wants."""

    add_requested = Signal()
    removed = Signal(list)  # Work

    def __init__(self, works: Works, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._works = works
        self._examining = 0
        self._is_dragged = False
        self._hint = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.list = WorksList(works)
        self.add_button = QPushButton()
        self.remove_button = styled(QPushButton(), "quiet")
        self.problems = ProblemList()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._count, 1)
        row.addWidget(self.remove_button)
        row.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._hint)
        layout.addWidget(self.list)
        layout.addLayout(row)
        layout.addWidget(self.problems)
        works.changed.connect(self._follow)
        self.list.selectionModel().selectionChanged.connect(self._follow_selection)
        self.list.delete_pressed.connect(self._remove_selected)
        self.add_button.clicked.connect(self.add_requested)
        self.remove_button.clicked.connect(self._remove_selected)
        self.problems.removed.connect(self.removed)
        self._follow()

    @property
    def hint(self) -> str:
        return self._hint.text()

    def show_drag(self, is_dragged: bool) -> None:
        """Say that works dragged over the panel will be taken."""
        self._is_dragged = is_dragged
        styled(self._hint, "heading" if is_dragged else "muted")
        self._hint.style().polish(self._hint)
        self._retranslate()

    @Slot(int)
    def set_examining(self, count: int) -> None:
        """Say that works are being looked at."""
        self._examining = count
        self._retranslate()

    @Slot()
    def _follow(self) -> None:
        self.list.fit()
        self.list.setVisible(self._works.rowCount() > 0)
        self.problems.show_problems(self._works.problems)
        self._follow_selection()
        self._retranslate()

    @Slot()
    def _follow_selection(self) -> None:
        self.remove_button.setVisible(bool(self.list.selectionModel().selectedIndexes()))

    @Slot()
    def _remove_selected(self) -> None:
        works = [index.data(Qt.ItemDataRole.UserRole) for index in self.list.selectionModel().selectedIndexes()]
        if works:
            self.removed.emit(works)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.problems.show_problems(self._works.problems)
        super().changeEvent(event)

    def _retranslate(self) -> None:
        good, left_out = len(self._works.good), len(self._works.problems)
        self._hint.setText(
            self.tr("Let go to add them to the works to learn from.")
            if self._is_dragged
            else self.tr(
                "Drop 1 to 500 of your works here: photos or scans of paintings and drawings, all in one hand."
            )
        )
        text = ""
        if good or left_out:
            text = self.tr("1 work") if good == 1 else self.tr("{count} works").format(count=good)
        if left_out:
            text = self.tr("{works}, {count} left out").format(works=text, count=left_out)
        if self._examining:
            text = self.tr("Looking at the works…") if not text else self.tr("{works}, looking…").format(works=text)
        self._count.setText(text)
        self.list.setAccessibleName(self.tr("Works to learn from"))
        self.add_button.setText(self.tr("Add Works…"))
        self.remove_button.setText(self.tr("Remove"))
        self.remove_button.setToolTip(self.tr("Take the chosen works out (Delete)"))


class WorksList(QListView):
    """Thumbnails in rows, as high as it needs to be and at most three rows."""

    delete_pressed = Signal()

    def __init__(self, works: Works) -> None:
        super().__init__()
        self._works = works
        styled(self, "lines")
        self.setModel(works)
        self.setItemDelegate(_WorkDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def fit(self) -> None:
        """Take the height that the works need."""
        columns = max(1, (self.width() - 3 * GRID) // CELL)
        rows = min(MOST_ROWS, max(1, -(-self._works.rowCount() // columns)))
        self.setFixedHeight(rows * CELL + 2 * GRID)

    def resizeEvent(self, event: QEvent) -> None:  # pyright: ignore
        super().resizeEvent(event)  # pyright: ignore
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class _WorkDelegate(QStyledItemDelegate):
    """A thumbnail; one that is left out is pale, with a mark."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(CELL, CELL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        rect = option.rect.adjusted(GRID // 2, GRID // 2, -GRID // 2, -GRID // 2)  # pyright: ignore
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(rect, QColor(theme.hover))
        has_problem = index.data(HAS_PROBLEM_ROLE)
        if isinstance(pixmap, QPixmap) and not pixmap.isNull():
            painter.setOpacity(0.35 if has_problem else 1.0)
            painter.drawPixmap(rect, pixmap)
            painter.setOpacity(1.0)
        if has_problem:
            painter.drawPixmap(rect.topLeft(), icon_pixmap("error", QColor(theme.error), 2 * GRID))
        state = option.state  # pyright: ignore
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


class ProblemList(QWidget):
    """A line for each work that is left out, and a button to remove it; and one to remove them all."""

    removed = Signal(list)  # Work

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: list[tuple[Work, str]] = []
        self._rows: list[QWidget] = []
        self._more = styled(QLabel(textFormat=Qt.TextFormat.PlainText), "muted")
        self.remove_all_button = styled(QPushButton(), "quiet")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 2)
        last = QHBoxLayout()
        last.addWidget(self._more, 1)
        last.addWidget(self.remove_all_button)
        self._layout.addLayout(last)
        self.remove_all_button.clicked.connect(self._remove_all)
        self.hide()

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self._problems]

    @property
    def remove_buttons(self) -> list[QToolButton]:
        return [button for row in self._rows for button in row.findChildren(QToolButton)]

    def show_problems(self, problems: list[tuple[Work, str]]) -> None:
        if [(id(work), text) for work, text in problems] != [(id(work), text) for work, text in self._problems]:
            self._problems = problems
            for row in self._rows:
                self._layout.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = [self._make_row(work, text) for work, text in problems[:MOST_PROBLEMS]]
            for number, row in enumerate(self._rows):
                self._layout.insertWidget(number, row)
        hidden = len(problems) - len(self._rows)
        self._more.setText(self.tr("and {count} more").format(count=hidden) if hidden else "")
        self.remove_all_button.setText(self.tr("Remove All of These"))
        self.remove_all_button.setVisible(len(problems) > 1)
        self.setVisible(bool(problems))

    def _make_row(self, work: Work, text: str) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        icon, color = QLabel(), QColor(current_theme().error)
        icon.setPixmap(icon_pixmap("error", color, 2 * GRID, self.devicePixelRatioF()))
        icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        button = styled(QToolButton(), "quiet")
        button.setIcon(make_icon("close", QColor(current_theme().muted)))
        name = self.tr("Remove {name}").format(name=work.path.name)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(partial(self._remove, work))
        layout.addWidget(icon)
        layout.addWidget(label, 1)
        layout.addWidget(button)
        return row

    def _remove(self, work: Work) -> None:
        self.removed.emit([work])

    @Slot()
    def _remove_all(self) -> None:
        self.removed.emit([work for work, _ in self._problems])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            problems, self._problems = self._problems, []
            self.show_problems(problems)
        super().changeEvent(event)
