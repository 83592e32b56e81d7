"""Where the networks run: the fastest device on which a convolution really works.

A device that is listed may still lack a kernel or its driver, which shows only when an operation runs. So each is
tried, and what keeps it from being used is kept for the user to read.
"""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
import torch
import torch.nn.functional as F

from engine.api import DeviceError, UsageError
from engine.processor import core_count, processor_name

KINDS = ("cuda", "mps", "xpu", "cpu")
"""Fastest first."""

_WORD = re.compile(r"(?P<kind>cpu|cuda|mps|xpu)(?::(?P<number>\d{1,3}))?")
_NUMBERED = {"cuda", "xpu"}

_OWN_THREADS = torch.get_num_threads()
"""How many threads torch takes when nobody tells it."""

_SOFT_PAUSE = 1
"""``omp_pause_soft`` of OpenMP 5.0: threads go, settings stay."""

_THREADS_BESIDE_CARD = 4
"""With sixteen the decomposition of a matrix of 96 x 96 takes 5.2 ms, with four 1.9 ms (beside an H100)."""

log = logging.getLogger(__name__)


class UnknownDeviceError(DeviceError, UsageError):
    """A word that names no device: wrong usage, unlike a device that does not work."""


@dataclass(frozen=True)
class DeviceChoice:
    """A device that works, what to call it (``cpu``, ``cuda:0 (name of the card)``), and why it is no faster one."""

    device: torch.device
    label: str
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What its maker calls it: the name of the card, or that of the processor."""
        if self.device.type == "cpu":
            return processor_name()
        card = re.fullmatch(r"[a-z]+:\d+ \((.+)\)", self.label)
        return card[1] if card else {"mps": "Apple GPU"}.get(self.device.type, self.label)

    @property
    def precision(self) -> torch.dtype:
        """The type to compute with: half precision where the device has instructions for it, which are about twice as
        fast and stay within a level of 255 on average, else float32.
        """
        return torch.bfloat16 if _has_bfloat16(self.device) else torch.float32


def choose_device(wanted: str = "auto") -> DeviceChoice:
    """Return the device to work on.

    ``wanted`` is ``auto`` (the fastest that works), ``cpu``, ``cuda``, ``mps`` or ``xpu``; ``cuda:1`` is the second
    card. Raises :class:`UnknownDeviceError` for another word. One that does not work gives the CPU, with a note why.
    """
    if wanted == "auto":
        notes = []
        for device in _listed_devices():
            problem = device_problem(device)
            if problem is None:
                return DeviceChoice(device, _label(device), tuple(notes))
            notes.append(_note(device, problem))
        return DeviceChoice(torch.device("cpu"), "cpu", tuple(notes))
    device = _parse(wanted)
    problem = device_problem(device)
    if problem is None:
        return DeviceChoice(device, _label(device))
    note = _note(device, problem)
    log.warning("%s", note)
    return DeviceChoice(torch.device("cpu"), "cpu", (note,))


def available_devices() -> list[DeviceChoice]:
    """Return every device that works, fastest first; the CPU is always there."""
    working = [device for device in _listed_devices() if device_problem(device) is None]
    return [DeviceChoice(device, _label(device)) for device in working]


def missing_devices() -> list[str]:
    """Return one line for each kind of device that cannot be used, with the reason."""
    working = {choice.device.type for choice in available_devices()}
    missing = [torch.device(kind) for kind in KINDS if kind not in working]
    return [f"{device}: {device_problem(device)}" for device in missing]


@cache
def device_problem(device: torch.device) -> str | None:
    """Return what keeps this device from being used, or None when a convolution on it gives the right result."""
    if device.type == "cpu":
        return None
    count = _count(device.type)
    if count == 0:
        return "this computer has none, or PyTorch was installed without support for it"
    if (device.index or 0) >= count:
        return f"there is no number {device.index}; the first is {device.type}:0"
    picture = torch.linspace(0, 1, 3 * 16 * 16).reshape(1, 3, 16, 16)
    weight = torch.linspace(-1, 1, 4 * 3 * 3 * 3).reshape(4, 3, 3, 3)
    try:
        result = F.conv2d(picture.to(device), weight.to(device)).cpu()
    except Exception as error:  # drivers raise whatever they like; each means that the device is no use
        log.warning("%s does not work", device, exc_info=True)
        return (str(error).strip() or type(error).__name__).splitlines()[0]
    # Loose, because a graphics card may round to ten bits.
    if not torch.allclose(result, F.conv2d(picture, weight), rtol=0.02, atol=0.02):
        return "a convolution gives a wrong result"
    return None


def works_still(device: torch.device) -> bool:
    """Try a device again: drivers crash, and cards are unplugged, while they are at work."""
    return device_problem.__wrapped__(device) is None


def free_memory(device: torch.device) -> int | None:
    """Return how many bytes are free on this device, None where the system does not say."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if device.type == "xpu":
        return None
    return psutil.virtual_memory().available  # with mps the graphics card shares the computer's memory


