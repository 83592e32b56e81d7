"""The project's own icons, coloured to fit the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app.theme import current_theme
from resources import ICONS

PLACEHOLDER = "#000000"  # the colour all icons are drawn in; it is replaced when one is painted


def icon_pixmap(name: str, color: QColor, side: int, ratio: float = 1.0) -> QPixmap:
    """Paint ``resources/icons/<name>.svg`` in one colour, ``side`` x ``side`` points, ``ratio`` device pixels each."""
    text = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace(PLACEHOLDER, color.name())
    pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(color.alphaF())
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def make_icon(name: str, color: QColor, side: int = 16) -> QIcon:
    """Return an icon that is sharp on ordinary and on high-resolution screens."""
    icon = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        icon.addPixmap(icon_pixmap(name, color, side, ratio))
    return icon


def make_switch_icon(name: str, side: int) -> QIcon:
    """Return an icon for a button that can be checked, in the colours of the theme."""
    icon = QIcon()
    theme = current_theme()
    for state, color in ((QIcon.State.Off, theme.text), (QIcon.State.On, theme.on_accent)):
        for ratio in (1.0, 2.0, 3.0):
            pixmap = icon_pixmap(name, QColor(color), side, ratio)
            icon.addPixmap(pixmap, QIcon.Mode.Normal, state)
    return icon


def application_icon() -> QIcon:
    return QIcon(str(ICONS / "scumble.svg"))
