"""The pictures of the artist's choice while a style is learnt: as the base model paints them, and as they are now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.theme import GRID, styled


class PreviewPairs(QWidget):
    """Two columns, each picture beside its pair. Hidden until there is something to show."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = (width - GRID) // 2
        self._step = 0
        self._base: tuple[QImage, ...] = ()
        self._now: tuple[QImage, ...] = ()
        self._captions = (styled(QLabel(), "muted"), styled(QLabel(), "muted"))
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        for column, caption in enumerate(self._captions):
            self._grid.addWidget(caption, 0, column)
            self._grid.setColumnMinimumWidth(column, self._side)
        self.hide()

    @property
    def shown(self) -> tuple[tuple[QImage, ...], tuple[QImage, ...]]:
        """What is on show: the base model's pictures, and those of now."""
        return self._base, self._now

    def clear(self) -> None:
        self._base = self._now = ()
        self._fill()
        self.hide()

    def show_pictures(self, step: int, base: Sequence[QImage], now: Sequence[QImage]) -> None:
        self._step, self._base, self._now = step, tuple(base), tuple(now)
        self._fill()
        self._retranslate()
        self.show()

    def _fill(self) -> None:
        images = [image for pair in zip(self._base, self._now, strict=True) for image in pair]
        while len(self._labels) < len(images):
            label = QLabel(alignment=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, 1 + len(self._labels) // 2, len(self._labels) % 2)
            self._labels.append(label)
        for number, label in enumerate(self._labels):
            label.setVisible(number < len(images))
            label.setPixmap(self._scaled(images[number]) if number < len(images) else QPixmap())

    def _scaled(self, image: QImage) -> QPixmap:
        ratio = self.devicePixelRatioF()
        side = round(self._side * ratio)
        scaled = image.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap.fromImage(scaled)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = (self.tr("Base model"), self.tr("Your hand, step {step}").format(step=self._step))
        for caption, text in zip(self._captions, texts, strict=True):
            caption.setText(text)
        for number, label in enumerate(self._labels):
            label.setAccessibleName(texts[number % 2])
