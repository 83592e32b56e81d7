"""What the tests of regions share: masks, and strokes of a mouse and of a pen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from desktop_app.main_window import MainWindow
from desktop_app.region_mask import RegionMask
from desktop_app.work import DocumentRegion

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier
Place = tuple[float, float]


def box_mask(left: int, top: int, right: int, bottom: int, width: int = 60, height: int = 40) -> RegionMask:
    values = np.zeros((height, width), np.uint8)
    values[top:bottom, left:right] = 255
    return RegionMask.of(values)


def selected(window: MainWindow) -> DocumentRegion:
    region = window.document.selected_region
    assert region is not None
    return region


def point(window: MainWindow, place: Place) -> QPointF:
    """Return where a place of the picture, 0..1 each way, is on the layer that is painted on."""
    rect = window.canvas.compare.whole_rect()
    return QPointF(rect.x() + place[0] * rect.width(), rect.y() + place[1] * rect.height())


def mouse(window: MainWindow, kind: QEvent.Type, place: Place, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    layer, at = window.canvas.mask_layer, point(window, place)
    button = NO_BUTTON if kind is QEvent.Type.MouseMove else LEFT
    held = NO_BUTTON if kind is QEvent.Type.MouseButtonRelease else LEFT
    QApplication.sendEvent(layer, QMouseEvent(kind, at, layer.mapToGlobal(at), button, held, keys))


def press(window: MainWindow, *places: Place, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press the button and move over places; it stays down."""
    mouse(window, QEvent.Type.MouseButtonPress, places[0], keys)
    for place in places[1:]:
        mouse(window, QEvent.Type.MouseMove, place)


def release(window: MainWindow, place: Place) -> None:
    mouse(window, QEvent.Type.MouseButtonRelease, place)


def stroke(window: MainWindow, *places: Place, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    press(window, *places, keys=keys)
    release(window, places[-1])


_PEN = QPointingDevice(
    "pen",
    1,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    3,
)


def pen(window: MainWindow, kind: QEvent.Type, place: Place, pressure: float) -> bool:
    """Send what a tablet sends; return whether it was taken."""
    layer, at = window.canvas.mask_layer, point(window, place)
    button = NO_BUTTON if kind is QEvent.Type.TabletMove else LEFT
    held = NO_BUTTON if kind is QEvent.Type.TabletRelease else LEFT
    event = QTabletEvent(kind, _PEN, at, layer.mapToGlobal(at), pressure, 0, 0, 0, 0, 0, NO_KEY, button, held)
    QApplication.sendEvent(layer, event)
    return event.isAccepted()


def pen_stroke(window: MainWindow, places: Sequence[Place], pressures: Sequence[float]) -> None:
    assert pen(window, QEvent.Type.TabletPress, places[0], pressures[0])
    for place, pressure in zip(places[1:], pressures[1:], strict=True):
        assert pen(window, QEvent.Type.TabletMove, place, pressure)
    assert pen(window, QEvent.Type.TabletRelease, places[-1], 0.0)
