"""The outbox: what must still be done after a commit, once, however often the power fails (D18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from sqlalchemy import Index, String, func, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db


class JobState(Enum):
    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class Job(Base):
    """`key` makes an intent unique; a job is parked after eight tries, with its reason."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(80), unique=True)
    subject_id: Mapped[int]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Moment)
    failure: Mapped[str] = mapped_column(LongText, default="")


def put(kind: str, key: str, subject_id: int, due_at: datetime) -> None:
    db.session.add(Job(kind=kind, key=key, subject_id=subject_id, due_at=due_at))


def due_jobs(now: datetime, limit: int = 20, *, but: Iterable[str] = ()) -> list[Job]:
    """The oldest first, all kinds `but` these."""
    query = select(Job).where(Job.state == JobState.WAITING, Job.due_at <= now).order_by(Job.id)
    query = query.where(Job.kind.not_in(tuple(but)))
    return list(db.session.scalars(query.limit(limit).with_for_update(skip_locked=True)))


def job_by_id(job_id: int, *, lock: bool = False) -> Job | None:
    """Locked where somebody is about to take it in hand: another worker waits, and sees that."""
    return db.session.get(Job, job_id, with_for_update=lock)


def count_ahead(kind: str, subject_id: int) -> int:
    """How many jobs of a kind for one subject are still to be done; one in hand counts."""
    query = select(func.count(Job.id)).where(
        Job.kind == kind, Job.subject_id == subject_id, Job.state == JobState.WAITING
    )
    return db.session.scalar(query) or 0


def put_off(kind: str, subject_id: int, until: datetime) -> None:
    """Somebody else is at it: not before then."""
    query = select(Job).where(
        Job.kind == kind, Job.subject_id == subject_id, Job.state == JobState.WAITING
    )
    for job in db.session.scalars(query):
        job.due_at = until


def count_waiting() -> int:
    return db.session.scalar(select(func.count(Job.id)).where(Job.state == JobState.WAITING)) or 0


def parked_jobs() -> list[Job]:
    """What failed too often and waits for a person, newest first."""
    query = select(Job).where(Job.state == JobState.PARKED).order_by(Job.id.desc()).limit(50)
    return list(db.session.scalars(query))