def use_threads(count: int | None, device: torch.device) -> None:
    """Compute on the CPU with so many threads, None for as many as are best: those that torch chooses by itself, or a
    few where ``device`` is a graphics card and only small matrices are left to the CPU.

    Counts for the thread that calls this: call it where the work will be done. More than the processor runs at once
    only get in each other's way, so that is the limit.
    """
    best = _OWN_THREADS if device.type == "cpu" else min(_OWN_THREADS, _THREADS_BESIDE_CARD)
    torch.set_num_threads(best if count is None else max(1, min(count, core_count())))


def release_helpers() -> None:
    """Give back the helper threads that torch has started on the processor for the thread that calls this.

    libgomp, which torch computes with on Linux, counts those of all threads. Once there are more of them than cores it
    lets each sleep after every operation instead of waiting for the next one, also where all but one thread are idle:
    with a second thread that had painted once, a step of training took 0.72 s in place of 0.53 s.
    """
    pause = _pause_of_openmp()
    if pause is not None:
        pause(_SOFT_PAUSE)


@contextmanager
def helpers_released() -> Iterator[None]:
    """:func:`release_helpers` at the end, however it ends."""
    try:
        yield
    finally:
        release_helpers()


@cache
def _pause_of_openmp() -> Callable[[int], int] | None:
    """Return OpenMP's function for it, of libgomp; None where torch has another one, which has no such rule."""
    for path in Path(torch.__file__).with_name("lib").glob("libgomp*"):
        try:
            return ctypes.CDLL(str(path)).omp_pause_resource_all
        except (OSError, AttributeError):
            log.info("%s cannot release threads", path.name, exc_info=True)
    return None


def limit_memory(device: torch.device, limit: int | None) -> None:
    """Let torch take at most ``limit`` bytes of a graphics card's memory, None for all of it.

    What needs more then fails as on a smaller card, and is done in smaller tiles. The memory of the computer itself is
    not limited here: :class:`engine.stylization.Stylizer` refuses a picture that needs more.
    """
    if device.type not in {"cuda", "mps", "xpu"}:
        return
    if device.type == "mps":
        share = 1.0 if limit is None else min(1.0, limit / torch.mps.recommended_max_memory())
        torch.mps.set_per_process_memory_fraction(share)
        return
    memory = torch.cuda if device.type == "cuda" else torch.xpu
    total = memory.get_device_properties(device).total_memory
    memory.set_per_process_memory_fraction(1.0 if limit is None else min(1.0, limit / total), device)


def _has_bfloat16(device: torch.device) -> bool:
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if device.type != "cpu":
        return False
    # torch has no public word for this yet; a processor without these instructions would only be slower.
    checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, name, bool)() for name in checks)


def _parse(wanted: str) -> torch.device:
    match = _WORD.fullmatch(wanted)
    if match is None or (match["number"] is not None and match["kind"] not in _NUMBERED):
        raise UnknownDeviceError(
            "{wanted} is no device. Choose auto, cpu, cuda, cuda:1 (the second card), mps or xpu.",
            wanted=wanted or '""',
        )
    return (
        torch.device(match["kind"], int(match["number"] or 0)) if match["kind"] in _NUMBERED else torch.device(wanted)
    )


def _listed_devices() -> list[torch.device]:
    devices = []
    for kind in KINDS:
        if kind in _NUMBERED:
            devices += [torch.device(kind, number) for number in range(_count(kind))]
        elif _count(kind):
            devices.append(torch.device(kind))
    return devices


def _count(kind: str) -> int:
    match kind:
        case "cuda":
            return torch.cuda.device_count() if torch.cuda.is_available() else 0
        case "xpu":
            return torch.xpu.device_count() if torch.xpu.is_available() else 0
        case "mps":
            return int(torch.backends.mps.is_available())
        case _:
            return 1


def _label(device: torch.device) -> str:
    match device.type:
        case "cuda":
            return f"{device} ({torch.cuda.get_device_name(device)})"
        case "xpu":
            return f"{device} ({torch.xpu.get_device_name(device)})"
        case _:
            return str(device)


def _note(device: torch.device, problem: str) -> str:
    return f"{device} cannot be used: {problem}."
