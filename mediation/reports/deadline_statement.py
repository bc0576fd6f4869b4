"""The deadline report 期限情况: what fell due in a period, and what was done in time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, select, true

from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.lists import Deadline as StoredDeadline
from mediation.permissions import Actor, Permission
from mediation.reports.base import Cell, Column, Report, Sheet, added_up
from mediation.reports.cases import DUTIES, Asked, within
from mediation.wording import Text
from mediation.workflow import law
from mediation.workflow.deadlines import Deadline

COLUMNS = (
    Column(name="deadline", label=Text("期限", "Deadline"), number=False),
    Column(name="length", label=Text("多长", "How long"), number=False),
    Column(name="basis", label=Text("依据", "Legal basis"), number=False),
    Column(
        name="due", label=Text("到期的", "Due"),
        says=Text("最后一天落在这段时间里的", "the last day falls into this time"),
    ),
    Column(
        name="in_time", label=Text("按时的", "In time"),
        says=Text("最后一天或以前办了的", "done on the last day or before"),
    ),
    Column(
        name="late", label=Text("晚了的", "Late"),
        says=Text("最后一天以后才办的", "done after the last day"),
    ),
    Column(
        name="open_late", label=Text("超期没办", "Overdue"),
        says=Text("最后一天过了，到今天还没办的", "the last day has passed, not done by today"),
    ),
    Column(name="running", label=Text("还没到", "Not yet due")),
)  # fmt: skip


def build(actor: Actor, asked: Asked) -> Sheet:
    """A row for each duty that fell due, in the order of a dispute's life."""
    found = _counts(actor, asked)
    rows = tuple(_row(d, found[d.name]) for d in DUTIES if d.name in found)
    return Sheet(rows, added_up(rows, COLUMNS))


def _tests(today: date) -> dict[str, ColumnElement[bool]]:
    """What each column of numbers counts among the periods whose last day falls into the time."""
    row = StoredDeadline
    return {
        "in_time": row.met_on <= row.due_on,
        "late": row.met_on > row.due_on,
        "open_late": and_(row.met_on.is_(None), row.due_on < today),
        "running": and_(row.met_on.is_(None), row.due_on >= today),
    }


def cases(asked: Asked, column: str, row: str) -> ColumnElement[bool] | None:
    """The cases in which such a period fell due; the sum counts periods, and has no list."""
    names = [d.name for d in DUTIES if d.label.zh == row]
    test = {"due": true(), **_tests(asked.today)}.get(column)
    if not names or test is None:
        return None
    return exists().where(
        StoredDeadline.dispute_id == Dispute.id, StoredDeadline.name.in_(names),
        StoredDeadline.due_on.between(asked.period.start_on, asked.period.end_on), test,
    )  # fmt: skip


def _counts(actor: Actor, asked: Asked) -> dict[str, tuple[int, ...]]:
    row = StoredDeadline
    sums = [func.sum(case((test, 1), else_=0)) for test in _tests(asked.today).values()]
    query = (
        select(row.name, func.count(), *sums)
        .join(Dispute, Dispute.id == row.dispute_id)
        .where(within(actor), row.due_on.between(asked.period.start_on, asked.period.end_on))
        .group_by(row.name)
    )
    return {name: tuple(map(int, counts)) for name, *counts in db.session.execute(query)}


def _row(deadline: Deadline, counts: tuple[int, ...]) -> tuple[Cell, ...]:
    return (deadline.label, deadline.length, law.basis(deadline.value.basis), *counts)


REPORT = Report(
    name="deadlines",
    label=Text("期限情况", "Deadlines"),
    counts=Text(
        "数最后一天落在这段时间里的期限。标“建议”的不是法律定的。",
        "Counts the periods whose last day falls into this time. Proposals are not set by law.",
    ),
    permission=Permission.SEE_FIGURES,
    columns=COLUMNS,
    build=build,
    cases=cases,
)
