"""What this program is, and whose work it is built on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.dialogs.base import PlainDialog
from desktop_app.icons import application_icon
from desktop_app.licences import NO_TEXT, UNKNOWN, Component, components, notice_of, text_of
from desktop_app.theme import GRID, styled
from engine.version import __version__


class AboutDialog(PlainDialog):
    """Name, version, what it does; below, every component with the text of its licence beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        icon = QLabel()
        icon.setPixmap(application_icon().pixmap(QSize(72, 72), self.devicePixelRatioF()))
        self._name = styled(QLabel(f"Scumble {__version__}"), "heading")
        self._text = QLabel(wordWrap=True)
        self._licence = styled(QLabel(wordWrap=True), "muted")
        words = QVBoxLayout()
        words.setSpacing(GRID)
        for label in (self._name, self._text, self._licence):
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(3 * GRID)
        head.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)

        self._components: list[Component] = components()
        self.list = styled(QListWidget(), "lines")
        self.list.setFixedWidth(26 * GRID)
        for component in self._components:
            self.list.addItem(QListWidgetItem(f"{component.title} {component.version.partition('+')[0]}".strip()))
        self.licence_name = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.licence_text = QPlainTextEdit(readOnly=True)
        self.licence_text.setTabChangesFocus(True)
        beside = QVBoxLayout()
        beside.setSpacing(GRID)
        beside.addWidget(self.licence_name)
        beside.addWidget(self.licence_text, 1)
        licences = QHBoxLayout()
        licences.setSpacing(2 * GRID)
        licences.addWidget(self.list)
        licences.addLayout(beside, 1)
        self._list_name = styled(QLabel(), "heading")

        self.column.addLayout(head)
        self.column.addWidget(self._list_name)
        self.column.addLayout(licences, 1)
        self.close_button = self.add_close_button()
        self.list.currentRowChanged.connect(self._show_licence)
        self.setMinimumSize(70 * GRID, 50 * GRID)
        self.resize(90 * GRID, 75 * GRID)
        self.list.setCurrentRow(0)
        self.retranslate()
        self.list.setFocus()

    @Slot()
    def _show_licence(self) -> None:
        component = self._components[max(0, self.list.currentRow())]
        unknown = QCoreApplication.translate("Licences", UNKNOWN)
        self.licence_name.setText(
            self.tr("{name}, version {version}. Licence: {licence}").format(
                name=component.title, version=component.version or unknown, licence=component.licence or unknown
            )
        )
        text = text_of(component) or QCoreApplication.translate("Licences", NO_TEXT)
        notice = notice_of(component)
        if notice:
            text = f"{QCoreApplication.translate('Licences', notice)}\n\n{text}"
        if self.licence_text.toPlainText() != text:
            self.licence_text.setPlainText(text)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("About Scumble"))
        self._text.setText(
            self.tr(
                "Repaints your pictures in the hand of another picture, on your own computer. "
                "Nothing leaves this machine."
            )
        )
        self._licence.setText(self.tr("Free software under the Apache License 2.0."))
        self._list_name.setText(self.tr("What it is built on"))
        self.list.setAccessibleName(self.tr("What it is built on"))
        self.licence_text.setAccessibleName(self.tr("Text of the licence"))
        self.close_button.setText(self.tr("Close"))
        self._show_licence()
