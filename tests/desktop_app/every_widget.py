"""What the tests that walk over every widget share: the window and its dialogs in all their states, and their texts."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QSpinBox,
    QWidget,
)

from desktop_app.main_window import MainWindow

DIALOGS = ("settings", "diagnostics", "show_log", "shortcuts", "about", "show_hint", "export", "save_preset")
"""The actions that open a dialog of ours."""

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def dialog_action(window: MainWindow, name: str) -> QAction:
    """Return an action of a menu, or that of the presets."""
    return window.side_panel.presets.save_action if name == "save_preset" else window.menus.actions[name]


def open_dialog(window: MainWindow, action: str) -> QDialog:
    before = set(window.findChildren(QDialog))
    dialog_action(window, action).trigger()
    (dialog,) = set(window.findChildren(QDialog)) - before
    return dialog


def controls(top: QWidget) -> list[QWidget]:
    """Return the controls in sight that can be used, without the parts that Qt makes others of."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is top
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        and not widget.objectName().startswith("qt_")
    ]


def texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield where each text of a window is and what it says: titles, labels, tooltips, what a screen reader says."""
    for widget in [top, *top.findChildren(QWidget)]:
        if widget.window() is not top:
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        yield where, widget.toolTip()
        yield where, widget.accessibleName()
        yield where, widget.accessibleDescription()
        if widget.isWindow():
            yield where, widget.windowTitle()
        if isinstance(widget, QLabel | QAbstractButton):
            yield where, widget.text()
        if isinstance(widget, QLineEdit):
            yield where, widget.placeholderText()
        if isinstance(widget, QSpinBox):
            yield where, widget.specialValueText() + widget.prefix() + widget.suffix()
        if isinstance(widget, QComboBox):
            for row in range(widget.count()):
                yield where, widget.itemText(row)
    for action in top.findChildren(QAction):
        yield "QAction", action.text()
        yield "QAction", action.toolTip()
