"""What the words of ``scumble stylize`` mean: styles with weights, gradients, regions."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from engine.api import PictureError, Region, StyleChoice, StyleError, StyleGradient, UsageError
from engine.imaging import READABLE_SUFFIXES
from engine.styles import STYLE_SUFFIX, StyleLibrary


def style_choice(text: str, library: StyleLibrary) -> StyleChoice:
    """Understand ``STYLE[=WEIGHT]``. A file or a style whose own name contains ``=`` comes before a weight."""
    name, equals, weight = text.rpartition("=")
    if not equals or Path(text).exists():
        return StyleChoice(_style_source(text, library))
    with suppress(StyleError):
        return StyleChoice(library.find(text).name)
    if not name:
        raise UsageError("--style {text} names no style. Write for example --style painting.jpg=0.5", text=text)
    return StyleChoice(_style_source(name, library), _number(weight, "weight", text, f"--style {name}=0.5"))


def gradient_choice(text: str) -> StyleGradient:
    """Understand ``linear``, ``linear:DEGREES``, ``radial`` or the path of a mask."""
    kind, colon, angle = text.partition(":")
    if kind == "linear":
        return StyleGradient("linear", _number(angle, "angle", text, "--gradient linear:90") if colon else 0.0)
    if text == "radial":
        return StyleGradient("radial")
    path = Path(text)
    if not path.exists():
        raise PictureError("{name} is no gradient. Write linear, linear:90, radial or the file of a mask.", name=text)
    return StyleGradient("mask", mask=path)


def region_choice(text: str, library: StyleLibrary, strength: float, keep_color: float) -> Region:
    """Understand ``MASK:STYLE[=WEIGHT][,STYLE...][;strength=S][;keep-color=K]``; what is left out is as for the
    picture.
    """
    mix, *settings = text.split(";")
    values = {"strength": strength, "keep-color": keep_color}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in values:
            raise UsageError(
                "{setting} in --region is no setting. Write for example ;strength=0.5", setting=setting or '""'
            )
        values[name] = _number(value, name, text, f"--region mask.png:painting.jpg;{name}=0.5")
    mask, styles = _mask_and_styles(mix)
    choices = tuple(style_choice(part, library) for part in _parts(styles, library))
    return Region(mask, choices, values["strength"], values["keep-color"])


def _mask_and_styles(text: str) -> tuple[Path, str]:
    """Split at the colon that follows an existing file: paths may have colons of their own (``C:``)."""
    colons = [place for place, letter in enumerate(text) if letter == ":"]
    for place in colons:
        if Path(text[:place]).is_file():
            return Path(text[:place]), text[place + 1 :]
    if not colons or not text[colons[-1] + 1 :]:
        raise UsageError("--region {text} names no style. Write for example --region mask.png:painting.jpg", text=text)
    raise PictureError("The mask {name} does not exist. Check its path.", name=text[: colons[-1]])


def _parts(text: str, library: StyleLibrary) -> list[str]:
    """Split at commas, but not at those of a file's or a style's own name."""
    if not text:
        return []
    parts: list[str] = []
    rest = text.split(",")
    while rest:
        for count in range(len(rest), 0, -1):
            candidate = ",".join(rest[:count])
            try:
                style_choice(candidate, library)
            except (StyleError, UsageError):
                if count > 1:
                    continue
            parts.append(candidate)
            rest = rest[count:]
            break
    return parts


def _number(text: str, what: str, whole: str, example: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(
            "{number} in {whole} is no {what}. Write for example {example}",
            number=text or '""',
            what=what,
            whole=whole,
            example=example,
        ) from None


def _style_source(text: str, library: StyleLibrary) -> Path | str:
    """Tell a file from the name of a style in the library."""
    path = Path(text)
    if path.exists():
        return path
    if path.suffix.lower() in READABLE_SUFFIXES | {STYLE_SUFFIX} or path.name != text:
        raise StyleError("{name} does not exist. Check the path of the style.", name=text)
    return library.find(text).name
