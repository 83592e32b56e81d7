"""What happened, and what to do next: one line at the top of the window instead of a dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop_app.i18n import translate_message
from desktop_app.icons import icon_pixmap, make_icon
from desktop_app.messages import Failed
from desktop_app.theme import GRID, current_theme, styled

Text = str | Callable[[], str]
"""A text, or what says it in the language of the moment: it is asked again when the language changes."""


class MessageBar(QFrame):
    """Shows one message at a time, ``"information"``, ``"success"`` or ``"error"``, until it is closed or replaced.

    A failure that is nobody's fault offers diagnostics: ``diagnostics_requested``.
    """

    diagnostics_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "message")
        self._kind = "information"
        self._says: Text = ""
        self._action_says: Text = ""
        self._action: Callable[[], object] | None = None
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action_button = QPushButton()
        self.close_button = styled(QToolButton(), "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.action_button)
        layout.addWidget(self.close_button)
        self.action_button.clicked.connect(self._act)
        self.close_button.clicked.connect(self.hide)
        self._restyle()
        self._retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """The message on show, empty while the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def kind(self) -> str:
        return self._kind

    def is_shown(self, text: Text) -> bool:
        """Whether this very message is on show."""
        return not self.isHidden() and self._says is text

    def show_message(
        self, kind: str, text: Text, action_text: Text = "", action: Callable[[], object] | None = None
    ) -> None:
        self._kind = kind
        self._says, self._action_says = text, action_text
        self._action = action
        self.action_button.setVisible(action is not None)
        self._retranslate()
        self._restyle()
        self.show()

    def show_failure(self, event: Failed) -> None:
        """Show an error in the language of the window; one that is a fault with the way to diagnostics."""
        text = partial(translate_message, event.template, event.values)
        if event.is_fault:
            self.show_message("error", text, lambda: self.tr("Diagnostics…"), self.diagnostics_requested.emit)
        else:
            self.show_message("error", text)

    def _act(self) -> None:
        if self._action is not None:
            self._action()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._text.setText(_said(self._says))
        self.action_button.setText(_said(self._action_says))
        self.close_button.setToolTip(self.tr("Close this message"))
        self.close_button.setAccessibleName(self.tr("Close this message"))

    def _restyle(self) -> None:
        theme = current_theme()
        color = QColor({"error": theme.error, "success": theme.accent}.get(self._kind, theme.muted))
        self._icon.setPixmap(icon_pixmap(self._kind, color, 20, self.devicePixelRatioF()))
        self.close_button.setIcon(make_icon("close", QColor(theme.muted)))


def _said(text: Text) -> str:
    return text if isinstance(text, str) else text()
