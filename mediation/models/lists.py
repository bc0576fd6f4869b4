"""What an administrator keeps: workdays, imports, and who had a case from when to when."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db


class DayKind(Enum):
    REST = "rest"
    WORK = "work"


class SpecialDay(Base):
    """A weekday that is rest, or a weekend day that is work; a year counts once it is announced."""

    __tablename__ = "special_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind]
    name: Mapped[str] = mapped_column(String(40), default="")


class AnnouncedYear(Base):
    __tablename__ = "announced_year"

    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(120), default="")


class ImportBatch(Base):
    """One import: what file, how far it came, and whether it is being, or was, taken back.

    `taken` rows were registered; `skipped` holds the others as JSON, [row, zh, en] each. Together
    they say how far it came. `place_id` is where rows belong that name no place.
    """

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    file_name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[str] = mapped_column(LongText, default="")
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    place_id: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def left_out(self) -> list[tuple[int, str, str]]:
        return [(row, zh, en) for row, zh, en in json.loads(self.skipped)]

    @property
    def done(self) -> int:
        """How many rows are behind it: taken or skipped, for good."""
        return self.taken + len(self.left_out)


class Assignment(Base):
    """Who handled a dispute, from when to when, and why it changed."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_open",
            "dispute_id",
            unique=True,
            sqlite_where=db.text("until_at IS NULL"),
            postgresql_where=db.text("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    chosen_by_party: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(200), default="")
    from_at: Mapped[datetime] = mapped_column(Moment)
    until_at: Mapped[datetime | None] = mapped_column(Moment)


class Deadline(Base):
    """A legal date, stored when the fact that starts it is recorded; `provisional` is 暂定."""

    __tablename__ = "deadline"
    __table_args__ = (UniqueConstraint("dispute_id", "name", "start_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    start_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    provisional: Mapped[bool] = mapped_column(default=False)
    met_on: Mapped[date | None]


def special_days() -> list[SpecialDay]:
    return list(db.session.scalars(select(SpecialDay).order_by(SpecialDay.day)))


def kinds_of_days() -> list[tuple[date, DayKind]]:
    """The same as plain pairs: what every counting of days reads."""
    query = select(SpecialDay.day, SpecialDay.kind)
    return list(db.session.execute(query).tuples())


def announced_years() -> set[int]:
    return set(db.session.scalars(select(AnnouncedYear.year)))


def announced_sources() -> dict[int, str]:
    """Each complete year, and the notice it rests on."""
    query = select(AnnouncedYear.year, AnnouncedYear.source)
    return dict(db.session.execute(query).tuples().all())


def open_assignment(dispute_id: int) -> Assignment | None:
    query = select(Assignment).where(
        Assignment.dispute_id == dispute_id, Assignment.until_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def assignments_of(dispute_id: int) -> list[Assignment]:
    query = select(Assignment).where(Assignment.dispute_id == dispute_id).order_by(Assignment.id)
    return list(db.session.scalars(query))


def deadlines_of(dispute_id: int) -> list[Deadline]:
    query = select(Deadline).where(Deadline.dispute_id == dispute_id).order_by(Deadline.due_on)
    return list(db.session.scalars(query))
