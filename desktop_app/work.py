"""What is open at a moment: a content image, its styles, and regions with styles of their own. Knows no widgets."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from PySide6.QtGui import QImage

from desktop_app.region_mask import RegionMask
from engine.api import Picture, Region, StyleChoice, StylizeRequest

WHOLE = ""
"""The key of the whole picture, or of the rest of it, beside the keys of the regions."""


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
class DocumentRegion:
    """A part of the picture with styles of its own. ``key`` tells it from the others; ``strength`` and ``keep_color``
    are its own, too. One that is off, has no style or an empty mask is not painted.
    """

    name: str
    mask: RegionMask
    styles: tuple[DocumentStyle, ...] = ()
    strength: float = 1.0
    keep_color: float = 0.0
    is_on: bool = True
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def is_painted(self) -> bool:
        return self.is_on and bool(self.styles) and not self.mask.is_empty


@dataclass(frozen=True, eq=False)
class Work:
    """Everything that is open at one moment. ``regions`` lie over the picture, a later one over an earlier one;
    ``styles`` and ``settings`` are those of the rest, which stays as it is without ``paints_rest``.
    """

    content: Content | None = None
    styles: tuple[DocumentStyle, ...] = ()
    settings: StyleSettings = StyleSettings()
    regions: tuple[DocumentRegion, ...] = ()
    paints_rest: bool = True

    @property
    def is_empty(self) -> bool:
        return self.content is None and not self.styles and not self.regions and self.settings == StyleSettings()

    @property
    def all_styles(self) -> tuple[DocumentStyle, ...]:
        """The styles of the whole picture, then those of the regions."""
        return (*self.styles, *(style for region in self.regions for style in region.styles))

    def region(self, key: str) -> DocumentRegion | None:
        return next((region for region in self.regions if region.key == key), None)

    def with_region(self, changed: DocumentRegion) -> Work:
        """Return the work with another region in the place of the one with the same key."""
        return replace(self, regions=tuple(changed if each.key == changed.key else each for each in self.regions))

    def styles_of(self, key: str) -> tuple[DocumentStyle, ...]:
        """Return the styles of a region, or of the whole picture."""
        region = self.region(key)
        return self.styles if region is None else region.styles

    def with_styles(self, key: str, styles: Sequence[DocumentStyle]) -> Work:
        region = self.region(key)
        if region is None:
            return replace(self, styles=tuple(styles))
        return self.with_region(replace(region, styles=tuple(styles)))

    def settings_of(self, key: str) -> StyleSettings:
        """Return the settings of a region: detail and brush size are those of the whole picture."""
        region = self.region(key)
        if region is None:
            return self.settings
        return replace(self.settings, strength=region.strength, keep_color=region.keep_color)

    def with_settings(self, key: str, settings: StyleSettings) -> Work:
        region = self.region(key)
        if region is None:
            return replace(self, settings=settings)
        kept = replace(settings, strength=self.settings.strength, keep_color=self.settings.keep_color)
        changed = replace(region, strength=settings.strength, keep_color=settings.keep_color)
        return replace(self, settings=kept).with_region(changed)

    def request(self, max_side: int | None = None) -> StylizeRequest | None:
        """Return what the engine shall do, or None as long as the content image or every style is missing."""
        regions = tuple(region for region in self.regions if region.is_painted)
        if self.content is None or not (self.styles or regions):
            return None
        # Where nothing is to be painted, the request asks for the picture as it is.
        paints_nothing = not self.paints_rest and not regions
        return StylizeRequest(
            content=self.content.picture,
            styles=_choices(self.styles) if self.paints_rest or paints_nothing else (),
            strength=0.0 if paints_nothing else self.settings.strength,
            keep_color=self.settings.keep_color,
            detail=self.settings.detail,
            style_scale=self.settings.style_scale,
            max_side=max_side,
            regions=tuple(
                Region(region.mask.picture, _choices(region.styles), region.strength, region.keep_color)
                for region in regions
            ),
        )

    @cached_property
    def look(self) -> tuple[object, ...] | None:
        """All that decides what the result looks like, to be compared; None without a result. Unlike a request it
        keeps no masks in memory.
        """
        regions = tuple(region for region in self.regions if region.is_painted)
        if self.content is None or not (self.styles or regions):
            return None
        rest = (_choices(self.styles), self.settings.strength, self.settings.keep_color) if self.paints_rest else ()
        return (
            self.content.picture,
            rest,
            (self.settings.detail, self.settings.style_scale),
            tuple((region.mask, _choices(region.styles), region.strength, region.keep_color) for region in regions),
        )


def _choices(styles: Sequence[DocumentStyle]) -> tuple[StyleChoice, ...]:
    return tuple(StyleChoice(style.source, style.weight) for style in styles)
