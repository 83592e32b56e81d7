"""What happened, and what to do next: one line at the top of the window instead of a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop_app.i18n import translate_message
from desktop_app.icons import icon_pixmap, make_icon
from desktop_app.messages import Failed
from desktop_app.theme import GRID, current_theme, styled


class MessageBar(QFrame):
    """Shows one message at a time, ``"information"``, ``"success"`` or ``"error"``, until it is closed or replaced.

    A failure that is nobody's fault offers diagnostics: ``diagnostics_requested``.
    """

    diagnostics_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "message")
        self._kind = "information"
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

    def show_message(
        self, kind: str, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self._kind = kind
        self._action = action
        self._text.setText(text)
        self.action_button.setText(action_text)
        self.action_button.setVisible(action is not None)
        self._restyle()
        self.show()

    def show_failure(self, event: Failed) -> None:
        """Show an error in the language of the window; one that is a fault with the way to diagnostics."""
        text = translate_message(event.template, event.values)
        if event.is_fault:
            self.show_message("error", text, self.tr("Diagnostics…"), self.diagnostics_requested.emit)
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
        self.close_button.setToolTip(self.tr("Close this message"))
        self.close_button.setAccessibleName(self.tr("Close this message"))

    def _restyle(self) -> None:
        theme = current_theme()
        color = QColor({"error": theme.error, "success": theme.accent}.get(self._kind, theme.muted))
        self._icon.setPixmap(icon_pixmap(self._kind, color, 20, self.devicePixelRatioF()))
        self.close_button.setIcon(make_icon("close", QColor(theme.muted)))
