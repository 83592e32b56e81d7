"""The Qt application around the window."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app import session, settings
from desktop_app.i18n import QT_TRANSLATE_NOOP, Languages
from desktop_app.icons import application_icon
from desktop_app.incoming_starts import IncomingStarts, tell_damage
from desktop_app.main_window import MainWindow
from desktop_app.panels.message_bar import MessageBar
from desktop_app.settings import Settings, load_settings
from desktop_app.single_instance import SingleInstance, Start
from desktop_app.theme import apply_theme
from desktop_app.worker import is_one_left_behind
from engine.log import set_up_logging
from engine.styles import StyleLibrary


def create_application() -> QApplication:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Scumble")
    application.setApplicationDisplayName("")  # the window's title says it already
    application.setDesktopFileName("scumble")
    application.setWindowIcon(application_icon())
    return application


def say_defaults_are_used(messages: MessageBar, path: Path) -> None:
    """Say that the settings could not be read."""
    text = QT_TRANSLATE_NOOP(
        "Application",
        "Your settings cannot be read, and the defaults are used; the file is kept as {name} in {folder}.",
    )
    messages.show_message(
        "error",
        lambda: QCoreApplication.translate("Application", text).format(name=f"{path.name}.bak", folder=path.parent),
    )


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
    unreadable: list[Path] = []
    chosen = Settings(language="en") if demo is not None else load_settings(settings_path, unreadable.append)
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
    if unreadable:
        say_defaults_are_used(window.messages, settings_path)
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
    if is_one_left_behind():  # it reads something; all that is to be kept has been written
        leave(code)
    return code


def leave(code: int) -> NoReturn:
    """End the process without waiting for its threads."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # there is none without a console on Windows
            stream.flush()
    os._exit(code)
