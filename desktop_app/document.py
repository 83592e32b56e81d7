"""The open work and its history of changes. Knows nothing of widgets.

What is open at a moment is a :class:`Work`, which never changes; every change puts another one in its place, as one
step that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoCommand, QUndoStack

from desktop_app.i18n import QT_TRANSLATE_NOOP
from desktop_app.region_mask import RegionMask, mask_size
from desktop_app.work import WHOLE, Content, DocumentRegion, DocumentStyle, StyleSettings, Work
from engine.api import MAXIMUM_REGIONS, Picture, StylizeRequest

__all__ = ["LARGEST_MIX", "STEP_TEXTS", "Content", "Document", "DocumentStyle", "StyleSettings", "Work"]

LARGEST_MIX = 4
"""How many styles the window mixes; the engine takes more."""

_STEPS_KEPT = 200

STEP_TEXTS = {
    "content": QT_TRANSLATE_NOOP("Document", "Open photo"),
    "new": QT_TRANSLATE_NOOP("Document", "New"),
    "work": QT_TRANSLATE_NOOP("Document", "Open work"),
    "history": QT_TRANSLATE_NOOP("Document", "Go back in the history"),
    "styles": QT_TRANSLATE_NOOP("Document", "Choose style"),
    "mix": QT_TRANSLATE_NOOP("Document", "Mix styles"),
    "surprise": QT_TRANSLATE_NOOP("Document", "Surprise Me"),
    "strength": QT_TRANSLATE_NOOP("Document", "Strength"),
    "keep_color": QT_TRANSLATE_NOOP("Document", "Keep colour"),
    "detail": QT_TRANSLATE_NOOP("Document", "Detail"),
    "style_scale": QT_TRANSLATE_NOOP("Document", "Brush size"),
    "preset": QT_TRANSLATE_NOOP("Document", "Choose preset"),
    "save_preset": QT_TRANSLATE_NOOP("Document", "Save preset"),
    "rename_preset": QT_TRANSLATE_NOOP("Document", "Rename preset"),
    "delete_preset": QT_TRANSLATE_NOOP("Document", "Delete preset"),
    "add_style": QT_TRANSLATE_NOOP("Document", "Add to the library"),
    "edit_style": QT_TRANSLATE_NOOP("Document", "Rename style"),
    "delete_style": QT_TRANSLATE_NOOP("Document", "Delete style"),
    "add_region": QT_TRANSLATE_NOOP("Document", "Add region"),
    "duplicate_region": QT_TRANSLATE_NOOP("Document", "Duplicate region"),
    "rename_region": QT_TRANSLATE_NOOP("Document", "Rename region"),
    "delete_region": QT_TRANSLATE_NOOP("Document", "Delete region"),
    "move_region": QT_TRANSLATE_NOOP("Document", "Move region"),
    "switch_region": QT_TRANSLATE_NOOP("Document", "Switch region on or off"),
    "paint_rest": QT_TRANSLATE_NOOP("Document", "Paint the rest or not"),
    "brush": QT_TRANSLATE_NOOP("Document", "Brush stroke"),
    "erase": QT_TRANSLATE_NOOP("Document", "Eraser stroke"),
    "fill_mask": QT_TRANSLATE_NOOP("Document", "Fill mask"),
    "clear_mask": QT_TRANSLATE_NOOP("Document", "Clear mask"),
    "invert_mask": QT_TRANSLATE_NOOP("Document", "Invert mask"),
    "feather_mask": QT_TRANSLATE_NOOP("Document", "Feather mask"),
    "select_color": QT_TRANSLATE_NOOP("Document", "Select by colour"),
    "select_subject": QT_TRANSLATE_NOOP("Document", "Select the subject"),
    "import_mask": QT_TRANSLATE_NOOP("Document", "Import mask"),
}
"""What the steps are called in the Edit menu, by what they change."""


class Document(QObject):
    """The model behind the window. Every change emits ``changed``, and signals that say what changed.

    ``styles`` and ``settings`` are those of the region that is selected, or of the whole picture, and so are their
    signals; ``restyled`` tells that some style of the work is another one, wherever. What is selected is no step.
    ``undo_stack`` holds the changes. Those of one slider between two calls of :meth:`finish_gesture` are one step.
    """

    changed = Signal()
    content_changed = Signal()
    styles_changed = Signal()
    settings_changed = Signal()
    restyled = Signal()
    regions_changed = Signal()
    selection_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_STEPS_KEPT)
        self._work = Work()
        self._selected = WHOLE
        self._gesture = 0

    @property
    def work(self) -> Work:
        return self._work

    @property
    def content(self) -> Picture | None:
        return None if self._work.content is None else self._work.content.picture

    @property
    def content_path(self) -> Path | None:
        """Where the content image was read from; None for one that was pasted."""
        return None if self._work.content is None else self._work.content.path

    @property
    def content_image(self) -> QImage | None:
        """The content image as it is shown on the screen."""
        return None if self._work.content is None else self._work.content.image

    @property
    def styles(self) -> tuple[DocumentStyle, ...]:
        return self._work.styles_of(self._selected)

    @property
    def settings(self) -> StyleSettings:
        return self._work.settings_of(self._selected)

    @property
    def is_complete(self) -> bool:
        """Whether there is something to stylise, and a style."""
        return self._work.look is not None

    def restore(self, work: Work) -> None:
        """Begin with a work: nothing before it can be undone."""
        self.undo_stack.clear()
        self._show(work)

    def open_work(self, work: Work, what: str = "work") -> None:
        """Put another work in the place of this one, as one step; ``what`` is its name in ``STEP_TEXTS``."""
        self._change(what, work)

    def clear(self) -> None:
        """Close everything, as one step. An empty work stays as it is."""
        if not self._work.is_empty:
            self._change("new", Work())

    def set_content(self, picture: Picture, path: Path | None = None, image: QImage | None = None) -> None:
        """Paint another picture; the masks of the regions stretch over it."""
        self._change("content", replace(self._work, content=Content(picture, path, image or QImage())))

    # Styles and settings of what is selected

    def set_styles(self, styles: Sequence[DocumentStyle]) -> None:
        """Paint in these styles instead, up to LARGEST_MIX of them."""
        self._change_styles("styles", styles[:LARGEST_MIX])

    def set_look(self, styles: Sequence[DocumentStyle], settings: StyleSettings) -> None:
        """Paint in these styles, in this way, as one step."""
        work = self._work.with_styles(self._selected, styles[:LARGEST_MIX])
        self._change("surprise", work.with_settings(self._selected, settings))

    def add_style(self, style: DocumentStyle) -> bool:
        """Mix a style in, as strong as the others are on average. Return False if the mix is full."""
        styles = self.styles
        if len(styles) >= LARGEST_MIX:
            return False
        weight = sum(each.weight for each in styles) / len(styles) if styles else 1.0
        self._change_styles("mix", (*styles, replace(style, weight=weight or 1.0)))
        return True

    def remove_style(self, number: int) -> None:
        """Take one style out of the mix; the last one stays."""
        styles = self.styles
        if len(styles) > 1:
            self._change_styles("mix", _weighed(styles[:number] + styles[number + 1 :]))

    def remove_style_everywhere(self, is_it: Callable[[DocumentStyle], bool]) -> None:
        """Take a style out of the whole picture and out of every region, as one step."""
        if not any(map(is_it, self._work.all_styles)):
            return

        def rest(styles: Sequence[DocumentStyle]) -> tuple[DocumentStyle, ...]:
            return _weighed([style for style in styles if not is_it(style)])

        regions = tuple(
            replace(region, styles=rest(region.styles)) if any(map(is_it, region.styles)) else region
            for region in self._work.regions
        )
        self._change("styles", replace(self._work, styles=rest(self._work.styles), regions=regions))

    def retitle(self, source: Path | str, title: str) -> None:
        """Call a style by another name; what is painted stays the same, so this is no step."""

        def retitled(styles: Sequence[DocumentStyle]) -> tuple[DocumentStyle, ...]:
            return tuple(replace(style, title=title) if style.source == source else style for style in styles)

        if any(style.source == source and style.title != title for style in self._work.all_styles):
            regions = tuple(replace(region, styles=retitled(region.styles)) for region in self._work.regions)
            self._show(replace(self._work, styles=retitled(self._work.styles), regions=regions))

    def set_weights(self, weights: Sequence[float]) -> None:
        """Set how strong each style of the mix is, relative to the others. All zero changes nothing."""
        styles = self.styles
        if any(weights) and list(weights) != [style.weight for style in styles]:
            mixed = [replace(style, weight=weight) for style, weight in zip(styles, weights, strict=True)]
            self._change_styles("mix", mixed, merges=True)

    def set_setting(self, name: str, value: float) -> None:
        """Set one field of :class:`StyleSettings`. Setting the value it has already changes nothing."""
        if getattr(self.settings, name) != value:
            settings = replace(self.settings, **{name: value})
            self._change(name, self._work.with_settings(self._selected, settings), merges=True)

    def set_settings(self, settings: StyleSettings) -> None:
        """Set all settings as one step."""
        if self.settings != settings:
            self._change("preset", self._work.with_settings(self._selected, settings))

    def finish_gesture(self) -> None:
        """Say that a slider or a brush was let go: what comes next is another step."""
        self._gesture += 1

    # Regions

    @property
    def selected(self) -> str:
        """The key of the region that is selected, or WHOLE."""
        return self._selected

    @property
    def selected_region(self) -> DocumentRegion | None:
        return self._work.region(self._selected)

    def select(self, key: str) -> None:
        """Have styles and settings be those of a region, or of the whole picture."""
        key = WHOLE if self._work.region(key) is None else key
        if key != self._selected:
            self.finish_gesture()
            styles, settings, self._selected = self.styles, self.settings, key
            self.selection_changed.emit()
            if self.styles is not styles:
                self.styles_changed.emit()
            if self.settings != settings:
                self.settings_changed.emit()

    def add_region(self, name: str, mask: RegionMask | None = None, what: str = "add_region") -> bool:
        """Lay a region over all others and select it. It has the styles of what was selected, and an empty mask unless
        one is given. Return False without a photo, or if there are MAXIMUM_REGIONS already.
        """
        content = self.content
        if content is None or len(self._work.regions) >= MAXIMUM_REGIONS:
            return False
        mask = mask or RegionMask.empty(*mask_size(content.width, content.height))
        self._insert(what, DocumentRegion(name, mask, self.styles or self._work.styles), len(self._work.regions))
        return True

    def duplicate_region(self, key: str, name: str) -> bool:
        """Lay a copy of a region over it and select that. Return False if there are MAXIMUM_REGIONS already."""
        region = self._work.region(key)
        if region is None or len(self._work.regions) >= MAXIMUM_REGIONS:
            return False
        copy = replace(region, name=name, key=DocumentRegion("", region.mask).key)
        self._insert("duplicate_region", copy, self._work.regions.index(region) + 1)
        return True

    def _insert(self, what: str, region: DocumentRegion, place: int) -> None:
        regions = self._work.regions
        self._change(what, replace(self._work, regions=(*regions[:place], region, *regions[place:])))
        self.select(region.key)

    def remove_region(self, key: str) -> None:
        """Take a region away; without any, the whole picture is painted."""
        region = self._work.region(key)
        if region is not None:
            rest = tuple(each for each in self._work.regions if each is not region)
            paints_rest = self._work.paints_rest or not rest
            self._change("delete_region", replace(self._work, regions=rest, paints_rest=paints_rest))

    def remove_regions(self) -> None:
        """Take all regions away."""
        if self._work.regions:
            self._change("delete_region", replace(self._work, regions=(), paints_rest=True))

    def move_region(self, key: str, place: int) -> None:
        """Lay a region at another place among the others, counted from below."""
        region = self._work.region(key)
        if region is None:
            return
        rest = [each for each in self._work.regions if each is not region]
        rest.insert(max(0, place), region)
        if tuple(rest) != self._work.regions:
            self._change("move_region", replace(self._work, regions=tuple(rest)))

    def rename_region(self, key: str, name: str) -> None:
        region = self._work.region(key)
        if region is not None and name and name != region.name:
            self._change("rename_region", self._work.with_region(replace(region, name=name)))

    def switch_region(self, key: str, is_on: bool) -> None:
        """Paint a region or not; of WHOLE, what no region covers."""
        region = self._work.region(key)
        if region is None and self._work.paints_rest != is_on:
            self._change("paint_rest", replace(self._work, paints_rest=is_on))
        elif region is not None and region.is_on != is_on:
            self._change("switch_region", self._work.with_region(replace(region, is_on=is_on)))

    def set_mask(self, key: str, mask: RegionMask, what: str, *, merges: bool = False) -> None:
        """Give a region another mask; ``what`` is the name of the step. Those of one stroke merge."""
        region = self._work.region(key)
        if region is not None and mask is not region.mask:
            self._change(what, self._work.with_region(replace(region, mask=mask)), merges=merges)

    # What comes of it

    def request(
        self, max_side: int | None = None, styles: Sequence[DocumentStyle] | None = None
    ) -> StylizeRequest | None:
        """Return what the engine shall do, or None as long as the content image or the style is missing.

        ``styles`` are tried instead of those of what is selected.
        """
        work = self._work if styles is None else self._work.with_styles(self._selected, styles)
        return work.request(max_side)

    def names(self) -> dict[str, str]:
        """Return what a file of the result may be called after: the photo, and the styles."""
        content = self.content
        titles = dict.fromkeys(style.title for style in self._work.styles or self._work.all_styles if style.title)
        return {"photo": content.name if content else "", "style": "__".join(titles)}

    def _change_styles(self, what: str, styles: Sequence[DocumentStyle], *, merges: bool = False) -> None:
        self._change(what, self._work.with_styles(self._selected, styles), merges=merges)

    def _change(self, what: str, work: Work, *, merges: bool = False) -> None:
        self.undo_stack.push(_Step(self._show, what, self._work, work, self._gesture if merges else None))

    def _show(self, work: Work) -> None:
        before, styles, settings, selected = self._work, self.styles, self.settings, self._selected
        self._work = work
        if work.region(selected) is None:
            self._selected = WHOLE
        if work.content is not before.content:
            self.content_changed.emit()
        if work.regions != before.regions or work.paints_rest != before.paints_rest:
            self.regions_changed.emit()
        if self._selected != selected:
            self.selection_changed.emit()
        if self.styles is not styles:
            self.styles_changed.emit()
        if _sources(work) != _sources(before):
            self.restyled.emit()
        if self.settings != settings:
            self.settings_changed.emit()
        self.changed.emit()


def _weighed(styles: Sequence[DocumentStyle]) -> tuple[DocumentStyle, ...]:
    """Return a mix that lost styles; if the others had no weight, all get the same."""
    if any(style.weight for style in styles):
        return tuple(styles)
    return tuple(replace(style, weight=1.0) for style in styles)


def _sources(work: Work) -> list[object]:
    """Return the styles that paint something, with those of each region that does."""
    return [work.styles, *(region.styles for region in work.regions if region.is_painted)]


class _Step(QUndoCommand):
    """From one work to another. Steps of the same gesture on the same thing become one."""

    def __init__(self, show: Callable[[Work], None], what: str, before: Work, after: Work, gesture: int | None) -> None:
        super().__init__(what)
        self._show = show
        self.what = what
        self.before = before
        self.after = after
        self.gesture = gesture

    def undo(self) -> None:
        self._show(self.before)

    def redo(self) -> None:
        self._show(self.after)

    def id(self) -> int:
        return -1 if self.gesture is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or (self.what, self.gesture) != (other.what, other.gesture):
            return False
        self.after = other.after
        return True
