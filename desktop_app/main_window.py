"""The window: puts the panels together and says who answers what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QMainWindow, QVBoxLayout, QWidget

from desktop_app.actions import Menus
from desktop_app.background import BackgroundThread
from desktop_app.canvas.canvas import Canvas
from desktop_app.commands import commands_of
from desktop_app.dialog_opener import DialogOpener
from desktop_app.document import Document
from desktop_app.dropping import DropsElsewhere
from desktop_app.engine_keeper import EngineKeeper, display_name
from desktop_app.exporting import Exporter
from desktop_app.history import History
from desktop_app.i18n import Languages
from desktop_app.messages import EngineReady, Failed, PreviewReady
from desktop_app.notifications import end_notifications
from desktop_app.opening import Opener
from desktop_app.panels.export_progress import ExportProgress
from desktop_app.panels.history_panel import HistoryPanel
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.panel_column import PanelColumn
from desktop_app.panels.shelf_strip import ShelfStrip
from desktop_app.panels.side_panel import SidePanel
from desktop_app.placing import WindowPlace
from desktop_app.preferences import Preferences
from desktop_app.presets import Presets
from desktop_app.preview import PreviewScheduler
from desktop_app.queueing.work_queue import WorkQueue
from desktop_app.recent_menu import RecentMenu
from desktop_app.regions import Regions
from desktop_app.samples import Samples
from desktop_app.session_keeper import SessionKeeper
from desktop_app.settings import Settings, save_settings
from desktop_app.style_files import StyleFiles
from desktop_app.style_keeper import StyleKeeper
from desktop_app.style_peek import StylePeek
from desktop_app.surprise import Surprise
from desktop_app.teaching.teaching import Teaching
from desktop_app.teaching.worker import EngineTrainer, Trainer
from desktop_app.theme import GRID
from desktop_app.work_loader import WorkLoader
from desktop_app.worker import EngineLoader, WorkerThread, load_engine
from engine.styles import StyleLibrary

DEFAULT_SIZE = (1280, 800)
SMALLEST_CANVAS = 55 * GRID  # wide
SMALLEST_SIZE = (100 * GRID, 70 * GRID)


class MainWindow(QMainWindow):
    """``load`` brings the engine, ``trainer`` learns styles; ``settings`` follow what the user chooses and are saved
    when the window closes. What is open is kept in ``session_folder``, if there is one.
    """

    def __init__(
        self,
        settings: Settings,
        settings_path: Path,
        library: StyleLibrary,
        languages: Languages,
        load: EngineLoader = load_engine,
        session_folder: Path | None = None,
        trainer: Trainer | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._settings_path = settings_path
        self._library = library
        self._has_preview_failed = False
        self.document = Document(self)
        self.worker = WorkerThread(load, self)
        self.preview = PreviewScheduler(self.document, self.worker, self)
        self.preferences = Preferences(settings, languages, self)
        self.background = BackgroundThread(self)
        self._build()
        self.style_keeper = StyleKeeper(
            library=library,
            document=self.document,
            worker=self.worker,
            background=self.background,
            strip=self.shelf_strip,
            messages=self.messages,
            parent=self,
        )
        self.style_files = StyleFiles(self.style_keeper, settings, self)
        self.style_peek = StylePeek(
            document=self.document, worker=self.worker, preview=self.preview, shelf=self.shelf, parent=self
        )
        self.engine = EngineKeeper(self.worker, self.preferences, self.messages, self)
        self.dialogs = DialogOpener(
            worker=self.worker,
            preferences=self.preferences,
            engine=self.engine,
            styles_folder=library.user_folder,
            settings_path=settings_path,
            parent=self,
        )
        self.opener = Opener(
            document=self.document,
            worker=self.worker,
            canvas=self.canvas,
            strip=self.shelf_strip,
            keeper=self.style_keeper,
            style_files=self.style_files,
            messages=self.messages,
            settings=settings,
            parent=self,
        )
        self.samples = Samples(
            opener=self.opener,
            keeper=self.style_keeper,
            shelf=self.shelf,
            canvas=self.canvas,
            dialogs=self.dialogs,
            messages=self.messages,
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
        self.history = History(self.document, self.preview, self.exporter, self)
        self.history_panel = HistoryPanel(self.history, self.document, self.canvas, self.messages)
        self.column.add("history", self.history_panel)
        self.teaching = Teaching(self, trainer or EngineTrainer(), library, settings)
        self.session = SessionKeeper(
            session_folder,
            document=self.document,
            compare=self.canvas.compare,
            loader=WorkLoader(self.worker, self.style_keeper, self.shelf, self),
            messages=self.messages,
            parent=self,
        )
        self.regions = Regions(self, settings)
        self.surprise = Surprise(self.document, self.shelf, parent=self)
        self.queue = WorkQueue(self, load)
        self.menus = Menus(
            self.menuBar(),
            commands_of(self),
            settings.theme,
            settings.language,
            self,
        )
        self.dialogs.set_menus(self.menus)
        self.recent_menu = RecentMenu(self.menus.recent_menu, self.session, self)
        self._connect()
        self.style_keeper.refresh()
        self._follow_document()
        self._follow_undo()
        self.place = WindowPlace(self)
        self.place.restore(settings.geometry, DEFAULT_SIZE)

    def _build(self) -> None:
        self.setMinimumSize(*SMALLEST_SIZE)
        self.canvas = Canvas(self._settings.mask_options())
        self.shelf_strip = ShelfStrip(self._settings, self.background)
        self.shelf = self.shelf_strip.shelf
        self.messages = MessageBar()
        presets = Presets(self._settings_path.with_name("presets.json"), self.messages, self)
        self.side_panel = SidePanel(self.document, presets)
        DropsElsewhere(self.side_panel, self.canvas, self.document)
        self.column = PanelColumn()
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
        grid.addWidget(self.column, 0, 1)
        grid.addWidget(self.side_panel, 0, 2)
        grid.addWidget(self.shelf_strip, 1, 0, 1, 3)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(0, 1)
        self.setCentralWidget(central)
        central.setFocus()  # no button looks pressed until somebody uses the keyboard

    def _connect(self) -> None:
        self.engine.ready.connect(self._show_device)
        self.engine.reloaded.connect(self.preview.render_again)
        self.messages.diagnostics_requested.connect(self.dialogs.show_diagnostics)
        self.document.changed.connect(self._follow_document)
        self.document.undo_stack.indexChanged.connect(self._follow_undo)
        self.document.content_changed.connect(self._show_content)
        self.document.styles_changed.connect(self._show_styles)
        self.document.restyled.connect(self._show_painting)
        self.document.settings_changed.connect(self._hide_old_message)
        self.preview.ready.connect(self._show_preview)
        self.preview.failed.connect(self._show_preview_failure)
        self.preview.busy_changed.connect(self.canvas.set_busy)
        self.preview.closer_ready.connect(self._show_closer_look)
        self.canvas.compare.sight_changed.connect(self.preview.set_sight)
        self.shelf_strip.add_requested.connect(self.opener.show_library_dialog)
        self.side_panel.export_button.clicked.connect(self.exporter.show_dialog)
        self.side_panel.surprise_button.clicked.connect(self.surprise.propose)
        self.style_keeper.filled.connect(self._follow_library)
        self.exporter.running_changed.connect(self._follow_document)
        self.regions.painter.active_changed.connect(self.menus.actions["paint_mask"].setChecked)
        self.column.shown_changed.connect(self._follow_column)
        self.column.show_panel(self._settings.panel)
        self.menus.actions["side_by_side"].setChecked(self._settings.side_by_side)
        self.canvas.compare.set_side_by_side(self._settings.side_by_side)
        self.menus.theme_chosen.connect(self.preferences.choose_theme)
        self.menus.language_chosen.connect(self.preferences.choose_language)
        self.preferences.changed.connect(self._follow_preferences)
        self.shelf.shelf.arranged.connect(self._save_settings)
        self.preview.set_quality(self._settings.preview_quality)
        # However the program ends, a running QThread must not be destroyed: that aborts the process.
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.worker.stop)
            application.aboutToQuit.connect(self.background.stop)
            application.aboutToQuit.connect(self.regions.close)
            application.aboutToQuit.connect(self.teaching.close)

    # What the start-up and a script may ask for

    def load_engine(self) -> None:
        """Start importing torch and loading the base model, behind the window."""
        self.engine.load()

    def open_files(self, paths: Sequence[Path]) -> None:
        self.opener.open_files(paths)

    def open_sample(self) -> None:
        self.samples.open_first()

    # Answers

    @Slot()
    def _follow_library(self) -> None:
        can_surprise = bool(self.shelf.shelf.items_of_library())
        self.menus.actions["surprise"].setEnabled(can_surprise)
        self.side_panel.set_can_surprise(can_surprise)

    @Slot(object)
    def _show_device(self, event: EngineReady) -> None:
        self.side_panel.set_device(display_name(event.device), event.notes)

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
        self.shelf.show_chosen([style.source for style in self.document.styles])

    @Slot()
    def _show_painting(self) -> None:
        styles = self.document.work.styles or self.document.work.all_styles
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
        self.messages.show_failure(event)

    @Slot()
    def _hide_old_message(self) -> None:
        if self.messages.kind != "error":
            self.messages.hide()

    @Slot()
    def _follow_document(self) -> None:
        can_export = self.document.is_complete and not self.exporter.is_running
        self.menus.actions["export"].setEnabled(can_export)
        self.side_panel.export_button.setEnabled(can_export)
        content = self.document.content
        self.setWindowTitle(f"{content.name} - Scumble" if content is not None and content.name else "Scumble")

    @Slot(str)
    def _follow_column(self, shown: str) -> None:
        self._settings.panel = shown
        beside = self.column.smallest_width + self.side_panel.minimumWidth()
        self.setMinimumWidth(max(SMALLEST_SIZE[0], SMALLEST_CANVAS + beside))
        for name in self.column.names:
            self.menus.actions[name].setChecked(name == shown)

    @Slot()
    def _save_settings(self) -> None:
        """A crash must not take what was chosen or arranged."""
        save_settings(self._settings, self._settings_path)

    @Slot(str)
    def _follow_preferences(self, name: str) -> None:
        self._save_settings()
        if name in {"theme", "language"}:
            self.menus.show_choice(name, getattr(self._settings, name))
        elif name == "preview_quality":
            self.preview.set_quality(self._settings.preview_quality)

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
        self._settings.side_by_side = self.canvas.compare.is_side_by_side
        self.hide()
        self.dialogs.close_all()
        end_notifications(self)
        self._save_settings()
        self.queue.close()
        self.session.close()
        self.history.close()
        self.regions.close()
        self.worker.stop()
        self.teaching.close()
        self.background.stop()
        self.style_keeper.close()
        for timer in self.findChildren(QTimer):  # nothing happens any more in a window that is closed
            timer.stop()
        super().closeEvent(event)
