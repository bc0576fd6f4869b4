"""From what a case page knows to what its components show: stage line, next step, timeline."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from mediation.money import fen_upper, yuan_short
from mediation.roles import Role
from mediation.services.cases import CasePage, Duty, Move, PhaseView, Task, WaysOut
from mediation.services.parties import answer_label, blanks
from mediation.web.pages import day
from mediation.wording import Text
from mediation.workflow import law
from mediation.workflow.guards import Condition
from mediation.workflow.records import Record
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from mediation.workflow.words import Answer, Question

if TYPE_CHECKING:
    from mediation.models.parties import Party

OTHER_ROADS = (
    Stage.TO_COURT,
    Stage.TERMINATED,
    Stage.WITHDRAWN,
    Stage.NOT_ACCEPTED,
    Stage.REFERRED,
)
_STATES = {"open": "todo"}


@dataclass(frozen=True, slots=True)
class TaskLine:
    label: Text
    state: str
    note: Text | str | None
    url: str | None
    more: str | None = None


@dataclass(frozen=True, slots=True)
class PhaseLine:
    label: Text
    state: str
    tasks: list[TaskLine]
    short: Text | None = None


def stage_line(page: CasePage) -> list[PhaseLine]:
    left = page.volume.dispute.stage in OTHER_ROADS
    return [_phase(view, page, left=left) for view in page.phases]


def _phase(view: PhaseView, page: CasePage, *, left: bool) -> PhaseLine:
    state = "left" if left and view.state == "now" else view.state
    tasks = [_task(task, page) for task in view.tasks]
    return PhaseLine(view.phase.label, state, tasks if state != "skipped" else [])


def _task(task: Task, page: CasePage) -> TaskLine:
    """A task leads somewhere only for who may write it down, and only while it can be."""
    reference, url = page.volume.dispute.reference, None
    if page.refusal_of(task.record) is None:
        url = url_for("records.record", reference=reference, slug=task.record.slug)
    note: Text | str | None = task.reason
    if task.status == "done" and task.done_on:
        note = Text(f"{task.done_on.month}月{task.done_on.day}日完成", f"done {day(task.done_on)}")
    return TaskLine(task.record.label, _STATES.get(task.status, task.status), note, url)


def next_step(page: CasePage) -> dict[str, object] | None:
    """The one next step: the missing fact where one is missing, else the move itself."""
    move, reference = page.next_move, page.volume.dispute.reference
    if move is None:
        return None
    step = move.transition.value.step
    if not move.allowed:
        return {"title": _waiting_for(move), "reason": move.transition.label, "waiting": True}
    unmet = page.next_condition
    if unmet is not None:
        return {
            "title": unmet.value.todo,
            "reason": _asked_by_court(page)
            or Text("做完就能：{step}", "Then you can: {step}").with_(step=step),
            "action": {"text": _record_of(unmet).label, "url": _way_to(reference, unmet)},
            "second": _all_of(page, move),
        }
    if move.unmet:
        first = move.unmet[0]
        return {
            "title": first.value.todo,
            "reason": Text("做完就能：{step}", "Then you can: {step}").with_(step=step),
            "action": {"text": step, "url": _way_to(reference, first, move)},
        }
    return {
        "title": step,
        "reason": move.transition.label,
        "action": {"text": step, "url": move_url(reference, move)},
    }


def _waiting_for(move: Move) -> Text:
    """Whose turn it is, by what they are, and for what."""
    row = move.transition.value
    zh = "、".join(r.label.zh for r in row.roles if r is not Role.PARTY)
    en = ", ".join(r.label.en for r in row.roles if r is not Role.PARTY)
    return Text(f"等{zh}：{row.step.zh}", f"{en}: {row.step.en}")


def _all_of(page: CasePage, move: Move) -> dict[str, object]:
    """The way to everything that is still to do for the move, in one list."""
    n = len(move.unmet)
    text = Text(f"一共还差{n}样，看一看", f"Still to do in all: {n}")
    return {"text": text, "url": move_url(page.volume.dispute.reference, move)}


def _asked_by_court(page: CasePage) -> Text | None:
    """What the court sent it back for stands where the mediator works on it."""
    words = page.correction_asked
    return Text(f"法院退回补正：{words}", f"Sent back by the court: {words}") if words else None


# Which question the record of a condition asks.
_ASKED = {
    Condition.EVERYONE_ASKED: Question.MEDIATION,
    Condition.NOBODY_REFUSES: Question.MEDIATION,
    Condition.NOBODY_DENIES: Question.TRUE,
    Condition.NO_OPEN_CONFLICT: Question.MEDIATOR_TIES,
    Condition.PERSUASION_AGREED: Question.PERSUASION,
    Condition.EXTENSION_AGREED: Question.MORE_TIME,
    Condition.ESCALATION_AGREED: Question.ESCALATION,
    Condition.CONFIRMATION_ASKED: Question.CONFIRMATION,
    Condition.EVERYONE_WANTS_CONFIRMATION: Question.CONFIRMATION,
    Condition.EVERYONE_WOULD_REMEDIATE: Question.REMEDIATION,
}
# Conditions that are met on a page of their own.
_PLACES = {Condition.PAPERS_COMPLETE: "papers.issue_missing"}


def _record_of(condition: Condition) -> Record:
    return Record[condition.value.record.upper()]


def _way_to(reference: str, condition: Condition, back: Move | None = None) -> str:
    """Where a condition is met; `back` is the move one returns to afterwards."""
    move = back.transition.slug if back else None
    if condition.value.record:
        asked = _ASKED.get(condition)
        return url_for(
            "records.record", reference=reference, slug=_record_of(condition).slug,
            question=asked.name if asked else None, move=move,
        )  # fmt: skip
    if condition in _PLACES:
        return url_for(_PLACES[condition], reference=reference)
    return move_url(reference, back) if back else url_for("disputes.case", reference=reference)


def move_url(reference: str, move: Move) -> str:
    return url_for("disputes.transition", reference=reference, slug=move.transition.slug)


def people(page: CasePage) -> list[dict[str, object]]:
    """Each party with what they answered, and one tap to call."""
    return [_person(page, party) for party in page.volume.dispute.parties]


def _person(page: CasePage, party: Party) -> dict[str, object]:
    reference = page.volume.dispute.reference
    call = url_for("reveals.call", reference=reference, party_id=party.id)
    return {
        "name": party.name,
        "url": url_for("parties.show", reference=reference, party_id=party.id),
        "about": [_age(party), party.side.value, _blanks(page, party)],
        "answer": _said(page, party),
        "call": {"url": call, "post": True} if party.phone and page.may_record else None,
    }


def _blanks(page: CasePage, party: Party) -> Text | None:
    """How much of the party block of the papers is still empty."""
    n = len(blanks(party))
    return Text(f"还缺{n}样", f"{n} blanks") if n and page.may_record else None


def _said(page: CasePage, party: Party) -> Text | None:
    """Whether it is as written, and whether they want mediation: the two that matter most."""
    asked = (Question.TRUE, Question.MEDIATION)
    found = [(q, page.volume.answer(party, q)) for q in asked]
    said = [_WANTS.get((q, a.answer)) or answer_label(q, a.answer) for q, a in found if a]
    return Text("，".join(w.zh for w in said), ", ".join(w.en for w in said)) if said else None


_WANTS = {
    (Question.MEDIATION, Answer.YES): Text("愿意调解", "wants mediation"),
    (Question.MEDIATION, Answer.NO): Text("不愿意调解", "does not want mediation"),
}


def _age(party: Party) -> Text | None:
    return Text(f"{party.age}岁", f"aged {party.age}") if party.age is not None else None


def ways(found: WaysOut) -> list[dict[str, object]]:
    """Court, arbitration where there is one, legal aid: with address and telephone."""
    court = found.court
    listed: list[dict[str, object]] = []
    if court is not None:
        where = "　".join(part for part in (court.address, court.phone) if part)
        listed.append({"text": Text(f"去{court.name}起诉", f"Sue at {court.name}"), "more": where})
    if found.arbitration is not None:
        listed.append({"text": found.arbitration})
    aid = Text(f"打{found.legal_aid}问法律援助，不要钱", f"Call {found.legal_aid}: free legal aid")
    listed.append({"text": aid, "url": f"tel:{found.legal_aid}"})
    return listed


def deadline(page: CasePage) -> dict[str, object] | None:
    """The chip at the head: the first legal date that is still open."""
    for clock in page.clocks:
        if clock.deadline.value.legal:
            return {
                "days": clock.days_left,
                "label": clock.deadline.label,
                "last_day": day(clock.due_on, weekday=True),
            }
    return None


def doors(page: CasePage) -> list[dict[str, object]]:
    """Everything else that can be done from here: other moves, records without a task, papers."""
    reference = page.volume.dispute.reference
    step = page.next_move
    moves: list[dict[str, object]] = [
        {"text": m.transition.value.step, "url": move_url(reference, m)}
        for m in page.moves
        if m.allowed and m is not step
    ]
    hidden = {*_BY_OTHERS, *_within_moves(page)}
    listed = [
        r for r in Record if not r.value.task and page.volume.dispute.stage in r.value.open_in
    ]
    records = [
        {"text": r.label, "url": _record_url(r, reference)}
        for r in listed
        if page.may_record and not r.value.court and r not in hidden
    ]
    return [*moves, *records, *_places_to_go(page)]


def _within_moves(page: CasePage) -> set[Record]:
    """Records that belong to one move alone are asked for on its page, not beside it as well."""
    mine = [m.transition for m in page.moves if m.allowed]
    asked = Counter(c.value.record for t in Transition for c in t.value.guards if c.value.record)
    needed = {c.value.record for t in mine for c in t.value.guards}
    return {Record[r.upper()] for r in needed if asked[r] == 1} - _EVERYDAY


# One may urge before a day has come, and without thinking of a breach.
_EVERYDAY = {Record.URGING}
# Ties are declared with the assignment, so that nobody is named without them.
_BY_OTHERS = (Record.CONFLICT,)
_OWN_PAGES = {Record.EVIDENCE: "evidence.index", Record.CORRECTION: "corrections.correct"}


def _record_url(record: Record, reference: str) -> str:
    if record in _OWN_PAGES:
        return url_for(_OWN_PAGES[record], reference=reference)
    return url_for("records.record", reference=reference, slug=record.slug)


_MARK = Text("标记重复登记", "Mark as a duplicate")


def _places_to_go(page: CasePage) -> list[dict[str, object]]:
    reference = page.volume.dispute.reference
    places: list[dict[str, object]] = [
        {
            "text": Text("全部文书", "All papers"),
            "url": url_for("papers.index", reference=reference),
        }
    ]
    if page.may_mark:
        marked = page.volume.dispute.duplicate_of_id is not None
        text = Text("已标为重复登记", "Marked as a duplicate") if marked else _MARK
        url = url_for("corrections.duplicate", reference=reference)
        places.append({"text": text, "url": url})
    return places


TERMS_COLUMNS = [
    {"label": Text("条", "No.")},
    {"label": Text("谁给谁", "Who to whom")},
    {"label": Text("做什么", "What")},
    {"label": Text("多少元", "Yuan"), "number": True},
    {"label": Text("哪天前", "By")},
    {"label": Text("做到了吗", "Done?")},
]


def terms(page: CasePage) -> list[list[object]]:
    """The agreement as rows: who, to whom, what, the sum in figures and in capitals, by when."""
    return [_term(duty) for duty in page.duties]


def _term(duty: Duty) -> list[object]:
    who = Text(f"{duty.debtor}给{duty.creditor}", f"{duty.debtor} to {duty.creditor}")
    return [
        duty.position,
        who if duty.creditor else duty.debtor,
        "，".join(part for part in (duty.what, duty.how) if part),
        f"{yuan_short(duty.amount_fen)}　{fen_upper(duty.amount_fen)}" if duty.amount_fen else None,
        _by_when(duty),
        _how_far(duty),
    ]


def _by_when(duty: Duty) -> object:
    if duty.due_on is not None:
        return {"text": day(duty.due_on), "near": duty.late}
    return Text("一直", "always") if duty.lasting else {"text": NO_DAY, "missing": True}


NO_DAY = Text("缺日期", "No date")


def _how_far(duty: Duty) -> object:
    if duty.done:
        return Text("做到了", "done")
    if duty.late:
        return {"text": Text("过了日子", "overdue"), "near": True}
    if duty.paid_fen:
        paid = yuan_short(duty.paid_fen)
        return Text(f"付了{paid}元", f"{paid} yuan paid")
    return None if duty.lasting else Text("还没有", "not yet")


def exits(page: CasePage) -> list[dict[str, object]]:
    """The exits that are always open, recorded on a party's word."""
    reference = page.volume.dispute.reference
    return [
        {"text": m.transition.value.step, "url": move_url(reference, m)}
        for m in page.exits
        if m.allowed
    ]


def move_parts(page: CasePage, move: Move) -> dict[str, object]:
    """What the page of one move shows: its articles, and every unmet condition with the way there."""
    reference = page.volume.dispute.reference
    return {
        "move": move,
        "basis": law.basis(move.transition.value.basis),
        "open_here": page.volume.dispute.stage in move.transition.value.sources,
        "todo": [
            {
                "text": c.value.todo,
                "url": _way_to(reference, c, move) if c.value.record or c in _PLACES else None,
            }
            for c in move.unmet
        ],
    }
