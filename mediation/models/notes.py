"""Short findings about a dispute: one kind, one choice, one sentence, and to whom it went."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db
from mediation.workflow.words import NoteKind


class Note(Base):
    """`choice` is the code chosen from a row list, `addressee` whom it went to, `target_id` a committee.

    Notes are only added; a newer one of the same kind counts.
    """

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    kind: Mapped[NoteKind]
    noted_on: Mapped[date]
    choice: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(LongText, default="")
    addressee: Mapped[str] = mapped_column(String(120), default="")
    target_id: Mapped[int | None]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


def notes_of(dispute_id: int) -> list[Note]:
    query = select(Note).where(Note.dispute_id == dispute_id).order_by(Note.id)
    return list(db.session.scalars(query))
