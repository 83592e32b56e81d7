"""The menu of works opened lately."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from desktop_app.session import SavedWork
from desktop_app.session_keeper import SessionKeeper


class RecentMenu(QObject):
    """Fills a menu each time it is opened."""

    def __init__(self, menu: QMenu, session: SessionKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = menu
        self._session = session
        menu.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        self._menu.clear()
        for number, work in enumerate(self._session.recent):
            action = self._menu.addAction(_text(work))
            action.setToolTip(work.content)
            action.triggered.connect(partial(self._session.open_recent, number))
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("Nothing yet")).setEnabled(False)
        else:
            self._menu.addSeparator()
            self._menu.addAction(self.tr("Clear This List")).triggered.connect(self._session.clear_recent)


def _text(work: SavedWork) -> str:
    """The photo's name and its styles; an ampersand is no shortcut here."""
    text = Path(work.content).name
    if work.styles:
        text += " – " + ", ".join(style.title for style in work.styles)
    return text.replace("&", "&&")
