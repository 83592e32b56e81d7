"""The window: puts the panels together and says who answers what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QRectF, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QMainWindow, QVBoxLayout, QWidget

from desktop_app.actions import Menus
from desktop_app.canvas.canvas import Canvas
from desktop_app.dialogs.about import AboutDialog
from desktop_app.document import Document
from desktop_app.exporting import Exporter
from desktop_app.i18n import Languages, translate_message
from desktop_app.messages import EngineReady, Event, Failed, LoadEngine, PreviewReady, Role
from desktop_app.opening import Opener
from desktop_app.panels.export_progress import ExportProgress
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.shelf_strip import ShelfStrip
from desktop_app.panels.side_panel import SidePanel
from desktop_app.preview import PreviewScheduler
from desktop_app.recent_menu import RecentMenu
from desktop_app.session_keeper import SessionKeeper
from desktop_app.settings import Settings, save_settings
from desktop_app.style_keeping import StyleKeeper
from desktop_app.theme import GRID, apply_theme
from desktop_app.work_loader import WorkLoader
from desktop_app.worker import EngineLoader, WorkerThread, load_engine
from engine.log import log_path
from engine.styles import StyleLibrary
from resources import SAMPLES

SAMPLE_PHOTO = SAMPLES / "landscape.jpg"
SAMPLE_STYLE = "Olive Trees"
DEFAULT_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """``load`` brings the engine; ``settings`` follow what the user chooses and are saved when the window closes. What
    is open is kept in ``session_folder``, if there is one.
    """

    def __init__(
        self,
        settings: Settings,
        settings_path: Path,
        library: StyleLibrary,
        languages: Languages,
        load: EngineLoader = load_engine,
        session_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._settings_path = settings_path
        self._languages = languages
        self._engine_job = 0
        self._has_preview_failed = False
        self.document = Document(self)
        self.worker = WorkerThread(load, self)
        self.preview = PreviewScheduler(self.document, self.worker, self)
        self._build()
        self.opener = Opener(
            document=self.document,
            worker=self.worker,
            canvas=self.canvas,
            shelf=self.shelf,
            messages=self.messages,
            settings=settings,
            parent=self,
        )
        self.exporter = Exporter(
            document=self.document,
            worker=self.worker,
            progress=self.export_progress,
            messages=self.messages,
            settings=settings,
            parent=self,
        )
        self.styles = StyleKeeper(
            library=library,
            document=self.document,
            strip=self.shelf_strip,
            messages=self.messages,
            settings=settings,
            parent=self,
        )
        self.session = SessionKeeper(
            session_folder,
            document=self.document,
            loader=WorkLoader(self.worker, self.shelf, self),
            messages=self.messages,
            parent=self,
        )
        self.menus = Menus(
            self.menuBar(),
            {
                "new": self.document.clear,
                "open_photo": self._open_photo,
                "open_painting": self._open_painting,
                "import_style": self.styles.ask_for_import,
                "open_sample": self.open_sample,
                "export": self.exporter.show_dialog,
                "quit": self.close,
                "undo": self.document.undo_stack.undo,
                "redo": self.document.undo_stack.redo,
                "paste": self.opener.paste,
                "fit": self.canvas.compare.fit,
                "actual_size": self.canvas.compare.show_actual_size,
                "zoom_in": self.canvas.compare.zoom_in,
                "zoom_out": self.canvas.compare.zoom_out,
                "side_by_side": self.canvas.compare.set_side_by_side,
                "show_log": self._show_log,
                "about": self._show_about,
            },
            settings.theme,
            settings.language,
            self,
        )
        self.recent_menu = RecentMenu(self.menus.recent_menu, self.session, self)
        self._connect()
        self._follow_document()
        self._follow_undo()
        self.setMinimumSize(100 * GRID, 70 * GRID)
        if not self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode())):
            self.resize(*DEFAULT_SIZE)

    def _build(self) -> None:
        self.canvas = Canvas()
        self.shelf_strip = ShelfStrip()
        self.shelf = self.shelf_strip.shelf
        self.side_panel = SidePanel(self.document)
        self.messages = MessageBar()
        self.export_progress = ExportProgress()

        notices = QWidget()
        column = QVBoxLayout(notices)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(self.export_progress)
        column.addWidget(self.messages)

        central = QWidget()
        grid = QGridLayout(central)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.canvas, 0, 0)
        # Messages lie over the canvas: the picture must not jump, nor be rendered anew, because one appears.
        grid.addWidget(notices, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.side_panel, 0, 1)
        grid.addWidget(self.shelf_strip, 1, 0, 1, 2)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(0, 1)
        self.setCentralWidget(central)
        central.setFocus()  # no button looks pressed until somebody uses the keyboard

    def _connect(self) -> None:
        self.worker.reported.connect(self._receive)
        self.document.changed.connect(self._follow_document)
        self.document.undo_stack.indexChanged.connect(self._follow_undo)
        self.document.content_changed.connect(self._show_content)
        self.document.styles_changed.connect(self._show_styles)
        self.document.settings_changed.connect(self._hide_old_message)
        self.preview.ready.connect(self._show_preview)
        self.preview.failed.connect(self._show_preview_failure)
        self.preview.busy_changed.connect(self.canvas.set_busy)
        self.preview.closer_ready.connect(self._show_closer_look)
        self.canvas.compare.sight_changed.connect(self.preview.set_sight)
        self.shelf_strip.add_requested.connect(self._open_painting)
        self.opener.style_file_brought.connect(self.styles.import_file)
        self.canvas.sample_requested.connect(self.open_sample)
        self.side_panel.export_button.clicked.connect(self.exporter.show_dialog)
        self.exporter.running_changed.connect(self._follow_document)
        self.menus.theme_chosen.connect(self._use_theme)
        self.menus.language_chosen.connect(self._use_language)
        # However the program ends, a running QThread must not be destroyed: that aborts the process.
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.worker.stop)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system_theme)

    # What the start-up and a script may ask for

    def load_engine(self) -> None:
        """Start importing torch and loading the base model, behind the window."""
        self._engine_job = self.worker.next_job()
        self.worker.submit(LoadEngine(self._engine_job))

    def open_files(self, paths: Sequence[Path]) -> None:
        self.opener.open_files(paths)

    @Slot()
    def open_sample(self) -> None:
        """Open the sample photo in the sample style, or the first one of a library that lacks it."""
        self.opener.open_sources(Role.CONTENT, [SAMPLE_PHOTO])
        row = self.shelf.shelf.library_row(SAMPLE_STYLE)
        if row < self.shelf.shelf.rowCount():
            self.shelf.choose(row)
        else:
            text = self.tr("The library has no style. Drop a painting on the right half.")
            self.messages.show_message("information", text)

    # Answers

    @Slot(object)
    def _receive(self, event: Event) -> None:
        if isinstance(event, EngineReady):
            self.side_panel.set_device(event.device, event.notes)
        elif isinstance(event, Failed) and event.job == self._engine_job:
            self._show_failure(event)

    @Slot()
    def _follow_undo(self) -> None:
        self.menus.follow_undo(self.document.undo_stack)

    @Slot()
    def _show_content(self) -> None:
        content, image = self.document.content, self.document.content_image
        if content is None or image is None:
            self.canvas.set_content(None, "")
        else:
            self.canvas.set_content(image, content.name, QSize(content.width, content.height))

    @Slot()
    def _show_styles(self) -> None:
        styles = self.document.styles
        self.shelf.show_chosen([style.source for style in styles])
        if styles:
            self.canvas.set_style(styles[0].image, styles[0].title)
        else:
            self.canvas.set_style(None, "")

    @Slot(object)
    def _show_preview(self, event: PreviewReady) -> None:
        self.canvas.set_result(event.image)
        if self._has_preview_failed:
            self._has_preview_failed = False
            self.messages.hide()

    @Slot(object, QRectF)
    def _show_closer_look(self, event: PreviewReady, part: QRectF) -> None:
        if event.content is not None:
            self.canvas.compare.set_closer_look(event.content, event.image, part)

    @Slot(object)
    def _show_preview_failure(self, event: Failed) -> None:
        self.canvas.set_result(None)  # what is there belongs to another style or setting
        self._has_preview_failed = True
        self._show_failure(event)

    @Slot()
    def _hide_old_message(self) -> None:
        if self.messages.kind != "error":
            self.messages.hide()

    def _show_failure(self, event: Failed) -> None:
        self.messages.show_message("error", translate_message(event.template, event.values))

    @Slot()
    def _follow_document(self) -> None:
        can_export = self.document.is_complete and not self.exporter.is_running
        self.menus.actions["export"].setEnabled(can_export)
        self.side_panel.export_button.setEnabled(can_export)
        content = self.document.content
        self.setWindowTitle(f"{content.name} - Scumble" if content is not None and content.name else "Scumble")

    def _open_photo(self) -> None:
        self.opener.show_dialog(Role.CONTENT)

    def _open_painting(self) -> None:
        self.opener.show_dialog(Role.STYLE)

    def _show_about(self) -> None:
        AboutDialog(self).open()

    def _show_log(self) -> None:
        path = log_path()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.exists() else path.parent)))

    @Slot(str)
    def _use_theme(self, name: str) -> None:
        self._settings.theme = name
        self._apply_theme()

    @Slot(str)
    def _use_language(self, name: str) -> None:
        self._settings.language = name
        self._languages.use(name)

    @Slot()
    def _follow_system_theme(self) -> None:
        if self._settings.theme == "system":
            self._apply_theme()

    def _apply_theme(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self._settings.theme)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.canvas.compare.set_original_shown(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.canvas.compare.set_original_shown(False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.menus.retranslate()
        elif event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.canvas.compare.set_original_shown(False)  # the release of the key went to another window
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data())
        self._settings.geometry = geometry.decode("ascii")
        self.hide()
        save_settings(self._settings, self._settings_path)
        self.session.close()
        self.worker.stop()
        super().closeEvent(event)
