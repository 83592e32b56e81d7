"""The middle of the window: asks for what is missing, takes drops, and shows photo and result."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.canvas.compare_view import CompareView
from desktop_app.canvas.comparison import Comparison
from desktop_app.canvas.drop_overlay import DropOverlay
from desktop_app.canvas.drop_prompt import DropPrompt
from desktop_app.canvas.mask_bar import MaskBar
from desktop_app.canvas.mask_layer import MaskLayer
from desktop_app.canvas.start_hint import StartHint
from desktop_app.incoming import Incoming, brings_pictures, pictures_in, what_is_dragged
from desktop_app.mask_options import MaskOptions
from desktop_app.messages import Role
from desktop_app.theme import GRID, current_theme

BUSY_DELAY_MILLISECONDS = 200


class Canvas(QWidget):
    """Two halves until there is a photo and a style, then the comparison."""

    dropped = Signal(Role, object)  # Role, Incoming
    open_requested = Signal(Role)
    sample_chosen = Signal(object)  # Sample
    comparison_ended = Signal()

    def __init__(self, mask_options: MaskOptions | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.compare = CompareView()
        self.mask_layer = MaskLayer(self.compare)
        self.mask_bar = MaskBar(mask_options or MaskOptions())
        self._has_regions = False
        self.photo_prompt = DropPrompt(Role.CONTENT)
        self.painting_prompt = DropPrompt(Role.STYLE)
        self.start_hint = StartHint()
        self.overlay = DropOverlay(self)
        self._dragged = Incoming(())
        self.busy_hint = _BusyHint(self)
        self.end_comparison_button = QPushButton(self)
        self.end_comparison_button.hide()
        self._busy_timer = QTimer(self)
        self._busy_timer.setSingleShot(True)
        self._busy_timer.setInterval(BUSY_DELAY_MILLISECONDS)
        self._busy_timer.timeout.connect(self._show_busy)

        halves = QHBoxLayout()
        halves.setSpacing(GRID)
        halves.addWidget(self.photo_prompt, 1)
        halves.addWidget(self.painting_prompt, 1)
        prompts = QWidget()
        column = QVBoxLayout(prompts)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(halves, 1)
        column.addWidget(self.start_hint)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(prompts)
        self._stack.addWidget(self._with_mask_bar())

        self.photo_prompt.open_requested.connect(self._open_photo)
        self.painting_prompt.open_requested.connect(self._open_painting)
        self.start_hint.sample_chosen.connect(self.sample_chosen)
        self.end_comparison_button.clicked.connect(self.comparison_ended)
        self._retranslate()

    def _with_mask_bar(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.compare, 1)
        column.addWidget(self.mask_bar)
        return page

    @property
    def is_comparing(self) -> bool:
        return self._stack.currentIndex() == 1

    def set_content(self, image: QImage | None, name: str, full_size: QSize | None = None) -> None:
        """Show a content image; ``full_size`` is that of the picture if ``image`` is a smaller copy of it."""
        self.photo_prompt.set_image(image, name)
        self.compare.set_content(image, full_size)
        self._choose_page()

    def set_style(self, image: QImage | None, name: str) -> None:
        self.painting_prompt.set_image(image, name)
        self._choose_page()

    def set_has_regions(self, has_regions: bool) -> None:
        """A photo with regions is shown although there is no painting: something is painted on it."""
        self._has_regions = has_regions
        self._choose_page()

    def set_painting(self, painting: bool) -> None:
        """Let a mask be painted over the picture, without the divider in the way."""
        self.compare.set_divider_shown(not painting)
        self.compare.setFocusPolicy(Qt.FocusPolicy.NoFocus if painting else Qt.FocusPolicy.StrongFocus)
        self.mask_bar.setVisible(painting)
        self.mask_layer.setVisible(painting)
        if painting:
            self.mask_layer.raise_()
            self.mask_layer.setFocus()
        elif self.is_comparing:
            self.compare.setFocus()

    def set_result(self, image: QImage | None) -> None:
        self.compare.set_result(image)

    def set_comparison(self, comparison: Comparison | None) -> None:
        """Hold two results against each other, whatever is open; None ends that."""
        if comparison is not None:
            self.mask_bar.commanded.emit("leave")  # who compares does not paint
        self.compare.set_comparison(comparison)
        self.end_comparison_button.setVisible(comparison is not None)
        self.end_comparison_button.raise_()
        self._place_over_picture()
        self._choose_page()

    def set_busy(self, busy: bool) -> None:
        """Say that work is going on, but only once it has taken a moment: nothing flickers for quick work."""
        if not busy:
            self._busy_timer.stop()
            self.busy_hint.hide()
        elif self.busy_hint.isHidden() and not self._busy_timer.isActive():
            self._busy_timer.start()

    def role_at(self, x: float) -> Role:
        """Return what is dropped at ``x``: a photo on the left half, a painting on the right half."""
        return Role.CONTENT if x < self.width() / 2 else Role.STYLE

    def _choose_page(self) -> None:
        is_complete = self.photo_prompt.image is not None and self.painting_prompt.image is not None
        is_complete = is_complete or self.compare.comparison is not None
        is_complete = is_complete or (self.photo_prompt.image is not None and self._has_regions)
        self.start_hint.setVisible(self.photo_prompt.image is None and self.painting_prompt.image is None)
        if is_complete and not self.is_comparing:
            self._stack.setCurrentIndex(1)
            self.compare.setFocus()
        elif not is_complete:  # an undo may lead back to an empty window
            self._stack.setCurrentIndex(0)

    def _show_busy(self) -> None:
        self.busy_hint.show()
        self.busy_hint.raise_()
        self._place_over_picture()

    def _place_over_picture(self) -> None:
        self.busy_hint.adjustSize()
        self.busy_hint.move(QPoint((self.width() - self.busy_hint.width()) // 2, 3 * GRID))
        button = self.end_comparison_button
        button.adjustSize()
        button.move(QPoint((self.width() - button.width()) // 2, self.height() - button.height() - 3 * GRID))

    def _open_photo(self) -> None:
        self.open_requested.emit(Role.CONTENT)

    def _open_painting(self) -> None:
        self.open_requested.emit(Role.STYLE)

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_pictures(event.mimeData()):
            self._dragged = what_is_dragged(event.mimeData())
            self.overlay.show_drag(self.role_at(event.position().x()), self._dragged)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.overlay.show_drag(self.role_at(event.position().x()), self._dragged)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.overlay.hide_drag()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.overlay.hide_drag()
        event.acceptProposedAction()
        self.dropped.emit(self.role_at(event.position().x()), pictures_in(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        QPainter(self).fillRect(self.rect(), QColor(current_theme().canvas))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.overlay.setGeometry(self.rect())
        self._place_over_picture()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.busy_hint.setText(self.tr("Painting…"))
        self.end_comparison_button.setText(self.tr("End Comparison (Esc)"))
        self._place_over_picture()


class _BusyHint(QLabel):
    """A small dark pill that stays readable over any picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
