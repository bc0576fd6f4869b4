"""Evidence files: what was handed in, by whom; the bytes lie in the file store under their hash."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db
from mediation.workflow.documents import VolumeItem


class Evidence(Base):
    """`sha256` is of the bytes as given; voided with a reason, never deleted.

    `item` is its place in the bound volume: a photo of an identity card is no evidence.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(60), default="")
    pages: Mapped[int] = mapped_column(default=1)
    received_on: Mapped[date]
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    item: Mapped[VolumeItem] = mapped_column(default=VolumeItem.EVIDENCE)
    void_reason: Mapped[str] = mapped_column(String(200), default="")
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


def evidence_of(dispute_id: int) -> list[Evidence]:
    query = select(Evidence).where(Evidence.dispute_id == dispute_id).order_by(Evidence.id)
    return list(db.session.scalars(query))


def evidence_by_id(dispute_id: int, evidence_id: int) -> Evidence | None:
    query = select(Evidence).where(Evidence.dispute_id == dispute_id, Evidence.id == evidence_id)
    return db.session.scalars(query).one_or_none()
