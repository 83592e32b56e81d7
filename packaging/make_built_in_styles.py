"""Makes the built-in styles anew: ``python packaging/make_built_in_styles.py --paintings DIR``.

Needed after each training of the base model, since a style file belongs to one. Only codes and thumbnails are kept: the
paintings are in the public domain but do not travel with Scumble.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

import resources
from engine.api import EngineError, Picture, StyleChoice, StylizeRequest
from engine.imaging import encode_picture, read_picture
from engine.styles import StyleInformation, write_style_file
from engine.stylization import Stylizer
from engine.training.procedural_styles import procedural_style

_THUMBNAIL_SIDE = 256
_DRAWN_SIDE = 512


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

DRAWN = (
    Drawn("stained glass", 11, "Stained Glass", "Coloured glass in lead"),
    Drawn("halftone", 5, "Halftone", "Dots of a printed page"),
    Drawn("woodcut", 2, "Woodcut", "Lines left standing in wood"),
    Drawn("watercolor", 8, "Watercolour", "Washes on rough paper"),
    Drawn("pointillism", 4, "Confetti", "Dots of pure colour"),
    Drawn("swirls", 9, "Whirlwind", "Strokes that turn around themselves"),
    Drawn("palette knife", 6, "Palette Knife", "Thick paint laid on in slabs"),
    Drawn("hatching", 3, "Pen and Ink", "Crossed lines of a pen"),
)


class _Maker:
    """Paints thumbnails of the sample and writes style files into a folder."""

    def __init__(self, folder: Path, created: str) -> None:
        self._folder = folder
        self._created = created
        self._stylizer = Stylizer()
        self._sample = read_picture(resources.SAMPLES / "landscape.jpg")

    def make(self, name: str, artist: str, description: str, source: str, picture: Picture) -> None:
        request = StylizeRequest(self._sample, (StyleChoice(picture),), max_side=_THUMBNAIL_SIDE * 2)
        painted = self._stylizer.stylize(request).picture
        information = StyleInformation(
            name=name,
            artist=artist,
            description=description,
            licence="CC0-1.0",
            created=self._created,
            source=source,
            base_model=self._stylizer.model_hash,
            kind="code",
            thumbnail=encode_picture(_square(painted), "webp", 80),
        )
        stem = "-".join(unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().split())
        path = self._folder / f"{stem}.scumble"
        write_style_file(path, information, self._stylizer.style_tensors(picture), overwrite=True)
        print(f"{name}: {source}")


def _square(picture: Picture) -> Picture:
    """Cut the middle out, as the shelf shows it."""
    image = ImageOps.fit(Image.fromarray(picture.pixels), (_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
    return Picture(np.asarray(image).copy())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paintings", type=Path, required=True, metavar="DIR", help="where the paintings lie")
    parser.add_argument("--output", type=Path, default=resources.BUILT_IN_STYLES, metavar="DIR")
    arguments = parser.parse_args()
    arguments.output.mkdir(exist_ok=True)
    try:
        maker = _Maker(arguments.output, datetime.now(UTC).isoformat(timespec="seconds"))
        for painting in PAINTINGS:
            picture = read_picture(arguments.paintings / f"{painting.stem}.jpg")
            source = f"{painting.artist}, {painting.title} (public domain)"
            maker.make(painting.name, painting.artist, f"After {painting.title}", source, picture)
        for drawn in DRAWN:
            picture = Picture(procedural_style(drawn.kind, drawn.seed, _DRAWN_SIDE))
            source = f"drawn by Scumble: {drawn.kind}, seed {drawn.seed}"
            maker.make(drawn.name, "Scumble", drawn.description, source, picture)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
