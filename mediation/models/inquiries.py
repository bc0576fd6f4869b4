"""Inquiries: asking those who know something 调查, and what they said."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mediation.models.database import Base, Moment, Sealed, db


class Inquiry(Base):
    """`asked` is the person asked, `tie` how they stand to the matter; the telephone is sealed."""

    __tablename__ = "inquiry"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    held_on: Mapped[date]
    begins: Mapped[str] = mapped_column(String(5), default="")
    ends: Mapped[str] = mapped_column(String(5), default="")
    spot: Mapped[str] = mapped_column(String(80), default="")
    present: Mapped[str] = mapped_column(String(200), default="")
    asked: Mapped[str] = mapped_column(String(60))
    tie: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str | None] = mapped_column(Sealed("inquiry.phone"))
    investigators: Mapped[str] = mapped_column(String(120), default="")
    recorder: Mapped[str] = mapped_column(String(40), default="")
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    lines: Mapped[list[InquiryLine]] = relationship(lazy="raise_on_sql", order_by="InquiryLine.id")


class InquiryLine(Base):
    """`mark` is 问, 答 or empty, for what somebody else present says."""

    __tablename__ = "inquiry_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    mark: Mapped[str] = mapped_column(String(4), default="")
    speaker: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(LongText)


def inquiries_of(dispute_id: int) -> list[Inquiry]:
    query = select(Inquiry).where(Inquiry.dispute_id == dispute_id).order_by(Inquiry.id)
    return list(db.session.scalars(query.options(selectinload(Inquiry.lines))))
