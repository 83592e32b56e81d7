"""Where a picture lies in a view: fitted into it, or at a size of its own, around one of its places."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt

LARGEST_SCALE = 8.0
MOST_ENLARGED = 1e6  # a picture of one pixel may be fitted into the largest screen
ZOOM_STEP = 1.25


@dataclass(frozen=True)
class Sight:
    """What is seen of a picture: ``side`` is the longer side of the whole picture in pixels of the screen, ``part``
    what of it lies in the view, 0..1 each way; None: all of it, fitted.
    """

    side: int
    part: QRectF | None = None


@dataclass(frozen=True)
class CanvasView:
    """How a work is looked at: ``scale`` as in :class:`Viewport`, 0 fitted; ``x`` and ``y`` are the place of the
    picture, 0..1, in the middle of the view; the divider, too, is 0..1 of the way across the picture.
    """

    scale: float = 0.0
    x: float = 0.5
    y: float = 0.5
    divider: float = 0.5


@dataclass
class Viewport:
    """``scale`` is points of the screen for each pixel of the picture, None while it is fitted; ``center`` is the place
    of the picture, 0..1 each way, in the middle of the view. ``actual`` is the scale at which a pixel of the picture is
    a pixel of the screen. ``view`` is always the space the picture may use.
    """

    picture: QSize = field(default_factory=QSize)
    actual: float = 1.0
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
        width, height = max(1.0, self.picture.width() * self.scale), max(1.0, self.picture.height() * self.scale)
        middle = QRectF(view).center()
        return QRectF(middle.x() - self.center.x() * width, middle.y() - self.center.y() * height, width, height)

    def view(self, divider: float) -> CanvasView:
        """Return what :meth:`show` comes back to."""
        return CanvasView(self.scale or 0.0, self.center.x(), self.center.y(), divider)

    def show(self, view: CanvasView) -> None:
        self.fit()
        if view.scale:
            self.scale, self.center = view.scale, QPointF(view.x, view.y)

    def fit(self) -> None:
        self.scale = None
        self.center = QPointF(0.5, 0.5)

    def seen(self, view: QRect, pane: QRect) -> QRectF:
        """Return the part of the picture, 0..1 each way, that lies in ``pane``, the whole of the view."""
        whole = self.rect(view)
        seen = whole & QRectF(pane)
        if seen.isEmpty():
            return QRectF()
        return QRectF(
            (seen.x() - whole.x()) / whole.width(),
            (seen.y() - whole.y()) / whole.height(),
            seen.width() / whole.width(),
            seen.height() / whole.height(),
        )

    def zoom_by(self, factor: float, at: QPointF, view: QRect) -> None:
        """Change the scale; what lies at the point ``at`` stays there. On its way it rests at the fitted size, and it
        becomes no smaller than that or the actual size.
        """
        fitting = self.fitting_scale(view)
        scale = (self.scale or fitting) * factor
        passes = self.scale is not None and (self.scale - fitting) * (scale - fitting) < 0
        if passes or scale <= min(fitting, self.actual):
            scale = fitting if passes else min(fitting, self.actual)
        self.zoom_to(scale, at, view)

    def zoom_to(self, scale: float, at: QPointF, view: QRect) -> None:
        """Set the scale; what lies at the point ``at`` stays there."""
        before = self.rect(view)
        if before.isEmpty():
            return
        if abs(scale / self.fitting_scale(view) - 1) < 0.001:
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
