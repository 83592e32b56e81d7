"""Loads torch's large libraries before torch is imported, without keeping other threads from working meanwhile.

While Python imports an extension module, no other thread runs Python code: the window would stand still for a third
of a second until the system has linked libtorch_cpu. A function called by ctypes has no such effect. Does not import
torch.
"""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_LIBRARIES = {
    "linux": ("libgomp.so.1", "libc10.so", "libtorch_cpu.so"),  # each after those that it needs
    "darwin": ("libc10.dylib", "libtorch_cpu.dylib"),
}


def load_torch_libraries() -> None:
    """Have the system load them, in a few tenths of a second. What goes wrong is left to the import, which says it.

    Windows is left out: start-up loads c10.dll there, and the order of the others is torch's own affair.
    """
    specification = find_spec("torch")
    if specification is None or specification.origin is None or "torch" in sys.modules:
        return
    folder = Path(specification.origin).with_name("lib")
    paths = [folder / name for name in _LIBRARIES.get(sys.platform, ())]
    if not paths:
        return
    # ctypes.CDLL(path) would load it just as well, but holds the interpreter's lock, as an import does.
    load = ctypes.CDLL(None).dlopen
    load.restype, load.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_int]
    for path in paths:
        if path.is_file():
            load(os.fsencode(path), os.RTLD_NOW)
