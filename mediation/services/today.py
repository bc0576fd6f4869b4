"""今天: at most seven things to do, for whichever roles a person holds, the nearest date first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from mediation.money import yuan_short
from mediation.permissions import Actor
from mediation.reports import agenda, queue
from mediation.reports.agenda import DueItem
from mediation.reports.cases import Asked, CaseList
from mediation.reports.lists import CaseRow, Order, rows
from mediation.reports.periods import of_day
from mediation.reports.queue import QueueRow, Shelf
from mediation.roles import Role
from mediation.services.acts import Hand, reach_of
from mediation.services.cases import CasePage, page_of
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.deadlines import Deadline
from mediation.workflow.records import Record
from mediation.workflow.stages import Stage

MOST = 7
# How many rows are looked at to find seven that are really this person's turn.
_LOOK = 3 * MOST
_SOON = timedelta(days=3)


class Door(Enum):
    """Where the button of a task leads."""

    STEP = "step"
    CASE = "case"
    RECORD = "record"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Due:
    """By when. `legal` is False for a committee's proposal, a court's custom, a day people chose."""

    on: date
    days_left: int
    label: Text
    legal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do in one case. With Door.STEP the words are those of the case page's next step."""

    reference: str
    title: str
    party_names: str
    type_label: Text
    door: Door
    say: Text | None = None
    button: Text | None = None
    record: Record | None = None
    page: CasePage | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Today:
    tasks: tuple[Task, ...]
    more: bool


def today(*, by: Hand) -> Today:
    """What this person should do next, over all their roles; a case appears once."""
    found = [task for role, tasks in _BY_ROLE for task in tasks(by) if role & by.actor.roles]
    once = list({task.reference: task for task in reversed(found)}.values())[::-1]
    once.sort(key=lambda task: (task.due is None, task.due.on if task.due else date.max))
    return Today(tuple(once[:MOST]), more=len(once) > MOST)


def _case(row: CaseRow, **rest: object) -> Task:
    return Task(
        reference=row.reference,
        title=row.title,
        party_names=row.party_names,
        type_label=dispute_types.dispute_type(row.dispute_type).label,
        **rest,  # type: ignore[arg-type]
    )


def _due_by(on: date | None, today_: date, label: Text, *, legal: bool) -> Due | None:
    return Due(on, (on - today_).days, label, legal) if on else None


def _of_committee(by: Hand) -> Iterator[Task]:
    """Items that are due, then the next step of each case where it is the committee's turn."""
    yield from (
        _item(i, by) for i in agenda.due_items(by.actor, until=by.today + _SOON, limit=MOST)
    )
    found = 0
    for row in agenda.of_committee(by.actor, limit=_LOOK):
        page = page_of(reach_of(by, row.reference), by)
        if page.next_move is None or not page.next_move.allowed:
            continue
        yield _case(row, door=Door.STEP, page=page, due=_clock(page, row.next_due_on))
        found += 1
        if found > MOST:
            break


def _clock(page: CasePage, on: date | None) -> Due | None:
    """The running period that ends on that day, and whether a law sets it."""
    for clock in page.clocks:
        if clock.due_on == on:
            row = clock.deadline.value
            return Due(clock.due_on, clock.days_left, clock.deadline.label, row.legal)
    return None


def _item(item: DueItem, by: Hand) -> Task:
    """An item of an agreement: the day is the parties' own, so it is said in plain words."""
    sum_ = f"{yuan_short(item.amount_fen)}元" if item.amount_fen is not None else item.what
    sum_en = f"{yuan_short(item.amount_fen)} yuan" if item.amount_fen is not None else item.what
    passed = item.due_on < by.today
    say = (
        Text(f"问一问：{sum_}做到了没有", f"Ask whether it was done: {sum_en}")
        if passed
        else Text(f"提醒一声：{sum_}快到日子了", f"Remind them, the day is near: {sum_en}")
    )
    return Task(
        reference=item.reference, title=item.title, party_names=item.party_names,
        type_label=dispute_types.dispute_type(item.dispute_type).label,
        door=Door.RECORD, record=Record.PERFORMANCE if passed else Record.URGING,
        say=say, button=Record.PERFORMANCE.label if passed else Record.URGING.label,
        due=_due_by(item.due_on, by.today, Text("约定的日子", "agreed day"), legal=False),
    )  # fmt: skip


