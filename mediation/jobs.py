"""The outbox's worker: does what must follow a commit, one job at a time, once (D18)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from mediation.clock import Clock
from mediation.documents.press import PressFailed, press
from mediation.errors import Refused
from mediation.models import database, outbox
from mediation.models.database import db
from mediation.models.outbox import JobState
from mediation.services import draft_press, paper_files, papers, print_runs, volume_binding
from mediation.wording import Text

if TYPE_CHECKING:
    from flask import Flask

MOST_TRIES = 8
LOOK_EVERY = 1.0
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)
_IN_HAND = timedelta(minutes=2)
_TOLD = 300
log = logging.getLogger(__name__)


# What each kind of job does with its subject; some must know what time it is.
_DO: dict[str, Callable[[int], None]] = {
    papers.JOB: paper_files.draw,
    volume_binding.JOB: volume_binding.bind,
}
_DO_BY_CLOCK: dict[str, Callable[[int, Clock], None]] = {print_runs.JOB: print_runs.work}
# What is said of a failure that is tried again, and what is left when a job is parked.
_SAY: dict[str, Callable[[int, Text], None]] = {
    papers.JOB: paper_files.note_trouble,
    volume_binding.JOB: volume_binding.note_trouble,
    print_runs.JOB: print_runs.note_trouble,
}
_PARKED = Text(
    "试了几次都没有印成，请告诉系统管理员：{why}",
    "It was tried several times and not drawn; tell the administrator: {why}",
)
_GIVE_UP: dict[str, Callable[[int, Text], None]] = {
    papers.JOB: paper_files.give_up,
    volume_binding.JOB: volume_binding.give_up,
    print_runs.JOB: print_runs.stop,
}


# Takes so long that nobody's paper should wait behind it: a thread of its own sees to these.
LONG = frozenset({volume_binding.JOB})


def run_due(app: Flask, *, but: frozenset[str] = frozenset()) -> int:
    """Do every job that is due, also those that come due meanwhile; how many were tried.

    Kinds of job named in `but` are left to somebody else.
    """
    clock: Clock = app.extensions["clock"]
    tried = 0
    with app.app_context():
        while found := _due(clock.now(), but):
            for job_id in found:
                tried += _do(job_id, clock)
    return tried


def _due(now: datetime, but: frozenset[str]) -> list[int]:
    found = [job.id for job in outbox.due_jobs(now, but=but)]
    db.session.rollback()
    return found


def _do(job_id: int, clock: Clock) -> bool:
    """Whether it was this worker's to try."""
    taken = _take(job_id, clock.now())
    if taken is None:
        return False
    kind, subject_id = taken
    try:
        if kind in _DO_BY_CLOCK:
            _DO_BY_CLOCK[kind](subject_id, clock)
        else:
            _DO[kind](subject_id)
    except Exception as error:
        told = why(error)
        log.exception("job %s (%s) failed: %s", job_id, kind, told)
        _fail(job_id, error, clock.now())
    else:
        _settle(job_id)
    return True


def _take(job_id: int, now: datetime) -> tuple[str, int] | None:
    """Kind and subject of a job that nobody else has in hand. Should this worker die over it, it is
    due again after a while.
    """
    with database.transaction():
        job = outbox.job_by_id(job_id, lock=True)
        if job is None or job.state is not JobState.WAITING or job.due_at > now:
            return None
        job.due_at = now + _IN_HAND
        return job.kind, job.subject_id


def _settle(job_id: int) -> None:
    with database.transaction():
        job = outbox.job_by_id(job_id)
        if job is not None:
            job.state, job.failure = JobState.DONE, ""


def _fail(job_id: int, error: Exception, now: datetime) -> None:
    """Try again later, each time a little later; after eight tries it is parked and says why."""
    reason, said = f"{type(error).__name__}: {error}"[:_TOLD], why(error)
    parked = None
    with database.transaction():
        job = outbox.job_by_id(job_id)
        if job is None:
            return
        job.tries += 1
        job.failure = reason
        job.due_at = now + min(_FIRST_PAUSE * 2 ** (job.tries - 1), _LONGEST_PAUSE)
        if job.tries >= MOST_TRIES or job.kind not in (*_DO, *_DO_BY_CLOCK):
            job.state, parked = JobState.PARKED, (job.kind, job.subject_id)
        kind, subject_id = job.kind, job.subject_id
    if parked is not None and parked[0] in _GIVE_UP:
        _GIVE_UP[parked[0]](parked[1], _PARKED.with_(why=said))
    elif kind in _SAY:
        _SAY[kind](subject_id, said)


def why(error: Exception) -> Text:
    """What went wrong, as a person is told: our own sentences as they are."""
    if isinstance(error, Refused):
        zh, en = (r.zh for r in error.reasons), (r.en for r in error.reasons)
        return Text("；".join(zh), "; ".join(en))
    if isinstance(error, PressFailed):
        return error.said
    name = f"{type(error).__name__}: {error}"[:_TOLD]
    return Text(name, name)


_QUICK = frozenset((*_DO, *_DO_BY_CLOCK)) - LONG


class Worker:
    """Threads beside the pages: drawing needs most of a second, binding many. No request waits for
    them, and no paper for a volume.
    """

    def __init__(self, app: Flask, *, look_every: float = LOOK_EVERY) -> None:
        self._app = app
        self._look_every = look_every
        self._stopping = Event()
        self._called = {kind: Event() for kind in ("quick", "long")}
        self._threads = (
            Thread(target=self._run, args=("quick", LONG), name="worker", daemon=True),
            Thread(target=self._run, args=("long", _QUICK), name="binder", daemon=True),
        )

    def start(self) -> Worker:
        for thread in self._threads:
            thread.start()
        return self

    def call(self) -> None:
        """There is something to do: do not wait for the next look."""
        for event in self._called.values():
            event.set()

    def stop(self, timeout: float = 5.0) -> None:
        """Finish the job in hand and end."""
        self._stopping.set()
        self.call()
        for thread in self._threads:
            thread.join(timeout)

    def _run(self, name: str, but: frozenset[str]) -> None:
        press.warm_up()
        while not self._stopping.is_set():
            try:
                run_due(self._app, but=but)
                if but is LONG:
                    draft_press.sweep(self._app.extensions["clock"].now())
            except Exception:
                log.exception("the outbox could not be read; trying again")
            self._called[name].wait(self._look_every)
            self._called[name].clear()
