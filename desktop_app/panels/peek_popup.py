"""The open picture, small, in the style under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.theme import GRID, styled

SIDE = 25 * GRID


class PeekPopup(QFrame):
    """Lies over the window, above the shelf, and takes neither mouse nor keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        styled(self, "peek")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._picture)
        layout.addWidget(self._title)
        self._retranslate()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Preview of the style"))

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def image(self) -> QImage:
        return self._picture.pixmap().toImage()

    def show_at(self, image: QImage, title: str, item: QRect) -> None:
        """Show a picture above an item of the shelf; ``item`` is its place in the window."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(
            image.scaled(
                round(SIDE * ratio),
                round(SIDE * ratio),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        width = round(pixmap.width() / ratio)
        self._title.setText(self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, max(width, SIDE // 2)))
        self.adjustSize()
        left = item.center().x() - self.width() // 2
        left = max(GRID, min(left, self._window.width() - self.width() - GRID))
        self.move(left, max(GRID, item.top() - self.height() - GRID // 2))
        self.show()
        self.raise_()
