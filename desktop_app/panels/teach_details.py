"""What a style that is taught is called and whose it is, and the pictures it is practised on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.dialogs.style_details import LONGEST_DESCRIPTION
from desktop_app.teaching.teacher import Teacher
from desktop_app.theme import GRID, styled
from engine.styles.information import LONGEST_NAME

FIELDS = ("name", "artist", "licence", "description")


class TeachDetails(QWidget):
    """Fields of the lesson; ``photos_requested`` and ``previews_requested`` ask for a file dialog."""

    photos_requested = Signal()
    previews_requested = Signal()

    def __init__(self, teacher: Teacher, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._teacher = teacher
        self.edits = {name: QLineEdit() for name in FIELDS}
        for edit in self.edits.values():
            edit.setAcceptDrops(False)  # works that are dropped there are works, not words
        self._labels = {name: QLabel() for name in FIELDS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        for row, name in enumerate(FIELDS):
            edit, label = self.edits[name], self._labels[name]
            edit.setMaxLength(LONGEST_NAME if name == "name" else LONGEST_DESCRIPTION)
            edit.textEdited.connect(self._type)
            label.setBuddy(edit)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
        self.photos = _Choice()
        self.previews = _Choice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(grid)
        layout.addSpacing(GRID)
        layout.addWidget(self.photos)
        layout.addWidget(self.previews)
        self.photos.button.clicked.connect(self.photos_requested)
        self.photos.reset_button.clicked.connect(self._reset_photos)
        self.previews.button.clicked.connect(self.previews_requested)
        self.previews.reset_button.clicked.connect(self._reset_previews)
        teacher.lesson_changed.connect(self._follow)
        self._follow()
        self._retranslate()

    @Slot()
    def _type(self) -> None:
        for name, edit in self.edits.items():
            if edit is self.sender():
                self._teacher.set_lesson(**{name: edit.text()})

    @Slot()
    def _reset_photos(self) -> None:
        self._teacher.set_lesson(photos=None)

    @Slot()
    def _reset_previews(self) -> None:
        self._teacher.set_lesson(previews=())

    @Slot()
    def _follow(self) -> None:
        for name, edit in self.edits.items():
            text = getattr(self._teacher.lesson, name)
            if edit.text() != text:
                with QSignalBlocker(edit):
                    edit.setText(text)
        self._follow_choices()

    def _follow_choices(self) -> None:
        lesson = self._teacher.lesson
        photos, names = self.tr("Sample pictures, drawings and the opened picture"), self.tr("The opened picture")
        if lesson.photos is not None:
            photos = self.tr("Photos in {folder}").format(folder=_name_of(lesson.photos))
        if lesson.previews:
            names = ", ".join(_name_of(path) for path in lesson.previews)
        self.photos.show_choice(photos, is_default=lesson.photos is None)
        self.previews.show_choice(names, is_default=not lesson.previews)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = {
            "name": (self.tr("Name"), self.tr("What the style will be called")),
            "artist": (self.tr("Artist"), self.tr("Whose works these are")),
            "licence": (self.tr("Licence"), self.tr("For instance CC BY 4.0")),
            "description": (self.tr("Description"), self.tr("A sentence about the style")),
        }
        for name, (text, hint) in texts.items():
            self._labels[name].setText(text)
            self.edits[name].setAccessibleName(text)
            self.edits[name].setPlaceholderText(hint)
        self.photos.set_texts(
            self.tr("Practises on"),
            self.tr("Choose Folder…"),
            self.tr("Choose a folder of your own photos, of what you like to paint"),
        )
        self.previews.set_texts(
            self.tr("Shown meanwhile"),
            self.tr("Choose Pictures…"),
            self.tr("Choose up to four pictures to be painted again and again while the style is learnt"),
        )
        self._follow_choices()


class _Choice(QWidget):
    """A name, what is chosen, a button to choose, and one that goes back to the default."""

    def __init__(self) -> None:
        super().__init__()
        self._name = QLabel()
        self._value = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self.button = QPushButton()
        self.reset_button = styled(QPushButton(), "quiet")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._name, 1)
        row.addWidget(self.reset_button)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._value)

    @property
    def text(self) -> str:
        return self._value.text()

    def show_choice(self, text: str, *, is_default: bool) -> None:
        self._value.setText(text)
        self.reset_button.setHidden(is_default)

    def set_texts(self, name: str, button: str, explanation: str) -> None:
        self._name.setText(name)
        self.button.setText(button)
        self.button.setToolTip(explanation)
        self.button.setAccessibleName(f"{name}: {button}")
        self.reset_button.setText(self.tr("Reset"))
        self.reset_button.setAccessibleName(self.tr("Reset {name}").format(name=name))


def _name_of(path: Path) -> str:
    return path.name or str(path)
