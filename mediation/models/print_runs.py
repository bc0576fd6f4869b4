"""Print runs 批量打印: which papers are wanted, how far each one is, and the files that were bound.

An item says for itself how far it is; a file is recorded in the transaction that settles its items.
So whoever was killed in the middle, nothing is lost and nothing is printed twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, Moment, db
from mediation.models.disputes import Dispute, within_reach
from mediation.models.papers import Paper
from mediation.models.parties import Party
from mediation.permissions import Actor
from mediation.workflow.words import PaperState


class RunState(Enum):
    CHOSEN = "chosen"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class ItemState(Enum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class PrintRun(Base):
    """`issue_kind` is the folder of the paper that is first issued for each of `PrintCase`; else empty.

    `single` gives a file a letter, otherwise `volume_size` letters are bound into one. `left_out`
    holds what was asked for and is not in the run, as JSON: [what, zh, en] each.
    """

    __tablename__ = "print_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)
    asked: Mapped[str] = mapped_column(LongText, default="")
    left_out: Mapped[str] = mapped_column(LongText, default="[]")
    issue_kind: Mapped[str] = mapped_column(String(40), default="")
    single: Mapped[bool] = mapped_column(default=False)
    volume_size: Mapped[int]
    state: Mapped[RunState] = mapped_column(default=RunState.CHOSEN)
    trouble: Mapped[str] = mapped_column(LongText, default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class PrintCase(Base):
    """One case for which a paper is to be issued; `begun_at` is when somebody took it in hand."""

    __tablename__ = "print_case"
    __table_args__ = (UniqueConstraint("run_id", "dispute_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"))
    state: Mapped[ItemState] = mapped_column(default=ItemState.WAITING)
    failure: Mapped[str] = mapped_column(LongText, default="")
    begun_at: Mapped[datetime | None] = mapped_column(Moment)


class PrintItem(Base):
    """One letter of a run; `position` counts from 0, `volume` from 1."""

    __tablename__ = "print_item"
    __table_args__ = (
        UniqueConstraint("run_id", "paper_id"),
        UniqueConstraint("run_id", "position"),
        Index("ix_print_item_volume", "run_id", "volume"),
        Index("ix_print_item_paper", "paper_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    position: Mapped[int]
    volume: Mapped[int]
    state: Mapped[ItemState] = mapped_column(default=ItemState.WAITING)
    failure: Mapped[str] = mapped_column(LongText, default="")


class PrintFile(Base):
    """One bound volume, kept in the store under its hash."""

    __tablename__ = "print_file"
    __table_args__ = (UniqueConstraint("run_id", "volume"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"))
    volume: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    letters: Mapped[int]
    pages: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)


# Runs, and how far they are.


def add_items(run_id: int, paper_ids: list[int], *, volume_size: int, first: int = 0) -> None:
    """Append letters in this order, so many a volume."""
    db.session.add_all(
        PrintItem(run_id=run_id, paper_id=paper, position=at, volume=at // volume_size + 1)
        for at, paper in enumerate(paper_ids, start=first)
    )


def run_by_reference(reference: str, *, lock: bool = False) -> PrintRun | None:
    query = select(PrintRun).where(PrintRun.reference == reference)
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def run_by_id(run_id: int, *, lock: bool = False) -> PrintRun | None:
    return db.session.get(PrintRun, run_id, with_for_update=lock)


def runs_of(account_id: int, *, before: int | None, limit: int) -> list[PrintRun]:
    query = select(PrintRun).where(PrintRun.by_id == account_id).order_by(PrintRun.id.desc())
    if before is not None:
        query = query.where(PrintRun.id < before)
    return list(db.session.scalars(query.limit(limit)))


def counts(table: type[PrintItem] | type[PrintCase], run_id: int) -> dict[ItemState, int]:
    """How many there are in each state."""
    query = select(table.state, func.count()).where(table.run_id == run_id).group_by(table.state)
    return dict(db.session.execute(query).tuples().all())


def next_volume(run_id: int) -> int | None:
    """The first volume with letters that wait and of which none is still being drawn."""
    waiting = (PrintItem.run_id == run_id, PrintItem.state == ItemState.WAITING)
    drawn_later = (
        select(PrintItem.volume)
        .join(Paper, Paper.id == PrintItem.paper_id)
        .where(*waiting, Paper.sha256 == "", Paper.state == PaperState.WAITING)
    )
    query = select(func.min(PrintItem.volume)).where(*waiting)
    return db.session.scalar(query.where(PrintItem.volume.not_in(drawn_later)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter of a volume with what is known of its paper."""

    item_id: int
    state: ItemState
    paper_id: int
    paper_state: PaperState
    paper_failure: str
    kind: str
    number: str
    sha256: str
    party: str
    issued_on: date


_LETTER = (
    PrintItem.id, PrintItem.state, Paper.id, Paper.state, Paper.failure, Paper.kind, Paper.number,
    Paper.sha256, Party.name, Paper.issued_on,
)  # fmt: skip


