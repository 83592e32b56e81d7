"""What an empty window offers: three steps in words, and samples to try them with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.panels.shelf_model import ShelfItem
from desktop_app.theme import GRID, current_theme, styled

CARD = QSize(20 * GRID, 13 * GRID)
PICTURE = QSize(CARD.width(), 10 * GRID)
INSET = 5 * GRID
RADIUS = 6


@dataclass(frozen=True, eq=False)
class Sample:
    """A photo that comes with Scumble, and the style of the library to paint it in."""

    photo: Path
    style: ShelfItem


class StartHint(QWidget):
    """Three steps and a card for each sample; ``sample_chosen`` says which one was clicked."""

    sample_chosen = Signal(object)  # Sample

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = styled(QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True), "muted")
        self.cards: list[SampleCard] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(2 * GRID)
        self._row.addStretch()
        self._row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.steps)
        column.addLayout(self._row)
        self._retranslate()

    def set_samples(self, samples: list[Sample]) -> None:
        for card in self.cards:
            self._row.removeWidget(card)
            card.deleteLater()
        self.cards = [SampleCard(sample) for sample in samples]
        for number, card in enumerate(self.cards, 1):
            card.clicked.connect(partial(self.sample_chosen.emit, card.sample))
            self._row.insertWidget(number, card)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        steps = (
            self.tr("1. Drop a photo."),
            self.tr("2. Choose a style below, or drop a painting."),
            self.tr("3. Move the sliders, then export."),
            self.tr("Or try a sample:"),
        )
        self.steps.setText("   ".join(steps))


class SampleCard(QAbstractButton):
    """A photo with the style in its corner; pressed with the mouse, Space or Enter."""

    def __init__(self, sample: Sample) -> None:
        super().__init__()
        self.sample = sample
        self._image = _thumbnail(sample.photo, PICTURE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._retranslate()

    def sizeHint(self) -> QSize:
        return CARD

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(2, 2, PICTURE.width() - 4, PICTURE.height() - 4)
        self._paint_picture(painter, self._image, frame, theme.raised)
        corner = QRectF(frame.right() - INSET - GRID / 2, frame.bottom() - INSET - GRID / 2, INSET, INSET)
        self._paint_picture(painter, self.sample.style.image, corner, theme.raised)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.panel), 2))
        painter.drawRoundedRect(corner, RADIUS, RADIUS)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.muted), 3))
            painter.drawRoundedRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS, RADIUS)
        is_lit = self.hasFocus() or self.underMouse()
        painter.setPen(QColor(theme.text if is_lit else theme.muted))
        text = QRectF(0, PICTURE.height(), CARD.width(), CARD.height() - PICTURE.height())
        title = painter.fontMetrics().elidedText(self.sample.style.title, Qt.TextElideMode.ElideRight, CARD.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, title)

    @staticmethod
    def _paint_picture(painter: QPainter, image: QImage, frame: QRectF, background: str) -> None:
        path = QPainterPath()
        path.addRoundedRect(frame, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(frame, QColor(background))
        if not image.isNull():
            scale = max(frame.width() / image.width(), frame.height() / image.height())
            source = QRectF(0, 0, frame.width() / scale, frame.height() / scale)
            source.moveCenter(QRectF(image.rect()).center())
            painter.drawImage(frame, image, source)
        painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        text = self.tr("Open the sample photo in {style}").format(style=self.sample.style.title)
        self.setToolTip(text)
        self.setAccessibleName(text)


def _thumbnail(path: Path, size: QSize) -> QImage:
    """Return a picture at about this size; a JPEG is never unpacked at its own size, which would take far longer."""
    reader = QImageReader(str(path))
    full = reader.size()
    if full.isValid():
        reader.setScaledSize(full.scaled(size * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
