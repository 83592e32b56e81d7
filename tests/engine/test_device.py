"""Devices: what is chosen, what is refused, and what is said when a device that is listed does not work."""

import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
import torch

from engine import device as devices
from engine.api import DeviceError, UsageError
from engine.device import (
    DeviceChoice,
    available_devices,
    choose_device,
    device_problem,
    free_memory,
    helpers_released,
    missing_devices,
)


@pytest.fixture(autouse=True)
def _probe_anew():
    device_problem.cache_clear()
    yield
    device_problem.cache_clear()


@pytest.fixture
def two_cards(monkeypatch):
    """Pretend that there are two graphics cards. Without a driver, every operation on them fails."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: f"Card {device.index}")


def run_on_the_cpu(monkeypatch, *, working: set[str], factor: float = 1.0):
    """Let operations on the pretended cards run on the CPU, on those in ``working``; others raise as a driver does."""
    to = torch.Tensor.to

    def fake_to(tensor, target, *arguments, **keywords):
        if isinstance(target, torch.device) and target.type == "cuda":
            if str(target) not in working:
                raise RuntimeError("no kernel image is available\nsecond line")
            return tensor * factor
        return to(tensor, target, *arguments, **keywords)

    monkeypatch.setattr(torch.Tensor, "to", fake_to)


@pytest.fixture
def no_card(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.xpu, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


@pytest.mark.parametrize(
    "word", ["", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:x", "cpu:0", "mps:1", "cuda:0 ", "cuda:12345"]
)
def test_a_word_that_is_no_device_is_wrong_usage(word):
    with pytest.raises(DeviceError, match="is no device") as caught:
        choose_device(word)
    assert isinstance(caught.value, UsageError)


def test_without_a_card_the_cpu_is_chosen_and_nothing_is_said(no_card):
    assert choose_device() == DeviceChoice(torch.device("cpu"), "cpu")
    assert available_devices() == [DeviceChoice(torch.device("cpu"), "cpu")]


@pytest.mark.parametrize("word", ["cuda", "cuda:0", "mps", "xpu", "xpu:1"])
def test_a_device_that_is_not_there_falls_back_to_the_cpu_with_a_note(word, no_card):
    choice = choose_device(word)
    assert choice.device == torch.device("cpu")
    assert choice.label == "cpu"
    assert len(choice.notes) == 1
    assert choice.notes[0].startswith(word)


def test_every_missing_kind_has_a_reason(no_card):
    assert [line.split(":")[0] for line in missing_devices()] == ["cuda", "mps", "xpu"]
    assert all(len(line) > len("cuda: None") for line in missing_devices())


def test_the_first_card_that_works_is_chosen(two_cards, monkeypatch):
    run_on_the_cpu(monkeypatch, working={"cuda:0", "cuda:1"})
    assert choose_device() == DeviceChoice(torch.device("cuda:0"), "cuda:0 (Card 0)")
    assert choose_device("cuda") == choose_device("cuda:0")
    assert choose_device("cuda:1").label == "cuda:1 (Card 1)"
    assert choose_device("cpu").label == "cpu"


def test_a_card_without_kernels_is_passed_over_and_the_reason_is_kept(two_cards, monkeypatch):
    run_on_the_cpu(monkeypatch, working={"cuda:1"})
    choice = choose_device()
    assert choice.device == torch.device("cuda:1")
    assert choice.notes == ("cuda:0 cannot be used: no kernel image is available.",)
    labels = [other.label for other in available_devices()]
    assert "cuda:1 (Card 1)" in labels
    assert "cuda:0 (Card 0)" not in labels


def test_a_card_that_computes_wrongly_is_not_used(two_cards, monkeypatch):
    run_on_the_cpu(monkeypatch, working={"cuda:0", "cuda:1"}, factor=1.5)
    choice = choose_device("cuda:0")
    assert choice.device == torch.device("cpu")
    assert "wrong result" in choice.notes[0]


def test_a_number_beyond_the_last_card_falls_back_with_a_note(two_cards):
    choice = choose_device("cuda:2")
    assert choice.device == torch.device("cpu")
    assert "no number 2" in choice.notes[0]


def test_a_device_is_tried_once(two_cards, monkeypatch):
    run_on_the_cpu(monkeypatch, working={"cuda:0"})
    convolution, calls = devices.F.conv2d, []
    monkeypatch.setattr(devices.F, "conv2d", lambda *arguments: calls.append(1) or convolution(*arguments))
    choose_device("cuda:0")
    tried = len(calls)
    choose_device("cuda:0")
    assert len(calls) == tried > 0


def test_free_memory_of_the_cpu_is_known():
    free = free_memory(torch.device("cpu"))
    assert free is not None
    assert free > 0


def has_libgomp() -> bool:
    return sys.platform == "linux" and any(Path(torch.__file__).with_name("lib").glob("libgomp*"))


@pytest.mark.skipif(not has_libgomp(), reason="torch computes with another OpenMP here")
@pytest.mark.parametrize("ends_well", [True, False])
def test_helpers_are_gone_once_the_work_is_done_and_the_number_of_threads_stays(ends_well):
    seen = {}

    def threads():
        return {thread.id for thread in psutil.Process().threads()}

    def helpers():  # those of earlier tests may end meanwhile
        return len(threads() - seen["before"])

    def work():
        torch.set_num_threads(3)
        seen["before"] = threads()
        try:
            with helpers_released():
                torch.rand(1_000_000).exp()
                seen["working"] = helpers()
                assert ends_well
        except AssertionError:
            pass
        until = time.monotonic() + 5
        while helpers() > 0 and time.monotonic() < until:
            time.sleep(0.01)
        seen["after"], seen["threads"] = helpers(), torch.get_num_threads()
        torch.rand(1_000_000).exp()
        seen["again"] = helpers()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen["working"] == 2
    assert seen["after"] == 0
    assert seen["threads"] == 3
    assert seen["again"] == 2


def test_without_libgomp_nothing_is_released_and_nothing_goes_wrong(monkeypatch, tmp_path):
    devices._pause_of_openmp.cache_clear()
    monkeypatch.setattr(torch, "__file__", str(tmp_path / "__init__.py"))
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "libgomp.so.1").write_bytes(b"no library")
    try:
        with helpers_released():
            assert float(torch.ones(3).sum()) == 3
    finally:
        devices._pause_of_openmp.cache_clear()
