"""Certificates 证书 that committees sign papers with, now and before; and sets of typefaces."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db


class SigningCertificate(Base):
    """Rows stay when a key is removed: what it signed is still known. `fingerprint` is a SHA-256.

    The key itself lies sealed in the instance folder, in no row and in no backup.
    """

    __tablename__ = "signing_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    issuer: Mapped[str] = mapped_column(String(200))
    begins_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    practice: Mapped[bool] = mapped_column(default=False)
    installed_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class TypefaceSet(Base):
    """The font files that papers were drawn with: a line a file, name and SHA-256."""

    __tablename__ = "typeface_set"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    profile: Mapped[str] = mapped_column(String(10))
    files: Mapped[str] = mapped_column(LongText)


def certificate_in_force(committee_id: int) -> SigningCertificate | None:
    """The newest that was installed and not removed."""
    query = (
        select(SigningCertificate)
        .where(SigningCertificate.committee_id == committee_id)
        .where(SigningCertificate.removed_at.is_(None))
        .order_by(SigningCertificate.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def certificates_in_force() -> list[SigningCertificate]:
    query = select(SigningCertificate).where(SigningCertificate.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(SigningCertificate.committee_id)))


def certificate_of(committee_id: int | None, fingerprint: str) -> SigningCertificate | None:
    """This very certificate, where this committee has or had it. Offices may share one."""
    query = (
        select(SigningCertificate)
        .where(SigningCertificate.fingerprint == fingerprint)
        .where(SigningCertificate.committee_id == committee_id)
        .order_by(SigningCertificate.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def keep_typefaces(digest: str, profile: str, files: str) -> None:
    """Write a set down once; inside a transaction."""
    if db.session.get(TypefaceSet, digest) is None:
        db.session.merge(TypefaceSet(digest=digest, profile=profile, files=files))
        db.session.flush()


def typefaces(digest: str) -> TypefaceSet | None:
    return db.session.get(TypefaceSet, digest) if digest else None
