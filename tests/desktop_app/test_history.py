"""Results that stood for a moment are kept, can be gone back to, and held against each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportChoice
from desktop_app.history import HistoryEntry
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings, load_settings
from desktop_app.work_words import differences_in_words, settings_in_words, styles_in_words
from tests.desktop_app.conftest import WindowMaker
from tests.desktop_app.helpers import InvertingStylizer, save_picture


@pytest.fixture(autouse=True)
def _short_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.history.STANDING_MILLISECONDS", 60)


def keep(qtbot: QtBot, window: MainWindow, count: int) -> None:
    """Wait until so many results are kept."""
    qtbot.waitUntil(lambda: len(window.history.entries) == count and not window.preview.is_busy)


def strengths(window: MainWindow) -> list[float]:
    return [entry.work.settings.strength for entry in window.history.entries]


def name_of(entry: HistoryEntry) -> str:
    return entry.work.content.picture.name if entry.work.content is not None else ""


def click(
    qtbot: QtBot, window: MainWindow, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    entries = window.history_panel.list
    place = entries.visualRect(entries.entries.index(row, 0)).center()
    qtbot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, modifier, place)


@pytest.fixture
def kept(qtbot: QtBot, finished: MainWindow) -> MainWindow:
    """Return a window that shows a history of three results: strength 1 (oldest), 0.8 and 0.6."""
    finished.menus.actions["history"].trigger()
    keep(qtbot, finished, 1)
    for count, strength in enumerate((0.8, 0.6), 2):
        finished.document.set_setting("strength", strength)
        finished.document.finish_gesture()
        keep(qtbot, finished, count)
    return finished


def test_results_that_stand_are_kept_with_words_and_thumbnails(kept: MainWindow) -> None:
    assert strengths(kept) == [0.6, 0.8, 1.0]
    newest = kept.history.entries[0]
    assert newest is kept.history.current
    assert (newest.thumbnail.width(), newest.thumbnail.height()) == (144, 144)
    assert (newest.image.width(), newest.image.height()) == (60, 40)
    text = kept.history_panel.list.entries.index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert text == f"painting\nStrength 60 %\n{newest.time:%H:%M} · photo"


def test_what_changes_at_once_is_not_kept(
    qtbot: QtBot, finished: MainWindow, monkeypatch: pytest.MonkeyPatch, stylizer: InvertingStylizer
) -> None:
    keep(qtbot, finished, 1)
    for strength in (0.9, 0.7, 0.5):
        seen = len(stylizer.requests)
        finished.document.set_setting("strength", strength)
        with qtbot.waitSignal(finished.preview.ready):  # each is seen, none but the last stands
            pass
        assert len(stylizer.requests) > seen
    keep(qtbot, finished, 2)
    assert strengths(finished) == [0.5, 1.0]


def test_a_result_that_comes_again_is_not_kept_twice(qtbot: QtBot, kept: MainWindow) -> None:
    with qtbot.waitSignal(kept.history.changed):  # the moment has passed again
        kept.document.set_setting("strength", 0.8)
    assert strengths(kept) == [0.6, 0.8, 1.0]
    assert kept.history.current is kept.history.entries[1]


def test_a_failed_preview_leaves_no_entry(qtbot: QtBot, kept: MainWindow, stylizer: InvertingStylizer) -> None:
    stylizer.failure = RuntimeError("no")
    with qtbot.waitSignal(kept.preview.failed):
        kept.document.set_setting("strength", 0.1)
    assert kept.history.image is None
    stylizer.failure = None
    kept.document.set_setting("strength", 0.2)
    keep(qtbot, kept, 4)
    assert strengths(kept) == [0.2, 0.6, 0.8, 1.0]


def test_a_result_is_not_kept_for_the_settings_that_follow_it(
    qtbot: QtBot, kept: MainWindow, stylizer: InvertingStylizer
) -> None:
    def hold_the_next(_event: object) -> None:
        stylizer.hold.clear()

    stylizer.hold.clear()
    kept.document.set_setting("strength", 0.5)
    kept.document.set_setting("strength", 0.4)  # waits until the render above has ended
    kept.preview.ready.connect(hold_the_next)
    stylizer.hold.set()
    with qtbot.waitSignal(kept.history._timer.timeout):  # 0.5 is on show, and 0.4 is set
        pass
    kept.preview.ready.disconnect(hold_the_next)
    assert kept.history.image is None
    stylizer.hold.set()
    keep(qtbot, kept, 4)
    assert strengths(kept) == [0.4, 0.6, 0.8, 1.0]


def test_an_export_is_kept_as_it_was_when_it_began(
    qtbot: QtBot, finished: MainWindow, stylizer: InvertingStylizer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep(qtbot, finished, 1)
    finished.history._timer.setInterval(3_600_000)  # nothing is kept for standing any more
    with qtbot.waitSignal(finished.preview.ready):
        finished.document.set_setting("strength", 0.4)
    qtbot.waitUntil(lambda: not finished.preview.is_busy)
    finished.exporter.export(ExportChoice(tmp_path / "out.png", overwrite=False, quality=95))
    finished.document.set_setting("strength", 0.3)
    keep(qtbot, finished, 2)
    assert (tmp_path / "out.png").exists()
    assert strengths(finished) == [0.4, 1.0]
    assert [entry.is_exported for entry in finished.history.entries] == [True, False]
    text = finished.history_panel.list.entries.index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert text.endswith("Exported")


def test_one_click_goes_back_and_undo_returns(qtbot: QtBot, kept: MainWindow) -> None:
    before = kept.document.work
    click(qtbot, kept, 2)
    assert kept.document.work is kept.history.entries[2].work
    assert kept.document.settings.strength == 1.0
    assert kept.side_panel.controls.sliders["strength"].value_text == "100 %"
    assert kept.menus.actions["undo"].text() == "&Undo: Go back in the history"
    kept.menus.actions["undo"].trigger()
    assert kept.document.work is before
    steps = kept.document.undo_stack.count()
    click(qtbot, kept, 0)  # that is what is open
    assert kept.document.undo_stack.count() == steps


def test_going_back_to_another_photo(qtbot: QtBot, kept: MainWindow, tmp_path: Path) -> None:
    kept.open_files([save_picture(tmp_path / "other.png", 90, 30, seed=9)])
    keep(qtbot, kept, 4)
    click(qtbot, kept, 3)
    assert kept.document.content is not None
    assert kept.document.content.name == "photo"
    qtbot.waitUntil(lambda: kept.canvas.compare.result is not None)
    kept.menus.actions["new"].trigger()
    click(qtbot, kept, 0)
    assert kept.document.content is not None
    assert kept.document.content.name == "other"


def test_two_that_are_chosen_are_compared_and_escape_ends_it(qtbot: QtBot, kept: MainWindow) -> None:
    work, result = kept.document.work, kept.canvas.compare.result
    for row in (0, 2):
        click(qtbot, kept, row, Qt.KeyboardModifier.ControlModifier)
    comparison = kept.canvas.compare.comparison
    assert comparison is not None
    newest, oldest = kept.history.entries[0], kept.history.entries[2]
    assert comparison.left == oldest.image
    assert comparison.right == newest.image
    assert comparison.left_label == f"{oldest.time:%H:%M} · Strength 100 %"
    assert comparison.right_label == f"{newest.time:%H:%M} · Strength 60 %"
    assert kept.canvas.compare.accessibleName() == f"{comparison.left_label} and {comparison.right_label}"
    assert kept.canvas.end_comparison_button.isVisible()
    qtbot.keyClick(kept, Qt.Key.Key_Escape)
    assert kept.canvas.compare.comparison is None
    assert not kept.canvas.end_comparison_button.isVisible()
    assert kept.history_panel.list.selected() == []
    assert kept.document.work is work
    assert kept.canvas.compare.result is result


@pytest.mark.parametrize("side_by_side", [False, True])
def test_a_comparison_shows_both_pictures(qtbot: QtBot, kept: MainWindow, side_by_side: bool) -> None:
    red, blue = QImage(60, 40, QImage.Format.Format_RGB32), QImage(60, 40, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    blue.fill(Qt.GlobalColor.blue)
    view = kept.canvas.compare
    kept.menus.actions["side_by_side"].setChecked(side_by_side)
    view.set_side_by_side(side_by_side)
    entries = kept.history.entries
    object.__setattr__(entries[1], "image", red)
    object.__setattr__(entries[0], "image", blue)
    kept.history_panel.list.compared.emit(entries[1], entries[0])
    rect = view.picture_rect()
    seen = view.grab().toImage()
    left = seen.pixelColor(rect.left() + 5, rect.bottom() - 5)
    right = seen.pixelColor(rect.right() - 5, rect.bottom() - 5)
    if side_by_side:
        right = seen.pixelColor(view.width() - view.width() // 4, rect.bottom() - 5)
    assert (left.red(), left.blue()) == (255, 0)
    assert (right.red(), right.blue()) == (0, 255)
    kept.canvas.end_comparison_button.click()
    assert view.comparison is None


def test_any_change_ends_a_comparison(qtbot: QtBot, kept: MainWindow) -> None:
    kept.history_panel.list.compared_with_current.emit(kept.history.entries[2])
    assert kept.canvas.compare.comparison is not None
    kept.document.set_setting("detail", 0.5)
    assert kept.canvas.compare.comparison is None


def test_the_context_menu_compares_with_the_current_result(qtbot: QtBot, kept: MainWindow) -> None:
    entries = kept.history_panel.list
    texts = ["Go Back to This Result", "Compare with the Current Result", "", "Delete"]
    current = entries.menu_of(kept.history.entries[0])
    assert [action.text() for action in current.actions()] == texts
    assert not current.actions()[1].isEnabled()
    entries.menu_of(kept.history.entries[1]).actions()[1].trigger()
    comparison = kept.canvas.compare.comparison
    assert comparison is not None
    assert comparison.left == kept.history.entries[1].image
    assert comparison.right == kept.canvas.compare.result
    assert comparison.right_label == "Current Result"


def test_results_of_different_photos_are_compared_undistorted_even_in_an_empty_window(
    qtbot: QtBot, kept: MainWindow, tmp_path: Path
) -> None:
    kept.open_files([save_picture(tmp_path / "other.png", 90, 30, seed=9)])
    keep(qtbot, kept, 4)
    kept.menus.actions["new"].trigger()
    assert not kept.canvas.is_comparing
    for row in (0, 3):
        click(qtbot, kept, row, Qt.KeyboardModifier.ControlModifier)
    comparison = kept.canvas.compare.comparison
    assert kept.canvas.is_comparing
    assert comparison is not None
    assert (comparison.left.width(), comparison.left.height()) == (60, 40)
    assert (comparison.right.width(), comparison.right.height()) == (90, 60)  # in the middle of a plain field
    assert not kept.canvas.compare.picture_rect().isEmpty()
    qtbot.keyClick(kept, Qt.Key.Key_Escape)
    assert not kept.canvas.is_comparing
    assert kept.canvas.compare.picture_rect().isEmpty()


def test_keys_go_back_and_delete(qtbot: QtBot, kept: MainWindow) -> None:
    entries = kept.history_panel.list
    entries.setFocus()
    entries.setCurrentIndex(entries.entries.index(0, 0))
    qtbot.keyClick(entries, Qt.Key.Key_Down)
    assert kept.document.settings.strength == 0.6  # walking through the list changes nothing yet
    qtbot.keyClick(entries, Qt.Key.Key_Return)
    assert kept.document.settings.strength == 0.8
    entries.setCurrentIndex(entries.entries.index(2, 0))
    qtbot.keyClick(entries, Qt.Key.Key_Delete)
    assert strengths(kept) == [0.6, 0.8]
    assert kept.document.settings.strength == 0.8


def test_deleting_one_of_two_that_are_compared_ends_it(kept: MainWindow, qtbot: QtBot) -> None:
    for row in (0, 2):
        click(qtbot, kept, row, Qt.KeyboardModifier.ControlModifier)
    assert kept.canvas.compare.comparison is not None
    kept.history.remove([kept.history.entries[2]])
    assert kept.canvas.compare.comparison is None
    assert strengths(kept) == [0.6, 0.8]


def test_clear_can_be_taken_back(kept: MainWindow) -> None:
    before, work = kept.history.entries, kept.document.work
    kept.history_panel.clear_button.click()
    assert kept.history.entries == ()
    assert not kept.history_panel.clear_button.isEnabled()
    assert kept.document.work is work
    kept.messages.action_button.click()
    assert kept.history.entries == before
    assert kept.messages.text == ""


def test_the_oldest_go_when_the_budget_is_used_up(
    qtbot: QtBot, kept: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = kept.history.entries[0]
    monkeypatch.setattr("desktop_app.history.BUDGET", 3 * (entry.image.sizeInBytes() + entry.thumbnail.sizeInBytes()))
    for strength in (0.4, 0.2):
        with qtbot.waitSignal(kept.history.changed):
            kept.document.set_setting("strength", strength)
    assert strengths(kept) == [0.2, 0.4, 0.6]
    assert kept.history_panel.list.entries.rowCount() == 3


def test_the_pictures_of_works_that_are_closed_count(
    qtbot: QtBot, kept: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.history.BUDGET", 900_000)
    large = save_picture(tmp_path / "large.png", 500, 300, seed=9)  # 450,000 bytes, and its preview as many
    kept.open_files([large])
    keep(qtbot, kept, 4)
    kept.menus.actions["undo"].trigger()  # now only the history needs the large photo
    assert [name_of(entry) for entry in kept.history.entries] == ["large"]
    qtbot.waitUntil(lambda: [name_of(entry) for entry in kept.history.entries] == ["photo"])


def test_the_panel_is_shown_and_hidden_and_that_is_remembered(make_window: WindowMaker, tmp_path: Path) -> None:
    window = make_window()
    assert not window.history_panel.isVisible()
    window.menus.actions["history"].trigger()
    assert window.history_panel.isVisible()
    window.menus.actions["side_by_side"].trigger()
    window.close()
    saved = load_settings(tmp_path / "settings" / "settings.json")
    assert (saved.panel, saved.side_by_side) == ("history", True)
    again = make_window(settings=saved)
    assert again.history_panel.isVisible()
    assert again.canvas.compare.is_side_by_side
    assert again.menus.actions["side_by_side"].isChecked()
    again.history_panel.close_button.click()
    assert not again.history_panel.isVisible()
    assert not again.menus.actions["history"].isChecked()
    assert make_window(settings=Settings(language="en")).history_panel.isHidden()


def test_words_follow_the_language(qtbot: QtBot, kept: MainWindow) -> None:
    work = kept.document.work
    blue = kept.shelf.shelf.item_of_library("Blue")
    kept.shelf.mixed_in.emit(blue)
    kept.document.set_weights([0.3, 0.7])
    kept.document.set_setting("detail", 0.2)
    assert styles_in_words(kept.document.work) == "painting 30 %, Blue 70 %"
    assert settings_in_words(kept.document.settings) == "Strength 60 %, Detail 20 %"
    assert differences_in_words(work, kept.document.work) == "painting · Strength 60 %"
    assert differences_in_words(work, work) == "photo"
    kept.menus.actions["language:zh_CN"].trigger()
    assert settings_in_words(work.settings) == "强度 60 %"


def test_the_divider_moves_in_a_comparison_and_space_shows_the_left_one(qtbot: QtBot, kept: MainWindow) -> None:
    kept.history_panel.list.compared_with_current.emit(kept.history.entries[2])
    view = kept.canvas.compare
    rect = view.picture_rect()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + rect.width() // 4, rect.center().y()))
    assert view.divider == pytest.approx(0.25, abs=0.02)
    qtbot.keyPress(kept, Qt.Key.Key_Space)
    assert view.is_original_shown
    assert view.comparison is not None
