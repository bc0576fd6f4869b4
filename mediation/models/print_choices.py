"""Which papers fit what somebody asks to be printed: within their reach, valid, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select

from mediation.models.database import db
from mediation.models.disputes import Dispute, within_reach
from mediation.models.papers import Paper
from mediation.models.places import Committee, Place
from mediation.models.print_runs import ItemState, PrintItem
from mediation.permissions import Actor
from mediation.workflow.stages import Stage
from mediation.workflow.words import PaperState


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What papers are looked for; every part may be left open. `place_path` is that of a place."""

    kind: str = ""
    place_path: str = ""
    stages: tuple[Stage, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    not_printed: bool = False
    dispute_ids: tuple[int, ...] | None = None


def papers_sought(
    sought: Sought, *, by: Actor, never: tuple[str, ...], limit: int
) -> list[tuple[int, int, str]]:
    """Valid Chinese papers within reach, in the order they were issued: (id, case's id, kind)."""
    query = _of_reach(by, never).where(Paper.language == "zh", *_conditions(sought))
    columns = (Paper.id, Paper.dispute_id, Paper.kind)
    rows = db.session.execute(query.with_only_columns(*columns).order_by(Paper.id).limit(limit))
    return [(paper, case, kind) for paper, case, kind in rows if case is not None]


def _of_reach(by: Actor, never: tuple[str, ...]) -> Select[tuple[int]]:
    """Papers that may be printed in a batch at all, of cases this person sees."""
    cases = within_reach(by).with_only_columns(Dispute.id)
    return select(Paper.id).where(
        Paper.dispute_id.in_(cases),
        Paper.kind.not_in(never),
        Paper.state != PaperState.WITHDRAWN,
    )


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.kind:
        found.append(Paper.kind == sought.kind)
    if sought.place_path or sought.stages or sought.dispute_ids is not None:
        found.append(Paper.dispute_id.in_(cases_sought(sought)))
    if sought.from_on is not None:
        found.append(Paper.issued_on >= sought.from_on)
    if sought.to_on is not None:
        found.append(Paper.issued_on <= sought.to_on)
    if sought.not_printed:
        found.append(
            ~exists().where(PrintItem.paper_id == Paper.id, PrintItem.state == ItemState.DONE)
        )
    return found


def cases_sought(sought: Sought) -> Select[tuple[int]]:
    """The cases that fit, wherever they lie; the caller joins them with a person's reach."""
    query = select(Dispute.id).where(Dispute.duplicate_of_id.is_(None))
    if sought.place_path:
        query = (
            query.join(Committee, Committee.id == Dispute.committee_id)
            .join(Place, Place.id == Committee.place_id)
            .where(Place.path.startswith(sought.place_path))
        )
    if sought.stages:
        query = query.where(Dispute.stage.in_(sought.stages))
    if sought.dispute_ids is not None:
        query = query.where(Dispute.id.in_(sought.dispute_ids))
    return query


def case_ids(sought: Sought, *, by: Actor, limit: int) -> list[int]:
    """Cases within reach that fit."""
    query = within_reach(by).where(Dispute.id.in_(cases_sought(sought)))
    return list(
        db.session.scalars(query.with_only_columns(Dispute.id).order_by(Dispute.id).limit(limit))
    )


def cases_named(names: list[str], *, by: Actor) -> dict[str, int]:
    """The case behind each reference or number, as far as it lies within reach."""
    query = within_reach(by).where(or_(Dispute.reference.in_(names), Dispute.number.in_(names)))
    found: dict[str, int] = {}
    columns = (Dispute.id, Dispute.reference, Dispute.number)
    for number, reference, called in db.session.execute(query.with_only_columns(*columns)):
        found |= {reference: number} | ({called: number} if called else {})
    return found


def papers_named(names: list[str], *, by: Actor, never: tuple[str, ...]) -> dict[str, list[int]]:
    """The papers behind each public id or number: a number may stand on a copy of each party."""
    query = (
        select(Paper.id, Paper.public_id, Paper.number)
        .where(Paper.id.in_(_of_reach(by, never)))
        .where(or_(Paper.public_id.in_(names), Paper.number.in_(names) & (Paper.language == "zh")))
        .order_by(Paper.id)
    )
    found: dict[str, list[int]] = {}
    for paper, public_id, number in db.session.execute(query):
        for name in {public_id, number}:
            found.setdefault(name, []).append(paper)
    return found


def called(case_refs: list[str], paper_ids: list[str], *, by: Actor) -> list[tuple[str, str, str]]:
    """What ticked cases and papers are called: (name, title or number, kind of a paper or "")."""
    cases = within_reach(by).where(Dispute.reference.in_(case_refs)).order_by(Dispute.id.desc())
    columns = (Dispute.reference, Dispute.title)
    found = [
        (ref, title, "") for ref, title in db.session.execute(cases.with_only_columns(*columns))
    ]
    reached = within_reach(by).with_only_columns(Dispute.id)
    papers = select(Paper.public_id, Paper.number, Paper.kind).where(
        Paper.public_id.in_(paper_ids), Paper.dispute_id.in_(reached)
    )
    return [*found, *db.session.execute(papers.order_by(Paper.id)).tuples()]
