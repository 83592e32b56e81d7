"""What a job is and what became of it, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.i18n import translate_message
from desktop_app.queueing.jobs import Job, SheetTask, State
from desktop_app.session import SavedStyle
from engine.api import Cancelled

_MINUTE, _HOUR = 60, 3600
_LONGEST_IN_SECONDS = 90
_LONGEST_IN_MINUTES = 90 * _MINUTE


def styles_in_words(styles: tuple[SavedStyle, ...]) -> str:
    return ", ".join(style.title or style.name for style in styles)


def task_in_words(job: Job) -> str:
    """Return what is painted: the styles, or what a contact sheet holds."""
    if isinstance(job.task, SheetTask):
        count = len(job.task.contents) * len(job.task.styles)
        return QCoreApplication.translate("QueueWords", "Contact sheet, {count} pictures").format(count=count)
    return styles_in_words(job.task.styles)


def outcome_in_words(job: Job) -> str:
    """Return what became of a job; empty as long as it waits or runs."""
    name = job.path.replace("\\", "/").rsplit("/", 1)[-1]
    match job.state:
        case State.DONE if job.notes:
            return QCoreApplication.translate("QueueWords", "{name}, without some: {reason}").format(
                name=name, reason=" ".join(job.notes)
            )
        case State.DONE:
            return name
        case State.SKIPPED:
            return QCoreApplication.translate("QueueWords", "{name} was there already").format(name=name)
        case State.FAILED if job.template == Cancelled().template:
            return QCoreApplication.translate("QueueWords", "Stopped")
        case State.FAILED:
            return translate_message(job.template, job.values)
        case _:
            return ""


def counts_in_words(done: int, skipped: int, failed: int) -> str:
    """Return ``18 saved, 1 was there already, 2 failed``; what is none is left out."""
    parts = []
    if done or not (skipped or failed):
        parts.append(QCoreApplication.translate("QueueWords", "{count} saved").format(count=done))
    if skipped:
        parts.append(QCoreApplication.translate("QueueWords", "{count} there already").format(count=skipped))
    if failed:
        parts.append(QCoreApplication.translate("QueueWords", "{count} failed").format(count=failed))
    return ", ".join(parts)


def time_in_words(seconds: float) -> str:
    """Return ``40 s``, ``12 min`` or ``2.5 h``."""
    if seconds < _LONGEST_IN_SECONDS:
        return QCoreApplication.translate("QueueWords", "{count} s").format(count=max(1, round(seconds)))
    if seconds < _LONGEST_IN_MINUTES:
        return QCoreApplication.translate("QueueWords", "{count} min").format(count=round(seconds / _MINUTE))
    return QCoreApplication.translate("QueueWords", "{count} h").format(count=f"{seconds / _HOUR:.1f}")
