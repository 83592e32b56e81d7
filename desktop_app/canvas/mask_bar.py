"""The bar under the picture while a mask is painted: tools, their options, and what is done with the whole mask."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from desktop_app.icons import make_switch_icon
from desktop_app.mask_options import COLORS, SIZE_STEPS, MaskOptions, position_of, size_at
from desktop_app.panels.value_slider import ValueSlider
from desktop_app.theme import GRID, styled

TOOLS = {"brush": "brush", "erase": "eraser", "color": "dropper", "subject": "subject"}
"""The tools and their icons."""

FEATHERS = (0.0025, 0.005, 0.01, 0.02, 0.05)
"""Shares of the longer side of the picture by which an edge can be feathered."""

B = TypeVar("B", bound=QAbstractButton)

_WIDE = 86 * GRID
_NARROW = 52 * GRID
_ICON_SIDE = 20
_VALUE_WIDTH = 7 * GRID


class MaskBar(QWidget):
    """Shows options and announces what is chosen; ``commanded`` tells the name of a command for the mask."""

    tool_chosen = Signal(str)
    side_chosen = Signal(bool)  # whether strokes mark what belongs to the subject
    options_changed = Signal(object)  # MaskOptions
    commanded = Signal(str)  # fill, clear, invert, import, export, find_subject, leave
    feather_chosen = Signal(float)

    def __init__(self, options: MaskOptions) -> None:
        super().__init__()
        styled(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._options = options
        self._longer_side = 1000
        self.tools = self._make_tools()
        self.sliders = {
            "size": self._make_slider(SIZE_STEPS, position_of(MaskOptions.size)),
            "hardness": self._make_slider(100, MaskOptions.hardness),
            "opacity": self._make_slider(100, MaskOptions.opacity),
            "tolerance": self._make_slider(100, MaskOptions.tolerance),
        }
        self.connected_box = QCheckBox()
        self.find_button = QPushButton()
        self.inside_button = _checkable(QPushButton())
        self.outside_button = _checkable(QPushButton())
        self.show_side(True)
        self.menu_button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.done_button = styled(QPushButton(), "primary")
        self._make_menu()

        self._pages = QStackedWidget()
        self._page_widgets: list[QWidget] = []
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._add_page(self.sliders["size"], self.sliders["hardness"], self.sliders["opacity"])
        self._add_page(self.sliders["tolerance"], self.connected_box)
        self._subject_layout = self._add_page(self.find_button, self.inside_button, self.outside_button)
        head = QHBoxLayout()
        head.setSpacing(GRID // 2)
        for button in self.tools.values():
            head.addWidget(button)
        tail = QHBoxLayout()
        tail.setSpacing(GRID)
        tail.addStretch()
        tail.addWidget(self.menu_button)
        tail.addWidget(self.done_button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._layout.setSpacing(2 * GRID)
        self._layout.addLayout(head)
        self._layout.addWidget(self._pages, 1)
        self._layout.addLayout(tail)
        self._connect()
        self.show_tool("brush")
        self.show_options(options)
        self._restyle()
        self._retranslate()
        self.hide()

    def _make_tools(self) -> dict[str, QToolButton]:
        tools = {}
        for name in TOOLS:
            button = tools[name] = _checkable(QToolButton())
            button.setIconSize(QSize(_ICON_SIDE, _ICON_SIDE))
            button.clicked.connect(partial(self.tool_chosen.emit, name))
        return tools

    def _make_slider(self, maximum: int, default: int) -> ValueSlider:
        slider = ValueSlider(0, maximum, default)
        slider.value_edit.setFixedWidth(_VALUE_WIDTH)
        return slider

    def _add_page(self, *widgets: QWidget) -> QBoxLayout:
        page = QWidget()
        self._page_widgets.append(page)
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        for widget in widgets:
            layout.addWidget(widget, 1 if isinstance(widget, ValueSlider) else 0, Qt.AlignmentFlag.AlignVCenter)
        if not isinstance(widgets[-1], ValueSlider):
            layout.addStretch()
        self._pages.addWidget(page)
        return layout

    def _make_menu(self) -> None:
        menu = QMenu(self.menu_button)
        self._actions = {}
        for name in ("fill", "clear", "invert"):
            self._actions[name] = menu.addAction("")
            self._actions[name].triggered.connect(partial(self.commanded.emit, name))
        self._feather_menu = menu.addMenu("")
        for share in FEATHERS:
            self._feather_menu.addAction("").triggered.connect(partial(self.feather_chosen.emit, share))
        menu.addSeparator()
        for name in ("import", "export"):
            self._actions[name] = menu.addAction("")
            self._actions[name].triggered.connect(partial(self.commanded.emit, name))
        menu.addSeparator()
        self._color_menu = menu.addMenu("")
        colors = QActionGroup(self._color_menu)
        self.color_actions = {}
        for name in COLORS:
            action = self.color_actions[name] = self._color_menu.addAction("")
            action.setCheckable(True)
            action.triggered.connect(partial(self._set, "color", name))
            colors.addAction(action)
        self.pen_actions = {}
        for name in ("pen_sizes", "pen_fades"):
            action = self.pen_actions[name] = menu.addAction("")
            action.setCheckable(True)
            action.toggled.connect(partial(self._set, name))
        self.menu = menu
        self.menu_button.setMenu(menu)

    def _connect(self) -> None:
        for name, slider in self.sliders.items():
            slider.value_changed.connect(partial(self._moved, name))
            slider.value_typed.connect(partial(self._typed, name))
        self.connected_box.toggled.connect(partial(self._set, "connected"))
        self.find_button.clicked.connect(partial(self.commanded.emit, "find_subject"))
        self.inside_button.clicked.connect(partial(self.side_chosen.emit, True))
        self.outside_button.clicked.connect(partial(self.side_chosen.emit, False))
        self.done_button.clicked.connect(partial(self.commanded.emit, "leave"))

    # What is chosen

    @property
    def options(self) -> MaskOptions:
        return self._options

    def show_tool(self, name: str) -> None:
        for each, button in self.tools.items():  # no group of buttons: the Tab key would reach only one of them
            button.setChecked(each == name)
        self._pages.setCurrentIndex({"color": 1, "subject": 2}.get(name, 0))
        for page in self._page_widgets:  # the bar is as high as what is seen, not as the highest page
            is_seen = page is self._pages.currentWidget()
            policy = QSizePolicy.Policy.Preferred if is_seen else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def show_side(self, inside: bool) -> None:
        self.inside_button.setChecked(inside)
        self.outside_button.setChecked(not inside)

    def show_picture_side(self, longer_side: int) -> None:
        """Say how large the picture is: the size of the brush is told in its pixels."""
        self._longer_side = longer_side
        self.show_options(self._options)
        self._retranslate()

    def set_finding(self, finding: bool) -> None:
        """Say that the subject is being looked for."""
        self.find_button.setEnabled(not finding)

    def show_options(self, options: MaskOptions) -> None:
        self._options = options
        positions = {"size": position_of(options.size)}
        for name, slider in self.sliders.items():
            position = positions.get(name, getattr(options, name, 0))
            slider.slider.blockSignals(True)
            slider.slider.setValue(position)
            slider.slider.blockSignals(False)
            text = f"{max(1, round(options.size * self._longer_side))} px" if name == "size" else f"{position} %"
            slider.set_value_text(text)
        self.connected_box.setChecked(options.connected)
        self.color_actions[options.color].setChecked(True)
        for name, action in self.pen_actions.items():
            action.setChecked(getattr(options, name))

    def _set(self, name: str, value: object) -> None:
        options = replace(self._options, **{name: value})  # pyright: ignore[reportArgumentType]
        if options != self._options and options.is_sound:
            self.show_options(options)
            self.options_changed.emit(options)

    def _moved(self, name: str, position: int) -> None:
        self._set(name, size_at(position) if name == "size" else position)

    def _typed(self, name: str, text: str) -> None:
        try:
            value = float(text.strip().removesuffix("px").rstrip("% ").replace(",", "."))
        except ValueError:
            return
        position = position_of(value / self._longer_side) if name == "size" else round(min(100.0, max(0.0, value)))
        self._moved(name, position)

    def step_size(self, larger: bool) -> None:
        """Make the brush a step larger or smaller."""
        slider = self.sliders["size"].slider
        slider.setValue(slider.value() + (4 if larger else -4))

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(across if self.width() >= _WIDE else down)
        is_narrow = self.width() < _NARROW
        self._subject_layout.setDirection(down if is_narrow else across)
        for slider in self.sliders.values():
            slider.value_edit.setHidden(is_narrow)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        for name, button in self.tools.items():
            button.setIcon(make_switch_icon(TOOLS[name], _ICON_SIDE))

    def _retranslate(self) -> None:
        texts = {
            "brush": self.tr("Brush: add to the region (B)"),
            "erase": self.tr("Eraser: take away from the region (E)"),
            "color": self.tr("Select by colour: click a place; with Shift more is added, with Alt taken away"),
            "subject": self.tr("Select the main subject of the picture"),
        }
        for name, button in self.tools.items():
            button.setToolTip(texts[name])
            button.setAccessibleName(texts[name].partition(":")[0])
        for name, text, explanation in (
            ("size", self.tr("Size"), self.tr("Diameter of the brush, in pixels of the photo. The keys are [ and ].")),
            ("hardness", self.tr("Hardness"), self.tr("How sharp the edge of the brush is")),
            ("opacity", self.tr("Opacity"), self.tr("How much one stroke changes at most")),
            ("tolerance", self.tr("Tolerance"), self.tr("How different a colour may be and still belong to it")),
        ):
            self.sliders[name].set_texts(text, explanation)
        self.connected_box.setText(self.tr("Connected places only"))
        self.find_button.setText(self.tr("Find the Subject"))
        self.inside_button.setText(self.tr("Belongs to It"))
        self.inside_button.setToolTip(self.tr("Paint over what belongs to the subject; X swaps"))
        self.outside_button.setText(self.tr("Does Not"))
        self.outside_button.setToolTip(self.tr("Paint over what does not belong to the subject; X swaps"))
        self.menu_button.setText(self.tr("Mask"))
        self.menu_button.setToolTip(self.tr("Fill, clear, invert, feather; import and export; colour of the mask"))
        self.menu_button.setAccessibleName(self.tr("Mask"))
        self.done_button.setText(self.tr("Done"))
        self.done_button.setToolTip(self.tr("Show the picture again (Esc)"))
        for name, text in (
            ("fill", self.tr("Fill")),
            ("clear", self.tr("Clear")),
            ("invert", self.tr("Invert")),
            ("import", self.tr("Import Mask…")),
            ("export", self.tr("Export Mask…")),
        ):
            self._actions[name].setText(text)
        self._feather_menu.setTitle(self.tr("Feather"))
        for action, share in zip(self._feather_menu.actions(), FEATHERS, strict=True):
            action.setText(self.tr("{count} pixels").format(count=max(1, round(share * self._longer_side))))
        self._color_menu.setTitle(self.tr("Show In"))
        for name, text in (
            ("red", self.tr("Red")),
            ("green", self.tr("Green", "colour")),
            ("blue", self.tr("Blue", "colour")),
            ("yellow", self.tr("Yellow")),
            ("none", self.tr("No Colour")),
        ):
            self.color_actions[name].setText(text)
        self.pen_actions["pen_sizes"].setText(self.tr("Pen Pressure Changes Size"))
        self.pen_actions["pen_fades"].setText(self.tr("Pen Pressure Changes Opacity"))


def _checkable(button: B) -> B:
    button.setCheckable(True)
    return button
