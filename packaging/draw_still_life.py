"""Draws the sample picture ``still_life.jpg``: ``python packaging/draw_still_life.py [--output FILE]``.

Fruit, a jug and a cloth on a wooden table by a window, traced through distance functions (Hart, "Sphere tracing",
1996). Lengths are decimetres; x points right, y up, z away from the camera.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np
from drawing import Array, lattice_noise, mix, normalized, on_plane, rough_noise, save_photo, step

import resources

SIZE = (1600, 1067)
_EYE = np.array([0.15, 2.35, -7.2], np.float32)
_TARGET = np.array([0.1, 0.72, 0.0], np.float32)
_FIELD = 0.40
_SUN = normalized(np.array([-0.72, 0.62, -0.38], np.float32))
_FARTHEST = 16.0
_BAND = 60_000
"""Points traced at once: what fits a processor's cache."""

_GRAPES = np.array(
    [
        (1.02 + 0.21 * math.cos(i * 2.4) * math.sqrt(i) * 0.52, 0.17 + 0.27 * (i % 5 == 0) + 0.13 * (i % 3 == 1), -0.85
         + 0.20 * math.sin(i * 2.4) * math.sqrt(i) * 0.5)
        for i in range(17)
    ],
    np.float32,
)  # fmt: skip
_TABLE, _WALL, _CLOTH, _JUG, _APPLE, _PEAR, _ORANGE, _LEMON, _GRAPE, _STEM = range(10)


def _length(vectors: Array) -> Array:
    return np.sqrt((vectors * vectors).sum(-1))


def _smaller(a: Array, b: Array, softness: float) -> Array:
    """The smaller of two distances, joined softly."""
    h = np.maximum(softness - np.abs(a - b), 0) / softness
    return np.minimum(a, b) - h * h * softness / 4


def _cloth_height(x: Array, z: Array) -> Array:
    edge = step(0.0, 0.35, 1.75 - np.abs(x + 1.2 + 0.35 * z)) * step(0.0, 0.3, 1.05 - np.abs(z + 1.2 - 0.15 * x))
    folds = 0.5 + 0.5 * np.sin(x * 3.1 + 1.4 * np.sin(z * 2.3) + 0.9 * z)
    folds = folds * 0.6 + 0.4 * (0.5 + 0.5 * np.sin(x * 7.3 - z * 4.1 + 2 * np.sin(x * 1.7)))
    return (edge * (0.05 + 0.17 * folds) - 0.03).astype(np.float32)


def _jug_radius(y: Array) -> Array:
    body = 0.30 + 0.38 * np.exp(-(((y - 0.72) / 0.52) ** 2))
    neck = 0.14 * step(1.55, 2.15, y)
    return (body + neck - 0.06 * (y < 0.1) * (0.1 - y) / 0.1).astype(np.float32)


