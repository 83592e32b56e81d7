"""What the user does with regions, in the panel and in the menus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop_app.canvas.canvas import Canvas
from desktop_app.document import Document
from desktop_app.incoming import Incoming
from desktop_app.mask_files import MaskFiles
from desktop_app.mask_painting import MaskPainter
from desktop_app.mask_selecting import MaskSelector
from desktop_app.messages import Role
from desktop_app.panels.message_bar import MessageBar
from desktop_app.panels.regions_panel import RegionsPanel
from desktop_app.region_mask import RegionMask
from engine.api import MAXIMUM_REGIONS


class RegionCommands(QObject):
    """Says in words what cannot be done."""

    def __init__(
        self,
        *,
        document: Document,
        canvas: Canvas,
        panel: RegionsPanel,
        painter: MaskPainter,
        selector: MaskSelector,
        files: MaskFiles,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._canvas = canvas
        self._panel = panel
        self._painter = painter
        self._selector = selector
        self._files = files
        self._messages = messages
        panel.commanded.connect(self.obey)
        panel.painting_requested.connect(self.set_painting)
        panel.dragged.connect(self._show_drag)
        panel.dropped.connect(self._take_drop)
        painter.active_changed.connect(panel.show_painting)
        selector.subject_found.connect(self._add_subject)
        canvas.mask_bar.commanded.connect(self._obey_bar)
        document.regions_changed.connect(self._follow)

    @Slot()
    def add(self) -> None:
        """Add a region and let it be painted."""
        if self._can_add() and self._document.add_region(self._new_name()):
            self._paint("brush")

    @Slot(bool)
    def set_painting(self, painting: bool) -> None:
        """Paint the mask of the selected region; of the one on top if none is, and of a new one if there is none."""
        document = self._document
        if painting and document.selected_region is None and document.work.regions:
            document.select(document.work.regions[-1].key)
        if painting and document.selected_region is None:
            self.add()
        else:
            self._painter.set_active(painting)
        self._painter.active_changed.emit(self._painter.is_active)  # buttons follow what became of the wish

    @Slot(str)
    def obey(self, command: str) -> None:
        document, key = self._document, self._document.selected
        match command:
            case "add_brush":
                self.add()
            case "add_subject" if self._can_add():
                self._selector.find_subject("")
            case "add_color" if self._can_add() and document.add_region(self._new_name()):
                self._paint("color")
            case "add_import" if self._can_add():
                self._files.show_import_dialog()
            case "paint":
                self.set_painting(True)
            case "rename":
                self._panel.list.rename()
            case "duplicate" if self._can_add():
                region = document.selected_region
                name = "" if region is None else region.name
                document.duplicate_region(key, self.tr("{name} copy").format(name=name))
            case "up" | "down":
                self._panel.list.move_selected(command == "up")
            case "import" | "export":
                self._obey_bar(command)
            case "delete":
                document.remove_region(key)
            case _:
                pass

    @Slot(str)
    def _obey_bar(self, command: str) -> None:
        if command == "import":
            self._files.show_import_dialog(self._document.selected)
        elif command == "export":
            self._files.show_export_dialog(self._document.selected)

    def _paint(self, tool: str) -> None:
        self._painter.set_active(True)
        self._painter.choose_tool(tool)

    def _can_add(self) -> bool:
        text = ""
        if self._document.content is None:
            text = self.tr("A region is a part of the photo: open a photo first.")
        elif len(self._document.work.regions) >= MAXIMUM_REGIONS:
            text = self.tr("A picture takes at most {count} regions. Delete one first.").format(count=MAXIMUM_REGIONS)
        if text:
            self._messages.show_message("information", text)
        return not text

    def _new_name(self) -> str:
        names = {region.name for region in self._document.work.regions}
        candidates = (self.tr("Region {number}").format(number=number) for number in range(1, MAXIMUM_REGIONS + 2))
        return next(name for name in candidates if name not in names)

    @Slot(object)
    def _add_subject(self, mask: RegionMask) -> None:
        if self._can_add():
            self._document.add_region(self.tr("Subject"), mask, "select_subject")
            self._paint("subject")

    @Slot(object)
    def _show_drag(self, dragged: Incoming | None) -> None:
        if dragged is None:
            self._canvas.overlay.hide_drag()
        else:
            self._canvas.overlay.show_drag(Role.MASK, dragged)

    @Slot(object)
    def _take_drop(self, incoming: Incoming) -> None:
        if not incoming.sources:
            text = self.tr("There is no mask in what was dropped. Drop a grey picture: white belongs to the region.")
            self._messages.show_message("error", text)
        elif self._can_add():
            self._files.import_masks(incoming.sources)

    @Slot()
    def _follow(self) -> None:
        self._canvas.set_has_regions(bool(self._document.work.regions))
