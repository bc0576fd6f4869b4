"""Parties 当事人, those who stand beside them, and what each of them answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.models.database import Base, Moment, Sealed, db
from mediation.workflow.words import Answer, PartyKind, Question, RepresentativeKind, Side, Way

if TYPE_CHECKING:
    from mediation.models.disputes import Dispute


class Party(Base):
    """A natural or legal person. ID number, phone and address are sealed; look-up by blind index."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    position: Mapped[int]
    side: Mapped[Side]
    kind: Mapped[PartyKind] = mapped_column(default=PartyKind.PERSON)
    name: Mapped[str] = mapped_column(String(60), index=True)
    sex: Mapped[str] = mapped_column(String(4), default="")
    ethnicity: Mapped[str] = mapped_column(String(20), default="")
    born_on: Mapped[date | None]
    age: Mapped[int | None]
    occupation: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str | None] = mapped_column(Sealed("party.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    phone_tail_index: Mapped[str | None] = mapped_column(String(64))
    id_number: Mapped[str | None] = mapped_column(Sealed("party.id_number"))
    id_index: Mapped[str | None] = mapped_column(String(64), index=True)
    address: Mapped[str | None] = mapped_column(Sealed("party.address"))
    # An organisation's legal representative and that person's post.
    head_name: Mapped[str] = mapped_column(String(40), default="")
    head_post: Mapped[str] = mapped_column(String(40), default="")
    needs_guardian: Mapped[bool] = mapped_column(default=False)
    # Look-up (4.5): keyed hashes of the case code and, where there is no phone, of the slip's PIN.
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    pin_hash: Mapped[str | None] = mapped_column(String(64))
    dispute: Mapped[Dispute] = relationship(lazy="raise_on_sql", back_populates="parties")
    representatives: Mapped[list[Representative]] = relationship(lazy="raise_on_sql")


class Representative(Base):
    __tablename__ = "representative"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    kind: Mapped[RepresentativeKind]
    name: Mapped[str] = mapped_column(String(60))
    tie: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str | None] = mapped_column(Sealed("representative.phone"))
    # Confirming a settlement needs specific authority (INT 89); "全权代理" alone is not enough.
    authority: Mapped[str] = mapped_column(String(200), default="")


class Consent(Base):
    """One answer of one party: how it came, who wrote it down, when. Never changed, only followed."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    question: Mapped[Question]
    answer: Mapped[Answer]
    way: Mapped[Way]
    given_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(200), default="")
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


def consents_of(dispute_id: int) -> list[Consent]:
    query = select(Consent).where(Consent.dispute_id == dispute_id).order_by(Consent.id)
    return list(db.session.scalars(query))


def party_by_code(code_hash: str) -> Party | None:
    from sqlalchemy.orm import joinedload

    query = select(Party).where(Party.code_hash == code_hash).options(joinedload(Party.dispute))
    return db.session.scalars(query).one_or_none()
