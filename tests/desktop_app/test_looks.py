"""Themes and languages switch at once, everywhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.export import ExportDialog
from desktop_app.i18n import TRANSLATED, language_of_system, translate_message
from desktop_app.i18n_update import PACKAGES, ROOT, collect, error_templates, unfinished
from desktop_app.icons import icon_pixmap
from desktop_app.main_window import MainWindow
from desktop_app.messages import Role
from desktop_app.theme import DARK, LIGHT, current_theme
from resources import ICONS, TRANSLATIONS
from tests.desktop_app.conftest import WindowMaker


def lightness_of_canvas(window: MainWindow) -> float:
    return window.canvas.grab().toImage().pixelColor(2, 2).lightnessF()


def test_the_theme_switches_at_once(window: MainWindow) -> None:
    assert lightness_of_canvas(window) < 0.15
    window.menus.actions["theme:light"].trigger()
    assert current_theme() is LIGHT
    assert lightness_of_canvas(window) > 0.7
    window.menus.actions["theme:dark"].trigger()
    assert current_theme() is DARK
    assert lightness_of_canvas(window) < 0.15


def test_a_message_on_show_follows_the_language(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "note.jpg").write_text("no picture")
    window.open_files([tmp_path / "note.jpg"])
    qtbot.waitUntil(lambda: "note.jpg" in window.messages.text)
    english = window.messages.text
    window.preferences.choose("language", "zh_CN")
    qtbot.waitUntil(lambda: "图片" in window.messages.text)
    assert "note.jpg" in window.messages.text
    window.preferences.choose("language", "en")
    qtbot.waitUntil(lambda: window.messages.text == english)


def test_the_button_of_a_message_follows_the_language(qtbot: QtBot, mine: MainWindow) -> None:
    mine.shelf.commanded.emit("delete", mine.shelf.shelf.item(0))
    button = mine.messages.action_button
    assert (mine.messages.text, button.text()) == ("painting is deleted.", "Undo")
    mine.preferences.choose("language", "zh_CN")
    qtbot.waitUntil(lambda: button.text() == "撤销")
    assert "painting" in mine.messages.text
    assert mine.messages.text != "painting is deleted."
    button.click()  # the message is still about that step
    qtbot.waitUntil(lambda: not mine.messages.text)


def test_no_message_is_said_in_one_language_only() -> None:
    """What says a text is asked again with another language: no call of ``show_message`` hands over a finished one."""
    for path in (ROOT / "desktop_app").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "show_message":
                texts = [argument for argument in call.args[1:3] if not isinstance(argument, ast.Lambda)]
                finished = [each for text in texts for each in ast.walk(text) if getattr(each, "attr", "") == "tr"]
                assert not finished, f"{path.name}:{call.lineno}"


def test_the_theme_of_the_system(window: MainWindow) -> None:
    window.menus.actions["theme:system"].trigger()
    assert current_theme() in {DARK, LIGHT}


def test_the_language_switches_at_once_and_back(qtbot: QtBot, finished: MainWindow) -> None:
    slider = finished.side_panel.controls.sliders["strength"]
    assert (slider.name, finished.side_panel.export_button.text()) == ("Strength", "Export…")
    finished.menus.actions["language:zh_CN"].trigger()
    qtbot.waitUntil(lambda: slider.name == "强度")
    assert finished.side_panel.export_button.text() == "导出…"
    assert finished.canvas.photo_prompt.title == "将照片拖到这里"
    assert finished.menus.actions["paste"].text() == "粘贴(&P)"
    assert finished.canvas.overlay.text_of(Role.STYLE) == "用作画作"
    finished.menus.actions["export"].trigger()
    dialog = finished.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog.export_button.text() == "导出"
    dialog.reject()
    finished.menus.actions["language:en"].trigger()
    qtbot.waitUntil(lambda: slider.name == "Strength")
    assert finished.menus.actions["paste"].text() == "&Paste"


def test_engine_errors_speak_the_language_of_the_window(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.menus.actions["language:zh_CN"].trigger()
    window.opener.open_sources(Role.CONTENT, [tmp_path / "missing.png"])
    qtbot.waitUntil(lambda: window.messages.kind == "error")
    assert "missing.png" in window.messages.text
    assert any("\u4e00" <= letter <= "\u9fff" for letter in window.messages.text)


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (["zh-Hans-CN", "zh-CN"], "zh_CN"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["zh-Hant-TW"], "en"),
        (["fr-FR"], "en"),
        ([], "en"),
    ],
)
def test_the_first_known_language_of_the_system_is_used(
    monkeypatch: pytest.MonkeyPatch, languages: list[str], expected: str
) -> None:
    class System:
        def uiLanguages(self) -> list[str]:
            return languages

    monkeypatch.setattr(QLocale, "system", System)
    assert language_of_system() == expected


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(tmp_path: Path, language: str) -> None:
    committed = TRANSLATIONS / f"scumble_{language}.ts"
    fresh = tmp_path / committed.name
    fresh.write_bytes(committed.read_bytes())
    collect(fresh)  # the texts as they are in the code now
    assert unfinished(fresh) == [], "run python -m desktop_app.i18n_update, then translate"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_translation_knows_every_engine_error(window: MainWindow, language: str) -> None:
    window.menus.actions[f"language:{language}"].trigger()
    untranslated = [
        template for template in error_templates() if QApplication.translate("engine", template) == template
    ]
    assert untranslated == [], "run python -m desktop_app.i18n_update"


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_values(window: MainWindow, language: str) -> None:
    import string

    def names(text: str) -> set[str]:
        return {f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name is not None}

    window.menus.actions[f"language:{language}"].trigger()
    for template in error_templates():
        assert names(QApplication.translate("engine", template)) == names(template), template


def test_error_templates_are_found() -> None:
    templates = error_templates()
    assert "Stopped." in templates  # passed on by the class itself
    assert "A mix takes at most {limit} styles, not {count}." in templates
    assert translate_message("{a} and {b}", {"a": 1, "b": 2}) == "1 and 2"


def test_templates_and_texts_are_literals() -> None:
    """A text that is put together at run time cannot be collected, so it would never be translated."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
                    assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_can_be_drawn(qapp: QApplication, path: Path) -> None:
    from PySide6.QtGui import QColor

    image = icon_pixmap(path.stem, QColor("#ff0000"), 32).toImage()
    assert any(image.pixelColor(x, y).alpha() > 100 for x in range(32) for y in range(32))


def test_the_about_dialog_names_the_version(qtbot: QtBot, make_window: WindowMaker) -> None:
    from PySide6.QtWidgets import QLabel

    from desktop_app.dialogs.about import AboutDialog
    from engine.version import __version__

    window = make_window()
    window.menus.actions["about"].trigger()
    dialog = window.findChild(AboutDialog)
    assert isinstance(dialog, AboutDialog)
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))
    dialog.accept()
