"""Issued papers 文书: numbered, frozen, drawn once; and the counters their numbers come from."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy import Text as LongText
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.bindings import bound_files
from mediation.models.database import Base, Moment, Sealed, db
from mediation.models.evidence import Evidence
from mediation.models.word_templates import WordTemplate
from mediation.workflow.words import PaperState


class Paper(Base):
    """`snapshot` is what it says (sealed), `digest` its SHA-256, `sha256` that of the drawn file.

    `signed_with` is the fingerprint of the certificate its file is signed with, `not_signed` why it
    is not where a key is there; `typefaces` the digest of the set of faces it was drawn with.
    `kind` is the letter's folder. One row a paper, party and language; never redrawn from newer data.
    """

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_dispute", "dispute_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"))
    covenant_version_id: Mapped[int | None] = mapped_column(ForeignKey("covenant_version.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"))
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(5), default="zh")
    number: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_by: Mapped[str] = mapped_column(String(40))
    snapshot: Mapped[str] = mapped_column(Sealed("paper.snapshot"))
    letter_revision: Mapped[str] = mapped_column(String(64), default="")
    digest: Mapped[str] = mapped_column(String(64), index=True)
    check_code: Mapped[str] = mapped_column(String(14), index=True)
    check_token: Mapped[str | None] = mapped_column(Sealed("paper.check_token"))
    check_token_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    state: Mapped[PaperState] = mapped_column(default=PaperState.WAITING)
    failure: Mapped[str] = mapped_column(LongText, default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)
    signed_with: Mapped[str] = mapped_column(String(64), default="")
    not_signed: Mapped[str] = mapped_column(LongText, default="")
    typefaces: Mapped[str] = mapped_column(String(64), default="")
    withdrawn_on: Mapped[date | None]


class NumberSeries(Base):
    """The last number given in one series of one committee and year; numbers are never reused."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("committee_id", "year", "series"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    year: Mapped[int]
    series: Mapped[str] = mapped_column(String(10))
    last: Mapped[int] = mapped_column(default=0)


def next_number(committee_id: int, year: int, series: str) -> int:
    """The next number, taken under the writing transaction's lock."""
    query = select(NumberSeries).where(
        NumberSeries.committee_id == committee_id,
        NumberSeries.year == year,
        NumberSeries.series == series,
    )
    row = db.session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        row = _begin_series(
            NumberSeries(committee_id=committee_id, year=year, series=series, last=0)
        )
    row = row or db.session.scalars(query.with_for_update()).one()
    row.last += 1
    db.session.flush()
    return row.last


def _begin_series(row: NumberSeries) -> NumberSeries | None:
    """The first of its year; None where somebody else began it at the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return None
    return row


def papers_of(dispute_id: int) -> list[Paper]:
    query = select(Paper).where(Paper.dispute_id == dispute_id).order_by(Paper.id)
    return list(db.session.scalars(query))


def papers_of_covenant(version_id: int) -> list[Paper]:
    query = select(Paper).where(Paper.covenant_version_id == version_id).order_by(Paper.id)
    return list(db.session.scalars(query))


def paper_by_public_id(public_id: str) -> Paper | None:
    return db.session.scalars(select(Paper).where(Paper.public_id == public_id)).one_or_none()


def paper_by_id(paper_id: int) -> Paper | None:
    return db.session.get(Paper, paper_id)


def papers_by_check_code(code: str) -> list[Paper]:
    return list(db.session.scalars(select(Paper).where(Paper.check_code == code).limit(5)))


def papers_by_number(number: str) -> list[Paper]:
    """Newest first: a signing copy taken back and the one after it may share a series."""
    query = select(Paper).where(Paper.number == number).order_by(Paper.id.desc()).limit(5)
    return list(db.session.scalars(query))


def paper_by_check_token(token_hash: str) -> Paper | None:
    query = select(Paper).where(Paper.check_token_hash == token_hash)
    return db.session.scalars(query).one_or_none()


def paper_by_file(sha256: str) -> Paper | None:
    return db.session.scalars(select(Paper).where(Paper.sha256 == sha256).limit(1)).one_or_none()


def all_files() -> list[str]:
    """The store's name of every file that a paper, evidence, a template or a binding points to."""
    drawn = select(Paper.sha256).where(Paper.sha256 != "")
    kept = drawn, select(Evidence.sha256), select(WordTemplate.sha256)
    return sorted({*bound_files(), *(f for q in kept for f in db.session.scalars(q))})