def _distances(p: Array) -> list[Array]:
    """Distance from points, N x 3, to each of the things, in the order of their names above."""
    x, y, z = p[:, 0], p[:, 1], p[:, 2]
    cloth = (y - _cloth_height(x, z)) * 0.7
    jug_place = p - np.array([-1.15, 0, 0.75], np.float32)
    around = np.hypot(jug_place[:, 0], jug_place[:, 2])
    shell = np.abs(around - _jug_radius(y) + 0.03) - 0.03
    jug = np.maximum(np.maximum(shell, y - 2.1), -y) * 0.7
    jug = np.minimum(jug, np.maximum(around - 0.33, np.abs(y - 0.1) - 0.1))
    arm_x, arm_y = jug_place[:, 0] + 0.62, jug_place[:, 1] - 1.28
    ring = np.hypot(np.hypot(arm_x * 1.25, arm_y * 0.85) - 0.46, jug_place[:, 2]) - 0.075
    jug = _smaller(jug, np.where(arm_x < 0.25, ring, 1.0) * 0.75, 0.06)

    apple_place = p - np.array([0.05, 0.46, -0.55], np.float32)
    along = np.hypot(apple_place[:, 0], apple_place[:, 2])
    dimple = 0.16 * np.exp(-((along / 0.17) ** 2)) * (apple_place[:, 1] > 0)
    apple = (
        np.hypot(along * 0.97, (apple_place[:, 1] + dimple) * 1.06) - 0.49 + 0.03 * (apple_place[:, 1] < -0.3)
    ) * 0.8
    stem_point = apple_place - np.array([0, 0.32, 0], np.float32)
    lean = stem_point[:, 0] - 0.25 * stem_point[:, 1] ** 2
    stem = (np.maximum(np.hypot(lean, stem_point[:, 2]) - 0.028, np.abs(stem_point[:, 1] - 0.13) - 0.15)) * 0.7

    pear_place = p - np.array([0.98, 0.47, 0.15], np.float32)
    tilt = pear_place[:, 0] - 0.18 * pear_place[:, 1]
    belly = np.sqrt(tilt**2 + pear_place[:, 1] ** 2 + pear_place[:, 2] ** 2) - 0.49
    top = np.sqrt((tilt - 0.03) ** 2 + (pear_place[:, 1] - 0.62) ** 2 + pear_place[:, 2] ** 2) - 0.23
    pear = _smaller(belly, top, 0.5) * 0.9
    lean = tilt - 0.05 - 0.3 * (pear_place[:, 1] - 0.8)
    pear_stem = np.maximum(np.hypot(lean, pear_place[:, 2]) - 0.03, np.abs(pear_place[:, 1] - 0.93) - 0.15) * 0.7

    orange = _length(p - np.array([2.02, 0.45, -0.12], np.float32)) - 0.45
    lemon_place = p - np.array([-0.85, 0.36, -1.12], np.float32)
    turned = lemon_place[:, 0] * 0.87 + lemon_place[:, 2] * 0.5
    across = np.hypot(lemon_place[:, 2] * 0.87 - lemon_place[:, 0] * 0.5, lemon_place[:, 1])
    lemon = (np.hypot(across, turned * 0.78) - 0.31) * 0.8
    lemon = _smaller(lemon, np.hypot(across, np.abs(turned) - 0.40) - 0.055, 0.12)

    grapes = np.full(len(p), np.inf, np.float32)
    for grape in _GRAPES:
        grapes = np.minimum(grapes, _length(p - grape) - 0.165)
    return [y, 3.2 - z, cloth, jug, apple, pear, orange, lemon, grapes, np.minimum(stem, pear_stem)]


def _nearest(p: Array) -> Array:
    return np.minimum.reduce(_distances(p)).astype(np.float32)


def _trace(origin: Array, direction: Array) -> Array:
    """How far rays go until they meet something."""
    far = np.zeros(len(direction), np.float32)
    going = np.arange(len(direction))
    for _ in range(130):
        distance = _nearest(origin + direction[going] * far[going, None])
        far[going] += distance * 0.9
        going = going[(np.abs(distance) > 0.0015) & (far[going] < _FARTHEST)]
        if not len(going):
            break
    return far


def _shadow(p: Array, direction: Array) -> Array:
    """How much of the window's light arrives: soft edges, by how close a ray passes by."""
    light = np.ones(len(p), np.float32)
    far = np.full(len(p), 0.03, np.float32)
    for _ in range(48):
        distance = _nearest(p + direction * far[:, None])
        light = np.minimum(light, 0.5 + 0.5 * distance / (0.11 * far))
        far += np.clip(distance, 0.02, 0.25)
    light = np.clip(light, 0, 1)
    return (light * light * (3 - 2 * light)).astype(np.float32)


def _occlusion(p: Array, normal: Array) -> Array:
    """How open the surroundings are, in 0..1."""
    hidden = np.zeros(len(p), np.float32)
    for number in range(1, 6):
        reach = 0.09 * number
        hidden += (reach - _nearest(p + normal * reach)) / 1.6**number
    return np.clip(1 - 1.7 * hidden, 0.08, 1).astype(np.float32)


def _normal(p: Array) -> Array:
    corners = np.array([[1, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]], np.float32)
    return normalized(sum((c * _nearest(p + c * 0.0012)[:, None] for c in corners), np.zeros_like(p)))


def _rgb(*values: float) -> Array:
    return np.array(values, np.float32)


def _wood(p: Array) -> tuple[Array, Array]:
    plank = np.floor(p[:, 2] / 0.95 + 0.3)
    shifted = np.stack([p[:, 0] * 0.55 + plank * 7.3, p[:, 2] * 7, plank], -1).astype(np.float32)
    rings = 0.5 + 0.5 * np.sin(18 * rough_noise(shifted * 0.5, 3) + shifted[:, 1] * 1.2)
    fibre = rough_noise(np.stack([p[:, 0] * 2, p[:, 2] * 60, plank], -1).astype(np.float32), 9, 3)
    color = mix(
        _rgb(0.16, 0.075, 0.032), _rgb(0.40, 0.21, 0.095), (0.55 * rings + 0.6 * fibre - 0.1).astype(np.float32)
    )
    color = color * (0.85 + 0.3 * lattice_noise(shifted * 0.0 + plank[:, None] * 1.7, 5))[:, None]
    gap = np.abs((p[:, 2] / 0.95 + 0.3) % 1 - 0.5) > 0.49
    return np.where(gap[:, None], color * 0.25, color).astype(np.float32), fibre


