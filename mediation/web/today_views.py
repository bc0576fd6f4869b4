"""From a task of the day to its words: what, whose, by when, and where its button leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import url_for

from mediation.permissions import Actor, Permission, may
from mediation.roles import Role
from mediation.services.today import Door, Due, Task
from mediation.web import case_views, dates
from mediation.wording import Text

if TYPE_CHECKING:
    from mediation.services.cases import CasePage


@dataclass(frozen=True, slots=True)
class Entry:
    """`deadline` is the chip of a day the law sets; `when` says any other day in plain words."""

    title: Text
    line: tuple[str, ...]
    whose: Text
    action: dict[str, object]
    case_url: str
    deadline: dict[str, object] | None
    when: Text | None


def entry(task: Task) -> Entry:
    title, action = _step(task.page) if task.page else _said(task)
    legal = task.due is not None and task.due.legal
    return Entry(
        title=title,
        line=(task.party_names, task.title),
        whose=Text(f"{task.party_names}・{task.title}", f"{task.party_names} · {task.title}"),
        action=action,
        case_url=url_for("disputes.case", reference=task.reference),
        deadline=_chip(task.due) if task.due and legal else None,
        when=_when(task.due) if not legal else None,
    )


def _step(page: CasePage) -> tuple[Text, dict[str, object]]:
    """The words are those of the case page, so that both say the same."""
    step = case_views.next_step(page)
    assert step is not None, "a case without a next step is no task"
    return step["title"], step["action"]  # type: ignore[return-value]


def _said(task: Task) -> tuple[Text, dict[str, object]]:
    assert task.say is not None, "what is not a step says itself what to do"
    return task.say, {"text": task.button or task.say, "url": _url(task)}


def _url(task: Task) -> str:
    if task.door is Door.COURT:
        return url_for("court.review", reference=task.reference)
    if task.door is Door.RECORD and task.record is not None:
        return url_for("records.record", reference=task.reference, slug=task.record.slug)
    return url_for("disputes.case", reference=task.reference)


def _chip(due: Due) -> dict[str, object]:
    return {"days": due.days_left, "label": begins(due.label), "last_day": said(due.on)}


def begins(label: Text) -> Text:
    """A label that begins a line of its own begins with a capital."""
    return Text(label.zh, label.en[:1].upper() + label.en[1:])


def said(on: date) -> Text:
    """A day with its weekday, in both languages."""
    return Text(
        dates.said_day(on, "zh", weekday=True).split("年", 1)[1],
        dates.said_day(on, "en", weekday=True).rsplit(" ", 1)[0],
    )


def _when(due: Due | None) -> Text:
    """A day that people chose, a proposal or a custom: said plainly, and never in vermilion."""
    if due is None:
        return Text("没有定日子", "No date is set")
    if due.days_left < 0:
        return Text("{what}：过了{n}天", "{what}: {n} days past").with_(
            what=begins(due.label), n=-due.days_left
        )
    near = {
        0: Text("今天", "today"),
        1: Text("明天", "tomorrow"),
    }.get(due.days_left)
    return Text("{what}：{day}", "{what}: {day}").with_(
        what=begins(due.label), day=near or said(due.on)
    )


def rest_url(who: Actor) -> str:
    """Where everything else is: a court's shelf, else the list of cases."""
    if Role.COURT_LIAISON in who.roles:
        return url_for("court.queue")
    own = Role.MEDIATOR in who.roles and Role.COMMITTEE_CHAIR not in who.roles
    return url_for("disputes.index", open=1, mine=1 if own else None)


def way_on(who: Actor) -> dict[str, object]:
    """What one can do on a quiet day: the one link of the empty sheet."""
    if Role.COURT_LIAISON in who.roles:
        return {"text": Text("看全部申请", "See all applications"), "url": url_for("court.queue")}
    if may(who, Permission.SEE_BOARD).allowed:
        return {"text": Text("看看板", "See the board"), "url": url_for("board.board")}
    if may(who, Permission.REGISTER_DISPUTE).allowed:
        url = url_for("disputes.register")
        return {"text": Text("登记一件事", "Register a matter"), "url": url}
    return {"text": Text("看全部案件", "See all cases"), "url": url_for("disputes.index")}
