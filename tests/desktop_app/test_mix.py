"""Mixing styles: from the shelf, with sliders, and by dragging a point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_app.document import LARGEST_MIX, Document, DocumentStyle
from desktop_app.main_window import MainWindow
from desktop_app.panels.mix_pad import corners, place_of, weights_at
from tests.desktop_app.helpers import InvertingStylizer


def click(qtbot: QtBot, window: MainWindow, row: int, modifier: Qt.KeyboardModifier) -> None:
    rect = window.shelf.visualRect(window.shelf.shelf.index(row, 0))
    qtbot.mouseClick(window.shelf.viewport(), Qt.MouseButton.LeftButton, modifier, rect.center())


@pytest.fixture
def mixed(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Return a window in which two styles are mixed."""
    window.shelf.choose(0)
    window.shelf.mixed_in.emit(window.shelf.shelf.item(1))
    assert [style.title for style in window.document.styles] == ["Blue", "Green"]
    return window


def shares(window: MainWindow) -> list[float]:
    total = sum(style.weight for style in window.document.styles)
    return [style.weight / total for style in window.document.styles]


def test_one_style_needs_no_mixing(window: MainWindow) -> None:
    window.shelf.choose(0)
    assert window.side_panel.mix.isHidden()


def test_a_mix_has_a_slider_for_each_style_and_marks_them_on_the_shelf(mixed: MainWindow) -> None:
    assert not mixed.side_panel.mix.isHidden()
    assert [row.slider.slider.value() for row in mixed.side_panel.mix.rows] == [50, 50]
    assert len(mixed.shelf.selectionModel().selectedRows()) == 2


def test_a_share_that_is_moved_leaves_the_others_in_proportion(mixed: MainWindow) -> None:
    mixed.document.add_style(DocumentStyle("Third", "Third"))
    mixed.document.set_weights([1.0, 2.0, 1.0])
    mixed.side_panel.mix.rows[1].slider.slider.setValue(80)
    assert shares(mixed) == pytest.approx([0.1, 0.8, 0.1])
    mixed.side_panel.mix.rows[1].slider.slider.setValue(100)
    assert shares(mixed) == pytest.approx([0, 1, 0])
    mixed.side_panel.mix.rows[1].slider.slider.setValue(0)
    assert shares(mixed)[1] == 0
    assert sum(shares(mixed)) == pytest.approx(1)


def test_the_engine_gets_the_weights(qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer) -> None:
    finished.document.add_style(DocumentStyle("Green", "Green"))
    finished.document.set_weights([3.0, 1.0])
    qtbot.waitUntil(lambda: [choice.weight for choice in stylizer.requests[-1].styles] == [3.0, 1.0])


def test_the_point_is_dragged_in_one_step(qtbot: QtBot, mixed: MainWindow) -> None:
    pad = mixed.side_panel.mix.pad
    before = mixed.document.undo_stack.count()
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(pad.width() // 2, pad.height() // 2))
    for x in range(pad.width() // 2, pad.width() - 4, 10):
        qtbot.mouseMove(pad, QPoint(x, pad.height() // 2))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton)
    assert shares(mixed)[1] > 0.9
    assert mixed.document.undo_stack.count() == before + 1
    qtbot.mouseDClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(pad.width() // 2, pad.height() // 2))
    assert shares(mixed) == pytest.approx([0.5, 0.5])
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Left)
    assert shares(mixed)[0] > 0.5


def test_a_style_is_taken_out_and_the_last_one_stays(mixed: MainWindow) -> None:
    mixed.document.set_weights([0.0, 1.0])
    mixed.side_panel.mix.rows[1].remove_button.click()
    assert [(style.title, style.weight) for style in mixed.document.styles] == [("Blue", 1.0)]
    mixed.document.remove_style(0)
    assert len(mixed.document.styles) == 1
    mixed.menus.actions["undo"].trigger()
    assert [style.title for style in mixed.document.styles] == ["Blue", "Green"]


def test_a_full_mix_says_so(mixed: MainWindow) -> None:
    for number in range(LARGEST_MIX - 2):
        assert mixed.document.add_style(DocumentStyle(f"More {number}", f"More {number}"))
    mixed.shelf.mixed_in.emit(mixed.shelf.shelf.item(0))
    assert len(mixed.document.styles) == LARGEST_MIX
    assert "at most 4" in mixed.messages.text


def test_ctrl_click_mixes_in(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, window, 0, Qt.KeyboardModifier.NoModifier)
    click(qtbot, window, 1, Qt.KeyboardModifier.ControlModifier)
    assert [style.title for style in window.document.styles] == ["Blue", "Green"]


def test_weights_of_nothing_change_nothing() -> None:
    document = Document()
    document.set_styles(
        [DocumentStyle("a", "a"), DocumentStyle("b", "b", image=QImage(4, 4, QImage.Format.Format_RGB32))]
    )
    count = document.undo_stack.count()
    document.set_weights([0.0, 0.0])
    document.set_weights([1.0, 1.0])
    assert document.undo_stack.count() == count


@given(
    count=st.integers(2, LARGEST_MIX),
    x=st.floats(-1, 1, allow_nan=False),
    y=st.floats(-1, 1, allow_nan=False),
)
def test_weights_add_up_to_one_everywhere(count: int, x: float, y: float) -> None:
    weights = weights_at(x, y, count)
    assert sum(weights) == pytest.approx(1)
    assert all(weight >= 0 for weight in weights)


@pytest.mark.parametrize("count", range(2, LARGEST_MIX + 1))
def test_at_a_corner_a_style_is_alone_and_in_the_middle_all_are_equal(count: int) -> None:
    for number, (x, y) in enumerate(corners(count)):
        expected = [1.0 if place == number else 0.0 for place in range(count)]
        assert weights_at(x, y, count) == pytest.approx(expected)
        assert place_of(expected) == pytest.approx((x, y))
    assert weights_at(0, 0, count) == pytest.approx([1 / count] * count)