def _surface(p: Array, normal: Array, thing: Array) -> tuple[Array, Array, Array]:  # noqa: PLR0915 (one thing after another)
    """Colour, gloss and roughened normal of points on things."""
    color = np.zeros_like(p)
    gloss = np.zeros(len(p), np.float32)
    bump = np.zeros_like(p)

    def on(kind: int) -> tuple[np.ndarray, Array]:
        places = np.flatnonzero(thing == kind)
        return places, p[places]

    places, q = on(_TABLE)
    color[places], fibre = _wood(q)
    gloss[places] = 0.10 + 0.12 * fibre
    bump[places, 2] = (fibre - 0.5) * 0.25

    places, q = on(_WALL)
    plaster = rough_noise(on_plane(q[:, 0] * 1.3, q[:, 1] * 1.3), 21, 6)
    color[places] = mix(_rgb(0.15, 0.17, 0.165), _rgb(0.27, 0.285, 0.265), plaster * 1.3 - 0.15)
    fine = rough_noise(on_plane(q[:, 0] * 14, q[:, 1] * 14), 31, 3)
    bump[places, :2] = (np.stack([fine, np.roll(fine, 1)], -1) - 0.5) * 0.5

    places, q = on(_CLOTH)
    stripe = step(0.40, 0.46, np.abs((q[:, 0] * 1.4 + q[:, 2] * 0.25) % 1 - 0.5).astype(np.float32))
    band = step(0.44, 0.47, np.abs((q[:, 2] * 1.25 - q[:, 0] * 0.2) % 1 - 0.5).astype(np.float32))
    weave = 0.5 + 0.25 * (np.sin(q[:, 0] * 210) + np.sin(q[:, 2] * 210))
    color[places] = mix(mix(_rgb(0.78, 0.75, 0.68), _rgb(0.13, 0.22, 0.42), stripe), _rgb(0.55, 0.12, 0.10), band * 0.8)
    color[places] *= (0.86 + 0.22 * weave)[:, None]
    bump[places] = (lattice_noise(q * 60, 4)[:, None] - 0.5) * 0.18

    places, q = on(_JUG)
    around = np.arctan2(q[:, 2] - 0.75, q[:, 0] + 1.15)
    vine = 0.055 * np.sin(around * 7)
    line = np.abs(q[:, 1] - 0.95 - vine) < 0.022
    leaf = np.hypot((around * 7 / math.pi % 1 - 0.5) * 0.3, q[:, 1] - 0.95 + vine * 1.6) < 0.085
    rim = (np.abs(q[:, 1] - 1.98) < 0.035) | (np.abs(q[:, 1] - 0.28) < 0.03) | (np.abs(q[:, 1] - 1.52) < 0.02)
    glaze = rough_noise(q * 5, 41, 4)
    white = mix(_rgb(0.60, 0.60, 0.57), _rgb(0.76, 0.75, 0.70), glaze)
    blue = mix(_rgb(0.03, 0.07, 0.27), _rgb(0.10, 0.17, 0.42), glaze)
    color[places] = np.where((line | leaf | rim)[:, None], blue, white)
    gloss[places] = 0.9

    places, q = on(_APPLE)
    local = q - np.array([0.05, 0.46, -0.55], np.float32)
    angle = np.arctan2(local[:, 2], local[:, 0])
    streaks = rough_noise(np.stack([angle * 9, local[:, 1] * 2.2, angle * 0], -1).astype(np.float32), 51, 4)
    ripe = step(0.25, 0.75, 0.75 * streaks + 0.45 * (local[:, 0] + 0.35) + 0.25)
    color[places] = mix(_rgb(0.66, 0.50, 0.10), _rgb(0.50, 0.025, 0.02), ripe)
    color[places] *= (0.82 + 0.3 * streaks)[:, None]
    dots = step(0.84, 0.95, lattice_noise(q * 24, 55))
    color[places] = mix(color[places], color[places] * 0.6 + 0.16, dots)
    gloss[places] = 0.6

    places, q = on(_PEAR)
    spots = rough_noise(q * 9, 61, 4)
    color[places] = mix(_rgb(0.36, 0.40, 0.055), _rgb(0.60, 0.45, 0.09), step(0.3, 0.7, spots + 0.25 * (q[:, 0] - 1)))
    freckle = step(0.78, 0.92, lattice_noise(q * 36, 65))
    color[places] = mix(color[places], color[places] * 0.5, freckle)
    gloss[places] = 0.32
    bump[places] = (lattice_noise(q * 30, 66)[:, None] - 0.5) * 0.08

    for kind, tint, seed in ((_ORANGE, _rgb(0.82, 0.27, 0.02), 71), (_LEMON, _rgb(0.80, 0.60, 0.05), 81)):
        places, q = on(kind)
        color[places] = tint * (0.82 + 0.3 * rough_noise(q * 4, seed, 3))[:, None]
        gloss[places] = 0.42
        pores = np.stack([lattice_noise(q * 42, seed + n) for n in range(3)], -1)
        bump[places] = (pores - 0.5) * 0.30

    places, q = on(_GRAPE)
    bloom = rough_noise(q * 8, 91, 4)
    color[places] = mix(_rgb(0.05, 0.012, 0.07), _rgb(0.20, 0.16, 0.30), step(0.45, 0.85, bloom))
    gloss[places] = 0.75 * (1 - bloom)

    places, q = on(_STEM)
    color[places] = mix(_rgb(0.09, 0.05, 0.02), _rgb(0.22, 0.14, 0.06), lattice_noise(q * 30, 95))
    return color, gloss, normalized(normal + bump)


