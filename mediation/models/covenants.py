"""Covenants 无讼公约: versions, clauses, adoption and those who signed a version."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mediation.models.database import Base, Moment, db
from mediation.models.places import Place
from mediation.workflow.words import CovenantState, MeetingKind


class Covenant(Base):
    __tablename__ = "covenant"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), unique=True)
    place: Mapped[Place] = relationship(lazy="raise_on_sql")
    versions: Mapped[list[CovenantVersion]] = relationship(
        lazy="raise_on_sql", order_by="CovenantVersion.number", back_populates="covenant"
    )


class CovenantVersion(Base):
    """One text. Without meeting, vote and filing it is a voluntary pledge (倡议), never a covenant."""

    __tablename__ = "covenant_version"
    __table_args__ = (UniqueConstraint("covenant_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"), index=True)
    number: Mapped[int]
    state: Mapped[CovenantState] = mapped_column(default=CovenantState.DRAFT)
    preamble: Mapped[str] = mapped_column(LongText, default="")
    preamble_en: Mapped[str] = mapped_column(LongText, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    meeting: Mapped[MeetingKind | None]
    noticed_on: Mapped[date | None]
    met_on: Mapped[date | None]
    entitled: Mapped[int | None]
    present: Mapped[int | None]
    agreed: Mapped[int | None]
    filed_on: Mapped[date | None]
    filed_with: Mapped[str] = mapped_column(String(80), default="")
    posted_on: Mapped[date | None]
    repealed_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    covenant: Mapped[Covenant] = relationship(lazy="raise_on_sql", back_populates="versions")
    clauses: Mapped[list[Clause]] = relationship(
        lazy="raise_on_sql", order_by="Clause.position", cascade="all, delete-orphan"
    )
    signatories: Mapped[list[Signatory]] = relationship(
        lazy="raise_on_sql", order_by="Signatory.id"
    )

    __mapper_args__ = {"version_id_col": version}


class Clause(Base):
    __tablename__ = "clause"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("covenant_version.id"), index=True)
    position: Mapped[int]
    head: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(LongText)
    head_en: Mapped[str] = mapped_column(String(60), default="")
    text_en: Mapped[str] = mapped_column(LongText, default="")


class Signatory(Base):
    """A household that signed, of its own will, exactly this version (by its digest)."""

    __tablename__ = "signatory"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("covenant_version.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    signed_on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    withdrawn_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(40))


def _whole() -> tuple[object, ...]:
    versions = selectinload(Covenant.versions)
    return (
        selectinload(Covenant.place),
        versions.selectinload(CovenantVersion.clauses),
        versions.selectinload(CovenantVersion.signatories),
    )


def covenants_under(path: str) -> list[Covenant]:
    query = select(Covenant).join(Place).where(Place.path.startswith(path)).order_by(Place.path)
    return list(db.session.scalars(query.options(*_whole())))  # type: ignore[arg-type]


def covenant(reference: str) -> Covenant | None:
    query = select(Covenant).where(Covenant.reference == reference).options(*_whole())  # type: ignore[arg-type]
    return db.session.scalars(query).one_or_none()


def covenant_at(place_id: int) -> Covenant | None:
    query = select(Covenant).where(Covenant.place_id == place_id).options(*_whole())  # type: ignore[arg-type]
    return db.session.scalars(query).one_or_none()
