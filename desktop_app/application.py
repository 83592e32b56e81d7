"""The Qt application around the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop_app import session, settings
from desktop_app.i18n import Languages
from desktop_app.icons import application_icon
from desktop_app.incoming_starts import IncomingStarts, tell_damage
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings, load_settings
from desktop_app.single_instance import SingleInstance, Start
from desktop_app.theme import apply_theme
from engine.log import set_up_logging
from engine.styles import StyleLibrary


def create_application() -> QApplication:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Scumble")
    application.setApplicationDisplayName("")  # the window's title says it already
    application.setDesktopFileName("scumble")
    application.setWindowIcon(application_icon())
    return application


def run(files: Sequence[Path], *, sample: bool = False, demo: Path | None = None, figures: Path | None = None) -> int:
    """Show the window and run until it is closed; with ``demo``, until its two pictures are written.

    If a window of this user is open already, that one opens the files, and this returns at once.
    """
    application = create_application()
    set_up_logging()
    instance = SingleInstance(parent=application) if demo is None else None
    if instance is not None and instance.hands_over(Start.of(files, sample=sample)):
        return 0
    settings_path = settings.default_path()
    # A demo shows the window as it is on the first start, whatever the user has chosen since.
    chosen = Settings(language="en") if demo is not None else load_settings(settings_path)
    languages = Languages()
    languages.use(chosen.language)
    apply_theme(application, chosen.theme)
    session_folder = None if demo is not None else session.default_folder()
    window = MainWindow(chosen, settings_path, StyleLibrary.default(), languages, session_folder=session_folder)
    if demo is not None:
        from desktop_app.demo import Demo

        return Demo(window, demo).run()
    if figures is not None:
        from desktop_app.start_figures import StartFigures

        StartFigures(window, figures)
    window.show()
    tell_damage(window)
    if instance is not None:
        IncomingStarts(instance, window)
    # Reading the pictures is queued before torch is imported, so that they are on screen first.
    if sample:
        window.open_sample()
    elif not files:
        window.session.restore()
    window.open_files(files)
    QTimer.singleShot(0, window, window.load_engine)
    code = application.exec()
    if instance is not None:
        instance.close()
    return code
