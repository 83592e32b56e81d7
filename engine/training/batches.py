"""The pictures of each step, made ahead of time: by a thread, or by worker processes.

A processor that also trains has no use for more than a thread. A graphics card takes a batch in a twentieth of a
second, which one thread cannot fill.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

_AHEAD = 3

Batch = Mapping[str, Tensor]


class BatchSource(Protocol):
    """Whatever makes the pictures of a step, the same ones for the same step."""

    def batch(self, step: int) -> Batch:
        """Return the pictures of a step. Called from another thread, or in another process from a pickled copy."""
        ...


def batches_of_thread(source: BatchSource, steps: range) -> Generator[Batch]:
    """Yield the batches of ``steps``, three ahead. Close the iterator to end early."""
    # With helpers of its own for torch, there would be more of them than cores: then all sleep after every operation
    # instead of waiting for the next, and a training step takes a third longer.
    alone = {"initializer": torch.set_num_threads, "initargs": (1,)}
    with ThreadPoolExecutor(1, "training-data", **alone) as pool:
        ahead: dict[int, Future[Batch]] = {}
        try:
            for step in steps:
                for coming in steps[step - steps.start : step - steps.start + _AHEAD]:
                    if coming not in ahead:
                        ahead[coming] = pool.submit(source.batch, coming)
                yield ahead.pop(step).result()
        finally:
            for future in ahead.values():
                future.cancel()


def batches_of_workers(source: BatchSource, steps: range, workers: int) -> Generator[Batch]:
    """Yield the batches of ``steps``, made by so many processes, each with a copy of ``source``."""
    batches = _Batches(source, steps)
    # Started afresh, not forked: a forked copy of a process whose threads compute may wait for ever.
    yield from DataLoader(
        batches,
        batch_size=None,
        num_workers=workers,
        multiprocessing_context="spawn",
        prefetch_factor=_AHEAD,
    )


class _Batches(Dataset[Batch]):
    """The batches of some steps, in their order."""

    def __init__(self, source: BatchSource, steps: range) -> None:
        self._source = source
        self._steps = steps

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, number: int) -> Batch:
        return self._source.batch(self._steps[number])
