"""Curves of the losses while a style is learnt."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.theme import DARK, GRID, current_theme, styled
from engine.api import EngineError
from engine.train_request import TrainLosses

HEIGHT = 24 * GRID
REDRAW_MILLISECONDS = 500
SMOOTHING = 0.9
MOST_POINTS = 200  # of a curve are drawn: there are no more pixels, and thick lines are slow
_FEWEST_TICKS = 3
_SMALLEST = 1e-6  # what a logarithmic scale shows of zero

LOSSES = ("total", "content", "style", "adversarial", "discriminator")
# In the order of the losses, and told apart without red and green.
_ON_DARK = ("#d4d4d4", "#56b4e9", "#e0863c", "#c78be0", "#f0e442")
_ON_LIGHT = ("#242424", "#0072b2", "#b85a14", "#8a3fa8", "#8a7a00")

log = logging.getLogger(__name__)


def load_pyqtgraph() -> ModuleType:
    """Import the library of the curves, which takes too long for the window's own thread."""
    import pyqtgraph
    import PySide6  # noqa: F401 (it takes the binding that is there already)

    pyqtgraph.setConfigOptions(exitCleanup=False)
    return pyqtgraph


class Curve:
    """The values of one loss, as told and smoothed (moving average, corrected at its start)."""

    def __init__(self) -> None:
        self.steps: list[int] = []
        self.raw: list[float] = []
        self.smoothed: list[float] = []
        self._mean = 0.0

    def add(self, step: int, value: float) -> None:
        self._mean = SMOOTHING * self._mean + (1 - SMOOTHING) * value
        self.steps.append(step)
        self.raw.append(value)
        self.smoothed.append(self._mean / (1 - SMOOTHING ** len(self.steps)))


