"""The open work: a content image, the styles it is painted in, and the settings. Knows nothing of widgets.

What is open at a moment is a :class:`Work`, which never changes; every change puts another one in its place, as one
step that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoCommand, QUndoStack

from desktop_app.i18n import QT_TRANSLATE_NOOP
from engine.api import Picture, StyleChoice, StylizeRequest

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
}
"""What the steps are called in the Edit menu, by what they change."""


@dataclass(frozen=True, eq=False)
class DocumentStyle:
    """One style of the mix. ``source`` goes to the engine: a picture, a style file, or a name in the library; ``path``
    is where a picture was read from; ``image`` is its thumbnail and may be null.
    """

    title: str
    source: Path | str | Picture
    weight: float = 1.0
    image: QImage = field(default_factory=QImage)
    path: Path | None = None


@dataclass(frozen=True)
class StyleSettings:
    """How the styles are applied; names, ranges and defaults are those of :class:`engine.api.StylizeRequest`."""

    strength: float = 1.0
    keep_color: float = 0.0
    detail: float = 0.0
    style_scale: float = 1.0


@dataclass(frozen=True, eq=False)
class Content:
    """A content image, where it was read from (None: pasted), and how it is shown on the screen."""

    picture: Picture
    path: Path | None
    image: QImage


@dataclass(frozen=True, eq=False)
class Work:
    """Everything that is open at one moment."""

    content: Content | None = None
    styles: tuple[DocumentStyle, ...] = ()
    settings: StyleSettings = StyleSettings()

    def request(self, max_side: int | None = None) -> StylizeRequest | None:
        """Return what the engine shall do, or None as long as the content image or the style is missing."""
        if self.content is None or not self.styles:
            return None
        return StylizeRequest(
            content=self.content.picture,
            styles=tuple(StyleChoice(style.source, style.weight) for style in self.styles),
            strength=self.settings.strength,
            keep_color=self.settings.keep_color,
            detail=self.settings.detail,
            style_scale=self.settings.style_scale,
            max_side=max_side,
        )


class Document(QObject):
    """The model behind the window. Every change emits ``changed``, and one signal that says what changed.

    ``undo_stack`` holds the changes. Those of one slider between two calls of :meth:`finish_gesture` are one step.
    """

    changed = Signal()
    content_changed = Signal()
    styles_changed = Signal()
    settings_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_STEPS_KEPT)
        self._work = Work()
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
        return self._work.styles

    @property
    def settings(self) -> StyleSettings:
        return self._work.settings

    @property
    def is_complete(self) -> bool:
        """Whether there is something to stylise, and a style."""
        return self._work.content is not None and bool(self._work.styles)

    def restore(self, work: Work) -> None:
        """Begin with a work: nothing before it can be undone."""
        self.undo_stack.clear()
        self._show(work)

    def open_work(self, work: Work, what: str = "work") -> None:
        """Put another work in the place of this one, as one step; ``what`` is its name in ``STEP_TEXTS``."""
        self._change(what, work)

    def clear(self) -> None:
        """Close everything, as one step. An empty work stays as it is."""
        if self._work.content is not None or self._work.styles or self._work.settings != StyleSettings():
            self._change("new", Work())

    def set_content(self, picture: Picture, path: Path | None = None, image: QImage | None = None) -> None:
        self._change("content", replace(self._work, content=Content(picture, path, image or QImage())))

    def set_styles(self, styles: Sequence[DocumentStyle]) -> None:
        """Paint in these styles instead, up to LARGEST_MIX of them."""
        self._change("styles", replace(self._work, styles=tuple(styles)[:LARGEST_MIX]))

    def set_look(self, styles: Sequence[DocumentStyle], settings: StyleSettings) -> None:
        """Paint in these styles, in this way, as one step."""
        self._change("surprise", replace(self._work, styles=tuple(styles)[:LARGEST_MIX], settings=settings))

    def add_style(self, style: DocumentStyle) -> bool:
        """Mix a style in, as strong as the others are on average. Return False if the mix is full."""
        styles = self._work.styles
        if len(styles) >= LARGEST_MIX:
            return False
        weight = sum(each.weight for each in styles) / len(styles) if styles else 1.0
        self._change("mix", replace(self._work, styles=(*styles, replace(style, weight=weight or 1.0))))
        return True

    def remove_style(self, number: int) -> None:
        """Take one style out of the mix; the last one stays."""
        styles = self._work.styles
        if len(styles) > 1:
            rest = styles[:number] + styles[number + 1 :]
            if not any(style.weight for style in rest):
                rest = tuple(replace(style, weight=1.0) for style in rest)
            self._change("mix", replace(self._work, styles=rest))

    def retitle(self, source: Path | str, title: str) -> None:
        """Call a style by another name; what is painted stays the same, so this is no step."""
        if any(style.source == source and style.title != title for style in self._work.styles):
            styles = tuple(
                replace(style, title=title) if style.source == source else style for style in self._work.styles
            )
            self._show(replace(self._work, styles=styles))

    def set_weights(self, weights: Sequence[float]) -> None:
        """Set how strong each style of the mix is, relative to the others. All zero changes nothing."""
        styles = self._work.styles
        if any(weights) and list(weights) != [style.weight for style in styles]:
            mixed = tuple(replace(style, weight=weight) for style, weight in zip(styles, weights, strict=True))
            self._change("mix", replace(self._work, styles=mixed), merges=True)

    def set_setting(self, name: str, value: float) -> None:
        """Set one field of :class:`StyleSettings`. Setting the value it has already changes nothing."""
        if getattr(self._work.settings, name) != value:
            settings = replace(self._work.settings, **{name: value})
            self._change(name, replace(self._work, settings=settings), merges=True)

    def set_settings(self, settings: StyleSettings) -> None:
        """Set all settings as one step."""
        if self._work.settings != settings:
            self._change("preset", replace(self._work, settings=settings))

    def finish_gesture(self) -> None:
        """Say that a slider was let go: what comes next is another step."""
        self._gesture += 1

    def request(
        self, max_side: int | None = None, styles: Sequence[DocumentStyle] | None = None
    ) -> StylizeRequest | None:
        """Return what the engine shall do, or None as long as the content image or the style is missing.

        ``styles`` are tried instead of those of the work.
        """
        work = self._work if styles is None else replace(self._work, styles=tuple(styles))
        return work.request(max_side)

    def names(self) -> dict[str, str]:
        """Return what a file of the result may be called after: the photo, and the styles."""
        content = self.content
        return {
            "photo": content.name if content else "",
            "style": "__".join(style.title for style in self._work.styles if style.title),
        }

    def _change(self, what: str, work: Work, *, merges: bool = False) -> None:
        self.undo_stack.push(_Step(self._show, what, self._work, work, self._gesture if merges else None))

    def _show(self, work: Work) -> None:
        before, self._work = self._work, work
        if work.content is not before.content:
            self.content_changed.emit()
        if work.styles is not before.styles:
            self.styles_changed.emit()
        if work.settings != before.settings:
            self.settings_changed.emit()
        self.changed.emit()


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
