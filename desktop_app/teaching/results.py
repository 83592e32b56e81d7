"""What comes of a training: the style lies on the shelf and is chosen, and the artist is told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.notifications import Stopwatch, notify_finished
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.shelf_model import ShelfItem
from desktop_app.style_files import StyleFiles
from desktop_app.style_keeper import StyleKeeper
from desktop_app.teaching.messages import StyleLearnt
from desktop_app.teaching.teacher import Teacher


class Results(QObject):
    """Adding the style is a step that can be undone, with what it replaced; so is choosing it."""

    def __init__(
        self, teacher: Teacher, keeper: StyleKeeper, style_files: StyleFiles, messages: MessageBar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._keeper = keeper
        self._style_files = style_files
        self._messages = messages
        self._stopwatch = Stopwatch()
        self.item: ShelfItem | None = None  # what was learnt last
        teacher.phase_changed.connect(self._follow)
        teacher.learnt.connect(self._take)
        teacher.failed.connect(self._tell_failure)

    @Slot(str)
    def _follow(self, phase: str) -> None:
        if phase == "learning":
            self._stopwatch = Stopwatch()

    @Slot(object)
    def _take(self, event: StyleLearnt) -> None:
        stack = self._keeper.document.undo_stack
        stack.beginMacro("add_style")
        if event.replaced is not None and event.kept is not None:
            stack.push(self._keeper.file_of(event.replaced, event.kept).deleting())
        stack.push(self._keeper.file_of(event.result.path).adding())
        stack.endMacro()
        self.item = None
        self._keeper.strip.shelf.shelf.put_first(f"own:{event.result.path.name}")
        self._keeper.refresh(partial(self._choose, event))

    def _choose(self, event: StyleLearnt) -> None:
        name = event.result.name
        self.item = self._keeper.strip.shelf.shelf.find(f"own:{event.result.path.name}")
        if self.item is not None:
            self._keeper.strip.show_item(self.item)
            self._keeper.strip.shelf.choose_item(self.item)
        text = self.tr("{name} is learnt: it lies on the shelf, and your picture is painted in it.").format(name=name)
        self._messages.show_message("success", text, self.tr("Export Style…"), self.export)
        notify_finished(self._window, self.tr("Teach Your Hand"), text, self._stopwatch.seconds)

    @Slot(str)
    def _tell_failure(self, text: str) -> None:
        """Who does not look at the window is told; the panel says it as well."""
        notify_finished(self._window, self.tr("Teach Your Hand"), text, self._stopwatch.seconds)

    @Slot()
    def export(self) -> None:
        """Ask where the style is to be saved, to be given away."""
        if self.item is not None:
            self._style_files.show_export_dialog(self.item)
