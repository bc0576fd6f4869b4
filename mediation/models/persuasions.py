"""Persuasions 劝导: who spoke with the parties, what tie, what theme, what came of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db
from mediation.workflow.words import PersuasionResult, Theme


class Persuasion(Base):
    __tablename__ = "persuasion"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    held_on: Mapped[date]
    persuader: Mapped[str] = mapped_column(String(60))
    tie: Mapped[str] = mapped_column(String(60), default="")
    spot: Mapped[str] = mapped_column(String(80), default="")
    theme: Mapped[Theme]
    clause: Mapped[str] = mapped_column(String(120), default="")
    said: Mapped[str] = mapped_column(LongText, default="")
    promise: Mapped[str] = mapped_column(LongText, default="")
    result: Mapped[PersuasionResult]
    next_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


def persuasions_of(dispute_id: int) -> list[Persuasion]:
    query = select(Persuasion).where(Persuasion.dispute_id == dispute_id).order_by(Persuasion.id)
    return list(db.session.scalars(query))
