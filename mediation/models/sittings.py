"""Sittings: the mediation sessions 调解 and their minutes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mediation.models.database import Base, Moment, db
from mediation.workflow.words import SittingResult


class Sitting(Base):
    """`open_session` is False unless the parties asked for an open one; `read_back` says how."""

    __tablename__ = "sitting"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    held_on: Mapped[date]
    begins: Mapped[str] = mapped_column(String(5), default="")
    ends: Mapped[str] = mapped_column(String(5), default="")
    spot: Mapped[str] = mapped_column(String(80))
    present: Mapped[str] = mapped_column(String(200), default="")
    invited: Mapped[str] = mapped_column(String(200), default="")
    recorder: Mapped[str] = mapped_column(String(40), default="")
    open_session: Mapped[bool] = mapped_column(default=False)
    rights_told: Mapped[bool] = mapped_column(default=False)
    read_back: Mapped[bool] = mapped_column(default=False)
    result: Mapped[SittingResult]
    outcome: Mapped[str] = mapped_column(LongText, default="")
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    lines: Mapped[list[MinuteLine]] = relationship(lazy="raise_on_sql", order_by="MinuteLine.id")


class MinuteLine(Base):
    __tablename__ = "minute_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    speaker: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(LongText)


def sittings_of(dispute_id: int) -> list[Sitting]:
    query = select(Sitting).where(Sitting.dispute_id == dispute_id).order_by(Sitting.id)
    return list(db.session.scalars(query.options(selectinload(Sitting.lines))))
