"""History and audit: append-only, chained by hash, written in the same transaction as the act."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import BigInteger, ForeignKey, Index, String, func, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.clock import CHINA
from mediation.models.database import Base, Moment, db
from mediation.workflow.stages import Stage


class Event(Base):
    """One thing that happened to a dispute. `seq` counts within the dispute; order is by it, not by time.

    `happened_on` is what people say, `recorded_at` what the server's clock said.
    """

    __tablename__ = "event"
    __table_args__ = (Index("uq_event_seq", "dispute_id", "seq", unique=True),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(db.Integer, "sqlite"), primary_key=True
    )
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"))
    seq: Mapped[int]
    act: Mapped[str] = mapped_column(String(40))
    from_stage: Mapped[Stage | None]
    to_stage: Mapped[Stage | None]
    account_id: Mapped[int | None]
    by_name: Mapped[str] = mapped_column(String(60))
    by_role: Mapped[str] = mapped_column(String(40), default="")
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(LongText, default="")
    detail: Mapped[str] = mapped_column(LongText, default="")
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """Who looked at or tried what, beyond the changes history already holds."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(db.Integer, "sqlite"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    account_id: Mapped[int | None] = mapped_column(index=True)
    party_id: Mapped[int | None]
    by_name: Mapped[str] = mapped_column(String(60), default="")
    act: Mapped[str] = mapped_column(String(40), index=True)
    dispute_id: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")


class DoneAct(Base):
    """An event token that was used: a second copy of the same form gets the first answer (D12)."""

    __tablename__ = "done_act"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(Moment, index=True)


_HASHED = (
    "dispute_id", "seq", "act", "from_stage", "to_stage", "account_id", "by_name", "by_role",
    "happened_on", "recorded_at", "note", "detail", "prev_hash",
)  # fmt: skip


def chain_hash(event: Event) -> str:
    """SHA-256 over the canonical JSON of everything but the hash itself."""
    plain = {name: _plain(getattr(event, name)) for name in _HASHED}
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Stage):
        return value.name
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def append_event(event: Event) -> Event:
    """Put the event at the end of its dispute's chain. The caller holds the dispute's lock."""
    last = db.session.scalars(
        select(Event)
        .where(Event.dispute_id == event.dispute_id)
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    event.seq = last.seq + 1 if last else 1
    event.prev_hash = last.hash if last else "0" * 64
    event.hash = chain_hash(event)
    db.session.add(event)
    return event


def events_of(dispute_id: int) -> list[Event]:
    query = select(Event).where(Event.dispute_id == dispute_id).order_by(Event.seq)
    return list(db.session.scalars(query))


def broken_links(dispute_id: int) -> list[int]:
    """The `seq` of every event whose hash or link does not hold; empty when the chain is whole."""
    broken, previous = [], "0" * 64
    for position, event in enumerate(events_of(dispute_id), start=1):
        if event.seq != position or event.prev_hash != previous or event.hash != chain_hash(event):
            broken.append(event.seq)
        previous = event.hash
    return broken


def all_broken_links() -> Iterator[tuple[int, list[int]]]:
    """Each dispute whose chain does not hold, with the places where it breaks."""
    for dispute_id in db.session.scalars(select(Event.dispute_id).distinct()):
        if broken := broken_links(dispute_id):
            yield dispute_id, broken


def count_chains() -> int:
    return db.session.scalar(select(func.count(Event.dispute_id.distinct()))) or 0


def audit(entry: AuditEntry) -> None:
    db.session.add(entry)


def audits_since(account_id: int, act: str, since: datetime) -> int:
    """How often somebody did this since then."""
    query = select(func.count(AuditEntry.id)).where(
        AuditEntry.account_id == account_id, AuditEntry.act == act, AuditEntry.at >= since
    )
    return db.session.scalar(query) or 0


def audits(
    *, name: str, act: str, day: date | None, before: int | None, limit: int
) -> list[AuditEntry]:
    """Newest first; `day` is a civil day in China."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if name:
        query = query.where(AuditEntry.by_name == name)
    if act:
        query = query.where(AuditEntry.act == act)
    if day is not None:
        begins = datetime.combine(day, time(), CHINA)
        query = query.where(AuditEntry.at >= begins, AuditEntry.at < begins + timedelta(days=1))
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return list(db.session.scalars(query))


def audit_acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).distinct().order_by(AuditEntry.act)))


def answer_of(token: str) -> str | None:
    done = db.session.get(DoneAct, token)
    return None if done is None else done.answer


# Neither history nor a used signature is ever rewritten: the database refuses, whoever asks (D9).
APPEND_ONLY = (
    "event", "audit_entry", "consent", "note", "signature", "performance", "court_answer",
    "court_service", "persuasion", "visit",
)  # fmt: skip
