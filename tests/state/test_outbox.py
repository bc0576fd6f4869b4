"""The outbox: each paper drawn once, by however many workers, through however many failures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Lock

import pytest

from mediation import jobs
from mediation.models import database, outbox
from mediation.models.database import db
from mediation.models.outbox import Job, JobState
from mediation.models.papers import Paper
from mediation.services import papers
from mediation.workflow.words import PaperState
from tests.counter import register
from tests.site import Site


def drawn(site: Site) -> list[tuple[str, str]]:
    found = [(p.state.name, p.sha256) for p in db.session.query(Paper).order_by(Paper.id)]
    db.session.rollback()
    return found


def states() -> set[JobState]:
    found = {job.state for job in db.session.query(Job)}
    db.session.rollback()
    return found


def test_two_workers_draw_each_paper_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    register(site)
    begun: list[int] = []
    lock, start, draw = Lock(), Barrier(2), jobs._DO[papers.JOB]

    def counted(paper_id: int) -> None:
        with lock:
            begun.append(paper_id)
        draw(paper_id)

    monkeypatch.setitem(jobs._DO, papers.JOB, counted)

    def work(_: int) -> None:
        start.wait()
        jobs.run_due(site.app)
        with site.app.app_context():
            db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert states() == {JobState.DONE}
    assert len(begun) == len(set(begun)), "no paper was begun twice"
    assert all(state == "READY" and sha for state, sha in drawn(site))


def test_drawing_again_changes_nothing(site: Site) -> None:
    register(site)
    site.draw()
    before = drawn(site)
    for job in db.session.query(Job):
        number = job.subject_id
        db.session.rollback()
        papers.draw(number)
    assert drawn(site) == before


def test_what_fails_is_tried_later_and_then_parked_with_its_reason(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(site)
    monkeypatch.setitem(jobs._DO, papers.JOB, lambda _: 1 / 0)
    monkeypatch.setattr(jobs.log, "exception", lambda *_: None)
    assert site.draw() > 0
    assert site.draw() == 0, "not before its time"
    for _ in range(jobs.MOST_TRIES):
        site.clock.tick(hours=2)
        site.draw()
    assert states() == {JobState.PARKED}
    parked = outbox.parked_jobs()
    assert {job.tries for job in parked} == {jobs.MOST_TRIES}
    assert "ZeroDivisionError" in parked[0].failure
    db.session.rollback()
    assert {state for state, _ in drawn(site)} == {PaperState.FAILED.name}


def test_a_worker_that_died_leaves_its_job_to_the_next(site: Site) -> None:
    register(site)
    taken = [jobs._take(job.id, site.clock.clock.now()) for job in outbox.due_jobs(far(site))]
    assert None not in taken
    assert site.draw() == 0, "somebody has them in hand"
    site.clock.tick(minutes=3)
    assert site.draw() == len(taken)
    assert states() == {JobState.DONE}


def far(site: Site) -> datetime:
    return site.clock.clock.now() + timedelta(days=1)


def test_an_act_that_fails_leaves_nothing_to_be_done(site: Site) -> None:
    """What must follow a commit does not follow without one."""
    with pytest.raises(ZeroDivisionError):
        put_and_fail(site)
    assert site.draw() == 0
    assert not db.session.query(Job).count()
    db.session.rollback()


def put_and_fail(site: Site) -> None:
    with database.transaction():
        outbox.put(papers.JOB, "draw:never", 1, site.clock.clock.now())
        db.session.flush()
        raise ZeroDivisionError
