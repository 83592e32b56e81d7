"""The regions panel: what it lists, what it changes, and what the engine is asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.canvas.compare_view import CompareView
from desktop_app.document import DocumentStyle
from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from desktop_app.panels.region_delegate import box_of
from desktop_app.panels.region_list import RegionList
from desktop_app.work import WHOLE
from engine.api import StylizeRequest
from tests.desktop_app.helpers import InvertingStylizer, drag_over, drop, mime_of_files, save_picture
from tests.desktop_app.region_helpers import box_mask, press, release, selected, stroke
from tests.desktop_app.shelf_helpers import item, settle


def names(window: MainWindow) -> list[str]:
    """The rows of the list, as they are shown."""
    model = window.side_panel.regions.list.regions
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def details(window: MainWindow, row: int) -> str:
    return window.side_panel.regions.list.regions.index(row, 0).data(Qt.ItemDataRole.StatusTipRole)


def entries(window: MainWindow) -> RegionList:
    return window.side_panel.regions.list


def request(window: MainWindow) -> StylizeRequest:
    found = window.document.request()
    assert found is not None
    return found


@pytest.fixture
def two(finished: MainWindow) -> MainWindow:
    """Return a window with two regions, left and right, in Blue and Green; the left one is selected."""
    document = finished.document
    document.add_region("Right", box_mask(30, 0, 60, 40))
    finished.shelf.choose_item(item(finished, "Green"))
    document.add_region("Left", box_mask(0, 0, 30, 40))
    finished.shelf.choose_item(item(finished, "Blue"))
    return finished


def save_mask(path: Path, width: int = 60, height: int = 40, white: bool = True) -> Path:
    values = np.zeros((height, width), np.uint8)
    if white:
        values[:, : width // 2] = 255
    Image.fromarray(values).save(path)
    return path


def test_without_regions_there_is_one_line(finished: MainWindow) -> None:
    panel = finished.side_panel.regions
    assert panel.list.isHidden()
    assert panel.paint_button.isHidden()
    assert panel.add_button.isEnabled()
    finished.document.clear()
    assert not panel.add_button.isEnabled()


def test_regions_are_listed_from_the_top_down_with_the_rest_below(two: MainWindow) -> None:
    assert names(two) == ["Left", "Right", "The rest"]
    assert details(two, 0) == "Blue · 100 %"
    assert details(two, 1) == "Green · 100 %"
    assert details(two, 2) == "painting · 100 %"
    thumbnail = entries(two).regions.index(0, 0).data(Qt.ItemDataRole.DecorationRole)
    assert thumbnail.pixelColor(1, thumbnail.height() // 2).value() == 255
    assert thumbnail.pixelColor(thumbnail.width() - 2, thumbnail.height() // 2).value() == 0


def test_what_is_selected_decides_what_styles_and_sliders_change(two: MainWindow) -> None:
    sliders = two.side_panel.controls.sliders
    sliders["strength"].slider.setValue(40)
    sliders["keep_color"].slider.setValue(30)
    sliders["detail"].slider.setValue(20)
    two.shelf.mixed_in.emit(item(two, "Green"))
    assert two.side_panel.mix.isVisible()
    region = two.document.work.regions[1]
    assert (region.strength, region.keep_color) == (0.4, 0.3)
    assert [style.title for style in region.styles] == ["Blue", "Green"]
    assert details(two, 0) == "Blue 50 %, Green 50 % · 40 %, colour 30 %"
    assert two.document.work.settings.strength == 1.0
    assert two.document.work.settings.detail == 0.2
    QTest.mouseClick(
        entries(two).viewport(),
        Qt.MouseButton.LeftButton,
        pos=entries(two).visualRect(entries(two).regions.index(2, 0)).center(),
    )
    assert two.document.selected == WHOLE
    assert sliders["strength"].slider.value() == 100
    assert sliders["detail"].slider.value() == 20
    assert two.side_panel.mix.isHidden()
    sliders["strength"].slider.setValue(70)
    two.shelf.choose_item(item(two, "Blue"))
    assert [style.title for style in two.document.work.styles] == ["Blue"]
    assert two.document.work.regions[1].strength == 0.4


def test_the_engine_gets_the_regions_in_their_order(two: MainWindow) -> None:
    found = request(two)
    assert [choice.style for choice in found.regions[0].styles] == ["Green"]
    assert [choice.style for choice in found.regions[1].styles] == ["Blue"]
    assert np.array_equal(found.regions[1].mask.pixels[..., 0], box_mask(0, 0, 30, 40).values)  # pyright: ignore
    assert len(found.styles) == 1


def test_off_unpainted_and_empty_regions_are_left_out(two: MainWindow) -> None:
    document = two.document
    left, right = document.work.regions[1], document.work.regions[0]
    document.switch_region(left.key, False)
    assert len(request(two).regions) == 1
    document.switch_region(WHOLE, False)
    assert request(two).styles == ()
    assert details(two, 2) == "Stays unpainted"
    document.switch_region(right.key, False)
    nothing = request(two)
    assert (nothing.strength, nothing.regions) == (0.0, ())
    document.switch_region(WHOLE, True)
    document.add_region("Nothing")
    assert request(two).regions == ()
    assert details(two, 0) == "Nothing painted yet"
    assert document.undo_stack.count() > 4
    for _ in range(5):
        document.undo_stack.undo()
    assert len(request(two).regions) == 2


def test_a_box_and_the_space_key_switch_a_region(two: MainWindow) -> None:
    rect = entries(two).visualRect(entries(two).regions.index(0, 0))
    QTest.mouseClick(entries(two).viewport(), Qt.MouseButton.LeftButton, pos=box_of(rect).center())
    assert not two.document.work.regions[1].is_on
    entries(two).setFocus()
    QTest.keyClick(entries(two), Qt.Key.Key_Space)
    assert two.document.work.regions[1].is_on
    QTest.keyClick(entries(two), Qt.Key.Key_Down)
    QTest.keyClick(entries(two), Qt.Key.Key_Down)
    QTest.keyClick(entries(two), Qt.Key.Key_Space)
    assert not two.document.work.paints_rest


def test_regions_are_renamed_moved_duplicated_and_deleted_by_keys_and_menu(qtbot: QtBot, two: MainWindow) -> None:
    view = entries(two)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(two) == ["Right", "Left", "The rest"]
    assert selected(two).name == "Left"
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(two) == ["Right", "Left", "The rest"]
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(two) == ["Left", "Right", "The rest"]
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("  Sky ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(two)[0] == "Sky")
    assert names(two) == ["Sky", "Right", "The rest"]
    two.regions.commands.obey("duplicate")
    assert names(two) == ["Sky copy", "Sky", "Right", "The rest"]
    assert selected(two).mask is two.document.work.regions[1].mask
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert names(two) == ["Sky", "Right", "The rest"]
    two.document.undo_stack.undo()
    assert names(two) == ["Sky copy", "Sky", "Right", "The rest"]


def test_a_region_is_dragged_to_another_place(two: MainWindow) -> None:
    view = entries(two)
    data = view.regions.mimeData([view.regions.index(1, 0)])
    drop(view.viewport(), data, 40, 2)
    assert names(two) == ["Right", "Left", "The rest"]
    data = view.regions.mimeData([view.regions.index(0, 0)])
    drop(view.viewport(), data, 40, view.viewport().height() - 4)
    assert names(two) == ["Left", "Right", "The rest"]


def test_seventeen_are_too_many(two: MainWindow) -> None:
    for number in range(14):
        assert two.document.add_region(str(number))
    two.menus.actions["add_region"].trigger()
    assert len(two.document.work.regions) == 16
    assert "at most 16 regions" in two.messages.text
    two.regions.commands.obey("duplicate")
    assert len(two.document.work.regions) == 16


def test_a_photo_alone_can_be_painted_in_a_region(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    window.open_files([photo])
    qtbot.waitUntil(lambda: window.document.content is not None)
    assert not window.canvas.is_comparing
    window.menus.actions["add_region"].trigger()
    assert window.canvas.is_comparing
    assert window.document.request() is None
    window.shelf.choose(0)
    stroke(window, (0.5, 0.5))
    qtbot.waitUntil(lambda: window.canvas.compare.result is not None)
    assert request(window).styles == ()
    assert window.menus.actions["export"].isEnabled()


def test_masks_dropped_on_the_panel_become_regions(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    panel = finished.side_panel.regions
    one, other = save_mask(tmp_path / "one.png", 600, 100), save_picture(tmp_path / "other.jpg")
    data = mime_of_files(one, other)
    assert drag_over(panel, data, 20, 10)
    assert finished.canvas.overlay.role is Role.MASK
    assert finished.canvas.overlay.text_of(Role.MASK) == "Make a region of each mask"
    drop(panel, data, 20, 10)
    assert finished.canvas.overlay.isHidden()
    qtbot.waitUntil(lambda: len(finished.document.work.regions) == 2)
    assert names(finished) == ["other", "one", "The rest"]
    mask = finished.document.work.regions[0].mask
    assert (mask.width, mask.height) == (60, 40)
    assert (mask.values[:, :28] == 255).all()
    assert not mask.values[:, 32:].any()


def test_bad_masks_change_nothing(qtbot: QtBot, finished: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    for path, words in ((broken, "broken.png"), (save_mask(tmp_path / "black.png", white=False), "all black")):
        drop(finished.side_panel.regions, mime_of_files(path), 20, 10)
        qtbot.waitUntil(lambda words=words: words in finished.messages.text)
        assert finished.messages.kind == "error"
        assert finished.document.work.regions == ()


def test_a_mask_goes_out_and_comes_in_again(qtbot: QtBot, two: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    two.regions.files.export_mask(selected(two).mask, path)
    qtbot.waitUntil(lambda: "mask.png" in two.messages.text)
    with Image.open(path) as image:
        assert image.mode == "L"
        assert np.array_equal(np.asarray(image), selected(two).mask.values)
    key = two.document.work.regions[0].key
    two.regions.files.import_masks([path], key)
    qtbot.waitUntil(lambda: two.document.undo_stack.undoText() == "import_mask")
    assert np.array_equal(two.document.work.regions[0].mask.values, selected(two).mask.values)
    two.regions.files.export_mask(selected(two).mask, tmp_path / "no folder" / "mask.png")
    qtbot.waitUntil(lambda: two.messages.kind == "error")


def test_the_subject_is_found_and_corrected(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    pixels = np.full((120, 180, 3), (60, 140, 70), np.uint8)
    pixels += np.random.default_rng(0).integers(0, 12, pixels.shape, dtype=np.uint8)
    y, x = np.mgrid[0:120, 0:180]
    disc, second = np.hypot(x - 90, y - 62) < 30, np.hypot(x - 20, y - 20) < 12
    pixels[disc] = (200, 40, 40)
    pixels[second] = (40, 40, 200)
    Image.fromarray(pixels).save(tmp_path / "disc.png")
    window.open_files([tmp_path / "disc.png"])
    qtbot.waitUntil(lambda: window.document.content is not None)
    window.side_panel.regions.add_actions["add_subject"].trigger()
    qtbot.waitUntil(lambda: bool(window.document.work.regions), timeout=30_000)
    mask = selected(window).mask.values
    assert selected(window).name == "Subject"
    assert mask[disc].mean() > 230
    assert mask[second].mean() > 230
    assert mask[90:, 150:].mean() < 20
    assert window.regions.painter.tool == "subject"
    assert window.document.undo_stack.undoText() == "select_subject"
    window.canvas.mask_bar.outside_button.click()
    press(window, (17 / 180, 20 / 120), (23 / 180, 20 / 120))  # it does not belong to it
    assert mask[20, 20] > 230
    release(window, (23 / 180, 20 / 120))
    qtbot.waitUntil(lambda: selected(window).mask.values[second].mean() < 60, timeout=30_000)
    assert selected(window).mask.values[disc].mean() > 230
    QTest.keyClick(window.canvas.mask_layer, Qt.Key.Key_X)
    stroke(window, (160 / 180, 100 / 120), (165 / 180, 100 / 120))
    qtbot.waitUntil(lambda: bool(selected(window).mask.values[100, 162] == 255), timeout=30_000)
    assert selected(window).mask.values[second].mean() < 60
    window.document.undo_stack.undo()
    assert selected(window).mask.values[100, 162] < 20


def test_places_of_one_colour_are_selected_added_and_taken_away(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    pixels = np.full((40, 60, 3), 30, np.uint8)
    pixels[5:15, 5:15] = pixels[25:35, 45:55] = (220, 40, 40)
    pixels[5:15, 40:50] = (40, 220, 40)
    Image.fromarray(pixels).save(tmp_path / "colors.png")
    window.open_files([tmp_path / "colors.png"])
    qtbot.waitUntil(lambda: window.document.content is not None)
    window.side_panel.regions.add_actions["add_color"].trigger()

    def inside() -> list[bool]:
        mask = selected(window).mask.values
        return [bool(mask[y, x] > 200) for x, y in ((10, 10), (50, 30), (45, 10), (30, 20))]

    red, green = (10 / 60, 10 / 40), (45 / 60, 10 / 40)
    stroke(window, red)
    qtbot.waitUntil(lambda: inside() == [True, False, False, False])
    window.canvas.mask_bar.connected_box.click()
    stroke(window, red)
    qtbot.waitUntil(lambda: inside() == [True, True, False, False])
    stroke(window, green, keys=Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: inside() == [True, True, True, False])
    stroke(window, red, keys=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: inside() == [False, False, True, False])
    window.canvas.mask_bar.sliders["tolerance"].slider.setValue(100)
    stroke(window, (30 / 60, 20 / 40))
    qtbot.waitUntil(lambda: inside()[3] and inside()[0])
    assert window.document.undo_stack.undoText() == "select_color"


def test_deleting_a_style_of_a_region_is_asked(qtbot: QtBot, mine: MainWindow, photo: Path) -> None:
    mine.open_files([photo])
    qtbot.waitUntil(lambda: mine.document.content is not None)
    mine.shelf.choose_item(item(mine, "Blue"))
    mine.document.add_region("Sky", box_mask(0, 0, 30, 40))
    mine.shelf.choose_item(item(mine, "painting"))

    def delete(button: str) -> None:
        mine.shelf.command("delete", item(mine, "painting"))
        box = next(box for box in mine.findChildren(QMessageBox) if box.isVisible())
        assert "Sky" in box.text()
        next(each for each in box.buttons() if each.text() == button).click()

    delete("Keep")
    assert [style.title for style in selected(mine).styles] == ["painting"]
    delete("Delete")
    settle(qtbot, mine)
    assert selected(mine).styles == ()
    assert details(mine, 0) == "No style yet: choose one below"
    assert len(mine.document.work.regions) == 1
    mine.document.undo_stack.undo()
    assert [style.title for style in selected(mine).styles] == ["painting"]


def test_another_photo_asks_about_the_regions(qtbot: QtBot, two: MainWindow, tmp_path: Path) -> None:
    stack, count = two.document.undo_stack, two.document.undo_stack.count()
    two.open_files([save_picture(tmp_path / "another.png", 90, 30, seed=5)])
    qtbot.waitUntil(lambda: two.document.content_path == tmp_path / "another.png")
    assert stack.count() == count + 1
    assert len(two.document.work.regions) == 2
    two.messages.action_button.click()
    assert two.document.work.regions == ()
    stack.undo()
    stack.undo()
    assert len(two.document.work.regions) == 2
    assert two.document.content_path != tmp_path / "another.png"


def test_the_history_keeps_regions(qtbot: QtBot, two: MainWindow) -> None:
    qtbot.waitUntil(lambda: two.history.current is not None, timeout=10_000)
    entry = two.history.current
    assert entry is not None
    two.document.remove_regions()
    assert two.history.current is not entry
    two.history.go_back_to(entry)
    assert [region.name for region in two.document.work.regions] == ["Right", "Left"]
    assert two.history.current is entry


def test_a_stroke_makes_another_result(qtbot: QtBot, two: MainWindow, stylizer: InvertingStylizer) -> None:
    qtbot.waitUntil(lambda: two.history.current is not None, timeout=10_000)
    two.menus.actions["paint_mask"].trigger()
    stroke(two, (0.9, 0.9))
    assert two.history.current is None
    qtbot.waitUntil(lambda: two.history.current is not None, timeout=10_000)
    assert len(two.history.entries) == 2


def test_a_comparison_ends_painting(two: MainWindow) -> None:
    two.menus.actions["paint_mask"].trigger()
    assert two.regions.painter.is_active
    image = two.canvas.compare.result
    assert image is not None
    from desktop_app.canvas.comparison import Comparison

    two.canvas.set_comparison(Comparison(image, image, "one", "other"))
    assert not two.regions.painter.is_active
    assert isinstance(two.canvas.compare, CompareView)


def test_the_regions_of_a_mix_are_weighed_like_any_mix(two: MainWindow) -> None:
    two.document.set_styles([DocumentStyle("Blue", "Blue"), DocumentStyle("Green", "Green")])
    two.document.set_weights([1.0, 3.0])
    assert [choice.weight for choice in request(two).regions[1].styles] == [1.0, 3.0]
    two.document.remove_style(0)
    assert [choice.style for choice in request(two).regions[1].styles] == ["Green"]
    assert entries(two).regions.index(0, 0).data(Qt.ItemDataRole.ToolTipRole).startswith("Left\nGreen")
    assert QPoint(0, 0) == entries(two).visualRect(entries(two).regions.index(0, 0)).topLeft()
