"""How large the bundle and the installers are, part by part, and whether that is within the limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 2**20
MEGABYTE = 10**6
LARGEST_BUNDLE = 720 * MEBIBYTE
LARGEST_INSTALLER = 220 * MEGABYTE
OTHER_LIMITS = {".rpm": 270 * MEGABYTE}  # nfpm compresses with zstd, less than xz does
_PARTS = 20


@dataclass(frozen=True)
class Part:
    """A folder or a file of a bundle, and what is in it, in bytes."""

    name: str
    size: int


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder; a link weighs nothing."""
    if path.is_dir() and not path.is_symlink():
        return sum(size_of(each) for each in path.iterdir())
    return 0 if path.is_symlink() else path.stat().st_size


def largest_parts(bundle: Path, count: int = _PARTS) -> list[Part]:
    """Return the largest files and folders: a folder is taken apart while one thing in it is most of it."""
    waiting = [bundle]
    parts: list[Part] = []
    while waiting:
        path = waiting.pop()
        size = size_of(path)
        if path.is_dir() and not path.is_symlink():
            inside = list(path.iterdir())
            sizes = [size_of(each) for each in inside]
            if path == bundle or path.name == "_internal" or (sizes and max(sizes) > size / 3 and size > 10 * MEBIBYTE):
                waiting += inside
                continue
        parts.append(Part(path.relative_to(bundle).as_posix(), size))
    return sorted(parts, key=lambda part: -part.size)[:count]


def report(bundle: Path, installers: list[Path]) -> str:
    """Return the table that `make installers` prints."""
    lines = [f"The {_PARTS} largest parts of the bundle:"]
    lines += [f"{part.size / MEBIBYTE:9.1f} MiB  {part.name}" for part in largest_parts(bundle)]
    count = sum(1 for path in bundle.rglob("*") if path.is_file())
    lines.append(f"{size_of(bundle) / MEBIBYTE:9.1f} MiB  all {count} files, limit {LARGEST_BUNDLE / MEBIBYTE:.0f} MiB")
    for path in installers:
        size = size_of(path)
        limit = f", limit {_limit_of(path) / MEGABYTE:.0f} MB" if path.is_file() else ""
        lines.append(f"{size / MEGABYTE:9.1f} MB   {path.name}{limit}")
    return "\n".join(lines)


def beyond_limits(bundle: Path, installers: list[Path]) -> list[str]:
    """Return a line for each thing that is larger than it may be."""
    found = []
    size = size_of(bundle)
    if size > LARGEST_BUNDLE:
        found.append(f"The bundle has {size / MEBIBYTE:.0f} MiB; its limit is {LARGEST_BUNDLE / MEBIBYTE:.0f} MiB.")
    for path in installers:
        if path.is_file() and path.stat().st_size > _limit_of(path):
            megabytes = path.stat().st_size / MEGABYTE
            found.append(f"{path.name} has {megabytes:.0f} MB; its limit is {_limit_of(path) / MEGABYTE:.0f} MB.")
    return found


def _limit_of(installer: Path) -> int:
    return OTHER_LIMITS.get(installer.suffix, LARGEST_INSTALLER)
