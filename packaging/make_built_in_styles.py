"""Makes the built-in styles anew: ``python packaging/make_built_in_styles.py --paintings DIR``.

Needed after each training of the base model, since a style file belongs to one. Only codes and thumbnails are kept: the
paintings are in the public domain but do not travel with Scumble.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import resources
from engine.api import EngineError, Picture, StyleChoice, StylizeRequest
from engine.imaging import encode_picture, read_picture
from engine.styles import StyleInformation, write_style_file
from engine.stylization import Stylizer
from engine.training.procedural_styles import procedural_style

_THUMBNAIL_SIDE = 256
_PROCEDURAL_SIDE = 512


@dataclass(frozen=True)
class Painting:
    """A painting of the folder: its file's stem, and what to call it."""

    stem: str
    name: str
    artist: str
    title: str


@dataclass(frozen=True)
class Drawn:
    """A style the project draws itself: kind and seed of the procedural style, and what to call it."""

    kind: str
    seed: int
    name: str
    description: str


PAINTINGS = (
    Painting("vincent-van-gogh__olive-trees", "Olive Trees", "Vincent van Gogh", "Olive Trees"),
    Painting("vincent-van-gogh__self-portrait", "Short Strokes", "Vincent van Gogh", "Self-Portrait"),
    Painting("vincent-van-gogh__cafe-terrace-at-night", "Night Café", "Vincent van Gogh", "Café Terrace at Night"),
    Painting("edvard-munch__the-scream", "The Scream", "Edvard Munch", "The Scream"),
    Painting("claude-monet__the-japanese-bridge", "Japanese Bridge", "Claude Monet", "The Japanese Bridge"),
    Painting("claude-monet__waterlilies", "Water Lilies", "Claude Monet", "Water Lilies"),
    Painting("georges-seurat__port-en-bessin", "Points of Light", "Georges Seurat", "Port-en-Bessin"),
    Painting("gustav-klimt__the-kiss", "Gold Leaf", "Gustav Klimt", "The Kiss"),
    Painting("wassily-kandinsky__sintflut", "Deluge", "Wassily Kandinsky", "Sintflut"),
    Painting("franz-marc__rotes-und-blaues-pferd", "Blue Horse", "Franz Marc", "Red and Blue Horse"),
    Painting("robert-delaunay__portrait-1906", "Colour Mosaic", "Robert Delaunay", "Portrait"),
    Painting("umberto-boccioni__the-street-pavers", "Divided Light", "Umberto Boccioni", "The Street Pavers"),
    Painting("paul-cezanne__mont-sainte-victoire-and-the-viaduct", "Provence", "Paul Cézanne", "Mont Sainte-Victoire"),
    Painting("paul-gauguin__when-will-you-marry", "Tahiti", "Paul Gauguin", "When Will You Marry?"),
    Painting("joseph-mallord-william-turner__the-shipwreck", "Storm at Sea", "J. M. W. Turner", "The Shipwreck"),
    Painting("rembrandt-van-rijn__self-portrait", "Candlelight", "Rembrandt van Rijn", "Self-Portrait"),
)

DRAWN: tuple[Drawn, ...] = ()


def _make(
    name: str, artist: str, source: str, picture: Picture, stylizer: Stylizer, sample: Picture, folder: Path
) -> None:
    request = StylizeRequest(sample, (StyleChoice(picture),), max_side=_THUMBNAIL_SIDE * 2)
    painted = stylizer.stylize(request).picture
    information = StyleInformation(
        name=name,
        artist=artist,
        description="",
        licence="CC0-1.0",
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        source=source,
        base_model=stylizer.model_hash,
        kind="code",
        thumbnail=encode_picture(_square(painted), "webp", 80),
    )
    stem = "-".join(name.lower().split())
    write_style_file(folder / f"{stem}.scumble", information, stylizer.style_tensors(picture), overwrite=True)
    print(f"{name}: {source}")
