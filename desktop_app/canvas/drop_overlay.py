"""What is shown over the canvas while something is dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.icons import icon_pixmap
from desktop_app.incoming import Incoming
from desktop_app.messages import Role
from desktop_app.theme import GRID, current_theme

ICON_SIDE = 40
RADIUS = 1.5 * GRID


class DropOverlay(QWidget):
    """Two halves that say what a drop there will do; the one under the pointer is lit. Style files, and folders, are
    one whole.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._role: Role | None = None
        self._dragged = Incoming(())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def role(self) -> Role | None:
        """The half under the pointer, None while nothing is dragged."""
        return self._role

    def show_drag(self, role: Role, dragged: Incoming) -> None:
        self._role = role
        self._dragged = dragged
        self.show()
        self.raise_()
        self.update()

    def hide_drag(self) -> None:
        self._role = None
        self.hide()

    def text_of(self, role: Role) -> str:
        """What a drop will do, on one half or the other."""
        if self._dragged.folders:
            return self.tr("Put the pictures into the queue, in the style that is chosen")
        count = len(self._dragged.sources)
        if self._brings_styles_alone:
            if count == 1:
                return self.tr("Import the style and paint in it")
            return self.tr("Import {count} styles and paint in the first").format(count=count)
        is_one = len(self._dragged.pictures) <= 1
        if role is Role.CONTENT:
            return self.tr("Use as photo") if is_one else self.tr("Use the first as photo")
        return self.tr("Use as painting") if is_one else self.tr("Use the first as painting, the others stay at hand")

    @property
    def _brings_styles_alone(self) -> bool:
        return bool(self._dragged.style_files) and not self._dragged.pictures

    def _parts(self) -> tuple[tuple[Role, QRectF, str], ...]:
        """Return what a drop can become, where, and the icon for it."""
        if self._brings_styles_alone or self._dragged.folders:
            icon = "photo" if self._dragged.folders else "painting"
            return ((self._role or Role.STYLE, QRectF(self.rect()), icon),)
        half = self.width() / 2
        return (
            (Role.CONTENT, QRectF(0, 0, half, self.height()), "photo"),
            (Role.STYLE, QRectF(half, 0, half, self.height()), "painting"),
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        painter.setFont(font)
        theme = current_theme()
        painter.fillRect(self.rect(), QColor(theme.canvas))
        for role, part, icon in self._parts():
            is_lit = role is self._role
            rect = part.adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
            if is_lit:
                fill = QColor(theme.accent)
                fill.setAlphaF(0.2)
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.setBrush(fill)
                painter.drawRoundedRect(rect, RADIUS, RADIUS)
            color = QColor(theme.text if is_lit else theme.muted)
            pixmap = icon_pixmap(icon, color, ICON_SIDE, self.devicePixelRatioF())
            center = rect.center()
            painter.drawPixmap(round(center.x() - ICON_SIDE / 2), round(center.y() - ICON_SIDE), pixmap)
            painter.setPen(color)
            text = QRectF(rect.left(), center.y() + GRID, rect.width(), 10 * GRID).adjusted(GRID, 0, -GRID, 0)
            alignment = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(text, alignment, self.text_of(role))
