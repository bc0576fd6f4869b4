"""The worker: does what the outbox holds, one job at a time, again after a failure, never twice."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event, Thread

from flask import Flask

from mediation.documents.glyphs import PaperRefused
from mediation.errors import Refused
from mediation.models import outbox
from mediation.models.database import db, transaction
from mediation.models.outbox import Job, JobState
from mediation.services import papers

log = logging.getLogger(__name__)
MOST_TRIES = 8
_PAUSE_S = 1.0


def run_due(app: Flask, limit: int = 20) -> int:
    """Do the jobs that are due; how many were tried. Safe to call again at any moment."""
    with app.app_context():
        waiting = [
            (j.id, j.kind, j.subject_id)
            for j in outbox.due_jobs(app.extensions["clock"].now(), limit)
        ]
        db.session.rollback()
        for job_id, kind, subject_id in waiting:
            _do(app, job_id, kind, subject_id)
        return len(waiting)


def run_all(app: Flask) -> int:
    """Until nothing is due (the demo and the tests)."""
    done = 0
    while found := run_due(app, 100):
        done += found
    return done


def _do(app: Flask, job_id: int, kind: str, subject_id: int) -> None:
    try:
        if kind == papers.DRAW:
            config = app.extensions["config"]
            papers.draw(
                subject_id,
                store=app.extensions["store"],
                public_address=config.public_address,
                practice=config.practice,
            )
        _finish(job_id)
    except Exception as error:
        log.exception("job %s failed", job_id)
        parked = _fail(app, job_id, error)
        if kind == papers.DRAW and (parked or isinstance(error, PaperRefused)):
            papers.mark_failed(subject_id, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.reasons[0].zh
    return str(error) or type(error).__name__


def _finish(job_id: int) -> None:
    with transaction():
        job = outbox.job_by_id(job_id)
        if job is not None:
            job.state = JobState.DONE


def _fail(app: Flask, job_id: int, error: Exception) -> bool:
    """Wait longer each time; park it for a person to read when it keeps failing."""
    with transaction():
        job: Job | None = outbox.job_by_id(job_id)
        if job is None:
            return False
        job.tries += 1
        job.failure = _reason(error)[:500]
        hopeless = isinstance(error, PaperRefused)
        if hopeless or job.tries >= MOST_TRIES:
            job.state = JobState.PARKED
            return True
        job.due_at = app.extensions["clock"].now() + timedelta(seconds=2**job.tries)
        return False


class Worker:
    """One thread in the app's process; it stops within a job's length."""

    def __init__(self, app: Flask) -> None:
        self._app, self._stop = app, Event()
        self._thread = Thread(target=self._work, name="outbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=10)

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                busy = run_due(self._app)
            except Exception:
                log.exception("the outbox worker stumbled")
                busy = 0
            if not busy:
                self._stop.wait(_PAUSE_S)
