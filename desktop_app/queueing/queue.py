"""The jobs in their order. Knows nothing of how they are done, nor of widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.queueing.jobs import Job, State, Task, path_key


class Queue(QObject):
    """Jobs are never changed, only replaced: whoever has one has it as it was. Each signal says what changed, so that a
    view of thousands follows at once.
    """

    inserted = Signal(int, int)  # the first row, how many
    removed = Signal(list)  # the rows (int) they had, from the last to the first
    reordered = Signal()
    changed = Signal(int)  # the row

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._rows: dict[int, int] = {}
        self._counts: Counter[State] = Counter()
        self._last_number = 0

    def __len__(self) -> int:
        return len(self._jobs)

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs)

    def job(self, row: int) -> Job:
        return self._jobs[row]

    def row_of(self, number: int) -> int:
        """Return where a job is, -1 if it is gone."""
        return self._rows.get(number, -1)

    def find(self, number: int) -> Job | None:
        row = self.row_of(number)
        return None if row < 0 else self._jobs[row]

    def count(self, *states: State) -> int:
        return sum(self._counts[state] for state in states)

    @property
    def unfinished(self) -> int:
        return self.count(State.WAITING, State.RUNNING)

    def next_waiting(self) -> Job | None:
        return next((job for job in self._jobs if job.state is State.WAITING), None)

    def next_batch(self) -> int:
        """Return a number for jobs that are added together."""
        return max((job.task.target.batch for job in self._jobs), default=0) + 1

    def results_of(self, batch: int) -> frozenset[str]:
        """Return the keys of the files that a batch has written."""
        return frozenset(
            path_key(Path(job.path))
            for job in self._jobs
            if job.state is State.DONE and job.task.target.batch == batch and job.path
        )

    # Changes

    def add(self, tasks: Sequence[Task]) -> list[Job]:
        """Put tasks at the end, and return their jobs."""
        jobs = [Job(self._last_number + place, task) for place, task in enumerate(tasks, 1)]
        self._insert(len(self._jobs), jobs)
        return jobs

    def restore(self, jobs: Sequence[Job]) -> None:
        """Put the jobs of last time before those that are there already."""
        self._insert(0, [replace(job, number=self._last_number + place) for place, job in enumerate(jobs, 1)])

    def _insert(self, row: int, jobs: Sequence[Job]) -> None:
        if not jobs:
            return
        self._last_number = jobs[-1].number
        self._jobs[row:row] = jobs
        self._count()
        self.inserted.emit(row, len(jobs))

    def remove(self, numbers: Collection[int]) -> None:
        gone = set(numbers)
        rows = [row for row in range(len(self._jobs) - 1, -1, -1) if self._jobs[row].number in gone]
        if rows:
            self._jobs = [job for job in self._jobs if job.number not in gone]
            self._count()
            self.removed.emit(rows)

    def clear_finished(self) -> None:
        self.remove([job.number for job in self._jobs if job.state in {State.DONE, State.SKIPPED}])

    def move(self, numbers: Collection[int], row: int) -> None:
        """Move jobs, in their order, before the one of a row (``len``: to the end)."""
        chosen = set(numbers)
        moved = [job for job in self._jobs if job.number in chosen]
        before = [job for job in self._jobs[:row] if job.number not in chosen]
        behind = [job for job in self._jobs[row:] if job.number not in chosen]
        order = [*before, *moved, *behind]
        if order != self._jobs:
            self._jobs = order
            self._count()
            self.reordered.emit()

    def shift(self, numbers: Collection[int], by: int) -> None:
        """Move jobs up (-1) or down (1) by one place, together."""
        rows = sorted(row for row in map(self.row_of, numbers) if row >= 0)
        if rows:
            self.move(numbers, max(0, rows[0] - 1) if by < 0 else min(len(self._jobs), rows[-1] + 2))

    def retry(self, numbers: Collection[int]) -> None:
        """Let jobs that are finished wait again."""
        for number in numbers:
            job = self.find(number)
            if job is not None and job.state.is_finished:
                self.set(number, state=State.WAITING, path="", template="", values={}, seconds=0.0, notes=())

    def set(self, number: int, **values: Any) -> None:
        """Change fields of a job, if it is still there."""
        row = self.row_of(number)
        if row < 0:
            return
        before = self._jobs[row]
        job = self._jobs[row] = replace(before, **values)
        self._counts[before.state] -= 1
        self._counts[job.state] += 1
        self.changed.emit(row)

    def _count(self) -> None:
        self._rows = {job.number: row for row, job in enumerate(self._jobs)}
        self._counts = Counter(job.state for job in self._jobs)
