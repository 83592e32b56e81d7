"""Draws the sample picture ``landscape.jpg``: ``python packaging/draw_landscape.py [--output FILE]``.

A mountain lake in the evening: a height field with forests, walked along the rays of a camera. Lengths are metres; x
points right, y away from the camera, z up.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from drawing import Array, mix, normalized, on_plane, rough_noise, save_photo, step
from PIL import Image

import resources

SIZE = (1600, 1067)
_CELL = 0.5
_CELLS = 2200
_EYE = np.array([550.0, 62.0, 15.0], np.float32)
_HORIZON = 0.50
"""Where the horizon lies, as a share of the height from above."""
_FIELD = 0.52
_SUN = normalized(np.array([-0.62, 0.30, 0.34], np.float32))
_WATER = 0.0
_FARTHEST = 1000.0
_TREES = 26_000


def _rgb(*values: float) -> Array:
    return np.array(values, np.float32)


def _ground() -> Array:
    """Heights of the bare ground, indexed [y, x]."""
    coarse = np.arange(0, _CELLS, 2, dtype=np.float32) * _CELL
    x, y = np.meshgrid(coarse, coarse)
    hills = rough_noise(on_plane(x / 210, y / 210), 3, 7)
    ridges = 1 - np.abs(2 * rough_noise(on_plane(x / 300, y / 300), 11, 8) - 1)
    lake = np.hypot((x - 590 - 0.12 * y) / 215, (y - 300) / 205)
    shore = step(0.55, 1.35, lake + 0.45 * (hills - 0.5))
    height = -4 + 9 * shore + 42 * (hills - 0.42) * shore
    height += step(480, 980, y) * (20 + 300 * np.maximum(ridges - 0.35, 0) ** 1.3)
    height += step(170, 20, x) * 40 * hills + step(900, 1080, x) * 60 * hills
    # The meadow that the camera stands on.
    near = step(140, 30, y)
    height = height * (1 - near) + near * (5.0 + 6 * hills + 0.02 * (120 - y))
    image = Image.fromarray(height.astype(np.float32)).resize((_CELLS, _CELLS), Image.Resampling.BICUBIC)
    return np.asarray(image).copy()


def _slope(height: Array) -> tuple[Array, Array]:
    dy, dx = np.gradient(height, _CELL)
    return dx.astype(np.float32), dy.astype(np.float32)


def _plant(height: Array, random: np.random.Generator) -> tuple[Array, Array]:
    """Add trees to the heights; return the kind of ground: 0 bare, else the shade of a tree in 0..1."""
    dx, dy = _slope(height)
    steep = np.hypot(dx, dy)
    coarse = np.arange(0, _CELLS, 4, dtype=np.float32) * _CELL
    x, y = np.meshgrid(coarse, coarse)
    woods = rough_noise(on_plane(x / 90, y / 90), 29, 4)
    planted = height.copy()
    shade = np.zeros_like(height)
    columns, rows = random.integers(24, _CELLS - 24, (2, _TREES * 4))
    wanted = step(0.42, 0.60, woods[rows // 4, columns // 4])
    wanted *= (height[rows, columns] > 1.5) * (height[rows, columns] < 125) * (steep[rows, columns] < 1.0)
    # A few lone trees in the meadow frame the view, but none stands right before the camera.
    meadow = rows * _CELL < 150
    apart = np.abs(columns * _CELL - _EYE[0]) > 16 + 0.30 * (rows * _CELL - _EYE[1])
    dry = height[rows, columns] > 1.5
    wanted = np.where(meadow, 0.12 * apart * dry * (rows * _CELL > 84), wanted)
    chosen = np.flatnonzero(random.random(len(wanted)) < wanted)[:_TREES]
    for number in chosen[np.argsort(rows[chosen])]:
        row, column = rows[number], columns[number]
        tall = random.uniform(5, 15)
        radius = tall * random.uniform(0.17, 0.26)
        reach = int(radius / _CELL) + 2
        window = np.s_[row - reach : row + reach + 1, column - reach : column + reach + 1]
        down, across = np.mgrid[-reach : reach + 1, -reach : reach + 1] * _CELL
        far = np.hypot(down, across) * random.uniform(0.85, 1.15, down.shape) / radius
        broad = number % 4 == 0
        shape = np.sqrt(np.clip(1 - far * far, 0, 1)) * 0.75 if broad else np.clip(1 - far, 0, 1)
        top = height[row, column] + tall * shape * (0.86 + 0.28 * random.random(down.shape))
        higher = (top > planted[window]) & (shape > 0)
        planted[window] = np.where(higher, top, planted[window])
        tint = random.uniform(0.12, 0.5) + (0.48 if broad else 0)
        shade[window] = np.where(higher, tint, shade[window])
    return planted, shade


def _shadows(height: Array) -> Array:
    """Light of the sun on every cell, 0..1: the height field moved along the sun's direction hides what is lower."""
    light = np.ones_like(height)
    flat = _SUN[:2] / np.hypot(*_SUN[:2])
    rise = float(_SUN[2] / np.hypot(*_SUN[:2]))
    reach = 1.0
    while reach < 420:
        down, across = round(flat[1] * reach / _CELL), round(flat[0] * reach / _CELL)
        moved = np.roll(height, (-down, -across), (0, 1)) - rise * reach
        light = np.minimum(light, 1 - step(0.0, 0.6 + reach * 0.03, moved - height))
        reach *= 1.045
        reach += _CELL
    return light


