"""The board 看板: what needs somebody first, six honest numbers, and the list behind every one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import NotFound
from mediation.permissions import Actor, Permission, may
from mediation.reports import figures, lists
from mediation.reports.base import Column, Report, Sheet
from mediation.reports.cases import Asked, CaseList
from mediation.reports.figures import SMALLEST, Figure, MonthBar
from mediation.reports.lists import CaseRow, Denial, Order
from mediation.reports.periods import period_named
from mediation.roles import Role
from mediation.services.acts import Hand
from mediation.wording import Text
from mediation.workflow.deadlines import Deadline
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition

# How many rows of a list stand on the board itself; the rest is one link away.
SHOWN = 5
WATCHED = (
    CaseList.DENIED,
    CaseList.OVERDUE,
    CaseList.UNSETTLED,
    CaseList.UNASSIGNED,
    CaseList.FRESH,
    CaseList.QUIET,
)
_ORDERS = {
    CaseList.OVERDUE: Order.DUE,
    CaseList.UNASSIGNED: Order.DUE,
    CaseList.QUIET: Order.SILENT,
}


@dataclass(frozen=True, slots=True)
class Late:
    """The duty that has been overdue longest."""

    deadline: Deadline
    days: int


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a list. `why` is what brought it there, `assign` that this person may name its
    mediator now.
    """

    row: CaseRow
    late: Late | None
    days_quiet: int
    denials: tuple[Denial, ...]
    why: Text
    assign: bool


@dataclass(frozen=True, slots=True)
class Board:
    asked: Asked
    counts: dict[CaseList, int]
    rows: dict[CaseList, tuple[Line, ...]]
    figures: tuple[Figure, ...]
    months: tuple[MonthBar, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; `hidden` when its whole is too small a sample to be shown."""

    wanted: CaseList
    asked: Asked
    lines: tuple[Line, ...]
    total: int
    older: int | None
    hidden: bool


def asked_for(words: str, *, by: Hand) -> Asked:
    """The period of an address, seen from now."""
    return Asked(period_named(words, by.today), by.now, by.today)


def board(asked: Asked, *, by: Hand) -> Board:
    return Board(
        asked=asked,
        counts={wanted: lists.count(wanted, asked, by=by.actor) for wanted in WATCHED},
        rows={wanted: _first(wanted, asked, by) for wanted in WATCHED},
        figures=figures.six(asked, by=by.actor),
        months=figures.trend(asked, by=by.actor),
    )


def _first(wanted: CaseList, asked: Asked, by: Hand) -> tuple[Line, ...]:
    order = _ORDERS.get(wanted, Order.NEWEST)
    return _lines(lists.rows(wanted, asked, by=by.actor, order=order, limit=SHOWN), asked, by)


def list_page(wanted: CaseList, asked: Asked, *, by: Hand, after: int | None = None) -> ListPage:
    """The cases behind a figure, a page at a time; a sample of fewer than five is not opened."""
    if wanted.value.group and lists.count(wanted.family[0], asked, by=by.actor) < SMALLEST:
        return ListPage(wanted, asked, (), 0, None, hidden=True)
    found = lists.page(wanted, asked, by=by.actor, after=after)
    return ListPage(
        wanted=wanted,
        asked=asked,
        lines=_lines(list(found.rows), asked, by),
        total=lists.count(wanted, asked, by=by.actor),
        older=found.older,
        hidden=False,
    )


def _lines(rows: list[CaseRow], asked: Asked, by: Hand) -> tuple[Line, ...]:
    ids = [row.id for row in rows]
    said, moves = lists.denials(ids), lists.last_moves(ids)
    late = lists.late_dates(ids, asked.today)
    assigns = _assigns(by.actor)
    return tuple(
        Line(
            row=row,
            late=_late(late.get(row.id), asked),
            days_quiet=(asked.now - row.touched_at).days,
            denials=tuple(said.get(row.id, ())),
            why=_why(row, moves.get(row.id, "")),
            assign=assigns and row.mediator is None and row.stage is not Stage.ESCALATED,
        )
        for row in rows
    )


def _late(found: tuple[str, date] | None, asked: Asked) -> Late | None:
    return Late(Deadline[found[0]], (asked.today - found[1]).days) if found else None


_SENT_BACK = {
    Transition.RETURN_ESCALATED.name: Text("上一级退回来的", "sent back from above"),
    Transition.RETURN_FOR_CORRECTION.name: Text("法院退回补正", "sent back by the court"),
}


def _why(row: CaseRow, last_move: str) -> Text:
    """Why a case lies at the door; its newest move decides."""
    if last_move in _SENT_BACK:
        return _SENT_BACK[last_move]
    if row.stage is Stage.ESCALATED:
        return Text("下面交上来的", "handed up from below")
    if row.stage is Stage.REGISTERED:
        return Text("刚登记", "just registered")
    return Text("还没定调解员", "no mediator yet") if row.mediator is None else row.stage.label


def _assigns(actor: Actor) -> bool:
    """Whether this person names mediators at all; the act itself asks again for the case."""
    return bool({Role.COMMITTEE_CHAIR, Role.TOWNSHIP_MANAGER} & actor.roles)


def sheet(report: Report, asked: Asked, *, by: Hand) -> Sheet | None:
    """The rows of a report, or None where it is not this person's to see."""
    return report.build(by.actor, asked) if may(by.actor, report.permission).allowed else None


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind one number of a statement."""

    report: Report
    column: Column
    row: str
    asked: Asked
    lines: tuple[Line, ...]
    total: int
    older: int | None


def behind(
    report: Report, column: str, row: str, asked: Asked, *, by: Hand, after: int | None = None
) -> Behind:
    """Exactly the cases that a number of a statement counts. Raises NotFound where it counts none."""
    test = report.cases(asked, column, row)
    if test is None or not may(by.actor, report.permission).allowed:
        raise NotFound
    found = lists.page_where(test, by=by.actor, after=after)
    return Behind(
        report=report,
        column=report.columns[report.column(column)],
        row=row,
        asked=asked,
        lines=_lines(list(found.rows), asked, by),
        total=lists.count_where(test, by=by.actor),
        older=found.older,
    )


def sees_board(actor: Actor) -> bool:
    return may(actor, Permission.SEE_BOARD).allowed
