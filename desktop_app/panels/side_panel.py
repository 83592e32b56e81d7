"""The column beside the canvas: sliders, what is open, on what it runs, and the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.document import Document
from desktop_app.panels.controls import Controls
from desktop_app.panels.mix_panel import MixPanel
from desktop_app.panels.preset_row import PresetRow
from desktop_app.presets import Presets
from desktop_app.theme import GRID, styled

WIDTH = 33 * GRID


class SidePanel(QWidget):
    """Fixed in width, so that the picture does not move when a text changes."""

    def __init__(self, document: Document, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._document = document
        self._device = ""
        self._notes: tuple[str, ...] = ()
        self.controls = Controls(document)
        self.mix = MixPanel(document)
        self.presets = PresetRow(document, presets)
        self._photo = _Fact()
        self._style = _Fact()
        self.device_label = _Fact()
        self.surprise_button = QPushButton()
        self.export_button = styled(QPushButton(), "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._scrolled(), 1)
        layout.addWidget(self.surprise_button)
        layout.addWidget(self.export_button)
        document.content_changed.connect(self._retranslate)
        document.styles_changed.connect(self._retranslate)
        self._retranslate()

    def _scrolled(self) -> QScrollArea:
        """Return everything but the buttons in an area that scrolls where the window is low."""
        inner = styled(QWidget(), "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.mix)
        column.addWidget(self.presets)
        column.addWidget(self.controls)
        column.addStretch()
        facts = QVBoxLayout()
        facts.setSpacing(GRID)
        for fact in (self._photo, self._style, self.device_label):
            facts.addWidget(fact)
        column.addLayout(facts)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def set_can_surprise(self, possible: bool) -> None:
        """Say whether there is a style to choose."""
        self.surprise_button.setEnabled(possible)
        self._retranslate()

    def set_device(self, device: str, notes: tuple[str, ...]) -> None:
        """Say on what the engine runs; ``notes`` (why that is not a faster device) are its tooltip."""
        self._device = device
        self._notes = notes
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.export_button.setText(self.tr("Export…"))
        self.surprise_button.setText(self.tr("Surprise Me"))
        tip = self.tr("Try other styles of your library, mixed by chance")
        if not self.surprise_button.isEnabled():
            tip = self.tr("The library has no style to choose from. Add a painting first.")
        self.surprise_button.setToolTip(tip)
        content = self._document.content
        photo = "" if content is None else f"{content.name}, {content.width} × {content.height}"
        self._photo.set_fact(self.tr("Photo"), photo)
        self._style.set_fact(self.tr("Style"), ", ".join(style.title for style in self._document.styles))
        self.device_label.set_fact(self.tr("Runs on"), self._device, "\n".join(self._notes))


class _Fact(QLabel):
    """``name: value`` in a quiet colour, cut off in the middle where it is too long; hidden without a value."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        styled(self, "muted")

    def set_fact(self, name: str, value: str, explanation: str = "") -> None:
        text = f"{name}: {value}"
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, WIDTH - 8 * GRID))
        self.setToolTip(explanation or text)
        self.setVisible(bool(value))
