"""How thoroughly a style is learnt, and the fold of settings for who wants to know better."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.icons import make_icon
from desktop_app.teaching.lesson import SIDE_RANGE, SIDE_STEP, Lesson
from desktop_app.teaching.teacher import Teacher
from desktop_app.theme import GRID, current_theme, styled
from engine.train_request import QUALITY_STEPS, Quality

MOST_STEPS = 100_000
LARGEST_WEIGHT = 10.0
_SHORTEST_MINUTES = 90.0


class TeachSettings(QWidget):
    """Quick, standard or thorough with the time each takes here; below, folded, weights, steps, size and rate."""

    def __init__(self, teacher: Teacher, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._teacher = teacher
        self._heading = QLabel()
        self.qualities: dict[Quality, QRadioButton] = {name: QRadioButton() for name in QUALITY_STEPS}
        self.times: dict[Quality, QLabel] = {name: styled(QLabel(), "muted") for name in QUALITY_STEPS}
        self._group = QButtonGroup(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(0)
        for row, (name, button) in enumerate(self.qualities.items()):
            self._group.addButton(button, row)
            grid.addWidget(button, row, 0)
            grid.addWidget(self.times[name], row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        self.fold_button = styled(QToolButton(), "quiet")
        self.fold_button.setCheckable(True)
        self.fold_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold = Fold(teacher)
        self.fold.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._heading)
        layout.addLayout(grid)
        layout.addWidget(self.fold_button)
        layout.addWidget(self.fold)
        self._group.idClicked.connect(self._choose)
        self.fold_button.toggled.connect(self._unfold)
        teacher.lesson_changed.connect(self._follow)
        teacher.estimate_changed.connect(self._follow)
        self._follow()
        self._restyle()
        self._retranslate()

    @Slot(int)
    def _choose(self, number: int) -> None:
        self._teacher.set_lesson(quality=list(self.qualities)[number])

    @Slot(bool)
    def _unfold(self, is_open: bool) -> None:
        self.fold.setVisible(is_open)
        self._restyle()

    @Slot()
    def _follow(self) -> None:
        lesson = self._teacher.lesson
        self.qualities[lesson.quality].setChecked(True)
        for name, button in self.qualities.items():
            button.setDisabled(lesson.steps > 0)
            self.times[name].setText("" if lesson.steps else self._time_text(name))
        self.fold.show_time(self._time_text("quick") if lesson.steps else "")

    def _time_text(self, quality: Quality) -> str:
        seconds = self._teacher.seconds_for(quality)
        if seconds is not None:
            if seconds < _SHORTEST_MINUTES:
                return self.tr("about {count} s").format(count=max(1, round(seconds)))
            return self.tr("about {count} min").format(count=round(seconds / 60))
        if self._teacher.is_estimating:
            return self.tr("trying how fast this machine is…")
        return ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        name = "arrow-up" if self.fold_button.isChecked() else "arrow-down"
        self.fold_button.setIcon(make_icon(name, QColor(current_theme().muted)))

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("How thoroughly"))
        texts: dict[Quality, tuple[str, str]] = {
            "quick": (self.tr("Quick"), self.tr("A first idea: palette and the most striking strokes")),
            "standard": (self.tr("Standard"), self.tr("Good for most works")),
            "thorough": (self.tr("Thorough"), self.tr("The nearest it gets; for a night or a long break")),
        }
        for name, (text, explanation) in texts.items():
            self.qualities[name].setText(text)
            self.qualities[name].setToolTip(explanation)
        self.fold_button.setText(self.tr("Advanced"))
        self.fold_button.setToolTip(self.tr("Weights of the losses, steps, size and learning rate"))
        self._follow()


class Fold(QWidget):
    """Numbers of the lesson, each with a button that puts it back."""

    def __init__(self, teacher: Teacher) -> None:
        super().__init__()
        self._teacher = teacher
        self._labels = {name: QLabel() for name in _DEFAULTS}
        self.spins: dict[str, QSpinBox | QDoubleSpinBox] = {
            "content_weight": _Weight(),
            "style_weight": _Weight(),
            "adversarial_weight": _Weight(),
            "steps": _Steps(),
            "side": _Side(),
            "learning_rate": _Rate(),
        }
        self.reset_buttons = {name: _Reset() for name in _DEFAULTS}
        self.reset_all_button = styled(QPushButton(), "quiet")
        self._time = styled(QLabel(), "muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        for row, name in enumerate(_DEFAULTS):
            spin = self.spins[name]
            spin.valueChanged.connect(self._take)
            self._labels[name].setBuddy(spin)
            self.reset_buttons[name].clicked.connect(self._reset)
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(spin, row, 1)
            grid.addWidget(self.reset_buttons[name], row, 2)
        last = QHBoxLayout()
        last.addWidget(self._time, 1)
        last.addWidget(self.reset_all_button)
        grid.addLayout(last, len(_DEFAULTS), 0, 1, 3)
        grid.setColumnStretch(0, 1)
        self.reset_all_button.clicked.connect(self._reset_all)
        teacher.lesson_changed.connect(self._follow)
        self._follow()
        self._retranslate()
        self._restyle()

    def show_time(self, text: str) -> None:
        self._time.setText(text)

    @Slot()
    def _take(self) -> None:
        for name, spin in self.spins.items():
            if spin is self.sender():
                self._teacher.set_lesson(**{name: spin.value()})

    @Slot()
    def _reset(self) -> None:
        for name, button in self.reset_buttons.items():
            if button is self.sender():
                self._teacher.set_lesson(**{name: _DEFAULTS[name]})
                self.spins[name].setFocus()

    @Slot()
    def _reset_all(self) -> None:
        self._teacher.set_lesson(**_DEFAULTS)

    @Slot()
    def _follow(self) -> None:
        for name, spin in self.spins.items():
            value = getattr(self._teacher.lesson, name)
            if spin.value() != value:
                with QSignalBlocker(spin):
                    spin.setValue(value)
            self.reset_buttons[name].setEnabled(value != _DEFAULTS[name])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        for button in self.reset_buttons.values():
            button.setIcon(make_icon("reset", QColor(current_theme().muted)))

    def _retranslate(self) -> None:
        texts = {
            "content_weight": (self.tr("Content weight"), self.tr("How much what is painted must stay recognisable")),
            "style_weight": (self.tr("Style weight"), self.tr("How much palette and strokes of the works count")),
            "adversarial_weight": (
                self.tr("Adversarial weight"),
                self.tr("How much the second network counts, which tells works from results; 0 leaves it out"),
            ),
            "steps": (self.tr("Steps"), self.tr("How many steps are trained; instead of quick, standard or thorough")),
            "side": (self.tr("Size of the training pictures"), self.tr("Larger ones show more, and take longer")),
            "learning_rate": (self.tr("Learning rate"), self.tr("How far each step goes; too much spoils the style")),
        }
        for name, (text, explanation) in texts.items():
            self._labels[name].setText(text)
            self.spins[name].setAccessibleName(text)
            self.spins[name].setToolTip(explanation)
            reset = self.tr("Reset {name}").format(name=text)
            self.reset_buttons[name].setToolTip(reset)
            self.reset_buttons[name].setAccessibleName(reset)
        self.spins["steps"].setSpecialValueText(self.tr("automatic"))
        self.spins["side"].setSuffix(self.tr(" px"))
        self.reset_all_button.setText(self.tr("Reset All"))


_DEFAULTS: dict[str, float] = {
    name: getattr(Lesson(), name)
    for name in ("content_weight", "style_weight", "adversarial_weight", "steps", "side", "learning_rate")
}


class _CalmWheel:
    """The wheel scrolls the panel, unless the box has been clicked."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        assert isinstance(self, QAbstractSpinBox)
        if self.hasFocus():
            super().wheelEvent(event)  # pyright: ignore
        else:
            event.ignore()


