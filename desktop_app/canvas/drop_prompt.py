"""One half of the canvas while a picture is still missing: says what belongs there, or shows what already is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.canvas.compare_view import checkerboard
from desktop_app.icons import icon_pixmap
from desktop_app.messages import Role
from desktop_app.theme import GRID, current_theme, styled

ICON_SIDE = 56


class DropPrompt(QWidget):
    """Asks for a photo or a painting; once it has one, shows it with its name."""

    open_requested = Signal()

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._image: QImage | None = None
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint = styled(QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True), "muted")
        self._caption = styled(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "muted")
        self._button = QPushButton()
        self._button.clicked.connect(self.open_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addStretch()
        for widget in (self._icon, self._title, self._hint):
            layout.addWidget(widget)
        layout.addSpacing(GRID)
        layout.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        layout.addWidget(self._caption)
        self.setMinimumSize(200, 200)
        self._retranslate()
        self._restyle()
        self.set_image(None)

    @property
    def image(self) -> QImage | None:
        return self._image

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def button(self) -> QPushButton:
        return self._button

    def set_image(self, image: QImage | None, caption: str = "") -> None:
        """Show a picture in this half, or ask for one again."""
        self._image = image
        self._caption.setText(caption)
        self._icon.setVisible(image is None or image.isNull())  # a style without a thumbnail is shown by the icon
        for widget in (self._title, self._hint, self._button):
            widget.setVisible(image is None)
        self._caption.setVisible(image is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None or self._image.isNull():
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), 1.5 * GRID, 1.5 * GRID)
            painter.fillPath(path, QColor(current_theme().panel))
            return
        space = self.rect().adjusted(GRID, GRID, -GRID, -self._caption.height() - 3 * GRID)
        size = self._image.size().scaled(space.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        rect = QRect(0, 0, size.width(), size.height())
        rect.moveCenter(space.center())
        if self._image.hasAlphaChannel():
            painter.fillRect(rect, checkerboard())
        ratio = self.devicePixelRatioF()
        scaled = self._image.scaled(
            rect.size() * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(rect, scaled)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        name = "photo" if self._role is Role.CONTENT else "painting"
        self._icon.setPixmap(icon_pixmap(name, QColor(current_theme().muted), ICON_SIDE, self.devicePixelRatioF()))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        self._title.setFont(font)

    def _retranslate(self) -> None:
        if self._role is Role.CONTENT:
            self._title.setText(self.tr("Drop a photo here"))
            self._hint.setText(self.tr("The picture to repaint"))
            self._button.setText(self.tr("Open Photo…"))
        else:
            self._title.setText(self.tr("Drop a painting here"))
            self._hint.setText(self.tr("The hand to paint it in, or choose a style below"))
            self._button.setText(self.tr("Open Painting…"))
