"""Bindings 装订: each time a case was bound into a volume, how far it is, and the file it made."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db


class BindingState(Enum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Binding(Base):
    """`keep` is the retention as it is printed, `keeper` who bound it, `note` the cover's remark.

    `pages` counts the numbered pages. `missing` and `left_out` are what the volume lacks and what
    could not be put in, a line each; `failure` is why there is no file, a line a language.
    """

    __tablename__ = "binding"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    asked_by: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    keeper: Mapped[str] = mapped_column(String(40), default="")
    keep: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[BindingState] = mapped_column(default=BindingState.WAITING)
    failure: Mapped[str] = mapped_column(LongText, default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    spine_sha256: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)
    missing: Mapped[str] = mapped_column(LongText, default="")
    left_out: Mapped[str] = mapped_column(LongText, default="")


def binding_by_id(binding_id: int, *, lock: bool = False) -> Binding | None:
    return db.session.get(Binding, binding_id, with_for_update=lock)


def bindings_of(dispute_id: int) -> list[Binding]:
    """Newest first."""
    query = select(Binding).where(Binding.dispute_id == dispute_id).order_by(Binding.id.desc())
    return list(db.session.scalars(query))


def bound_files() -> list[str]:
    """The store's name of every file that a binding points to."""
    pairs = db.session.execute(select(Binding.sha256, Binding.spine_sha256))
    return [name for pair in pairs for name in pair if name]