def letters(run_id: int, *, volume: int | None = None) -> list[Letter]:
    """In their order; of one volume, or of the whole run."""
    query = (
        select(*_LETTER)
        .join(Paper, Paper.id == PrintItem.paper_id)
        .outerjoin(Party, Party.id == Paper.party_id)
        .where(PrintItem.run_id == run_id)
        .order_by(PrintItem.position)
    )
    if volume is not None:
        query = query.where(PrintItem.volume == volume)
    return [_letter(row) for row in db.session.execute(query)]


def _letter(row: Any) -> Letter:
    item, state, paper, paper_state, failure, kind, number, sha256, party, on = row
    return Letter(
        item_id=item, state=state, paper_id=paper, paper_state=paper_state, paper_failure=failure,
        kind=kind, number=number, sha256=sha256, party=party or "", issued_on=on,
    )  # fmt: skip


def items_of(run_id: int, volume: int, *, lock: bool = False) -> list[PrintItem]:
    query = select(PrintItem).where(PrintItem.run_id == run_id, PrintItem.volume == volume)
    query = query.order_by(PrintItem.position)
    return list(db.session.scalars(query.with_for_update() if lock else query))


def last_item(run_id: int) -> tuple[int, int]:
    """The highest position and volume so far; (-1, 0) in an empty run."""
    query = select(func.max(PrintItem.position), func.max(PrintItem.volume))
    at, volume = db.session.execute(query.where(PrintItem.run_id == run_id)).one()
    return (-1 if at is None else at), volume or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A letter that could not be printed, or a case for which none could be issued."""

    name: str
    kind: str
    public_id: str
    reference: str
    failure: str


def failed_letters(run_id: int, limit: int) -> list[Failed]:
    query = (
        select(Paper.number, Paper.kind, Paper.public_id, Dispute.reference, PrintItem.failure)
        .join(Paper, Paper.id == PrintItem.paper_id)
        .join(Dispute, Dispute.id == Paper.dispute_id)
        .where(PrintItem.run_id == run_id, PrintItem.state == ItemState.FAILED)
        .order_by(PrintItem.position)
        .limit(limit)
    )
    return [
        Failed(name=number, kind=kind, public_id=public_id, reference=case, failure=why)
        for number, kind, public_id, case, why in db.session.execute(query)
    ]


def failed_cases(run_id: int, limit: int) -> list[Failed]:
    query = (
        select(Dispute.title, Dispute.reference, PrintCase.failure)
        .join(Dispute, Dispute.id == PrintCase.dispute_id)
        .where(PrintCase.run_id == run_id, PrintCase.state == ItemState.FAILED)
        .order_by(PrintCase.id)
        .limit(limit)
    )
    return [
        Failed(name=title, kind="", public_id="", reference=case, failure=why)
        for title, case, why in db.session.execute(query)
    ]


def failed_items(run_id: int) -> list[PrintItem]:
    query = select(PrintItem).where(PrintItem.run_id == run_id, PrintItem.state == ItemState.FAILED)
    return list(db.session.scalars(query.order_by(PrintItem.position).with_for_update()))


def cases_in(run_id: int, state: ItemState, limit: int | None = None) -> list[PrintCase]:
    query = select(PrintCase).where(PrintCase.run_id == run_id, PrintCase.state == state)
    return list(db.session.scalars(query.order_by(PrintCase.id).limit(limit)))


def case_by_id(case_id: int) -> PrintCase | None:
    return db.session.get(PrintCase, case_id, with_for_update=True)


def files_of(run_id: int) -> list[PrintFile]:
    query = select(PrintFile).where(PrintFile.run_id == run_id).order_by(PrintFile.volume)
    return list(db.session.scalars(query))


def file_of(run_id: int, volume: int) -> PrintFile | None:
    query = select(PrintFile).where(PrintFile.run_id == run_id, PrintFile.volume == volume)
    return db.session.scalars(query).one_or_none()


def count_beyond_reach(run_id: int, *, by: Actor) -> int:
    """How many letters of the run belong to cases that this person does not see any more."""
    cases = within_reach(by).with_only_columns(Dispute.id)
    query = (
        select(func.count(PrintItem.id))
        .join(Paper, Paper.id == PrintItem.paper_id)
        .where(PrintItem.run_id == run_id, Paper.dispute_id.not_in(cases))
    )
    return db.session.scalar(query) or 0


def kinds_in(run_id: int) -> list[tuple[str, int]]:
    """How many letters of each kind."""
    query = (
        select(Paper.kind, func.count())
        .join(PrintItem, PrintItem.paper_id == Paper.id)
        .where(PrintItem.run_id == run_id)
        .group_by(Paper.kind)
        .order_by(func.count().desc(), Paper.kind)
    )
    return [(kind, count) for kind, count in db.session.execute(query)]


def issued_since(dispute_id: int, kind: str, since: datetime, by_name: str) -> list[int]:
    """What somebody issued of a kind for a case since then."""
    query = select(Paper.id).where(
        Paper.dispute_id == dispute_id,
        Paper.kind == kind,
        Paper.language == "zh",
        Paper.issued_at >= since,
        Paper.issued_by == by_name,
    )
    return list(db.session.scalars(query.order_by(Paper.id)))
