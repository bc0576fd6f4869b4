"""Applications for judicial confirmation 司法确认, and what the court answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mediation.models.database import Base, Moment, db
from mediation.workflow.words import AnswerKind, Competence


class Application(Base):
    """One joint application. `open` is cleared when the court has answered for good."""

    __tablename__ = "application"
    __table_args__ = (
        Index(
            "uq_application_open",
            "agreement_id",
            unique=True,
            sqlite_where=db.text("open = 1"),
            postgresql_where=db.text("open"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    court_id: Mapped[int] = mapped_column(ForeignKey("court.id"), index=True)
    competence: Mapped[Competence]
    open: Mapped[bool] = mapped_column(default=True)
    filed_on: Mapped[date | None]
    filed_way: Mapped[str] = mapped_column(String(40), default="")
    court_number: Mapped[str] = mapped_column(String(60), default="")
    accepted_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    answers: Mapped[list[CourtAnswer]] = relationship(
        lazy="raise_on_sql", order_by="CourtAnswer.id"
    )


class CourtAnswer(Base):
    """What the court answered, as the liaison officer recorded it. `ground` is a code of the law."""

    __tablename__ = "court_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[AnswerKind]
    answered_on: Mapped[date]
    number: Mapped[str] = mapped_column(String(60), default="")
    ground: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(LongText, default="")
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    services: Mapped[list[CourtService]] = relationship(lazy="raise_on_sql")


class CourtService(Base):
    """送达: the day a party received the court's paper, from which objections run (INT 372)."""

    __tablename__ = "court_service"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("court_answer.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    served_on: Mapped[date]
    way: Mapped[str] = mapped_column(String(40), default="")
    recorded_by: Mapped[str] = mapped_column(String(40))


def applications_of(dispute_id: int) -> list[Application]:
    query = select(Application).where(Application.dispute_id == dispute_id).order_by(Application.id)
    answers = selectinload(Application.answers).selectinload(CourtAnswer.services)
    return list(db.session.scalars(query.options(answers)))
