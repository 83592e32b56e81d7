"""Painting masks: with the mouse and with a pen, on the real canvas, and what the history makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.canvas.brush import Brush, Stroke
from desktop_app.main_window import MainWindow
from desktop_app.mask_options import MaskOptions, position_of, size_at
from desktop_app.region_mask import LARGEST_SIDE
from desktop_app.settings import load_settings, save_settings
from tests.desktop_app.helpers import InvertingStylizer, save_picture
from tests.desktop_app.region_helpers import (
    NO_BUTTON,
    box_mask,
    mouse,
    pen_stroke,
    point,
    press,
    release,
    selected,
    stroke,
)

MIDDLE = (0.5, 0.5)


@pytest.fixture
def painting(finished: MainWindow) -> MainWindow:
    """Return a window in which the mask of a new region is being painted; the photo has 60 x 40 pixels."""
    finished.menus.actions["add_region"].trigger()
    options = replace(finished.canvas.mask_bar.options, size=0.1, hardness=100)
    finished.canvas.mask_bar.show_options(options)
    return finished


def values(window: MainWindow) -> np.ndarray:
    return selected(window).mask.values


# The brush itself


def test_a_stroke_covers_its_way_and_nothing_else() -> None:
    mask = np.zeros((100, 200), np.uint8)
    done = Stroke(mask, Brush(20, hardness=1.0))
    assert done.move_to(30, 50) is not None
    box = done.move_to(170, 50)
    assert (mask[43:57, 30:170] == 255).all()
    assert not mask[:38].any()
    assert not mask[62:].any()
    assert not mask[:, :18].any()
    assert not mask[:, 182:].any()
    assert box is not None
    outside = mask.copy()
    outside[box[1] : box[3], box[0] : box[2]] = 0
    assert not outside[:, 41:].any()


def test_a_soft_brush_falls_off_and_opacity_does_not_add_up_within_a_stroke() -> None:
    mask = np.zeros((80, 80), np.uint8)
    done = Stroke(mask, Brush(60, hardness=0.0, opacity=0.5))
    for x in (40, 41, 40, 39, 40):
        done.move_to(x, 40)
    across = mask[40, 10:71].astype(int)
    assert across.max() == 128
    assert (np.diff(across[:30]) >= 0).all()
    assert (np.diff(across[31:]) <= 0).all()
    again = Stroke(mask, Brush(60, hardness=0.0, opacity=0.5))
    again.move_to(40, 40)
    assert mask[40, 40] == 191


def test_the_eraser_takes_away() -> None:
    mask = np.full((40, 40), 255, np.uint8)
    Stroke(mask, Brush(20, hardness=1.0, erases=True)).move_to(20, 20)
    assert mask[20, 20] == 0
    assert mask[2, 2] == 255


def test_a_stroke_beyond_the_edge_changes_what_is_inside() -> None:
    mask = np.zeros((40, 40), np.uint8)
    done = Stroke(mask, Brush(20, hardness=1.0))
    assert done.move_to(-100, -100) is None
    done.move_to(20, 20)
    assert mask[10, 10] == 255
    assert done.move_to(500, 20) is not None
    assert (mask[20, 20:] == 255).all()


def test_the_slider_of_the_size_goes_both_ways() -> None:
    for position in (0, 37, 100):
        assert position_of(size_at(position)) == position
    assert position_of(9.0) == 100


# On the canvas


def test_a_new_region_is_painted_at_once(painting: MainWindow) -> None:
    assert painting.regions.painter.is_active
    assert painting.canvas.mask_layer.isVisible()
    assert painting.canvas.mask_bar.isVisible()
    assert painting.menus.actions["paint_mask"].isChecked()
    assert painting.side_panel.regions.paint_button.isChecked()
    stroke(painting, (0.2, 0.5), (0.8, 0.5))
    painted = values(painting)
    assert painted.shape == (40, 60)
    assert (painted[20, 13:47] == 255).all()
    assert not painted[:12].any()


def test_a_stroke_is_one_step_and_is_undone_and_done_again(qtbot: QtBot, painting: MainWindow) -> None:
    stack = painting.document.undo_stack
    count = stack.count()
    press(painting, (0.2, 0.2), (0.3, 0.3))
    qtbot.waitUntil(lambda: not selected(painting).mask.is_empty)  # while the brush is still down
    mouse(painting, QEvent.Type.MouseMove, (0.8, 0.8))
    release(painting, (0.8, 0.8))
    assert stack.count() == count + 1
    whole = values(painting).copy()
    assert whole[32, 48] == 255
    stroke(painting, (0.8, 0.2))
    assert stack.count() == count + 2
    assert "Brush stroke" in painting.menus.actions["undo"].text()
    stack.undo()
    assert np.array_equal(values(painting), whole)
    stack.undo()
    assert not values(painting).any()
    assert painting.regions.painter.is_active
    stack.redo()
    assert np.array_equal(values(painting), whole)
    stroke(painting, (0.8, 0.2))
    assert values(painting)[8, 48] == 255
    assert values(painting)[32, 48] == 255


def test_the_preview_follows_the_brush(qtbot: QtBot, painting: MainWindow, stylizer: InvertingStylizer) -> None:
    painting.shelf.choose(0)
    press(painting, (0.2, 0.5), (0.4, 0.5))
    qtbot.waitUntil(lambda: bool(stylizer.requests[-1].regions))
    mask = stylizer.requests[-1].regions[0].mask
    assert mask.pixels[20, 20].tolist() == [255, 255, 255]  # pyright: ignore
    mouse(painting, QEvent.Type.MouseMove, (0.9, 0.5))
    qtbot.waitUntil(lambda: stylizer.requests[-1].regions[0].mask.pixels[20, 50, 0] == 255)  # pyright: ignore
    release(painting, (0.9, 0.5))


def test_keys_change_tool_and_size_and_leave(painting: MainWindow) -> None:
    layer, bar = painting.canvas.mask_layer, painting.canvas.mask_bar
    QTest.keyClick(layer, Qt.Key.Key_E)
    assert painting.regions.painter.tool == "erase"
    assert bar.tools["erase"].isChecked()
    QTest.keyClick(layer, Qt.Key.Key_X)
    assert painting.regions.painter.tool == "brush"
    size = bar.options.size
    QTest.keyClick(layer, Qt.Key.Key_BracketRight)
    assert bar.options.size > size
    QTest.keyClick(layer, Qt.Key.Key_BracketLeft)
    assert abs(bar.options.size / size - 1) < 0.05
    QTest.keyClick(layer, Qt.Key.Key_Escape)
    assert not painting.regions.painter.is_active
    assert layer.isHidden()
    assert bar.isHidden()
    assert not painting.menus.actions["paint_mask"].isChecked()
    assert painting.canvas.compare.hasFocus()


def test_erase_fill_clear_and_invert(painting: MainWindow) -> None:
    bar = painting.canvas.mask_bar
    bar.menu.actions()[0].trigger()
    assert (values(painting) == 255).all()
    bar.tools["erase"].click()
    stroke(painting, MIDDLE)
    assert values(painting)[20, 30] == 0
    before = values(painting).copy()
    bar.menu.actions()[2].trigger()
    assert np.array_equal(values(painting), 255 - before)
    bar.menu.actions()[1].trigger()
    assert not values(painting).any()
    texts = [painting.document.undo_stack.text(number) for number in range(painting.document.undo_stack.count())]
    assert texts[-4:] == ["fill_mask", "erase", "invert_mask", "clear_mask"]


def test_feathering_softens_the_edge(qtbot: QtBot, painting: MainWindow) -> None:
    document = painting.document
    document.set_mask(document.selected, box_mask(20, 10, 40, 30), "import_mask")
    painting.canvas.mask_bar.feather_chosen.emit(0.1)
    qtbot.waitUntil(lambda: document.undo_stack.undoText() == "feather_mask")
    row = values(painting)[20].astype(int)
    assert row[30] > 200
    assert 20 < row[20] < 235
    assert (np.diff(row[:30]) >= 0).all()


def test_a_pen_paints_with_its_pressure(painting: MainWindow) -> None:
    bar = painting.canvas.mask_bar
    bar.show_options(replace(bar.options, size=0.3, pen_sizes=True, pen_fades=False))
    pen_stroke(painting, [MIDDLE, MIDDLE], [0.25, 0.25])
    thin = int((values(painting) > 0).sum())
    painting.document.undo_stack.undo()
    pen_stroke(painting, [MIDDLE, MIDDLE], [1.0, 1.0])
    assert int((values(painting) > 0).sum()) > 6 * thin
    painting.document.undo_stack.undo()
    bar.show_options(replace(bar.options, pen_sizes=False, pen_fades=True))
    pen_stroke(painting, [MIDDLE, MIDDLE], [0.5, 0.5])
    assert values(painting).max() == 128


def test_a_zoomed_picture_is_painted_where_the_pointer_is(painting: MainWindow) -> None:
    compare = painting.canvas.compare
    compare.show_actual_size()
    for _ in range(12):
        compare.zoom_in()
    compare.viewport.pan_by(-200, -100, compare._space())
    at = QPointF(compare.rect().center())
    rect = compare.whole_rect()
    place = (at.x() - rect.x()) / rect.width(), (at.y() - rect.y()) / rect.height()
    stroke(painting, place)
    rows, columns = np.nonzero(values(painting) > 127)
    assert abs(rows.mean() + 0.5 - place[1] * 40) < 1
    assert abs(columns.mean() + 0.5 - place[0] * 60) < 1


def test_side_by_side_both_pictures_can_be_painted(painting: MainWindow) -> None:
    compare = painting.canvas.compare
    compare.set_side_by_side(True)
    rect = compare.picture_rect()
    away = (compare.width() - (compare.width() - 8) // 2) / rect.width()
    stroke(painting, (0.5 + away, 0.5))
    assert values(painting)[20, 30] == 255


def test_the_middle_button_and_the_wheel_still_move_the_picture(painting: MainWindow) -> None:
    compare, layer = painting.canvas.compare, painting.canvas.mask_layer
    at = point(painting, MIDDLE)
    wheel = QWheelEvent(
        at,
        layer.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        NO_BUTTON,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(layer, wheel)
    assert not compare.viewport.is_fitted
    before = compare.whole_rect()
    middle = Qt.MouseButton.MiddleButton
    QTest.mousePress(layer, middle, pos=QPoint(300, 300))
    QTest.mouseMove(layer, QPoint(280, 290))
    QTest.mouseRelease(layer, middle, pos=QPoint(280, 290))
    assert compare.whole_rect() != before or compare.viewport.is_fitted
    assert not values(painting).any()


def test_the_divider_is_out_of_the_way_while_painting(painting: MainWindow) -> None:
    divider = painting.canvas.compare.divider
    stroke(painting, (divider, 0.5), (0.9, 0.5))
    assert painting.canvas.compare.divider == divider
    assert values(painting)[20, 50] == 255


def test_the_overlay_shows_the_mask_in_its_colour(painting: MainWindow) -> None:
    layer = painting.canvas.mask_layer
    painting.document.set_mask(painting.document.selected, box_mask(0, 0, 30, 40), "import_mask")
    inside, outside = point(painting, (0.25, 0.5)).toPoint(), point(painting, (0.75, 0.5)).toPoint()
    before = {name: layer.grab().toImage().pixelColor(inside) for name in ("red",)}
    painting.canvas.mask_bar.color_actions["blue"].trigger()
    assert layer.grab().toImage().pixelColor(inside).blue() > before["red"].blue() + 50
    plain = layer.grab().toImage().pixelColor(outside)
    painting.canvas.mask_bar.color_actions["none"].trigger()
    assert layer.grab().toImage().pixelColor(outside) == plain
    assert layer.grab().toImage().pixelColor(inside).blue() < before["red"].blue() + 50


def test_options_are_remembered(painting: MainWindow, tmp_path) -> None:
    bar = painting.canvas.mask_bar
    bar.sliders["hardness"].slider.setValue(33)
    bar.sliders["size"].value_typed.emit("12 px")
    bar.color_actions["green"].trigger()
    bar.pen_actions["pen_fades"].trigger()
    kept = painting._settings.mask_options()
    assert (kept.hardness, kept.color, kept.pen_fades) == (33, "green", True)
    assert abs(kept.size * 60 - 12) < 1
    save_settings(painting._settings, tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json").mask_options() == kept
    painting._settings.mask_color = "pink"
    save_settings(painting._settings, tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json").mask_options() == MaskOptions()


def test_painting_ends_with_its_region_and_needs_one(painting: MainWindow) -> None:
    painting.document.undo_stack.undo()  # there is no region any more
    assert not painting.regions.painter.is_active
    assert painting.canvas.mask_layer.isHidden()
    painting.document.clear()
    painting.menus.actions["paint_mask"].trigger()
    assert not painting.regions.painter.is_active
    assert not painting.menus.actions["paint_mask"].isChecked()
    assert "open a photo first" in painting.messages.text


def test_an_undo_while_the_brush_is_down_ends_the_stroke(qtbot: QtBot, painting: MainWindow) -> None:
    stroke(painting, (0.2, 0.2))
    press(painting, (0.8, 0.8))
    qtbot.waitUntil(lambda: bool(values(painting)[32, 48] == 255))
    painting.document.undo_stack.undo()
    mouse(painting, QEvent.Type.MouseMove, (0.7, 0.2))
    release(painting, (0.7, 0.2))
    assert values(painting)[8, 12] == 255
    assert values(painting)[32, 48] == 0
    assert values(painting)[8, 42] == 0


def test_masks_of_large_photos_stay_moderate_and_another_photo_keeps_the_mask(
    qtbot: QtBot, painting: MainWindow, tmp_path
) -> None:
    stroke(painting, (0.25, 0.5))
    painting.regions.painter.set_active(False)
    painting.open_files([save_picture(tmp_path / "large.png", 3000, 1000, seed=7)])
    qtbot.waitUntil(lambda: painting.document.content_path == tmp_path / "large.png")
    assert "stretched" in painting.messages.text
    assert selected(painting).mask.width == 60  # until somebody paints again
    painting.menus.actions["paint_mask"].trigger()
    stroke(painting, (0.75, 0.5))
    mask = values(painting)
    assert mask.shape == (round(LARGEST_SIDE / 3), LARGEST_SIDE)
    assert mask[mask.shape[0] // 2, LARGEST_SIDE // 4] > 200
    assert mask[mask.shape[0] // 2, 3 * LARGEST_SIDE // 4] == 255
    painting.document.undo_stack.undo()
    painting.document.undo_stack.undo()
    assert painting.document.content_path != tmp_path / "large.png"
    assert selected(painting).mask.width == 60