def _shade(direction: Array) -> Array:
    """Light that comes along rays from the eye, M x 3."""
    far = _trace(_EYE, direction)
    p = _EYE + direction * far[:, None]
    thing = np.argmin(np.stack(_distances(p)), axis=0)
    true_normal = _normal(p)
    color, gloss, normal = _surface(p, true_normal, thing)
    start = p + true_normal * 0.01
    shadow = _shadow(start, _SUN)
    openness = _occlusion(p, true_normal)
    facing = np.clip((normal * _SUN).sum(-1), 0, 1) * shadow
    # Light of a window falls off into the room.
    falloff = np.clip(1.18 - 0.16 * (p[:, 0] + 2.2), 0.25, 1.25) * np.clip(1.15 - 0.09 * np.maximum(p[:, 2], 0), 0.5, 2)
    sky = (0.35 + 0.30 * normal[:, 1] - 0.22 * normal[:, 0]) * openness
    bounce = np.clip(-normal[:, 1] * 0.5 + 0.5, 0, 1) * openness * step(1.4, 0.0, p[:, 1])
    light = (
        facing[:, None] * falloff[:, None] * _rgb(2.9, 2.55, 2.05)
        + sky[:, None] * _rgb(0.36, 0.44, 0.58)
        + bounce[:, None] * _rgb(0.26, 0.15, 0.08)
    )
    half = normalized(_SUN - direction)
    shine = np.clip((normal * half).sum(-1), 0, 1)
    edge = (1 - np.clip(-(normal * direction).sum(-1), 0, 1)) ** 4
    highlight = gloss * shadow * (1.5 * shine**90 + 0.25 * shine**14) + gloss * edge * 0.22 * openness
    return (color * light + highlight[:, None] * _rgb(1.0, 0.96, 0.88)).astype(np.float32)


def render(width: int, height: int) -> Array:
    """Return the scene as linear light, H x W x 3."""
    forward = normalized(_TARGET - _EYE)
    right = normalized(np.cross(np.array([0, 1, 0], np.float32), forward).astype(np.float32))
    up = np.cross(forward, right).astype(np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (x + 0.5 - width / 2) / width * 2 * _FIELD, -(y + 0.5 - height / 2) / width * 2 * _FIELD
    rays = normalized(forward + x.reshape(-1, 1) * right + y.reshape(-1, 1) * up)
    light = np.concatenate([_shade(rays[start : start + _BAND]) for start in range(0, len(rays), _BAND)])
    corner = (x * x + y * y) / (_FIELD * _FIELD)
    return (light.reshape(height, width, 3) * (1 - 0.28 * corner)[..., None]).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=resources.FOLDER / "samples" / "still_life.jpg")
    parser.add_argument("--scale", type=float, default=1.5, help="rendered larger by this and reduced")
    arguments = parser.parse_args()
    save_photo(render(round(SIZE[0] * arguments.scale), round(SIZE[1] * arguments.scale)), arguments.output, SIZE, 0.72)


if __name__ == "__main__":
    main()
