"""Where a picture lies in a view: fitted into it, or at a size of its own, around one of its places."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt

LARGEST_SCALE = 8.0
ZOOM_STEP = 1.25


@dataclass
class Viewport:
    """``scale`` is points of the screen for each pixel of the picture, None while it is fitted; ``center`` is the place
    of the picture, 0..1 each way, in the middle of the view. ``view`` is always the space the picture may use.
    """

    picture: QSize = field(default_factory=QSize)
    scale: float | None = None
    center: QPointF = field(default_factory=lambda: QPointF(0.5, 0.5))

    @property
    def is_fitted(self) -> bool:
        return self.scale is None

    def fitting_scale(self, view: QRect) -> float:
        """Return the scale at which the picture just fits."""
        if self.picture.isEmpty() or view.isEmpty():
            return 1.0
        return min(view.width() / self.picture.width(), view.height() / self.picture.height())

    def rect(self, view: QRect) -> QRectF:
        """Return where the whole picture lies, in points; it may reach beyond the view."""
        if self.picture.isEmpty() or view.isEmpty():
            return QRectF()
        if self.scale is None:
            size = self.picture.scaled(view.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
            fitted = QRect(0, 0, size.width(), size.height())
            fitted.moveCenter(view.center())
            return QRectF(fitted)
        width, height = self.picture.width() * self.scale, self.picture.height() * self.scale
        middle = QRectF(view).center()
        return QRectF(middle.x() - self.center.x() * width, middle.y() - self.center.y() * height, width, height)

    def fit(self) -> None:
        self.scale = None
        self.center = QPointF(0.5, 0.5)

    def zoom_to(self, scale: float, at: QPointF, view: QRect) -> None:
        """Change the scale; what lies at the point ``at`` stays there. Smaller than fitting is fitted."""
        before = self.rect(view)
        if before.isEmpty():
            return
        if scale <= self.fitting_scale(view) * 1.001:
            self.fit()
            return
        place = QPointF((at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height())
        self.scale = min(max(LARGEST_SCALE, 4 * self.fitting_scale(view)), scale)  # small pictures are fitted enlarged
        width, height = self.picture.width() * self.scale, self.picture.height() * self.scale
        middle = QRectF(view).center()
        self.center = QPointF(
            place.x() + (middle.x() - at.x()) / width,
            place.y() + (middle.y() - at.y()) / height,
        )
        self._keep_in_sight(view)

    def zoom_by(self, factor: float, at: QPointF, view: QRect) -> None:
        self.zoom_to((self.scale or self.fitting_scale(view)) * factor, at, view)

    def pan_by(self, x: float, y: float, view: QRect) -> None:
        """Move the picture by so many points; fitted, it stays."""
        if self.scale is None:
            return
        self.center = QPointF(
            self.center.x() - x / (self.picture.width() * self.scale),
            self.center.y() - y / (self.picture.height() * self.scale),
        )
        self._keep_in_sight(view)

    def _keep_in_sight(self, view: QRect) -> None:
        """Let no more than the edge of the picture come to the edge of the view."""
        assert self.scale is not None

        def kept(place: float, length: float, space: float) -> float:
            reach = space / 2 / length
            return 0.5 if reach >= 0.5 else min(1 - reach, max(reach, place))

        self.center = QPointF(
            kept(self.center.x(), self.picture.width() * self.scale, view.width()),
            kept(self.center.y(), self.picture.height() * self.scale, view.height()),
        )
