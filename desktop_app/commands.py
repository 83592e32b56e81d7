"""What each command of the menus does in a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.main_window import MainWindow


def commands_of(window: MainWindow) -> dict[str, Callable[..., object]]:
    """Return what answers each entry of :data:`desktop_app.actions.MENUS`, by its name."""
    return {
        "new": window.document.clear,
        "open_photo": window.opener.show_content_dialog,
        "open_painting": window.opener.show_style_dialog,
        "open_sample": window.samples.open_first,
        "import_styles": window.style_files.show_import_dialog,
        "export": window.exporter.show_dialog,
        "add_to_queue": window.queue.adder.add_current,
        "batch": window.queue.adder.show_batch,
        "contact_sheet": window.queue.adder.show_contact_sheet,
        "quit": window.close,
        "undo": window.document.undo_stack.undo,
        "redo": window.document.undo_stack.redo,
        "paste": lambda: window.teaching.paste() or window.opener.paste(),
        "surprise": window.surprise.propose,
        "find_style": window.shelf_strip.focus_search,
        "fit": window.canvas.compare.fit,
        "actual_size": window.canvas.compare.show_actual_size,
        "zoom_in": window.canvas.compare.zoom_in,
        "zoom_out": window.canvas.compare.zoom_out,
        "side_by_side": window.canvas.compare.set_side_by_side,
        "history": lambda shown: window.column.set_shown("history", shown),
        "queue": lambda shown: window.column.set_shown("queue", shown),
        "teach": lambda shown: window.column.set_shown("teach", shown),
        "settings": window.dialogs.show_settings,
        "show_hint": window.dialogs.show_hint,
        "shortcuts": window.dialogs.show_shortcuts,
        "diagnostics": window.dialogs.show_diagnostics,
        "show_log": window.dialogs.show_log,
        "about": window.dialogs.show_about,
    }
