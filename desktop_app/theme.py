"""The looks of the window: neutral greys, one accent colour, so that the picture is the brightest thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from resources import ICONS

W = TypeVar("W", bound=QWidget)

GRID = 8  # every distance is a multiple of this, in points


@dataclass(frozen=True)
class Theme:
    """Colours as ``#rrggbb``. ``canvas`` lies behind the picture, ``panel`` behind controls, ``raised`` on buttons."""

    canvas: str
    panel: str
    raised: str
    hover: str
    text: str
    muted: str
    accent: str
    on_accent: str
    error: str


DARK = Theme(
    canvas="#171717",
    panel="#212121",
    raised="#2f2f2f",
    hover="#3a3a3a",
    text="#d4d4d4",
    muted="#8f8f8f",
    accent="#e0863c",
    on_accent="#1a1a1a",
    error="#e5695f",
)
LIGHT = Theme(
    canvas="#c8c8c8",
    panel="#ececec",
    raised="#dedede",
    hover="#cecece",
    text="#242424",
    muted="#666666",
    accent="#b85a14",
    on_accent="#ffffff",
    error="#b3362c",
)

_current = DARK

_STYLE_SHEET = """
QWidget {{ color: {text}; }}
QMainWindow, QDialog, QMessageBox {{ background: {panel}; }}
#panel, #shelf {{ background: {panel}; }}
#muted {{ color: {muted}; }}
#error {{ color: {error}; }}
#peek {{ background: {raised}; border-radius: 6px; }}
#heading {{ font-weight: 600; }}
QMenuBar {{ background: {panel}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {raised}; padding: 4px; border: 1px solid {hover}; }}
QMenu::item {{ padding: 6px 24px 6px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {hover}; margin: 4px 8px; }}
QPushButton, QToolButton {{ background: {raised}; border: 2px solid transparent; border-radius: 6px;
    padding: 6px 16px; }}
QToolButton {{ padding: 6px; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {muted}; }}
QPushButton#primary {{ background: {accent}; color: {on_accent}; font-weight: 600; padding: 8px 16px; }}
QPushButton#primary:hover {{ background: {accent_hover}; }}
QPushButton#primary:focus {{ border-color: {text}; }}
QPushButton#primary:disabled {{ background: {raised}; color: {muted}; }}
QPushButton#quiet, QToolButton#quiet {{ background: transparent; }}
QPushButton#quiet:hover, QToolButton#quiet:hover {{ background: {hover}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ background: {raised}; border: 2px solid transparent; border-radius: 6px;
    padding: 6px 8px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit {{ min-height: 20px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border-color: {accent}; }}
QAbstractSpinBox {{ padding: 2px 0; min-height: 28px; }}
QAbstractSpinBox QLineEdit {{ background: transparent; border: none; padding: 0 8px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: padding; width: 24px;
    background: transparent; border: none; }}
QAbstractSpinBox::up-arrow {{ image: url({arrow_up}); width: 12px; height: 12px; }}
QAbstractSpinBox::down-arrow {{ image: url({arrow}); width: 12px; height: 12px; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 4px; padding: 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url({arrow}); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {raised};
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QSlider {{ min-height: 24px; }}
QSlider::groove:horizontal {{ height: 4px; background: {hover}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {muted}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: {text}; }}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {accent}; }}
QSlider::sub-page:horizontal:focus {{ background: {accent}; }}
QProgressBar {{ background: {hover}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QListView {{ background: transparent; border: none; outline: none; }}
QListView#lines, QPlainTextEdit {{ background: {raised}; border: 2px solid transparent; border-radius: 6px;
    padding: 4px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QListView#lines::item:selected {{ background: {accent}; color: {on_accent}; }}
QListView#lines:focus, QPlainTextEdit:focus {{ border-color: {accent}; }}
QScrollArea {{ background: transparent; border: 2px solid transparent; border-radius: 6px; }}
QScrollArea:focus {{ border-color: {accent}; }}
QScrollBar:vertical {{ width: 6px; background: transparent; }}
QScrollBar::handle:vertical {{ background: {hover}; border-radius: 3px; min-height: 32px; }}
QScrollBar:horizontal {{ height: 8px; background: transparent; }}
QScrollBar::handle:horizontal {{ background: {hover}; border-radius: 3px; min-width: 32px; margin: 1px 0; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {hover}; padding: 4px; }}
QLineEdit#value {{ background: transparent; border: 2px solid transparent; padding: 0 2px; min-height: 16px;
    color: {muted}; }}
QLineEdit#value:hover, QLineEdit#value:focus {{ background: {raised}; color: {text}; }}
QLineEdit#value:focus {{ border-color: {accent}; }}
#message {{ background: {raised}; border-radius: 8px; }}
"""


def styled(widget: W, name: str) -> W:
    """Give a widget the looks that the style sheet keeps for ``name`` (muted, primary, ...), and return it."""
    widget.setObjectName(name)
    return widget


def current_theme() -> Theme:
    """Return the theme that is applied: widgets that paint themselves take their colours from it."""
    return _current


def theme_named(name: str) -> Theme:
    """Return the theme of a setting; ``"system"`` follows the system, and is dark where that does not say."""
    if name == "system":
        return LIGHT if QApplication.styleHints().colorScheme() is Qt.ColorScheme.Light else DARK
    return LIGHT if name == "light" else DARK


def apply_theme(application: QApplication, name: str) -> None:
    """Give every widget the theme; each gets a ``StyleChange`` event and repaints."""
    global _current  # noqa: PLW0603 (there is one application, and it has one theme)
    _current = theme_named(name)
    theme = _current
    application.setStyle("Fusion")
    palette = QPalette()
    for role, color in (
        (QPalette.ColorRole.Window, theme.panel),
        (QPalette.ColorRole.WindowText, theme.text),
        (QPalette.ColorRole.Base, theme.raised),
        (QPalette.ColorRole.AlternateBase, theme.panel),
        (QPalette.ColorRole.Text, theme.text),
        (QPalette.ColorRole.PlaceholderText, theme.muted),
        (QPalette.ColorRole.Button, theme.raised),
        (QPalette.ColorRole.ButtonText, theme.text),
        (QPalette.ColorRole.ToolTipBase, theme.raised),
        (QPalette.ColorRole.ToolTipText, theme.text),
        (QPalette.ColorRole.Highlight, theme.accent),
        (QPalette.ColorRole.HighlightedText, theme.on_accent),
        (QPalette.ColorRole.Accent, theme.accent),
        (QPalette.ColorRole.Link, theme.accent),
    ):
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    application.setPalette(palette)
    colors = {name: getattr(theme, name) for name in Theme.__dataclass_fields__}
    application.setStyleSheet(
        _STYLE_SHEET.format(
            **colors,
            accent_hover=QColor(theme.accent).lighter(112).name(),
            arrow=(ICONS / "arrow-down.svg").as_posix(),
            arrow_up=(ICONS / "arrow-up.svg").as_posix(),
        )
    )