def _of_court(by: Hand) -> Iterator[Task]:
    for shelf in (Shelf.WAITING, Shelf.ACCEPTED, Shelf.RULED):
        for row in queue.rows(shelf, by=by.actor, limit=MOST):
            if shelf is not Shelf.RULED or row.unserved:
                yield _application(shelf, row, by)


_COURT_WORDS = {
    Shelf.WAITING: (Text("看材料，答复收不收", "Read it and say whether it is accepted"), Text("去看", "Open")),
    Shelf.ACCEPTED: (Text("审查，作出裁定", "Review it and rule"), Text("去审查", "Review")),
    Shelf.RULED: (Text("裁定有了，记下送达", "There is a ruling: record service"), Text("去记送达", "Record service")),
}  # fmt: skip


def _application(shelf: Shelf, row: QueueRow, by: Hand) -> Task:
    say, button = _COURT_WORDS[shelf]
    deadline = Deadline.COURT_ACCEPTANCE if shelf is Shelf.WAITING else Deadline.COURT_RULING
    return Task(
        reference=row.reference, title=row.title, party_names=row.party_names,
        type_label=dispute_types.dispute_type(row.dispute_type).label,
        door=Door.COURT, say=say, button=button,
        due=_due_by(row.due_on, by.today, deadline.label, legal=deadline.value.legal),
    )  # fmt: skip


_WATCHED = (
    (CaseList.DENIED, Order.NEWEST, Text("有人说不属实，去核实", "A party denies it: check with them")),
    (CaseList.UNSETTLED, Order.NEWEST, Text("当事人说没解决，去看看", "A party says it is not settled")),
    (CaseList.UNASSIGNED, Order.DUE, Text("定下调解员", "Name the mediator")),
    (CaseList.OVERDUE, Order.DUE, Text("超期了，问一问卡在哪", "It is overdue: ask what holds it up")),
    (CaseList.QUIET, Order.SILENT, Text("好几天没有动静，问一问", "Nothing for days: ask about it")),
)  # fmt: skip


def _of_manager(by: Hand) -> Iterator[Task]:
    asked = Asked(of_day(by.today), by.now, by.today)
    for wanted, order, say in _WATCHED:
        for row in rows(wanted, asked, by=by.actor, order=order, limit=MOST):
            names = wanted is CaseList.UNASSIGNED and row.stage is not Stage.ESCALATED
            yield _case(
                row,
                door=Door.RECORD if names and _assigns(by.actor) else Door.CASE,
                record=Record.ASSIGNMENT,
                say=say,
                button=say if names and _assigns(by.actor) else Text("看这件事", "See the case"),
                due=_watched_due(row, by.today),
            )


def _assigns(actor: Actor) -> bool:
    return Role.TOWNSHIP_MANAGER in actor.roles


def _watched_due(row: CaseRow, today_: date) -> Due | None:
    """A manager sees the date itself; whether a law sets it stands on the case page."""
    return _due_by(row.next_due_on, today_, Text("期限", "Deadline"), legal=False)


def _of_grid(by: Hand) -> Iterator[Task]:
    for row in agenda.untaken(by.actor, limit=MOST):
        yield _case(
            row,
            door=Door.CASE,
            say=Text(
                "你登记的还没人接手，催一声", "Nobody has taken what you registered: remind them"
            ),
            button=Text("看这件事", "See the case"),
            due=_due_by(row.next_due_on, by.today, Deadline.ACCEPTANCE_DECISION.label, legal=False),
        )


_BY_ROLE = (
    ({Role.COURT_LIAISON}, _of_court),
    ({Role.MEDIATOR, Role.COMMITTEE_CHAIR}, _of_committee),
    ({Role.TOWNSHIP_MANAGER, Role.COUNTY_MANAGER}, _of_manager),
    ({Role.GRID_WORKER}, _of_grid),
)
