"""What can be done with a style of the shelf: the entries of its menu, and their keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.panels.shelf_model import ShelfItem, ShelfModel

KEYS = {
    "Return": "choose",
    "Enter": "choose",
    "Ctrl+Return": "mix_in",
    "Ctrl+Enter": "mix_in",
    "Ctrl+D": "favourite",
    "Alt+Left": "move_left",
    "Alt+Right": "move_right",
    "F2": "edit",
    "Del": "delete",
    "Backspace": "delete",
}

_SEPARATOR = ("", "")
_ENTRIES = (
    ("choose", QT_TRANSLATE_NOOP("StyleShelf", "Paint in This Style")),
    ("mix_in", QT_TRANSLATE_NOOP("StyleShelf", "Mix In (Ctrl+Click)")),
    _SEPARATOR,
    ("favourite", QT_TRANSLATE_NOOP("StyleShelf", "Favourite")),
    ("move_left", QT_TRANSLATE_NOOP("StyleShelf", "Move Left")),
    ("move_right", QT_TRANSLATE_NOOP("StyleShelf", "Move Right")),
    _SEPARATOR,
    ("keep", QT_TRANSLATE_NOOP("StyleShelf", "Keep as a Style of Mine")),
    ("edit", QT_TRANSLATE_NOOP("StyleShelf", "Name and Description…")),
    ("export", QT_TRANSLATE_NOOP("StyleShelf", "Export to a File…")),
    ("delete", QT_TRANSLATE_NOOP("StyleShelf", "Delete")),
    _SEPARATOR,
)
_IMPORT = ("import", QT_TRANSLATE_NOOP("StyleShelf", "Import Styles…"))
_SHEET = ("contact_sheet", QT_TRANSLATE_NOOP("StyleShelf", "Contact Sheet of These Styles…"))
_OF_THE_SHELF = {"import", "contact_sheet"}


def command_of_key(event: QKeyEvent) -> str:
    """Return the command that a key stands for, empty for none."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = QKeySequence(event.key() | modifiers.value)
    return KEYS.get(pressed.toString(QKeySequence.SequenceFormat.PortableText), "")


def shelf_menu(
    model: ShelfModel, item: ShelfItem | None, command: Callable[[str, ShelfItem | None], None], parent: QWidget
) -> QMenu:
    """Return the menu of a style, or that of the shelf; it goes away by itself when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    keys = {name: key for key, name in reversed(KEYS.items())}
    for name, text in (*_ENTRIES, _IMPORT, _SHEET) if item is not None else (_IMPORT, _SHEET):
        if not name:
            menu.addSeparator()
            continue
        if name == "keep" and item is not None and item.information is not None:
            continue
        action = menu.addAction(QCoreApplication.translate("StyleShelf", text))
        action.setObjectName(name)
        if name in keys:
            action.setShortcut(QKeySequence(keys[name]))  # the shelf answers the key; here it is only shown
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
        if item is not None:
            action.setEnabled(_is_possible(name, item, model))
            if name == "favourite":
                action.setCheckable(True)
                action.setChecked(model.is_favourite(item))
        elif name == "contact_sheet":
            action.setEnabled(model.rowCount() > 0)
        action.triggered.connect(partial(_trigger, command, name, item))
    return menu


def _trigger(
    command: Callable[[str, ShelfItem | None], None], name: str, item: ShelfItem | None, _checked: bool = False
) -> None:
    command(name, item if name not in _OF_THE_SHELF else None)


def _is_possible(name: str, item: ShelfItem, model: ShelfModel) -> bool:
    row = model.row_of(item)
    possible = {
        "edit": item.is_own,
        "delete": not item.is_built_in,
        "favourite": bool(item.key),
        "export": item.information is not None,
        "move_left": model.can_be_reordered and row > 0,
        "move_right": model.can_be_reordered and row < model.rowCount() - 1,
    }
    return possible.get(name, True)
