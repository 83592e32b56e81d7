"""A small window from which a file can be dragged, for the smoke test: `drag_source.py FILE X Y` (where it stands)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

_STAY_MILLISECONDS = 5000  # who takes the file asks for it only after the button is released


class DragSource(QLabel):
    """Whatever is pulled out of it is the file."""

    def __init__(self, file: str) -> None:
        super().__init__("drag me")
        self._file = file
        self.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.resize(100, 60)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(self._file)])
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)
            QTimer.singleShot(_STAY_MILLISECONDS, QApplication.quit)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    source = DragSource(sys.argv[1])
    source.move(int(sys.argv[2]), int(sys.argv[3]))
    source.show()
    sys.exit(application.exec())
