"""Two results held against each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.theme import current_theme


@dataclass(frozen=True, eq=False)
class Comparison:
    """What is seen left and right of the divider, each with the words that stand on it."""

    left: QImage
    right: QImage
    left_label: str
    right_label: str

    def fitted_to(self, size: QSize) -> Comparison:
        """Return the comparison with both pictures in the proportions of ``size``."""
        return replace(self, left=_fitted(self.left, size), right=_fitted(self.right, size))


def _fitted(image: QImage, size: QSize) -> QImage:
    """Return an image as it is, or, where it is of another shape, in the middle of a plain field."""
    field = size.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    # A preview is rounded to whole pixels.
    if abs(field.width() - image.width()) <= 2 and abs(field.height() - image.height()) <= 2:
        return image
    fitted = QImage(field, QImage.Format.Format_RGB32)
    fitted.fill(QColor(current_theme().canvas))
    painter = QPainter(fitted)
    painter.drawImage(QPoint((field.width() - image.width()) // 2, (field.height() - image.height()) // 2), image)
    painter.end()
    return fitted
