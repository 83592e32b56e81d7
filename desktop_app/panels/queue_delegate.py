"""How a job of the queue looks: its photo or its result, two lines, and what became of it as an icon."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.icons import icon_pixmap
from desktop_app.panels.queue_model import FRACTION_ROLE
from desktop_app.panels.thumbnails import Thumbnails
from desktop_app.queueing.job_words import outcome_in_words, task_in_words
from desktop_app.queueing.jobs import Job, SheetTask, State
from desktop_app.theme import GRID, current_theme

THUMBNAIL = 5 * GRID
HEIGHT = THUMBNAIL + GRID
ICON = 16
RADIUS = 6
PICTURE_RADIUS = 4
_ICONS = {State.DONE: "success", State.SKIPPED: "information", State.FAILED: "error"}


class QueueDelegate(QStyledItemDelegate):
    """A finished job has the icon of what became of it, the running one a ring that fills, the others an empty ring.
    What is done shows its result, all others their photo.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._pixmaps: dict[tuple[str, str, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return QSize(HEIGHT, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        job: Job = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        # The attributes of an option are not declared in PySide6's stubs.
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = rect.adjusted(GRID, 1, -GRID, -1)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(card, RADIUS, RADIUS)
        if is_selected or state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent if is_selected else theme.muted), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        picture = QRect(card.left() + GRID // 2, card.center().y() - THUMBNAIL // 2 + 1, THUMBNAIL, THUMBNAIL)
        self._paint_picture(painter, picture, job)
        sign = QRect(card.right() - GRID - ICON, card.center().y() - ICON // 2 + 1, ICON, ICON)
        fraction = index.data(FRACTION_ROLE)
        self._paint_sign(painter, sign, job.state, fraction)
        left = picture.right() + GRID + 1
        text = QRect(left, card.top() + GRID // 2, sign.left() - left - GRID, (card.height() - GRID) // 2)
        outcome = outcome_in_words(job)
        second = outcome or task_in_words(job)
        if fraction is not None and not outcome:
            second = f"{round(100 * fraction)} % · {second}"
        color = theme.error if job.state is State.FAILED else theme.muted
        is_finished = job.state.is_finished and job.state is not State.FAILED
        for line, pen in ((job.task.title, theme.muted if is_finished else theme.text), (second, color)):
            painter.setPen(QColor(pen))
            words = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            text.translate(0, text.height())
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, job: Job) -> None:
        theme, ratio = current_theme(), painter.device().devicePixelRatioF()
        thumbnail = self._thumbnails.square(picture_of(job), round(THUMBNAIL * ratio), PICTURE_RADIUS * ratio)
        if thumbnail is not None and not thumbnail.isNull():
            painter.drawPixmap(place, thumbnail)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(place, PICTURE_RADIUS, PICTURE_RADIUS)
        painter.drawPixmap(place.center() - QPoint(ICON // 2, ICON // 2), self._pixmap("photo", theme.muted, ratio))

    def _paint_sign(self, painter: QPainter, place: QRect, state: State, fraction: float | None) -> None:
        theme = current_theme()
        icon = _ICONS.get(state)
        if icon is not None:
            color = {State.FAILED: theme.error, State.DONE: theme.accent}.get(state, theme.muted)
            painter.drawPixmap(place.topLeft(), self._pixmap(icon, color, painter.device().devicePixelRatioF()))
            return
        ring = QRectF(place).adjusted(2, 2, -2, -2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.hover if state is State.RUNNING else theme.muted), 2))
        painter.drawEllipse(ring)
        if state is State.RUNNING:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * (fraction or 0.0)))

    def _pixmap(self, icon: str, color: str, ratio: float) -> QPixmap:
        key = (icon, color, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = icon_pixmap(icon, QColor(color), ICON, ratio)
        return self._pixmaps[key]


def picture_of(job: Job) -> Path:
    """Return the picture that a job is known by: its result if there is one, else the first photo it paints."""
    task = job.task
    if job.state is State.DONE and job.path and not (isinstance(task, SheetTask) and task.is_folder):
        return Path(job.path)
    return Path(next(iter(task.contents), "") if isinstance(task, SheetTask) else task.work.content)
