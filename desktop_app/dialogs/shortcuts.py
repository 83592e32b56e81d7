"""Every key there is, on one sheet: those of the menus as they are, and the few that are no entry of a menu."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions import Menus
from desktop_app.dialogs.base import PlainDialog
from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.theme import GRID, styled

# What is held or pressed, and what it does there. A text in braces is a key, named as the system names it.
GESTURES: dict[str, tuple[tuple[str, str], ...]] = {
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Picture"): (
        ("{Space}", QT_TRANSLATE_NOOP("ShortcutsDialog", "See the original, as long as it is held")),
        ("{Left} {Right}", QT_TRANSLATE_NOOP("ShortcutsDialog", "Move the divider")),
        ("{Shift+Left} {Shift+Right}", QT_TRANSLATE_NOOP("ShortcutsDialog", "Move the divider faster")),
        ("{Home} {End}", QT_TRANSLATE_NOOP("ShortcutsDialog", "Only the result, only the photo")),
        (QT_TRANSLATE_NOOP("ShortcutsDialog", "Wheel"), QT_TRANSLATE_NOOP("ShortcutsDialog", "Zoom at the pointer")),
        (
            QT_TRANSLATE_NOOP("ShortcutsDialog", "Drag"),
            QT_TRANSLATE_NOOP("ShortcutsDialog", "Move the divider; enlarged, move the picture"),
        ),
    ),
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Regions"): (
        ("{[} {]}", QT_TRANSLATE_NOOP("ShortcutsDialog", "A smaller or larger brush")),
        ("{B} {E} {X}", QT_TRANSLATE_NOOP("ShortcutsDialog", "Brush, eraser, the other one")),
        ("{Esc}", QT_TRANSLATE_NOOP("ShortcutsDialog", "End painting the mask")),
        ("{Space} {F2}", QT_TRANSLATE_NOOP("ShortcutsDialog", "In the list: switch, rename")),
        ("{Alt+Up} {Alt+Down}", QT_TRANSLATE_NOOP("ShortcutsDialog", "In the list: move")),
    ),
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Styles"): (
        ("{Left} {Right}", QT_TRANSLATE_NOOP("ShortcutsDialog", "Choose the style beside")),
        (QT_TRANSLATE_NOOP("ShortcutsDialog", "Click"), QT_TRANSLATE_NOOP("ShortcutsDialog", "Paint in this style")),
        (QT_TRANSLATE_NOOP("ShortcutsDialog", "Ctrl+click"), QT_TRANSLATE_NOOP("ShortcutsDialog", "Mix the style in")),
        (
            QT_TRANSLATE_NOOP("ShortcutsDialog", "Right click"),
            QT_TRANSLATE_NOOP("ShortcutsDialog", "What else can be done with a style"),
        ),
    ),
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Sliders"): (
        ("{Left} {Right}", QT_TRANSLATE_NOOP("ShortcutsDialog", "One step")),
        ("{PgUp} {PgDown}", QT_TRANSLATE_NOOP("ShortcutsDialog", "A tenth of the way")),
        (
            QT_TRANSLATE_NOOP("ShortcutsDialog", "Double-click"),
            QT_TRANSLATE_NOOP("ShortcutsDialog", "Back to the default"),
        ),
    ),
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Everywhere"): (
        ("{Tab}", QT_TRANSLATE_NOOP("ShortcutsDialog", "To the next control")),
        ("{Shift+Tab}", QT_TRANSLATE_NOOP("ShortcutsDialog", "To the control before")),
        ("{Esc}", QT_TRANSLATE_NOOP("ShortcutsDialog", "Close a dialog")),
    ),
}
_COLUMNS = 2


class ShortcutsDialog(PlainDialog):
    """One group for each menu that has shortcuts, then the gestures. Long sheets scroll."""

    def __init__(self, menus: Menus, parent: QWidget) -> None:
        super().__init__(parent)
        self._menus = menus
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.area, 1)
        self.close_button = self.add_close_button()
        self.resize(100 * GRID, 78 * GRID)
        self.setMinimumSize(60 * GRID, 40 * GRID)
        self.retranslate()
        self.close_button.setFocus()

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the title of each group, and its lines: the keys and what they do, in the language of the window."""
        groups = []
        for menu, actions in self._menus.groups():
            lines = [(_keys_of(action), _plain(text)) for action, text in actions if action.shortcuts()]
            if lines:
                groups.append((_plain(menu), lines))
        for title, gestures in GESTURES.items():
            lines = [(_keys(keys), _translated(text)) for keys, text in gestures]
            groups.append((_translated(title), lines))
        return groups

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        self.close_button.setText(self.tr("Close"))
        self.area.setAccessibleName(self.tr("Keyboard Shortcuts"))
        sheet = styled(QWidget(), "panel")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, GRID, 0)
        grid.setHorizontalSpacing(4 * GRID)
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for title, lines in self.groups():
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(_group(title, lines))
            heights[shortest] += len(lines) + 2
        for number, column in enumerate(columns):
            column.setSpacing(2 * GRID)
            column.addStretch()
            grid.addLayout(column, 0, number)
            grid.setColumnStretch(number, 1)
        self.area.setWidget(sheet)  # takes the place of the sheet in the other language


def _group(title: str, lines: list[tuple[str, str]]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID // 2)
    grid.setColumnStretch(0, 1)
    grid.addWidget(styled(QLabel(title), "heading"), 0, 0, 1, 2)
    for row, (keys, text) in enumerate(lines, 1):
        grid.addWidget(QLabel(text, wordWrap=True), row, 0)
        label = styled(QLabel(keys, textFormat=Qt.TextFormat.PlainText), "muted")
        grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return group


def _translated(text: str) -> str:
    return QCoreApplication.translate("ShortcutsDialog", text)


def _plain(text: str) -> str:
    """Return the text of a menu or an action without its letter to type (in Chinese ``(&F)``) and the dots."""
    before, mark, after = text.partition("(&")
    if mark and after[1:2] == ")":
        text = before + after[2:]
    return text.replace("&", "").removesuffix("…").strip()


def _keys_of(action: QAction) -> str:
    return ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())


def _keys(text: str) -> str:
    if not text.startswith("{"):
        return _translated(text)
    names = text.strip("{}").split("} {")
    return ", ".join(QKeySequence(name).toString(QKeySequence.SequenceFormat.NativeText) for name in names)