def _at(field: Array, x: Array, y: Array) -> Array:
    """A field's values at points in metres, between its cells."""
    column = np.clip(x / _CELL, 0, _CELLS - 1.001)
    row = np.clip(y / _CELL, 0, _CELLS - 1.001)
    left, top = column.astype(np.int32), row.astype(np.int32)
    u, v = (column - left).astype(np.float32), (row - top).astype(np.float32)
    above = field[top, left] * (1 - u) + field[top, left + 1] * u
    below = field[top + 1, left] * (1 - u) + field[top + 1, left + 1] * u
    return (above * (1 - v) + below * v).astype(np.float32)


def _walk(height: Array, origin: Array, direction: Array, water: bool) -> Array:
    """How far rays go until they meet ground (or water); beyond _FARTHEST they meet the sky."""
    far = np.full(len(direction), 3.0, np.float32)
    going = np.arange(len(direction))
    while len(going):
        p = origin[going] + direction[going] * far[going, None]
        ground = _at(height, p[:, 0], p[:, 1])
        if water:
            ground = np.maximum(ground, _WATER)
        above = p[:, 2] - ground
        stride = np.maximum(np.maximum(above, 0) * 0.30, 0.0016 * far[going] + 0.04)
        arrived = above <= 0.002 * far[going]
        far[going] += np.where(arrived, 0, stride)
        outside = (p[:, 1] > (_CELLS - 2) * _CELL) | (p[:, 0] < 0) | (p[:, 0] > (_CELLS - 2) * _CELL)
        far[going[outside & ~arrived]] = _FARTHEST * 10
        going = going[~arrived & ~outside & (far[going] < _FARTHEST)]
    return far


def _sky(direction: Array) -> Array:
    up = np.clip(direction[:, 2], 0.0, 1)
    toward = np.clip((direction * _SUN).sum(-1), 0, 1)
    color = mix(_rgb(0.86, 0.66, 0.48), _rgb(0.16, 0.30, 0.56), (up / 0.42) ** 0.62)
    color += (_rgb(1.2, 0.7, 0.3) * (0.55 * toward**10)[:, None]).astype(np.float32)
    plane = direction[:, :2] / np.maximum(direction[:, 2:] + 0.06, 0.03)
    place = on_plane(plane[:, 0] * 1.1, plane[:, 1] * 0.75)
    billows = rough_noise(place, 61, 7)
    toward_sun = rough_noise(place + np.array([-0.16, 0.06, 0], np.float32), 61, 7)
    cover = step(0.50, 0.72, billows) * step(0.0, 0.12, direction[:, 2])
    lit = np.clip(0.62 + 3.2 * (billows - toward_sun), 0, 1).astype(np.float32)
    cloud = mix(_rgb(0.38, 0.36, 0.44), _rgb(1.45, 1.10, 0.80), lit)
    return mix(color, cloud, cover * 0.93)


