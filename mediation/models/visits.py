"""Return visits 回访."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db


class Visit(Base):
    """`performed`, `heard` and `respected` are the party's own answers, empty where not asked."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    visited_on: Mapped[date]
    way: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(String(120), default="")
    findings: Mapped[str] = mapped_column(LongText)
    performed: Mapped[str] = mapped_column(String(10), default="")
    heard: Mapped[str] = mapped_column(String(10), default="")
    respected: Mapped[str] = mapped_column(String(10), default="")
    visitor: Mapped[str] = mapped_column(String(40))
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


def visits_of(dispute_id: int) -> list[Visit]:
    query = select(Visit).where(Visit.dispute_id == dispute_id).order_by(Visit.id)
    return list(db.session.scalars(query))
