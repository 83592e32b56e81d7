"""Draws the program's icon in the sizes and formats that the systems want, from resources/icons/scumble.svg."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

LINUX_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_MACOS_SIZE = 1024


def draw(svg: Path, size: int) -> Image.Image:
    """Return the drawing as RGBA, ``size`` pixels wide and high. Raises ValueError if it is no SVG."""
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg} is no drawing")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(data.data())).convert("RGBA")


def write_png_sizes(svg: Path, folder: Path) -> list[Path]:
    """Write ``<size>x<size>/apps/scumble.png`` below the folder, as the icon themes of Linux want them."""
    paths = []
    for size in LINUX_SIZES:
        path = folder / f"{size}x{size}" / "apps" / "scumble.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        draw(svg, size).save(path, optimize=True)
        paths.append(path)
    return paths


def write_ico(svg: Path, path: Path) -> None:
    """Write an icon of Windows, each size drawn for itself."""
    pictures = [draw(svg, size) for size in WINDOWS_SIZES]
    pictures[-1].save(path, sizes=[(size, size) for size in WINDOWS_SIZES], append_images=pictures[:-1])


def write_icns(svg: Path, path: Path) -> None:
    """Write an icon of macOS."""
    draw(svg, _MACOS_SIZE).save(path)
