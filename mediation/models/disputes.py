"""Disputes 纠纷, and how they are found: only within a person's reach."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, String, func, or_, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mediation.models.accounts import Account
from mediation.models.database import Base, Moment, db
from mediation.models.lists import Deadline
from mediation.models.parties import Party
from mediation.models.places import Committee, Court, Place
from mediation.permissions import Actor, reach
from mediation.workflow.stages import OPEN, Stage
from mediation.workflow.words import Channel, Initiation, Urgency


class Dispute(Base):
    """`reference` is its public name; `number` the volume's, given on acceptance, never reused."""

    __tablename__ = "dispute"
    __table_args__ = (
        Index("ix_dispute_committee", "committee_id", "stage", "id"),
        Index("ix_dispute_township", "township_id", "stage", "id"),
        Index("ix_dispute_county", "county_id", "stage", "id"),
        Index("ix_dispute_court", "court_id", "stage", "id"),
        Index("ix_dispute_mediator", "mediator_id", "stage", "id"),
        Index("ix_dispute_opened_by", "opened_by_id", "id"),
        Index("ix_dispute_grid", "grid_id", "id"),
        Index("ix_dispute_community", "community_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(60))
    stage: Mapped[Stage] = mapped_column(default=Stage.REGISTERED)
    version: Mapped[int] = mapped_column(default=1)
    dispute_type: Mapped[str] = mapped_column(String(40))
    type_list: Mapped[str] = mapped_column(String(20))
    everyday_kind: Mapped[str] = mapped_column(String(40), default="")
    initiation: Mapped[Initiation]
    channel: Mapped[Channel]
    urgency: Mapped[Urgency] = mapped_column(default=Urgency.ORDINARY)
    facts: Mapped[str] = mapped_column(LongText, default="")
    claims: Mapped[str] = mapped_column(LongText, default="")
    happened_on: Mapped[date | None]
    harm_known_on: Mapped[date | None]
    court_invited: Mapped[bool] = mapped_column(default=False)
    party_names: Mapped[str] = mapped_column(String(200), default="")
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    county_id: Mapped[int]
    township_id: Mapped[int | None]
    community_id: Mapped[int | None]
    grid_id: Mapped[int | None]
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    first_committee_id: Mapped[int | None]
    court_id: Mapped[int | None] = mapped_column(ForeignKey("court.id"))
    mediator_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"))
    registered_on: Mapped[date]
    accepted_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    # The earliest legal date still open, kept with the row so that lists sort by it.
    next_due_on: Mapped[date | None] = mapped_column(index=True)
    touched_at: Mapped[datetime] = mapped_column(Moment)
    practice: Mapped[bool] = mapped_column(default=False)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    # Its import was undone before anybody worked on it: kept with its history, and shown nowhere.
    taken_back_at: Mapped[datetime | None] = mapped_column(Moment)

    parties: Mapped[list[Party]] = relationship(
        lazy="raise_on_sql", order_by="Party.position", back_populates="dispute"
    )
    place: Mapped[Place] = relationship(lazy="raise_on_sql")
    committee: Mapped[Committee] = relationship(lazy="raise_on_sql")
    court: Mapped[Court | None] = relationship(lazy="raise_on_sql")
    mediator: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[mediator_id])

    __mapper_args__ = {"version_id_col": version}


def within_reach(actor: Actor) -> Select[tuple[Dispute]]:
    """Disputes this person may see at all; the one place where scope enters a query (D2)."""
    query = select(Dispute).where(Dispute.taken_back_at.is_(None))
    if actor.party_id is not None:
        return query.where(Dispute.id == actor.dispute_id)
    held = reach(actor)
    if not held:
        return query.where(Dispute.id < 0)
    return query.where(or_(*(getattr(Dispute, r.column) == r.value for r in held)))


def _case(query: Select[tuple[Dispute]]) -> Select[tuple[Dispute]]:
    return query.options(
        selectinload(Dispute.parties).selectinload(Party.representatives),
        selectinload(Dispute.place),
        selectinload(Dispute.committee),
        selectinload(Dispute.court),
        selectinload(Dispute.mediator),
    )


def find(reference: str, *, by: Actor, lock: bool = False) -> Dispute | None:
    """The dispute with its parties and people, or None where it is not this person's to see."""
    query = _case(within_reach(by).where(Dispute.reference == reference))
    if lock:
        query = query.with_for_update(of=Dispute)
    return db.session.scalars(query).one_or_none()


def find_named(named: str, *, by: Actor) -> Dispute | None:
    """By its number or its reference, within reach."""
    query = within_reach(by).where(or_(Dispute.number == named, Dispute.reference == named))
    return db.session.scalars(query.limit(1)).one_or_none()


def with_open_deadlines() -> list[Dispute]:
    """Cases with a legal date that still runs; for the list's own keeper, never for a page."""
    running = select(Deadline.dispute_id).where(Deadline.met_on.is_(None))
    return list(db.session.scalars(_case(select(Dispute).where(Dispute.id.in_(running)))))


def to_bind(dispute_id: int) -> Dispute | None:
    """The dispute whose volume is bound: whoever asked for it was let in when they asked."""
    return db.session.scalars(_case(select(Dispute).where(Dispute.id == dispute_id))).one_or_none()


def named_at_the_machine(named: str) -> Dispute | None:
    """By its number or reference, for whoever holds the machine and its keys; never for a page."""
    query = select(Dispute).where(Dispute.taken_back_at.is_(None))
    query = query.where(or_(Dispute.number == named, Dispute.reference == named))
    return db.session.scalars(_case(query.limit(1))).one_or_none()


def open_of_mediator(account_id: int, *, by: Actor) -> list[Dispute]:
    """The open cases of one mediator, as far as they lie within this person's reach."""
    query = within_reach(by).where(Dispute.mediator_id == account_id, Dispute.stage.in_(OPEN))
    return list(db.session.scalars(query.order_by(Dispute.id)))


def open_counts(account_ids: list[int]) -> dict[int, int]:
    """How many open cases each of these people has in hand."""
    query = (
        select(Dispute.mediator_id, func.count())
        .where(Dispute.mediator_id.in_(account_ids), Dispute.stage.in_(OPEN))
        .group_by(Dispute.mediator_id)
    )
    return {who: count for who, count in db.session.execute(query) if who is not None}


def find_by_id(dispute_id: int, *, by: Actor) -> Dispute | None:
    """The same by its number in the database, within reach all the same."""
    return db.session.scalars(_case(within_reach(by).where(Dispute.id == dispute_id))).one_or_none()
