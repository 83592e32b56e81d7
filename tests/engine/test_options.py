"""How much of the computer the engine takes: device, threads, memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine import ComputeOptions, Picture, StyleChoice, Stylizer, StylizeRequest, processor
from engine import device as devices
from engine.api import DeviceError, UsageError
from engine.device import DeviceChoice, limit_memory, use_threads
from engine.doctor import examine
from engine.processor import core_count, processor_name

CPU, CARD = torch.device("cpu"), torch.device("cuda")


@pytest.fixture(autouse=True)
def _threads_as_they_were() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def request_of(width: int, height: int) -> StylizeRequest:
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return StylizeRequest(Picture(pixels), (StyleChoice(Picture(pixels[::-1].copy())),))


@pytest.mark.parametrize(("threads", "memory_limit"), [(0, None), (-1, None), (None, 0)])
def test_a_limit_below_one_is_wrong_usage(threads: int | None, memory_limit: int | None) -> None:
    with pytest.raises(UsageError, match="at least 1"):
        ComputeOptions(threads=threads, memory_limit=memory_limit)


def test_threads_are_used_up_to_what_the_processor_has() -> None:
    use_threads(1, CPU)
    assert torch.get_num_threads() == 1
    use_threads(10_000, CPU)
    assert torch.get_num_threads() == core_count()
    use_threads(1, CPU)
    use_threads(None, CPU)
    assert torch.get_num_threads() == devices._OWN_THREADS


def test_beside_a_graphics_card_few_threads_are_used_unless_more_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_OWN_THREADS", 16)
    used: list[int] = []
    monkeypatch.setattr(torch, "set_num_threads", used.append)
    use_threads(None, CPU)
    use_threads(None, CARD)
    use_threads(1, CARD)
    assert used == [16, 4, 1]


def test_a_stylizer_takes_the_threads_it_is_given() -> None:
    Stylizer(options=ComputeOptions("cpu", threads=1))
    assert torch.get_num_threads() == 1


def test_a_picture_beyond_the_memory_limit_is_refused_with_a_size_that_fits() -> None:
    limited = Stylizer(options=ComputeOptions("cpu", memory_limit=60_000_000))
    with pytest.raises(DeviceError, match=r"0\.1 GB are free") as caught:
        limited.stylize(request_of(400, 300))
    side = caught.value.values["side"]
    assert isinstance(side, int)
    assert 64 < side < 400
    result = limited.stylize(replace(request_of(400, 300), max_side=side))
    assert max(result.picture.width, result.picture.height) == side


def test_without_a_limit_the_same_picture_is_painted() -> None:
    assert Stylizer(device="cpu").stylize(request_of(400, 300)).picture.width == 400


def test_the_memory_of_a_card_is_limited_as_a_share_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Card:
        total_memory = 8 * 10**9

    shares = []
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda device: Card)
    monkeypatch.setattr(torch.cuda, "set_per_process_memory_fraction", lambda share, device: shares.append(share))
    for limit in (2 * 10**9, None, 16 * 10**9):
        limit_memory(torch.device("cuda:0"), limit)
    assert shares == [0.25, 1.0, 1.0]


def test_devices_have_the_names_of_their_makers() -> None:
    assert DeviceChoice(torch.device("cuda:1"), "cuda:1 (Card (2) X)").name == "Card (2) X"
    assert DeviceChoice(torch.device("mps"), "mps").name == "Apple GPU"
    assert DeviceChoice(torch.device("cpu"), "cpu").name == processor_name()


def test_a_processor_without_a_name_has_one_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise OSError

    monkeypatch.setattr(processor, "_name_of_system", fail)
    for name in ("processor", "machine"):
        monkeypatch.setattr(processor.platform, name, str)
    assert processor_name.__wrapped__() == "CPU"
    monkeypatch.setattr(processor, "_name_of_system", lambda: "  Fast   One\n")
    assert processor_name.__wrapped__() == "Fast One"


def test_the_doctor_examines_with_the_options_it_is_given() -> None:
    findings = examine(ComputeOptions("xpu:7", threads=1))
    assert findings["devices"]["wanted"] == "xpu:7"
    assert findings["devices"]["chosen"] == "cpu"
    assert findings["devices"]["notes"][0].startswith("xpu:7 cannot be used")
    assert findings["self_test"]["passed"]
    assert torch.get_num_threads() == 1
