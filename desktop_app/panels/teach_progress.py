"""How a training goes: how far it is, the best so far, previews, curves, and what the artist should know."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop_app.background import BackgroundThread
from desktop_app.i18n import translate_message
from desktop_app.panels.loss_chart import LossChart
from desktop_app.panels.preview_pairs import PreviewPairs
from desktop_app.teaching.messages import LearningWent, StyleLearnt
from desktop_app.teaching.teacher import Teacher
from desktop_app.theme import GRID, styled
from engine.train_request import BestSoFar, Notice, TrainProgress

MOST_NOTICES = 8
BAR_STEPS = 1000
SHORTEST_IN_MINUTES = 90


class TeachProgress(QWidget):
    """Follows the teacher. What was shown of a training stays until the next one begins."""

    def __init__(self, teacher: Teacher, background: BackgroundThread, width: int) -> None:
        super().__init__()
        self._teacher = teacher
        self._progress: TrainProgress | None = None
        self._best: BestSoFar | None = None
        self._result: StyleLearnt | None = None
        self._notices: list[Notice] = []
        self._is_exporting = False
        self._title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._status = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self.bar = QProgressBar(maximum=BAR_STEPS, textVisible=False)
        self._best_label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.previews = PreviewPairs(width)
        self.chart = LossChart(background)
        self._notices_label = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "muted")
        self._notices_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for widget in (self._title, self.bar, self._status, self._best_label):
            layout.addWidget(widget)
        layout.addWidget(self.previews)
        layout.addWidget(self.chart)
        layout.addWidget(self._notices_label)
        teacher.phase_changed.connect(self._follow_phase)
        teacher.went_on.connect(self._take)
        teacher.losses_found.connect(self.chart.add_all)
        teacher.paused_changed.connect(self._retranslate)
        teacher.ending_changed.connect(self._retranslate)
        teacher.learnt.connect(self._take_result)
        self._retranslate()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def status(self) -> str:
        return self._status.text()

    @property
    def best_text(self) -> str:
        return self._best_label.text()

    @property
    def notices_text(self) -> str:
        return self._notices_label.text()

    @Slot(bool)
    def set_exporting(self, is_running: bool) -> None:
        """An export has the machine for itself meanwhile."""
        self._is_exporting = is_running
        self._retranslate()

    @Slot(str)
    def _follow_phase(self, phase: str) -> None:
        if phase == "learning":
            self._progress = self._best = self._result = None
            self._notices = []
            self.previews.clear()
            self.chart.clear()
            self.chart.load()
            self.bar.setRange(0, 0)  # moves to and fro until the first step
        self._retranslate()

    @Slot(object)
    def _take(self, event: LearningWent) -> None:
        progress = event.progress
        if progress.notice is not None:
            self._notices = [*self._notices, progress.notice][-MOST_NOTICES:]
        else:
            self._progress = progress
        if progress.best is not None:
            self._best = progress.best
        if progress.losses is not None:
            self.chart.add(progress.step, progress.losses)
        if event.previews:
            is_best = progress.stage == "Saving"
            step = self._best.step if is_best and self._best is not None else progress.step
            self.previews.show_pictures(step, event.base_previews, event.previews)
        if progress.stage == "Learning" and progress.steps:
            self.bar.setRange(0, BAR_STEPS)
            self.bar.setValue(round(BAR_STEPS * progress.step / progress.steps))
        self._retranslate()

    @Slot(object)
    def _take_result(self, event: StyleLearnt) -> None:
        self._result = event
        self._best = event.result.best
        self.bar.setRange(0, BAR_STEPS)
        self.bar.setValue(BAR_STEPS)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @Slot()
    def _retranslate(self) -> None:
        name = self._teacher.request.name if self._teacher.request is not None else ""
        title = self.tr("Learning {name}") if self._result is None else self.tr("{name} is learnt")
        self._title.setText(title.format(name=name))
        self._status.setText(self._status_text())
        self._best_label.setText(self._best_words())
        self._best_label.setVisible(bool(self._best_label.text()))
        self._notices_label.setText("\n".join(translate_message(each.template, each.values) for each in self._notices))
        self._notices_label.setVisible(bool(self._notices))

    def _status_text(self) -> str:
        if self._result is not None:
            return self._result_text(self._result)
        if self._teacher.is_ending:
            return self.tr("Stopping…")
        text = self._stage_text(self._progress)
        if self._teacher.is_paused:
            return self.tr("{where}, paused").format(where=text)
        if self._is_exporting:
            return self.tr("{where}, waiting for the export").format(where=text)
        return self._with_time_left(text, self._progress)

    def _with_time_left(self, text: str, progress: TrainProgress | None) -> str:
        if progress is None or progress.seconds_left is None or progress.stage != "Learning":
            return text
        left = progress.seconds_left
        if left < SHORTEST_IN_MINUTES:
            return self.tr("{where}, {count} s left").format(where=text, count=max(1, round(left)))
        return self.tr("{where}, {count} min left").format(where=text, count=round(left / 60))

    def _stage_text(self, progress: TrainProgress | None) -> str:
        if progress is None:
            return self.tr("Beginning…")
        match progress.stage:
            case "Checking":
                return self.tr("Checking work {step} of {steps}").format(step=progress.step, steps=progress.steps)
            case "Looking":
                return self.tr("Looking at the works, and trying how fast this machine is")
            case "Saving":
                return self.tr("Saving the style")
        return self.tr("Step {step} of {steps}").format(step=progress.step, steps=progress.steps)

    def _result_text(self, event: StyleLearnt) -> str:
        steps, minutes = event.result.steps, event.result.seconds / 60
        how = {
            "finished": self.tr("Learnt in {steps} steps and {minutes} min."),
            "stopped": self.tr("Stopped after {steps} steps and {minutes} min; the best was kept."),
            "early": self.tr("Nothing got better any more after {steps} steps and {minutes} min; the best was kept."),
            "time": self.tr("The time was up after {steps} steps and {minutes} min; the best was kept."),
        }[event.result.ended]
        return how.format(steps=steps, minutes=f"{minutes:.1f}")

    def _best_words(self) -> str:
        best = self._best
        if best is None:
            return ""
        if not best.step:
            return self.tr("Nothing better than the base model yet.") if self._result is None else ""
        nearer = round(100 * (1 - best.style))
        content = round(100 * (best.content - 1))
        text = self.tr("Best so far, at step {step}: {nearer} % nearer to your hand than the base model.")
        if self._result is not None:
            text = self.tr("The style is that of step {step}: {nearer} % nearer to your hand than the base model.")
        kept = self.tr("What is painted is kept as well as by the base model.")
        if content > 0:
            kept = self.tr("What is painted is kept {percent} % less well.")
        text = f"{text}\n{kept}"
        return text.format(step=best.step, nearer=nearer, percent=content)
