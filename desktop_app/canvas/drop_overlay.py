"""What is shown over the canvas while something is dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.icons import icon_pixmap
from desktop_app.messages import Role
from desktop_app.theme import GRID, current_theme

ICON_SIDE = 40
RADIUS = 1.5 * GRID


class DropOverlay(QWidget):
    """Two halves that say what a drop there will do; the one under the pointer is lit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._role: Role | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def role(self) -> Role | None:
        """The half under the pointer, None while nothing is dragged."""
        return self._role

    def set_role(self, role: Role | None) -> None:
        self._role = role
        self.setVisible(role is not None)
        self.raise_()
        self.update()

    def text_of(self, role: Role) -> str:
        return self.tr("Use as photo") if role is Role.CONTENT else self.tr("Use as painting")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        painter.setFont(font)
        theme = current_theme()
        painter.fillRect(self.rect(), QColor(theme.canvas))
        half = self.width() / 2
        for role, left, icon in ((Role.CONTENT, 0.0, "photo"), (Role.STYLE, half, "painting")):
            is_lit = role is self._role
            rect = QRectF(left, 0, half, self.height()).adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
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
            text = QRectF(rect.left(), center.y() + GRID, rect.width(), 4 * GRID)
            painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.text_of(role))
