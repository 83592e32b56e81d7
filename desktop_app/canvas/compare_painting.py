"""What the comparison draws over and under its pictures."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

from desktop_app.theme import GRID, current_theme

HANDLE_RADIUS = 14


def paint_divider(painter: QPainter, rect: QRect, x: float, *, is_active: bool) -> None:
    """Draw the divider at ``x`` with its handle."""
    painter.setPen(QPen(QColor(0, 0, 0, 90), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
    painter.setPen(QPen(QColor(255, 255, 255, 230), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
    center = QPointF(x, rect.center().y())
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
    painter.setBrush(QColor(current_theme().accent) if is_active else QColor(255, 255, 255, 235))
    painter.drawEllipse(center, HANDLE_RADIUS, HANDLE_RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(current_theme().on_accent) if is_active else QColor(40, 40, 40))
    for direction in (-1, 1):
        tip = center + QPointF(direction * 9, 0)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-direction * 5, 4.5), tip + QPointF(-direction * 5, -4.5)]))


def paint_label(painter: QPainter, rect: QRect, text: str, side: Qt.AlignmentFlag, share: float = 0.5) -> None:
    """Draw a dark pill with a text into an upper corner: the left or the right one. A text that is too long for its
    share of the width is cut off.
    """
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(rect.width() * share) - 4 * GRID)
    pill = QRectF(0, 0, metrics.horizontalAdvance(text) + 2 * GRID, metrics.height() + GRID)
    pill.moveTop(rect.top() + GRID)
    if side is Qt.AlignmentFlag.AlignLeft:
        pill.moveLeft(rect.left() + GRID)
    else:
        pill.moveRight(rect.right() - GRID)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def draw_part(painter: QPainter, image: QImage, whole: QRectF, seen: QRectF) -> None:
    """Draw the part of an image that is seen, as if all of it filled ``whole``."""
    if seen.isEmpty():
        return
    across, down = image.width() / whole.width(), image.height() / whole.height()
    source = QRectF(
        (seen.x() - whole.x()) * across, (seen.y() - whole.y()) * down, seen.width() * across, seen.height() * down
    )
    painter.drawImage(seen, image, source)


def checkerboard() -> QBrush:
    """Return the pattern that shows through where a picture is transparent."""
    tile = QPixmap(2 * GRID, 2 * GRID)
    tile.fill(QColor("#9a9a9a"))
    painter = QPainter(tile)
    painter.fillRect(0, 0, GRID, GRID, QColor("#868686"))
    painter.fillRect(GRID, GRID, GRID, GRID, QColor("#868686"))
    painter.end()
    return QBrush(tile)


def paint_focus(painter: QPainter, rect: QRect) -> None:
    """Paint a frame around a picture."""
    painter.setPen(QPen(QColor(current_theme().accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(rect).adjusted(-2, -2, 2, 2))