def _light_of_ground(p: Array, fields: dict[str, Array]) -> Array:
    x, y = p[:, 0], p[:, 1]
    dx, dy = _at(fields["dx"], x, y), _at(fields["dy"], x, y)
    normal = normalized(np.stack([-dx, -dy, np.ones_like(dx)], -1))
    ground = _at(fields["ground"], x, y)
    steep = np.hypot(_at(fields["ground_dx"], x, y), _at(fields["ground_dy"], x, y))
    tree = fields["shade"][np.clip(y / _CELL, 0, _CELLS - 1).astype(int), np.clip(x / _CELL, 0, _CELLS - 1).astype(int)]
    patches = rough_noise(on_plane(x / 14, y / 14), 41, 5)
    blades = rough_noise(on_plane(x * 9, y * 2), 43, 4)
    color = mix(_rgb(0.045, 0.085, 0.018), _rgb(0.24, 0.20, 0.055), patches * 2.2 - 0.6)
    color *= (0.2 + 1.6 * blades**1.5)[:, None]
    flower = rough_noise(on_plane(x * 7, y * 4), 47, 2)
    kind = rough_noise(on_plane(x / 5, y / 5), 48, 2)
    bloom = step(0.74, 0.80, flower) * step(150, 60, y)
    petals = np.where((kind > 0.52)[:, None], _rgb(0.75, 0.12, 0.09), _rgb(0.85, 0.75, 0.55))
    color = mix(color, petals, bloom)
    strata = rough_noise(on_plane(x / 6, ground / 2.2), 51, 6)
    rock = mix(_rgb(0.13, 0.115, 0.105), _rgb(0.36, 0.32, 0.285), strata)
    color = mix(color, rock, step(0.55, 0.95, steep + 0.5 * (patches - 0.5)))
    color = mix(color, rock, step(85, 140, ground + 40 * (patches - 0.5)))
    snow = step(125, 165, ground + 60 * (strata - 0.5)) * step(1.5, 0.8, steep)
    color = mix(color, _rgb(0.82, 0.84, 0.90), snow)
    color = mix(color, _rgb(0.42, 0.35, 0.24), step(1.6, 0.3, ground))
    leaves = mix(_rgb(0.018, 0.045, 0.022), _rgb(0.07, 0.10, 0.025), tree * 2)
    leaves = mix(leaves, _rgb(0.42, 0.17, 0.03), (tree - 0.6) * 3)
    color = np.where((tree > 0)[:, None], leaves * (0.5 + blades)[:, None], color)
    sun = np.clip((normal * _SUN).sum(-1), 0, 1) * _at(fields["light"], x, y)
    through = (tree > 0) * 0.10 * _at(fields["light"], x, y)
    sky = (0.45 + 0.55 * normal[:, 2]) * _at(fields["open"], x, y)
    light = (sun + through)[:, None] * _rgb(4.1, 2.95, 1.75) + sky[:, None] * _rgb(0.33, 0.42, 0.60)
    return (color * light).astype(np.float32)


def _haze(light: Array, far: Array, direction: Array) -> Array:
    toward = np.clip((direction * _SUN).sum(-1), 0, 1) ** 3
    air = mix(_rgb(0.40, 0.46, 0.58), _rgb(0.98, 0.70, 0.42), toward)
    return mix(light, air, 1 - np.exp(-((np.minimum(far, _FARTHEST) / 1500) ** 1.3)))


def _far_range(direction: Array, light: Array) -> Array:
    """A blue range behind everything."""
    bearing = direction[:, 0] / direction[:, 1]
    for number, (height, color) in enumerate(((0.13, _rgb(0.47, 0.47, 0.57)), (0.085, _rgb(0.36, 0.40, 0.51)))):
        peaks = rough_noise(on_plane(bearing * 3.2 + number * 9, bearing * 0), 71 + number, 7)
        ridge = height * (0.25 + 1.1 * peaks)
        light = mix(light, color * (0.85 + 0.3 * peaks)[:, None], step(0.0015, -0.0015, direction[:, 2] - ridge))
    return light


