"""The works that a style is to be learnt from, as the panel lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop_app.i18n import translate_message
from engine.styles.works import are_copies, copy_problem
from engine.train_request import MOST_WORKS, Notice

HAS_PROBLEM_ROLE = Qt.ItemDataRole.UserRole.value + 1

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class Work:
    """One work. ``thumbnail`` is a square, null where the work cannot be read; ``problem`` is why it is left out by
    itself, whatever the others are.
    """

    path: Path
    thumbnail: QImage
    pattern: int
    problem: Notice | None


class Works(QAbstractListModel):
    """In the order they came. ``changed`` says that there are more or fewer; ``UserRole`` gives the work."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._works: list[Work] = []
        self._problems: list[Notice | None] = []
        self._pixmaps: dict[int, QPixmap] = {}

    @property
    def good(self) -> tuple[Path, ...]:
        """The works that can be learnt from."""
        return tuple(work.path for work, problem in zip(self._works, self._problems, strict=True) if problem is None)

    @property
    def problems(self) -> list[tuple[Work, str]]:
        """What is left out, and why, in the language of the window."""
        pairs = zip(self._works, self._problems, strict=True)
        return [(work, translate_message(said.template, said.values)) for work, said in pairs if said is not None]

    @property
    def room(self) -> int:
        """How many more may be added."""
        return MOST_WORKS - len(self._works)

    def has(self, path: Path) -> bool:
        return any(work.path == path for work in self._works)

    def add(self, work: Work) -> None:
        row = len(self._works)
        self.beginInsertRows(QModelIndex(), row, row)
        self._works.append(work)
        self._problems.append(self._problem_of(row))
        self.endInsertRows()
        self.changed.emit()

    def remove(self, works: Iterable[Work]) -> None:
        """Take works out. A copy of one of them may be learnt from then."""
        gone = set(works)
        self.beginResetModel()
        self._works = [work for work in self._works if work not in gone]
        self._problems = []
        for row in range(len(self._works)):
            self._problems.append(self._problem_of(row))
        self._pixmaps = {}
        self.endResetModel()
        self.changed.emit()

    def clear(self) -> None:
        self.remove(self._works)

    def _problem_of(self, row: int) -> Notice | None:
        """Return what is wrong with a work, given those before it."""
        work = self._works[row]
        if work.problem is not None:
            return work.problem
        for other, problem in zip(self._works[:row], self._problems, strict=False):
            if problem is None and are_copies(work.pattern, other.pattern):
                return copy_problem(work.path.name, other.path.name)
        return None

    # What Qt's views ask for

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: ARG002
        return len(self._works)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        work, problem = self._works[index.row()], self._problems[index.row()]
        said = "" if problem is None else translate_message(problem.template, problem.values)
        match role:
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return said or work.path.name
            case Qt.ItemDataRole.DecorationRole:
                return self._pixmap(work)
            case Qt.ItemDataRole.UserRole:
                return work
        if role == HAS_PROBLEM_ROLE:
            return problem is not None
        return None

    def _pixmap(self, work: Work) -> QPixmap:
        key = id(work)
        if key not in self._pixmaps:
            self._pixmaps[key] = QPixmap.fromImage(work.thumbnail)
        return self._pixmaps[key]
