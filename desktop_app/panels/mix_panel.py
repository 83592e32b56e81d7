"""The styles of a mix, each with its share, and the field to mix them by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_app.document import Document
from desktop_app.icons import make_icon
from desktop_app.panels.mix_pad import MixPad
from desktop_app.panels.value_slider import ValueSlider
from desktop_app.theme import GRID, current_theme, styled

_ICON_SIDE = 12
_ELIDE = Qt.TextElideMode.ElideRight


class MixPanel(QWidget):
    """Hidden until there are two styles. Sliders show shares of the whole; the engine gets weights."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.rows: list[_MixRow] = []
        self.pad = MixPad()
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setSpacing(GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.pad)
        layout.addLayout(self._rows_layout)
        self.pad.weights_changed.connect(document.set_weights)
        self.pad.released.connect(document.finish_gesture)
        document.styles_changed.connect(self._follow)
        self.hide()

    def _follow(self) -> None:
        styles = self._document.styles
        self.setVisible(len(styles) > 1)
        if len(styles) < 2:
            return
        while len(self.rows) > len(styles):
            row = self.rows.pop()
            self._rows_layout.removeWidget(row)
            row.deleteLater()
        while len(self.rows) < len(styles):
            row = _MixRow()
            number = len(self.rows)
            row.slider.value_changed.connect(partial(self._moved, number))
            row.slider.value_typed.connect(partial(self._typed, number))
            row.slider.released.connect(self._document.finish_gesture)
            row.remove_button.clicked.connect(partial(self._remove, number))
            self.rows.append(row)
            self._rows_layout.addWidget(row)
        total = sum(style.weight for style in styles)
        for row, style in zip(self.rows, styles, strict=True):
            row.show_style(style.title, style.weight / total)
        self.pad.set_styles([style.image for style in styles], [style.weight for style in styles])

    def _moved(self, number: int, position: int) -> None:
        """Give one style a share; the others keep their proportions in what is left."""
        weights = [style.weight for style in self._document.styles]
        share = position / 100
        rest = sum(weights) - weights[number]
        others = [weight / rest if rest else 1 / (len(weights) - 1) for weight in weights]
        self._document.set_weights(
            [share if place == number else (1 - share) * other for place, other in enumerate(others)]
        )

    def _typed(self, number: int, text: str) -> None:
        try:
            share = float(text.strip().removesuffix("%").replace(",", "."))
        except ValueError:
            return
        self._moved(number, round(min(100.0, max(0.0, share))))

    def _remove(self, number: int) -> None:
        self._document.remove_style(number)


class _MixRow(QWidget):
    """One style: its name, its share, and the way out of the mix."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self.slider = ValueSlider(0, 100, 50)
        self.remove_button = styled(QToolButton(), "quiet")
        self.remove_button.setIconSize(QSize(_ICON_SIDE, _ICON_SIDE))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.remove_button)
        self._restyle()

    def show_style(self, title: str, share: float) -> None:
        self._title = title
        with QSignalBlocker(self.slider.slider):
            self.slider.slider.setValue(round(100 * share))
        self.slider.set_value_text(f"{round(100 * share)} %")
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self.remove_button.setIcon(make_icon("close", QColor(current_theme().muted)))

    def _retranslate(self) -> None:
        title = self.fontMetrics().elidedText(self._title, _ELIDE, 15 * GRID)
        explanation = self.tr("How much of the mix is {style}. Double-click for half.").format(style=self._title)
        self.slider.set_texts(title, explanation)
        text = self.tr("Take {style} out of the mix").format(style=self._title)
        self.remove_button.setToolTip(text)
        self.remove_button.setAccessibleName(text)
