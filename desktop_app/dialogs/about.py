"""What this program is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.icons import application_icon
from desktop_app.theme import GRID, styled
from engine.version import __version__


class AboutDialog(QDialog):
    """Name, version, what it does, licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Scumble"))
        icon = QLabel()
        icon.setPixmap(application_icon().pixmap(QSize(72, 72), self.devicePixelRatioF()))
        name = styled(QLabel(f"Scumble {__version__}"), "heading")
        text = QLabel(
            self.tr(
                "Repaints your pictures in the hand of another picture, on your own computer. "
                "Nothing leaves this machine."
            ),
            wordWrap=True,
        )
        licence = styled(QLabel(self.tr("Free software under the Apache License 2.0."), wordWrap=True), "muted")
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        words = QVBoxLayout()
        words.setSpacing(GRID)
        for label in (name, text, licence):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(row)
        layout.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(56 * GRID)