class _Number(_CalmWheel, QDoubleSpinBox):
    pass


class _Whole(_CalmWheel, QSpinBox):
    pass


class _Weight(_Number):
    def __init__(self) -> None:
        super().__init__(minimum=0.0, maximum=LARGEST_WEIGHT, singleStep=0.1, decimals=2)
        _sized(self)


class _Steps(_Whole):
    def __init__(self) -> None:
        super().__init__(minimum=0, maximum=MOST_STEPS, singleStep=100)
        _sized(self)


class _Side(_Whole):
    """Takes multiples of 16 pixels."""

    def __init__(self) -> None:
        super().__init__(minimum=SIDE_RANGE[0], maximum=SIDE_RANGE[1], singleStep=SIDE_STEP)
        _sized(self)

    def valueFromText(self, text: str) -> int:
        return round(super().valueFromText(text) / SIDE_STEP) * SIDE_STEP


class _Rate(_Number):
    def __init__(self) -> None:
        super().__init__(minimum=1e-5, maximum=0.01, singleStep=1e-4, decimals=5)
        _sized(self)


def _sized(spin: QSpinBox | QDoubleSpinBox) -> None:
    spin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    spin.setFixedWidth(15 * GRID)
    spin.setKeyboardTracking(False)
    spin.lineEdit().setTextMargins(GRID, 0, 0, 0)
    spin.lineEdit().setAcceptDrops(False)  # as in TeachDetails


class _Reset(QToolButton):
    def __init__(self) -> None:
        super().__init__()
        styled(self, "quiet")
