"""Puts together what the window has for regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.mask_files import MaskFiles
from desktop_app.mask_painting import MaskPainter
from desktop_app.mask_selecting import MaskSelector
from desktop_app.region_commands import RegionCommands
from desktop_app.settings import Settings

if TYPE_CHECKING:
    from desktop_app.main_window import MainWindow


class Regions:
    """``painter`` paints masks, ``selector`` computes them, ``files`` reads and writes them, ``commands`` does what the
    user asks for.
    """

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        document, canvas, messages = window.document, window.canvas, window.messages
        self.selector = MaskSelector(document, messages, window)
        self.painter = MaskPainter(
            document=document, canvas=canvas, selector=self.selector, settings=settings, parent=window
        )
        self.painter.stroking_changed.connect(window.preview.set_hurried)
        self.files = MaskFiles(
            document=document,
            worker=window.worker,
            background=window.background,
            messages=messages,
            settings=settings,
            parent=window,
        )
        self.commands = RegionCommands(
            document=document,
            canvas=canvas,
            panel=window.side_panel.regions,
            painter=self.painter,
            selector=self.selector,
            files=self.files,
            messages=messages,
            parent=window,
        )

    def close(self) -> None:
        """Wait for what is being computed."""
        self.selector.close()
