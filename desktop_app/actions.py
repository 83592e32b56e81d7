"""The menu bar: actions, shortcuts, and the choices of theme and language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop_app.document import STEP_TEXTS
from desktop_app.i18n import QT_TRANSLATE_NOOP

LANGUAGE_NAMES = {"en": "English", "zh_CN": "简体中文"}  # each in its own language, whatever that of the window is


@dataclass(frozen=True)
class Command:
    """One entry of a menu: its name in the code, its text, its shortcuts."""

    name: str
    text: str
    shortcuts: tuple[str, ...] = ()
    menu_role: QAction.MenuRole = QAction.MenuRole.NoRole
    checkable: bool = False


SEPARATOR = Command("", "")
RECENT = Command("recent", QT_TRANSLATE_NOOP("Menus", "Open &Recent"))  # a menu of its own

MENUS: dict[str, tuple[Command, ...]] = {
    QT_TRANSLATE_NOOP("Menus", "&File"): (
        Command("new", QT_TRANSLATE_NOOP("Menus", "&New"), ("Ctrl+N",)),
        Command("open_photo", QT_TRANSLATE_NOOP("Menus", "&Open Photo…"), ("Ctrl+O",)),
        Command("open_painting", QT_TRANSLATE_NOOP("Menus", "Open &Painting…"), ("Ctrl+Shift+O",)),
        RECENT,
        Command("open_sample", QT_TRANSLATE_NOOP("Menus", "Try with a &Sample")),
        Command("import_styles", QT_TRANSLATE_NOOP("Menus", "&Import Styles…"), ("Ctrl+I",)),
        SEPARATOR,
        Command("export", QT_TRANSLATE_NOOP("Menus", "&Export…"), ("Ctrl+E", "Ctrl+S")),
        Command("add_to_queue", QT_TRANSLATE_NOOP("Menus", "Add to &Queue"), ("Ctrl+Shift+E",)),
        Command("batch", QT_TRANSLATE_NOOP("Menus", "&Batch…"), ("Ctrl+Shift+B",)),
        Command("contact_sheet", QT_TRANSLATE_NOOP("Menus", "&Contact Sheet…")),
        SEPARATOR,
        Command("quit", QT_TRANSLATE_NOOP("Menus", "&Quit"), ("Ctrl+Q",), QAction.MenuRole.QuitRole),
    ),
    QT_TRANSLATE_NOOP("Menus", "&Edit"): (
        Command("undo", QT_TRANSLATE_NOOP("Menus", "&Undo"), ("Ctrl+Z",)),
        Command("redo", QT_TRANSLATE_NOOP("Menus", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
        SEPARATOR,
        Command("paste", QT_TRANSLATE_NOOP("Menus", "&Paste"), ("Ctrl+V",)),
        SEPARATOR,
        Command("surprise", QT_TRANSLATE_NOOP("Menus", "&Surprise Me"), ("Ctrl+R",)),
        SEPARATOR,
        Command("find_style", QT_TRANSLATE_NOOP("Menus", "&Find a Style"), ("Ctrl+F",)),
        SEPARATOR,
        Command("settings", QT_TRANSLATE_NOOP("Menus", "&Settings…"), ("Ctrl+,",), QAction.MenuRole.PreferencesRole),
    ),
    QT_TRANSLATE_NOOP("Menus", "&View"): (
        Command("fit", QT_TRANSLATE_NOOP("Menus", "&Fit in the Window"), ("Ctrl+0",)),
        Command("actual_size", QT_TRANSLATE_NOOP("Menus", "&Actual Size"), ("Ctrl+1",)),
        Command("zoom_in", QT_TRANSLATE_NOOP("Menus", "Zoom &In"), ("Ctrl++", "Ctrl+=")),
        Command("zoom_out", QT_TRANSLATE_NOOP("Menus", "Zoom &Out"), ("Ctrl+-",)),
        SEPARATOR,
        Command("side_by_side", QT_TRANSLATE_NOOP("Menus", "&Side by Side"), ("Ctrl+2",), checkable=True),
        Command("history", QT_TRANSLATE_NOOP("Menus", "&History"), ("Ctrl+Shift+H",), checkable=True),
        Command("queue", QT_TRANSLATE_NOOP("Menus", "&Queue"), ("Ctrl+Shift+Q",), checkable=True),
        Command("teach", QT_TRANSLATE_NOOP("Menus", "&Teach Your Hand"), ("Ctrl+Shift+T",), checkable=True),
        SEPARATOR,
    ),
    QT_TRANSLATE_NOOP("Menus", "&Language"): (),
    QT_TRANSLATE_NOOP("Menus", "&Help"): (
        Command("show_hint", QT_TRANSLATE_NOOP("Menus", "Show &Hint")),
        Command("shortcuts", QT_TRANSLATE_NOOP("Menus", "&Keyboard Shortcuts"), ("F1", "Ctrl+/")),
        SEPARATOR,
        Command("diagnostics", QT_TRANSLATE_NOOP("Menus", "&Diagnostics…")),
        Command("show_log", QT_TRANSLATE_NOOP("Menus", "Show &Log")),
        SEPARATOR,
        Command("about", QT_TRANSLATE_NOOP("Menus", "&About Scumble"), (), QAction.MenuRole.AboutRole),
    ),
}
VIEW_MENU = "&View"
LANGUAGE_MENU = "&Language"

THEME_TEXTS = {
    "dark": QT_TRANSLATE_NOOP("Menus", "&Dark"),
    "light": QT_TRANSLATE_NOOP("Menus", "&Light"),
    "system": QT_TRANSLATE_NOOP("Menus", "&As the System"),
}
THEME_MENU_TEXT = QT_TRANSLATE_NOOP("Menus", "&Theme")
SYSTEM_LANGUAGE_TEXT = QT_TRANSLATE_NOOP("Menus", "As the &System")


class Menus(QObject):
    """Fills a menu bar. ``actions`` holds every action by its name: commands, ``theme:dark``, ``language:en``."""

    theme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(
        self, bar: QMenuBar, commands: dict[str, Callable[..., object]], theme: str, language: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.actions: dict[str, QAction] = {}
        self._undo_stack: QUndoStack | None = None
        self._texts: list[tuple[QAction, str]] = []
        menus: dict[str, QMenu] = {}
        for title, entries in MENUS.items():
            menu = menus[title] = self._add_menu(bar, title)
            for command in entries:
                if command is SEPARATOR:
                    menu.addSeparator()
                elif command is RECENT:
                    self.recent_menu = self._add_menu(menu, command.text)
                else:
                    self._add_command(menu, command, commands[command.name])
        theme_menu = self._add_menu(menus[VIEW_MENU], THEME_MENU_TEXT)
        themes = self._add_choices(theme_menu, "theme", THEME_TEXTS, theme)
        themes.triggered.connect(self._choose_theme)
        texts = {"system": SYSTEM_LANGUAGE_TEXT, **LANGUAGE_NAMES}
        languages = self._add_choices(menus[LANGUAGE_MENU], "language", texts, language)
        languages.triggered.connect(self._choose_language)
        self.retranslate()

    def _add_menu(self, parent: QMenuBar | QMenu, text: str) -> QMenu:
        menu = QMenu(parent)
        parent.addMenu(menu)
        self._texts.append((menu.menuAction(), text))
        return menu

    def _add_command(self, menu: QMenu, command: Command, slot: Callable[..., object]) -> None:
        action = menu.addAction("")
        action.setShortcuts([QKeySequence(shortcut) for shortcut in command.shortcuts])
        action.setMenuRole(command.menu_role)
        action.setCheckable(command.checkable)
        action.triggered.connect(slot)
        self.actions[command.name] = action
        self._texts.append((action, command.text))

    def _add_choices(self, menu: QMenu, prefix: str, texts: dict[str, str], chosen: str) -> QActionGroup:
        group = QActionGroup(menu)
        for value, text in texts.items():
            action = menu.addAction("")
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            group.addAction(action)
            self.actions[f"{prefix}:{value}"] = action
            self._texts.append((action, text))
        return group

    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    def _choose_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

    def show_choice(self, name: str, value: str) -> None:
        """Check the entry of a theme or a language that was chosen elsewhere."""
        self.actions[f"{name}:{value}"].setChecked(True)

    def groups(self) -> list[tuple[str, list[tuple[QAction, str]]]]:
        """Return each menu of the bar with its commands, in the language of the window."""

        def translated(text: str) -> str:
            return QCoreApplication.translate("Menus", text)

        return [
            (
                translated(title),
                [(self.actions[entry.name], translated(entry.text)) for entry in entries if entry.name in self.actions],
            )
            for title, entries in MENUS.items()
        ]

    def follow_undo(self, stack: QUndoStack) -> None:
        """Say in the Edit menu what can be undone and done again."""
        self._undo_stack = stack
        for name, possible, step in (
            ("undo", stack.canUndo(), stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            action = self.actions[name]
            action.setEnabled(possible)
            text = QCoreApplication.translate("Menus", next(text for each, text in self._texts if each is action))
            if possible and step in STEP_TEXTS:
                text = f"{text}: {QCoreApplication.translate('Document', STEP_TEXTS[step])}"
            action.setText(text)

    def retranslate(self) -> None:
        for action, text in self._texts:
            action.setText(QCoreApplication.translate("Menus", text))
        if self._undo_stack is not None:
            self.follow_undo(self._undo_stack)
