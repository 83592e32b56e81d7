"""What the user chooses once and for all: kept in the settings, and applied the moment it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop_app.i18n import Languages
from desktop_app.settings import Settings
from desktop_app.theme import apply_theme

CHOICES = (
    "language",
    "theme",
    "device",
    "threads",
    "memory_gigabytes",
    "default_export_folder",
    "preview_quality",
)
"""The fields of :class:`Settings` that are chosen here; the others the window remembers by itself."""


class Preferences(QObject):
    """Changes the settings. ``changed`` tells the name of the field; theme and language are applied before it."""

    changed = Signal(str)

    def __init__(self, settings: Settings, languages: Languages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._languages = languages
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def choose(self, name: str, value: str | int) -> None:
        """Set one of ``CHOICES``."""
        if getattr(self.settings, name) == value:
            return
        setattr(self.settings, name, value)
        if name == "theme":
            self._apply_theme()
        elif name == "language":
            self._languages.use(self.settings.language)
        self.changed.emit(name)

    @Slot(str)
    def choose_theme(self, name: str) -> None:
        self.choose("theme", name)

    @Slot(str)
    def choose_language(self, name: str) -> None:
        self.choose("language", name)

    def all(self) -> dict[str, str | int]:
        """Return what is chosen now, for :meth:`choose_all`."""
        return {name: getattr(self.settings, name) for name in CHOICES}

    def choose_all(self, values: dict[str, str | int]) -> None:
        for name, value in values.items():
            self.choose(name, value)

    def reset(self) -> None:
        """Choose what a fresh installation has."""
        defaults = Settings()
        self.choose_all({name: getattr(defaults, name) for name in CHOICES})

    @Slot()
    def _follow_system(self) -> None:
        if self.settings.theme == "system":
            self._apply_theme()

    def _apply_theme(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self.settings.theme)
