"""The languages of the window. Its texts are English in the code; translations lie in ``resources/translations``."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from resources import TRANSLATIONS

TRANSLATED = ("zh_CN",)


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001 (lupdate knows the function by Qt's name for it)
    """Mark a text that is translated later. Like Qt's own, but declared to return a ``str``."""
    return text


def language_of_system() -> str:
    """Return the first language the user asked the system for that Scumble speaks, else English."""
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return "en"
        if locale.language() == QLocale.Language.Chinese and locale.script() != QLocale.Script.TraditionalHanScript:
            return "zh_CN"
    return "en"


class Languages(QObject):
    """Installs translators. Every widget then gets a ``LanguageChange`` event and sets its texts again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translators: list[QTranslator] = []

    def use(self, language: str) -> None:
        """Switch to ``"system"``, ``"en"`` or a name in ``TRANSLATED``."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = []
        name = language_of_system() if language == "system" else language
        if name not in TRANSLATED:
            return
        folders = {
            "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),  # the buttons of Qt's own dialogs
            "scumble": str(TRANSLATIONS),
        }
        for stem, folder in folders.items():
            translator = QTranslator(self)
            if translator.load(f"{stem}_{name}", folder):
                QCoreApplication.installTranslator(translator)
                self._translators.append(translator)


def translate_message(template: str, values: Mapping[str, object]) -> str:
    """Return an engine message in the language of the window."""
    return QCoreApplication.translate("engine", template).format(**values)
