"""What goes into the bundle and what stays out, each with its reason. Measured on Debian 12 with torch 2.13 (CPU)."""

from __future__ import annotations

import fnmatch

SHIPPED_METADATA = ("torch", "numpy", "pillow", "pi-heif", "safetensors", "PySide6-Essentials", "platformdirs")
"""Packages whose METADATA ships: `scumble doctor` tells their versions."""

HIDDEN_IMPORTS = (
    "secrets",  # numpy.random asks for it from C
    "unittest",  # torch imports it when it is imported itself
    "unittest.mock",  # the same
)

EXCLUDED_MODULES = {
    "_hashlib": "OpenSSL, 5 MiB; Python's own hashes do as well",
    "_ssl": "encrypted connections; nothing is sent anywhere",
    "readline": "a prompt, which nothing here shows; its library is under the GPL",
    "sqlite3": "a database, which nothing here opens",
    "IPython": "torch offers it to notebooks",
    "PySide6.QtOpenGL": "the window paints with the processor",
    "PySide6.QtOpenGLWidgets": "the same",
    "PySide6.QtQml": "the window has no QML",
    "PySide6.QtQuick": "the same",
    "cv2.gapi": "graphs of OpenCV, which only cuts subjects out here",
    "fsspec": "torch.distributed reads checkpoints from the network with it",
    "h5py": "only `scumble distill` reads HDF5, and that is for developers",
    "jinja2": "torch._inductor writes kernels with it, which needs a compiler on the artist's computer",
    "matplotlib": "torch and sympy plot with it if they can",
    "networkx": "torch.fx draws graphs with it",
    "numpy.f2py": "wraps Fortran; needs a compiler",
    "numpy.tests": "tests of others",
    "pyqtgraph.examples": "shows what pyqtgraph can do",
    "pyqtgraph.opengl": "draws in three dimensions, with a library that is not here",
    "pandas": "torch's profiler offers tables",
    "pytest": "numpy.testing looks for it",
    "scipy": "torch uses it where it is there",
    "setuptools": "builds extensions of torch; needs a compiler",
    "tensorboard": "torch.utils.tensorboard writes for it",
    "tkinter": "another toolkit",
    "torch.onnx": "exports models",
    "torch.utils.benchmark": "measures torch itself",
    "torch.utils.tensorboard": "writes logs for a program that is not here",
    "torchvision": "does not load beside a CPU build of torch from elsewhere, and nothing here uses it",
}
"""Modules that are left out. What torch imports at once or for its optimizers (torch.testing, torch.distributed,
torch.ao, torch.fx, torch.export, torch._dynamo, torch._inductor, sympy) must stay, so tests fine-tune."""

READ_AS_SOURCE = (
    "torch._dynamo.config",
    "torch._export.config",
    "torch._functorch.config",
    "torch._inductor.config",
    "torch._inductor.config_comms",
    "torch.compiler.config",
    "torch.distributed.config",
    "torch.functional",
    "torch.fx.experimental._config",
    "torch.nn.functional",
    "torch.nn.modules.rnn",
    "torch.utils._config_module",
    "torch.utils.serialization.config",
)
"""Modules whose ``.py`` files ship beside their bytecode, for torch reads their source with ``inspect`` as it loads:
they call install_config_module, or have ``@torch.jit._overload``. All of torch's sources would be 42 MiB."""

