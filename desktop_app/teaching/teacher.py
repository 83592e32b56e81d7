"""From works to a style on the shelf: what is to be learnt, how the training goes, and what came of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.background import BackgroundThread
from desktop_app.document import Document
from desktop_app.i18n import translate_message
from desktop_app.messages import Failed, Source, Stopped
from desktop_app.settings import Settings
from desktop_app.teaching.folders import discard_training, resumable_trainings, unfinished_of
from desktop_app.teaching.lesson import Lesson
from desktop_app.teaching.messages import (
    EstimateTime,
    ExamineWorks,
    LearningWent,
    LearnStyle,
    LossesFound,
    StyleLearnt,
    TeachEvent,
    TimeEstimated,
    WorkExamined,
    WorksExamined,
)
from desktop_app.teaching.questions import Questions
from desktop_app.teaching.worker import Trainer, TrainingThread
from desktop_app.teaching.works import Work, Works
from engine.api import CancelToken, EngineError, UsageError
from engine.styles import StyleInformation, StyleLibrary
from engine.train_request import MOST_WORKS, Quality, TrainControl, TrainEstimate, TrainRequest
from engine.training.tuning_plan import checkpoint_folder
from engine.training.unfinished import Unfinished

ESTIMATE_MILLISECONDS = 400


class Teacher(QObject):
    """``phase`` is ``preparing``, ``learning`` or ``done``. One training at a time; what the artist says of the next
    one is the ``lesson``, its works are ``works``.
    """

    phase_changed = Signal(str)
    lesson_changed = Signal()
    examining_changed = Signal(int)  # how many drops of works are still being looked at
    estimate_changed = Signal()
    unfinished_changed = Signal()
    losses_found = Signal(object)  # the losses before a training was interrupted, as pairs of step and TrainLosses
    went_on = Signal(object)  # LearningWent
    paused_changed = Signal(bool)
    ending_changed = Signal()
    learnt = Signal(object)  # StyleLearnt
    failed = Signal(str)  # why nothing is learnt, in the language of the window

    def __init__(
        self,
        trainer: Trainer,
        library: StyleLibrary,
        *,
        document: Document,
        background: BackgroundThread,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.questions = Questions(parent)
        self._library = library
        self._document = document
        self._background = background
        self._settings = settings
        self.training = TrainingThread(trainer, library, self)
        self.works = Works(self)
        self.lesson = Lesson()
        self.estimate: TrainEstimate | None = None
        self.unfinished: tuple[Unfinished, ...] = ()
        self.phase = "preparing"
        self.is_paused = False
        self.is_ending = False
        self.request: TrainRequest | None = None  # of the training that runs, or ran last
        self._estimated: object = None
        self._estimating: EstimateTime | None = None
        self._learning: LearnStyle | None = None
        self._examining: set[int] = set()
        self._is_asking = False
        self._is_discarding = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ESTIMATE_MILLISECONDS)
        self._timer.timeout.connect(self._estimate)
        self.works.changed.connect(self._want_estimate)
        self.training.reported.connect(self._receive)

    # What is to be learnt

    def set_lesson(self, **changes: object) -> None:
        """Change what the training is to be; names are those of :class:`Lesson`."""
        lesson = dataclasses.replace(self.lesson, **changes)
        if lesson != self.lesson:
            self.lesson = lesson
            self._want_estimate()
            self.lesson_changed.emit()

    def add_works(self, sources: Sequence[Source]) -> None:
        """Have works, and folders of works, looked at; each is listed as soon as that is done."""
        if self.phase == "learning":
            return
        if self.phase == "done":
            self.teach_another()
        new = tuple(source for source in sources if not (isinstance(source, Path) and self.works.has(source)))
        if not new:
            return
        self._cancel_estimate()
        job = self.training.next_job()
        self._examining.add(job)
        self.examining_changed.emit(len(self._examining))
        self.training.submit(ExamineWorks(job, new, CancelToken()))

    @property
    def is_examining(self) -> bool:
        return bool(self._examining)

    @property
    def missing(self) -> str:
        """What keeps the training from being started: ``works``, ``examining``, ``name``, or nothing."""
        if self._examining:
            return "examining"
        if not self.works.good:
            return "works"
        return "" if self.lesson.name.strip() else "name"

    # How long it will take

    @Slot()
    def _want_estimate(self) -> None:
        if self.phase == "preparing":
            self._timer.start()

    def _cancel_estimate(self) -> None:
        if self._estimating is not None:
            self._estimating.control.cancel()
            self._estimating = None

    @Slot()
    def _estimate(self) -> None:
        """Try how fast this machine is, unless that is known: it depends on the size of the pictures alone."""
        key = (self.lesson.side, self._settings.device)
        if self._examining or not self.works.good or self.phase != "preparing" or key == self._estimated:
            return
        self._cancel_estimate()
        self.estimate, self._estimated = None, key
        request = TrainRequest("-", self.works.good[:1], side=self.lesson.side, device=self._settings.device)
        self._estimating = EstimateTime(self.training.next_job(), request, TrainControl())
        self.training.submit(self._estimating)
        self.estimate_changed.emit()

    @property
    def is_estimating(self) -> bool:
        return self._estimating is not None

    def seconds_for(self, quality: Quality) -> float | None:
        """Return how long a quality takes on this machine, None as long as nobody knows."""
        if self.estimate is None:
            return None
        if self.lesson.steps:
            return self.lesson.steps * self.estimate.seconds_per_step
        return self.estimate.seconds[quality]

    # The training

    @Slot()
    def start(self) -> None:
        """Begin, after a question where the name is taken."""
        if self.missing or self.phase != "preparing" or self._is_asking:
            return
        try:
            request = self.lesson.request(self.works.good, self._document.content_path, self._settings.device)
        except UsageError as error:
            self._show_error(error)
            return
        self._is_asking = True
        look = partial(_what_has_the_name, self._library, request)
        self._background.submit(look, partial(self._begin_or_ask, request), self._show_error, can_be_dropped=True)

    def _begin_or_ask(self, request: TrainRequest, found: tuple[StyleInformation | None, Unfinished | None]) -> None:
        style, unfinished = found
        self._is_asking = False
        if style is not None and style.built_in:
            template = "{name} is the name of a style that came with Scumble. Choose another name."
            self.failed.emit(translate_message(template, {"name": style.name}))
        elif style is not None or unfinished is not None:
            self.questions.ask_about_name(request.name, unfinished, partial(self._answered, request, unfinished))
        else:
            self._begin(request)

    def _answered(self, request: TrainRequest, unfinished: Unfinished | None, answer: str) -> None:
        if answer == "replace":
            self._begin(dataclasses.replace(request, overwrite=True))
        elif answer == "resume" and unfinished is not None:
            self.resume(unfinished)

    def resume(self, unfinished: Unfinished) -> None:
        """Go on with a training that was interrupted."""
        if self.phase != "learning":
            self._begin(dataclasses.replace(unfinished.request, device=self._settings.device))

    def _begin(self, request: TrainRequest) -> None:
        self._cancel_estimate()
        content = self._document.content
        opened = content if self._document.content_path is None and not request.resume else None
        self.request = request
        self.is_paused = self.is_ending = self._is_discarding = False
        self._learning = LearnStyle(self.training.next_job(), request, TrainControl(), opened)
        self._set_phase("learning")
        self.training.submit(self._learning)

    @Slot()
    def pause_or_go_on(self) -> None:
        if self._learning is not None:
            self.is_paused = not self.is_paused
            self._learning.control.pause() if self.is_paused else self._learning.control.go_on()
            self.paused_changed.emit(self.is_paused)

    @Slot()
    def finish(self) -> None:
        """Stop, and keep the best so far as the style."""
        self._end()
        if self._learning is not None:
            self._learning.control.finish()

    def discard(self) -> None:
        """Stop, and keep nothing."""
        self._is_discarding = True
        self._end()
        if self._learning is not None:
            self._learning.control.cancel()

    def _end(self) -> None:
        self.is_ending = True
        self.ending_changed.emit()

    @Slot()
    def teach_another(self) -> None:
        """Begin with nothing: other works, another name."""
        if self.phase == "done":
            self.works.clear()
            self.set_lesson(name="", description="")
            self._set_phase("preparing")

    def _set_phase(self, phase: str) -> None:
        self.phase = phase
        self.phase_changed.emit(phase)

    # What was interrupted

    def look_for_unfinished(self) -> None:
        self._background.submit(resumable_trainings, self._take_unfinished, self._show_error, can_be_dropped=True)

    def _take_unfinished(self, found: list[Unfinished]) -> None:
        running = None if self._learning is None else checkpoint_folder(self._learning.request)
        self.unfinished = tuple(each for each in found if each.folder != running)
        self.unfinished_changed.emit()

    def forget(self, unfinished: Unfinished) -> None:
        """Remove what was learnt in an interrupted training."""
        self._remove(unfinished.folder)

    def _remove(self, folder: Path) -> None:
        self._background.submit(partial(discard_training, folder), self._removed, self._show_error)

    def _removed(self, _nothing: None) -> None:
        self.look_for_unfinished()

    # Answers

    @Slot(object)
    def _receive(self, event: TeachEvent) -> None:
        match event:
            case WorkExamined():
                self._take_work(event)
            case WorksExamined():
                self._end_examining(event.job)
                if event.count == 0:
                    self.failed.emit(self.tr("There is no picture in this folder. Drop pictures, or a folder of them."))
            case TimeEstimated():
                if self._estimating is not None and event.job == self._estimating.job:
                    self._estimating = None
                    self.estimate = event.estimate
                    self.estimate_changed.emit()
            case LossesFound():
                self.losses_found.emit(event.losses)
            case LearningWent():
                self.went_on.emit(event)
            case StyleLearnt():
                self._learning = None
                self._estimated = None  # where the machine stands may have changed
                self._set_phase("done")
                self.learnt.emit(event)
                self.look_for_unfinished()
            case Stopped() | Failed():
                self._take_end(event)

    def _take_work(self, event: WorkExamined) -> None:
        if self.works.has(event.path):
            return
        if self.works.room:
            self.works.add(Work(event.path, event.thumbnail, event.pattern, event.problem))
        else:
            text = self.tr("A style is learnt from at most {count} works. {name} and what follows are left out.")
            self.failed.emit(text.format(count=MOST_WORKS, name=event.path.name))

    def _end_examining(self, job: int) -> None:
        self._examining.discard(job)
        self.examining_changed.emit(len(self._examining))
        self._want_estimate()

    def _take_end(self, event: Stopped | Failed) -> None:
        if event.job in self._examining:
            self._end_examining(event.job)
        if self._estimating is not None and event.job == self._estimating.job:
            self._estimating = None
            self.estimate_changed.emit()
            return  # why it failed will be said when the training does
        was_learning, self._learning = self._learning, None if self._is_job(event.job) else self._learning
        if was_learning is not None and self._learning is None:
            self._set_phase("preparing")
            if self._is_discarding:
                self._remove(checkpoint_folder(was_learning.request))
            else:
                self.look_for_unfinished()
        if isinstance(event, Failed):
            self.failed.emit(translate_message(event.template, event.values))

    def _is_job(self, job: int) -> bool:
        return self._learning is not None and self._learning.job == job

    def _show_error(self, error: EngineError) -> None:
        self._is_asking = False
        self.failed.emit(translate_message(error.template, error.values))

    @Slot()
    def close(self) -> None:
        """Let a training write its checkpoint, and wait for that."""
        self.training.stop()


def _what_has_the_name(
    library: StyleLibrary, request: TrainRequest
) -> tuple[StyleInformation | None, Unfinished | None]:
    return library.namesake(request.name), unfinished_of(request)