def _look(origin: Array, direction: Array, fields: dict[str, Array], water: bool) -> Array:
    far = _walk(fields["height"], origin, direction, water)
    light = _far_range(direction, _sky(direction))
    p = origin + direction * far[:, None]
    seen = far < _FARTHEST
    wet = seen & (p[:, 2] < _WATER + 0.002 * far + 0.05) & (_at(fields["height"], p[:, 0], p[:, 1]) < _WATER)
    dry = seen & ~wet
    light[dry] = _haze(_light_of_ground(p[dry], fields), far[dry], direction[dry])
    if water and wet.any():
        q, d = p[wet], direction[wet]
        size = np.clip(far[wet] / 60, 0.6, 4)
        across, along = q[:, 0] / (1.6 * size), q[:, 1] / (0.55 * size)
        ripple = np.stack([rough_noise(on_plane(across, along), seed, 3) - 0.5 for seed in (81, 83)], -1)
        calm = 0.25 + rough_noise(on_plane(q[:, 0] / 60, q[:, 1] / 40), 85, 2)
        tilt = ripple * (0.10 * calm)[:, None]
        normal = normalized(np.concatenate([tilt, np.ones_like(tilt[:, :1])], -1))
        bounced = d - 2 * (d * normal).sum(-1, keepdims=True) * normal
        bounced[:, 2] = np.abs(bounced[:, 2]) + 0.002
        mirrored = _look(q + np.array([0, 0, 0.05], np.float32), normalized(bounced), fields, water=False)
        facing = np.clip(-(d * normal).sum(-1), 0, 1)
        mirror = 0.10 + 0.86 * (1 - facing) ** 4
        glitter = np.clip((normalized(bounced) * _SUN).sum(-1), 0, 1) ** 180
        deep = mix(_rgb(0.035, 0.075, 0.085), _rgb(0.10, 0.15, 0.12), _at(fields["ground"], q[:, 0], q[:, 1]) / 4 + 1)
        painted = deep * (1 - mirror)[:, None] + mirrored * mirror[:, None] + glitter[:, None] * _rgb(2.4, 1.7, 0.9)
        light[wet] = _haze(painted.astype(np.float32), far[wet] * 0.7, d)
    return light


def render(width: int, height: int) -> Array:
    """Return the scene as linear light, H x W x 3."""
    ground = _ground()
    planted, shade = _plant(ground, np.random.default_rng(4))
    dx, dy = _slope(planted)
    ground_dx, ground_dy = _slope(ground)
    small = Image.fromarray(planted).resize((_CELLS // 16, _CELLS // 16), Image.Resampling.BOX)
    blurred = np.asarray(small.resize((_CELLS, _CELLS), Image.Resampling.BICUBIC))
    fields = {
        "ground": ground,
        "height": planted,
        "shade": shade,
        "dx": dx,
        "dy": dy,
        "ground_dx": ground_dx,
        "ground_dy": ground_dy,
        "light": _shadows(planted),
        "open": np.clip(0.85 + 0.09 * (planted - blurred), 0.25, 1.1).astype(np.float32),
    }
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x = (columns.ravel() + 0.5 - width / 2) / width * 2 * _FIELD
    z = (_HORIZON * height - rows.ravel() - 0.5) / width * 2 * _FIELD
    direction = normalized(np.stack([x, np.ones_like(x), z], -1))
    bands = []
    for start in range(0, len(direction), 200_000):
        rays = direction[start : start + 200_000]
        bands.append(_look(np.broadcast_to(_EYE, rays.shape), rays, fields, water=True))
    return np.concatenate(bands).reshape(height, width, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=resources.SAMPLES / "landscape.jpg")
    parser.add_argument("--scale", type=float, default=1.5, help="rendered larger by this and reduced")
    arguments = parser.parse_args()
    size = round(SIZE[0] * arguments.scale), round(SIZE[1] * arguments.scale)
    save_photo(render(*size), arguments.output, SIZE, 0.62)


if __name__ == "__main__":
    main()