EXCLUDED_FILES = {
    "torch/test/*": "tests of torch",
    "torch/include/*": "headers for extensions",
    "torch/share/*": "files for CMake",
    "torch/bin/*": "tests and compilers; but see KEPT_FILES",
    "torch/lib/*_test.so": "the same",
    "torch/lib/libbackend_with_compiler.so": "the same",
    "torch/lib/libaoti_custom_ops.so": "the same",
    "torch/lib/libtorchbind_test.so": "the same",
    "torch/lib/*.lib": "import libraries of Windows, for a compiler",
    "torch/lib/*.a": "static libraries, for a compiler",
    "torchgen/*": "generates the source of torch",
    "functorch/*": "an old name of torch.func",
    "cv2/data/*": "cascades that find faces the old way",
    "cv2/opencv_videoio_ffmpeg*": "reads videos on Windows",
    "*.pyi": "types, for editors",
    "PySide6/Qt/plugins/egldeviceintegrations/*": "screens without a window system",
    "PySide6/Qt/plugins/platforms/libqeglfs.so": "the same",
    "PySide6/Qt/plugins/platforms/libqlinuxfb.so": "the same",
    "PySide6/Qt/plugins/platforms/libqminimal*.so": "Qt's own examples of a platform",
    "PySide6/Qt/plugins/platforms/libqvnc.so": "a screen over the network",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay.so": "a screen without a window system",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so": "needs GTK 3, and the window has a look of its own",
    "PySide6/Qt/plugins/tls/*": "encrypted connections; nothing is sent anywhere",
    "PySide6/Qt/plugins/networkinformation/*": "whether there is a network",
    "PySide6/plugins/tls/*": "the same on Windows",
    "PySide6/plugins/networkinformation/*": "the same",
    "PySide6/opengl32sw.dll": "draws OpenGL with the processor; the window uses none",
    "PySide6/Qt/plugins/generic/*": "touch screens and tablets without a window system",
    "PySide6/Qt/plugins/qmltooling/*": "debugs QML",
    "*libQt6EglF*": "screens without a window system",
}
"""Files that are left out: patterns of paths inside the bundle."""

QT_TRANSLATIONS = ("zh_CN",)
"""Languages whose translations of Qt's own texts ship; English is in the code."""

SYSTEM_LIBRARIES = (
    "libEGL.so*",
    "libGL.so*",
    "libGLX.so*",
    "libGLdispatch.so*",
    "libOpenGL.so*",
    "libX11.so*",
    "libX11-xcb.so*",
    "libXau.so*",
    "libXdmcp.so*",
    "libbrotli*.so*",
    "libbsd.so*",
    "libcap.so*",
    "libcom_err.so*",
    "libdbus-1.so*",
    "libdrm.so*",
    "libexpat.so*",
    "libfontconfig.so*",
    "libfreetype.so*",
    "libgbm.so*",
    "libgcc_s.so*",
    "libgcrypt.so*",
    "libglib-2.0.so*",
    "libgpg-error.so*",
    "libgssapi_krb5.so*",
    "libgthread-2.0.so*",
    "libk5crypto.so*",
    "libkeyutils.so*",
    "libkrb5*.so*",
    "liblz4.so*",
    "libmd.so*",
    "libmvec.so*",
    "libpcre*.so*",
    "libpng16.so*",
    "libstdc++.so*",
    "libsystemd.so*",
    "libuuid.so*",
    "libwayland-*.so*",
    "libxcb.so*",
    "libz.so*",
    "libzstd.so*",
)
"""Libraries of Linux that must be the system's own: they talk to its drivers, fonts or daemons, or every system with a
window has them, and an older copy in the bundle would stand before the newer one that a driver needs. The packages
declare them as dependencies. What common desktops lack (libxcb-cursor, libxcb-icccm, ...) is in the bundle."""

STRIPPED = ("torch/lib/*.so*", "torch/bin/*", "libpython3*.so*", "python3*/lib-dynload/*.so")
"""Binaries that lose their symbols: a seventh of the bundle. Others come stripped from their makers, or break: strip
moves the parts that auditwheel added to the libraries of a wheel."""

KEPT_FILES = ("torch/bin/torch_shm_manager*",)
"""What the patterns above must not catch: without it torch does not load on Linux."""


def is_excluded(name: str) -> bool:
    """Return whether a file, named by its path inside the bundle with slashes, is left out."""
    name = name.replace("\\", "/")
    if any(fnmatch.fnmatchcase(name, pattern) for pattern in KEPT_FILES):
        return False
    if any(fnmatch.fnmatchcase(name, pattern) for pattern in EXCLUDED_FILES):
        return True
    if "/translations/" in name and name.startswith("PySide6/"):
        return not any(name.endswith(f"_{language}.qm") for language in QT_TRANSLATIONS)
    # The libraries that wheels bring have other names (libz-1a2b3c.so.1) or a folder; these come from the system.
    return "/" not in name and any(fnmatch.fnmatchcase(name, pattern) for pattern in SYSTEM_LIBRARIES)


def is_stripped(name: str) -> bool:
    """Return whether a file, named by its path inside the bundle with slashes, loses its symbols."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in STRIPPED)
