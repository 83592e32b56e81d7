"""What is asked before something of the artist's is replaced or lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from engine.training.unfinished import Unfinished


class Questions(QObject):
    """Asks over a window, without holding it up; the default answer changes nothing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_about_name(self, name: str, unfinished: Unfinished | None, answered: Callable[[str], None]) -> None:
        """Ask what to do about a name that a style of the artist's has, or a training that was ``unfinished``. The
        answer is ``resume``, ``replace`` or ``other``.
        """
        box = self._make_box()
        if unfinished is None:
            box.setText(self.tr("There is a style of yours called {name} already.").format(name=name))
            box.setInformativeText(self.tr("It stays as it is until the new one is learnt. Undo brings it back."))
        else:
            text = self.tr("A training of {name} was interrupted at step {step} of {steps}.")
            box.setText(text.format(name=name, step=unfinished.step, steps=unfinished.steps))
            box.setInformativeText(self.tr("Resumed, it goes on with the works it was begun with."))
            _add(box, "resume", self.tr("Resume"), QMessageBox.ButtonRole.AcceptRole)
        replace = self.tr("Replace") if unfinished is None else self.tr("Begin Anew")
        _add(box, "replace", replace, QMessageBox.ButtonRole.DestructiveRole)
        other = _add(box, "other", self.tr("Choose Another Name"), QMessageBox.ButtonRole.RejectRole)
        _open(box, other, answered)

    def ask_to_discard(self, name: str, discard: Callable[[], None]) -> None:
        """Ask once whether what was learnt so far is to be thrown away."""
        box = self._make_box()
        box.setText(self.tr("Discard what was learnt of {name}?").format(name=name))
        box.setInformativeText(self.tr("This cannot be undone. The works stay as they are."))
        _add(box, "discard", self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        keep = _add(box, "keep", self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        _open(box, keep, lambda answer: discard() if answer == "discard" else None)

    def _make_box(self) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Teach Your Hand"))
        return box


def _add(box: QMessageBox, name: str, text: str, role: QMessageBox.ButtonRole) -> QPushButton:
    button = box.addButton(text, role)
    button.setObjectName(name)
    return button


def _open(box: QMessageBox, default: QPushButton, answered: Callable[[str], None]) -> None:
    box.setDefaultButton(default)
    box.setEscapeButton(default)
    box.buttonClicked.connect(partial(_answer, answered))
    box.finished.connect(box.deleteLater)
    box.open()


def _answer(answered: Callable[[str], None], button: QWidget) -> None:
    answered(button.objectName())
