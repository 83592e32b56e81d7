from __future__ import annotations

import pickle

import pytest
import torch

from engine.training.batches import batches_of_thread, batches_of_workers
from engine.training.data import PictureFolder
from engine.training.distillation import DistillationPictures
from engine.training.pretraining import PretrainingPictures


class Numbers:
    """A source that remembers what it was asked for."""

    def __init__(self, fail_at: int | None = None) -> None:
        self.asked: list[int] = []
        self.fail_at = fail_at

    def batch(self, step: int) -> dict[str, torch.Tensor]:
        self.asked.append(step)
        if step == self.fail_at:
            raise OSError("gone")
        return {"step": torch.tensor(step)}


def test_a_thread_makes_each_batch_once_in_order_and_few_ahead():
    source = Numbers()
    made = batches_of_thread(source, range(5, 12))

    assert int(next(made)["step"]) == 5
    made.close()

    assert source.asked == list(range(5, 5 + len(source.asked)))
    assert len(source.asked) <= 4
    assert [int(batch["step"]) for batch in batches_of_thread(Numbers(), range(5, 12))] == list(range(5, 12))
    assert list(batches_of_thread(Numbers(), range(3, 3))) == []


def test_the_thread_computes_alone_and_the_one_that_trains_with_as_many_threads_as_before():
    class Threads:
        def batch(self, step: int) -> dict[str, torch.Tensor]:
            return {"threads": torch.tensor(torch.get_num_threads())}

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert [int(batch["threads"]) for batch in batches_of_thread(Threads(), range(2))] == [1, 1]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_what_goes_wrong_in_the_thread_is_raised_where_the_batch_is_wanted():
    made = batches_of_thread(Numbers(fail_at=1), range(4))

    assert int(next(made)["step"]) == 0
    with pytest.raises(OSError, match="gone"):
        next(made)


def test_worker_processes_make_what_the_thread_makes(pictures):
    source = PretrainingPictures(*pictures, batch_size=2, side=64, seed=3)

    ours = list(batches_of_thread(source, range(2, 6)))
    theirs = list(batches_of_workers(source, range(2, 6), 2))

    assert len(theirs) == 4
    for a, b in zip(ours, theirs, strict=True):
        assert torch.equal(a["content"], b["content"])
        assert torch.equal(a["style"], b["style"])
    assert not torch.equal(ours[0]["content"], ours[1]["content"])


def test_a_copy_for_another_process_reads_its_pictures_itself(pictures):
    folder = PictureFolder(pictures[0])
    folder.picture(0)
    source = DistillationPictures(pictures[0], pictures[1], None, batch_size=2, side=64, seed=0)

    copy, other = pickle.loads(pickle.dumps(folder)), pickle.loads(pickle.dumps(source))

    assert len(pickle.dumps(folder)) < 2000
    assert copy.picture(1).tobytes() == folder.picture(1).tobytes()
    assert torch.equal(other.batch(1)["image"], source.batch(1)["image"])
