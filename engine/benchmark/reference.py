"""A yardstick for speed: the layers of another network for the same work, with random weights, beside the generator.

Time needs no training. The list follows the description of MicroAST (Wang et al., "MicroAST: towards super-fast
ultra-resolution arbitrary style transfer", AAAI 2023): a micro encoder and a micro decoder with 9 x 9 convolutions at
full size, depthwise separable convolutions on the way to a quarter, and residual blocks there, two of them modulated by
the style. Its style code counts as known, as the generator's does.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import resources
from engine.device import DeviceChoice
from engine.networks.generator import Generator, Layer
from engine.networks.layers import channels_last
from engine.networks.weights import load_weights

_WIDTH, _HEIGHT = 1024, 680


def _convolution(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, padding_mode="reflect")


def _separable(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        _convolution(inputs, inputs, 3, stride, inputs), nn.ReLU(), nn.Conv2d(inputs, outputs, 1), nn.ReLU()
    )


class _Residual(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = _convolution(width, width, 3), _convolution(width, width, 3)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x)))


class MicroAST(nn.Module):
    """The inference path for one content image whose style is known. N x 3 x H x W in and out, H and W multiples of
    4.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            _convolution(3, 16, 9),
            nn.ReLU(),
            _separable(16, 32, 2),
            _separable(32, 64, 2),
            _Residual(64),
            _Residual(64),
        )
        self.filters = nn.ModuleList(_convolution(64, 64, 3, groups=64) for _ in range(2))
        self.blocks = nn.ModuleList(_Residual(64) for _ in range(2))
        self.to_half, self.to_full = _separable(64, 32), _separable(32, 16)
        self.to_pixels = _convolution(16, 3, 9)

    def forward(self, image: Tensor) -> Tensor:
        x = self.encoder(image)
        for filters, block in zip(self.filters, self.blocks, strict=True):
            x = block(filters(F.instance_norm(x) * 1.1 + 0.1))
        x = self.to_half(F.interpolate(x, scale_factor=2.0))
        return self.to_pixels(self.to_full(F.interpolate(x, scale_factor=2.0)))


def _seconds(work: Callable[[], object], runs: int) -> float:
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def compare_with_microast(runs: int) -> None:
    """Print seconds of both on the CPU with two threads, as they are and at their best."""
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    image = torch.rand(1, 3, _HEIGHT, _WIDTH)
    fast = image.contiguous(memory_format=torch.channels_last)
    precision = DeviceChoice(torch.device("cpu"), "cpu").precision
    print(f"\n{_WIDTH}x{_HEIGHT}, CPU, 2 threads, style code known, content new; seconds, median of {runs}")
    with torch.inference_mode():
        other = MicroAST().eval()
        print(f"{'MicroAST, as published (float32)':>44}  {_seconds(lambda: other(image), runs):6.3f}")
        other = channels_last(other)
        print(f"{'MicroAST, channels last':>44}  {_seconds(lambda: other(fast), runs):6.3f}")
        ours = channels_last(load_weights(Generator(), resources.BASE_MODEL))
        code = ours.style_code(fast[..., :512, :512])

        def paint() -> Tensor:
            features = ours.encode(fast)
            return ours.decode(features, [Layer(code, ours.appearance(features))])

        print(f"{'Scumble, float32':>44}  {_seconds(paint, runs):6.3f}")
        if precision != torch.float32:
            with torch.autocast("cpu", precision):
                print(f"{'MicroAST, channels last, bfloat16':>44}  {_seconds(lambda: other(fast), runs):6.3f}")
                print(f"{'Scumble, bfloat16 (what is used here)':>44}  {_seconds(paint, runs):6.3f}")
    torch.set_num_threads(threads)