class LossChart(QWidget):
    """Which losses are shown, and how, is chosen below the curves. The library that draws them is loaded in the
    background; until then, and where it fails, there is room and a word.
    """

    def __init__(self, background: BackgroundThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._plot: Any = None
        self._axes: dict[str, Any] = {}
        self._lines: dict[tuple[str, bool], Any] = {}  # by loss, and whether it is smoothed
        self._is_loading = False
        self.curves: dict[str, Curve] = {name: Curve() for name in LOSSES}
        self._place = styled(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "muted")
        self._place.setFixedHeight(HEIGHT)
        self.boxes: dict[str, QCheckBox] = {name: _checked() for name in LOSSES}
        self.raw_box = _checked()
        self.logarithmic_box = _checked()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 2)
        self._layout.addWidget(self._place)
        legend = QGridLayout()
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setHorizontalSpacing(GRID)
        legend.setVerticalSpacing(0)
        for number, box in enumerate(self.boxes.values()):
            legend.addWidget(box, number // 3, number % 3)
            box.toggled.connect(self._redraw)
        legend.setColumnStretch(2, 1)
        self._layout.addLayout(legend)
        switches = QHBoxLayout()
        switches.setSpacing(GRID)
        switches.addWidget(self.raw_box)
        switches.addWidget(self.logarithmic_box)
        switches.addStretch()
        self._layout.addLayout(switches)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_MILLISECONDS)
        self._timer.timeout.connect(self._redraw)
        self.raw_box.toggled.connect(self._redraw)
        self.logarithmic_box.toggled.connect(self._redraw)
        self._restyle()
        self._retranslate()

    @property
    def is_ready(self) -> bool:
        return self._plot is not None

    def load(self) -> None:
        """Have the library loaded that draws, if it is not there yet."""
        if self._plot is None and not self._is_loading:
            self._is_loading = True
            self._background.submit(load_pyqtgraph, self._build, self._give_up, can_be_dropped=True)

    def clear(self) -> None:
        self.curves = {name: Curve() for name in LOSSES}
        self._redraw()

    def add(self, step: int, losses: TrainLosses) -> None:
        """Add the losses of a step; they are drawn a little later, with those that follow."""
        for name, curve in self.curves.items():
            value = getattr(losses, name)
            if value is not None and math.isfinite(value) and (not curve.steps or step > curve.steps[-1]):
                curve.add(step, value)
        if not self._timer.isActive():
            self._timer.start()

    def add_all(self, losses: Sequence[tuple[int, TrainLosses]]) -> None:
        for step, each in losses:
            self.add(step, each)

    def _build(self, library: Any) -> None:
        """Put axes and curves together: the library's ready-made plot brings menus and widgets that nobody needs."""
        self._plot = plot = library.GraphicsView(self)
        plot.setFixedHeight(HEIGHT)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for action in plot.scene().contextMenu:
            action.deleteLater()
        plot.scene().contextMenu = []
        grid = library.GraphicsLayout()
        grid.layout.setSpacing(0)
        grid.layout.setContentsMargins(0, 0, GRID, 0)
        plot.setCentralItem(grid)
        box = grid.addViewBox(row=0, col=1, enableMenu=False, enableMouse=False)
        for side, row, column in (("left", 0, 0), ("bottom", 1, 1)):
            self._axes[side] = axis = library.AxisItem(side)
            axis.enableAutoSIPrefix(False)
            grid.addItem(axis, row, column)
            axis.linkToView(box)
        self._axes["left"].setGrid(40)
        for is_smoothed in (False, True):
            for name in LOSSES:
                self._lines[name, is_smoothed] = line = library.PlotCurveItem(antialias=is_smoothed)
                box.addItem(line)
        self._layout.replaceWidget(self._place, plot)
        self._place.hide()
        self._restyle()
        self._retranslate()

    def _give_up(self, error: EngineError) -> None:
        log.warning("No curves: %s", error)
        self._is_loading = False
        self._retranslate()

    @Slot()
    def _redraw(self) -> None:
        if self._plot is None:
            return
        self._plot.setAccessibleDescription(self._description())
        is_logarithmic = self.logarithmic_box.isChecked()
        seen: list[float] = []
        for (name, is_smoothed), line in self._lines.items():
            curve = self.curves[name]
            is_shown = self.boxes[name].isChecked() and (is_smoothed or self.raw_box.isChecked())
            drawn = slice(None, None, max(1, len(curve.steps) // MOST_POINTS))
            values = np.array((curve.smoothed if is_smoothed else curve.raw)[drawn], np.float64)
            line.setVisible(is_shown)
            # What is not shown takes no part in the range of the axes either.
            if is_shown:
                shown = np.log10(np.maximum(values, _SMALLEST)) if is_logarithmic else values
                line.setData(np.array(curve.steps[drawn], np.float64), shown)
                seen += [float(values.min()), float(values.max())] if len(values) else []
            else:
                line.clear()
        self._axes["left"].setTicks([logarithmic_ticks(min(seen), max(seen))] if is_logarithmic and seen else None)

    def _description(self) -> str:
        shown = [(name, curve.smoothed[-1]) for name, curve in self.curves.items() if curve.smoothed]
        return ", ".join(f"{self.boxes[name].text()} {value:.3g}" for name, value in shown)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        theme = current_theme()
        colors: dict[str, str] = dict(zip(LOSSES, _ON_DARK if theme is DARK else _ON_LIGHT, strict=True))
        for name, box in self.boxes.items():
            box.setIcon(_bar(QColor(colors[name])))
        if self._plot is None:
            return
        self._plot.setBackground(QColor(theme.panel))
        for axis in self._axes.values():
            axis.setPen(QColor(theme.hover))
            axis.setTextPen(QColor(theme.muted))
        for (name, is_smoothed), line in self._lines.items():
            color = QColor(colors[name])
            if not is_smoothed:
                color.setAlphaF(0.3)
            line.setPen(color, width=2 if is_smoothed else 1)

    def _retranslate(self) -> None:
        texts = {
            "total": (self.tr("Total"), self.tr("The weighted sum of all losses: what the training makes smaller")),
            "content": (self.tr("Content"), self.tr("How far the painted pictures are from what they show")),
            "style": (self.tr("Style"), self.tr("How far the painted pictures are from the hand of the works")),
            "adversarial": (self.tr("Generator"), self.tr("How easily the generator's pictures are found out")),
            "discriminator": (
                self.tr("Discriminator"),
                self.tr("How often the discriminator takes painted for real, or real for painted"),
            ),
        }
        for name, (text, explanation) in texts.items():
            self.boxes[name].setText(text)
            self.boxes[name].setToolTip(explanation)
        self.raw_box.setText(self.tr("Unsmoothed too"))
        self.raw_box.setToolTip(self.tr("Show every value, thin, behind the smoothed curves"))
        self.logarithmic_box.setText(self.tr("Logarithmic"))
        self.logarithmic_box.setToolTip(self.tr("Show large and small losses together"))
        self._place.setText(self.tr("The curves are being prepared…") if self._is_loading else "")
        if self._plot is not None:
            self._plot.setAccessibleName(self.tr("Losses by steps"))
            self._axes["bottom"].setLabel(self.tr("Step"), color=current_theme().muted)
            self._redraw()


def logarithmic_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return where round numbers between ``low`` and ``high`` lie on a logarithmic axis, and what they say: powers of
    ten where the range is wide, and finer steps until there are three.
    """
    low, high = max(low, _SMALLEST), max(high, _SMALLEST)
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    for digits in ((1,), (1, 3), (1, 2, 5), range(1, 10)):
        values = [digit * 10.0**power for power in powers for digit in digits]
        if sum(low <= value <= high for value in values) >= _FEWEST_TICKS:
            break
    else:
        values = [float(f"{value:.2g}") for value in np.linspace(low, high, _FEWEST_TICKS)]
    return [(math.log10(value), f"{value:g}") for value in values]


def _checked() -> QCheckBox:
    box = QCheckBox()
    box.setChecked(True)
    return box


def _bar(color: QColor) -> QIcon:
    """Return a piece of a curve, for the legend."""
    pixmap = QPixmap(16, 16)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.fillRect(0, 6, 16, 4, color)
    painter.end()
    return QIcon(pixmap)
