"""Agreements 调解协议: the terms as rows, their revisions, who signed, and what was performed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mediation.models.database import Base, Moment, db
from mediation.workflow.words import AgreementForm, AgreementState, SignerKind, SigningWay


class Agreement(Base):
    """One revision of what was agreed. `digest` is the frozen signing copy's, which people sign."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("dispute_id", "revision"),
        # At most one live agreement a dispute, whoever writes it (R9).
        Index(
            "uq_agreement_live",
            "dispute_id",
            unique=True,
            sqlite_where=db.text("state NOT IN ('WITHDRAWN', 'SUPERSEDED')"),
            postgresql_where=db.text("state NOT IN ('WITHDRAWN', 'SUPERSEDED')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    form: Mapped[AgreementForm]
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.DRAFT)
    facts: Mapped[str] = mapped_column(LongText, default="")
    issues: Mapped[str] = mapped_column(LongText, default="")
    responsibility: Mapped[str] = mapped_column(LongText, default="")
    manner: Mapped[str] = mapped_column(LongText, default="")
    spot: Mapped[str] = mapped_column(String(80), default="")
    declares_status: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    obligations: Mapped[list[Obligation]] = relationship(
        lazy="raise_on_sql", order_by="Obligation.position", cascade="all, delete-orphan"
    )
    signatures: Mapped[list[Signature]] = relationship(lazy="raise_on_sql", order_by="Signature.id")


class Obligation(Base):
    """Who, to whom, what, how much (fen), how, by when, on what condition. One row is one clause."""

    __tablename__ = "obligation"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    position: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    what: Mapped[str] = mapped_column(LongText)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    how: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    # For what is owed for good ("no loud music after ten"): nothing to tick off.
    lasting: Mapped[bool] = mapped_column(default=False)
    condition: Mapped[str] = mapped_column(String(200), default="")
    performances: Mapped[list[Performance]] = relationship(lazy="raise_on_sql")


class Signature(Base):
    """A signature on paper, recorded: by whom, how, when, on exactly which frozen copy."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("agreement_id", "kind", "party_id", "signer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    kind: Mapped[SignerKind]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    signer: Mapped[str] = mapped_column(String(60))
    way: Mapped[SigningWay]
    witness: Mapped[str] = mapped_column(String(60), default="")
    signed_on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Performance(Base):
    """What was done on an obligation, and the proof of it."""

    __tablename__ = "performance"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    done_on: Mapped[date]
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    complete: Mapped[bool] = mapped_column(default=True)
    proof: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


_GONE = (AgreementState.WITHDRAWN, AgreementState.SUPERSEDED)


def agreements_of(dispute_id: int) -> list[Agreement]:
    """Every revision, oldest first, with obligations, signatures and performances."""
    query = select(Agreement).where(Agreement.dispute_id == dispute_id).order_by(Agreement.revision)
    return list(
        db.session.scalars(
            query.options(
                selectinload(Agreement.obligations).selectinload(Obligation.performances),
                selectinload(Agreement.signatures),
            )
        )
    )


def live_agreement(agreements: list[Agreement]) -> Agreement | None:
    """The one that counts: not taken back, not superseded."""
    return next((a for a in reversed(agreements) if a.state not in _GONE), None)
