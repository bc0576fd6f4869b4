"""Word templates of a site: every version that was sent, and which one counted from when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db


class WordTemplate(Base):
    """One version of the template of one kind of paper. `sha256` is of the bytes as sent; kept for ever."""

    __tablename__ = "word_template"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)


class TemplateChoice(Base):
    """From `at` on this version counts for the kind; none means the shipped design.

    Rows are only added. The copy of a paper is made with the choice that counted when it was issued.
    """

    __tablename__ = "template_choice"
    __table_args__ = (Index("ix_template_choice_kind", "kind", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("word_template.id"))
    why: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)


def versions_of(kind: str) -> list[WordTemplate]:
    """Newest first."""
    query = select(WordTemplate).where(WordTemplate.kind == kind)
    return list(db.session.scalars(query.order_by(WordTemplate.version.desc())))


def version_of(kind: str, version: int) -> WordTemplate | None:
    query = select(WordTemplate).where(WordTemplate.kind == kind, WordTemplate.version == version)
    return db.session.scalars(query).one_or_none()


def choices_of(kind: str) -> list[TemplateChoice]:
    """Newest first."""
    query = select(TemplateChoice).where(TemplateChoice.kind == kind)
    return list(db.session.scalars(query.order_by(TemplateChoice.id.desc())))


def chosen(kind: str, at: datetime) -> WordTemplate | None:
    """The version that counted at that moment; None for the shipped design."""
    query = (
        select(TemplateChoice)
        .where(TemplateChoice.kind == kind, TemplateChoice.at <= at)
        .order_by(TemplateChoice.at.desc(), TemplateChoice.id.desc())
        .limit(1)
    )
    choice = db.session.scalars(query).first()
    return (
        db.session.get(WordTemplate, choice.template_id) if choice and choice.template_id else None
    )


def chosen_now() -> dict[str, int]:
    """The version that counts for each kind which has one of its own."""
    rows = db.session.execute(
        select(TemplateChoice.kind, WordTemplate.version)
        .join(WordTemplate, TemplateChoice.template_id == WordTemplate.id, isouter=True)
        .order_by(TemplateChoice.at, TemplateChoice.id)
    )
    latest: dict[str, int | None] = dict(rows.tuples().all())
    return {kind: version for kind, version in latest.items() if version is not None}


def counts() -> dict[str, int]:
    """How many versions of each kind were sent."""
    rows = db.session.execute(
        select(WordTemplate.kind, db.func.count(WordTemplate.id)).group_by(WordTemplate.kind)
    )
    return dict(rows.tuples().all())
