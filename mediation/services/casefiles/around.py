"""The papers around the talks: inquiry, evidence, performance, meeting, service, closing, volume."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from mediation.documents import casefile as c
from mediation.documents import volume_parts as v
from mediation.documents.typesetting import clock, day
from mediation.models import places
from mediation.models.agreements import Obligation
from mediation.models.applications import CourtAnswer
from mediation.models.inquiries import Inquiry
from mediation.models.parties import Representative
from mediation.money import yuan
from mediation.services import facts
from mediation.services.casefiles.matter import consents, names
from mediation.services.casefiles.occasion import Occasion
from mediation.services.casefiles.people import label_of, representative, spaced
from mediation.services.notes import RETENTIONS
from mediation.services.papers_due import volume_check
from mediation.services.volumes import Volume
from mediation.workflow.documents import VolumeItem
from mediation.workflow.plain_words import TOLD
from mediation.workflow.transitions import Transition
from mediation.workflow.words import Initiation, NoteKind, Question


def inquiry(row: Inquiry) -> v.Inquiry:
    return v.Inquiry(
        held_on=row.held_on,
        begins=row.begins,
        ends=row.ends,
        spot=row.spot,
        present=names(row.present),
        asked=row.asked,
        tie=row.tie,
        phone=spaced(row.phone or ""),
        investigators=names(row.investigators),
        recorder=row.recorder,
        lines=tuple(v.MinuteLine(speaker=x.speaker, text=x.text, mark=x.mark) for x in row.lines),
    )


def agent(row: Representative | None) -> c.Representative:
    """The agent on record; nobody leaves blanks to be filled in by hand."""
    return representative(row) if row else c.Representative()


def exhibits(volume: Volume) -> tuple[v.Exhibit, ...]:
    """What still counts of the evidence, in the order it came; scans of other papers are no evidence."""
    return tuple(
        v.Exhibit(name=e.name, source=e.source, pages=e.pages or None, received_on=e.received_on)
        for e in volume.evidence
        if e.item is VolumeItem.EVIDENCE and not e.void_reason
    )


def deeds(volume: Volume) -> tuple[v.Deed, ...]:
    """Every performance on record; a duty without one stands there with its day alone."""
    items = volume.agreement.obligations if volume.agreement else []
    return tuple(one for item in items for one in _deeds(volume, item))


def _deeds(volume: Volume, item: Obligation) -> Iterator[v.Deed]:
    owed = v.Deed(
        debtor=label_of(volume, item.debtor_id),
        creditor=label_of(volume, item.creditor_id),
        what=item.what,
        due_on=facts.due_date(volume, item),
    )
    paid = 0
    for one in sorted(item.performances, key=lambda p: p.id):
        paid += one.amount_fen or 0
        rest = item.amount_fen - paid if item.amount_fen is not None else None
        yield v.Deed(
            debtor=owed.debtor, creditor=owed.creditor, what=owed.what, due_on=owed.due_on,
            amount_fen=one.amount_fen, done_on=one.done_on, proof=one.proof,
            complete=one.complete, rest_fen=rest or None,
        )  # fmt: skip
    if not item.performances and not item.lasting:
        yield owed


def mediated(volume: Volume) -> v.Mediated:
    agreement = volume.agreement
    return v.Mediated(
        from_on=volume.dispute.accepted_on,
        to_on=(agreement.made_on or agreement.effective_on) if agreement else None,
        sessions=tuple(
            f"第{n}次　{day(row.held_on)}{clock(row.begins)}，{row.spot}"
            for n, row in enumerate(volume.sittings, start=1)
        ),
        willing=consents(volume, Question.MEDIATION),
    )


def stands(volume: Volume) -> tuple[str, str]:
    """Where the matter stands and what comes, as the party's own page says it."""
    told = TOLD[volume.dispute.stage]
    return told.stands.zh, told.next.zh


def closing(volume: Volume, occasion: Occasion) -> v.Closing:
    """Only what is recorded: the days of the moves, what was agreed, done, confirmed, and what is not."""
    dispute = volume.dispute
    applied = dispute.initiation is Initiation.APPLICATION
    closed = facts.last_event(volume, Transition.CLOSE.name)
    return v.Closing(
        unit=dispute.committee.name,
        handler=dispute.mediator.name if dispute.mediator else "",
        filled_on=occasion.hand.today,
        received_on=dispute.registered_on,
        closed_on=closed.happened_on if closed else None,
        source="，".join(("当事人申请" if applied else "主动调解", dispute.channel.value.zh)),
        result=_result(volume),
        process=_process(volume),
        performance=_performance(volume),
        confirmation=_confirmation(volume),
        left="；".join(_left(volume)) or "无。",
    )


def _result(volume: Volume) -> str:
    """The end it came to, after what was agreed."""
    ends = [e.to_stage for e in volume.events if e.to_stage and e.to_stage.final]
    came_to = next((s.label.zh for s in ends if s.name not in ("CLOSED", "ARCHIVED")), "")
    agreement = volume.agreement
    if agreement is None or agreement.effective_on is None:
        return f"没有达成协议，{came_to}。" if volume.dispute.accepted_on else f"{came_to}。"
    return f"达成{agreement.form.value.zh}，{came_to}。"


def _process(volume: Volume) -> str:
    """The moves, day by day; the year is said where it changes."""
    moved = [(e.happened_on, Transition[e.act].label.zh) for e in volume.events if e.to_stage]
    days = [(on, "、".join(said for _, said in acts)) for on, acts in groupby(moved, _first)]
    years = [None, *(on.year for on, _ in days)]
    steps = "，".join(
        f"{day(on).removeprefix(f'{year}年')}{said}"
        for year, (on, said) in zip(years, days, strict=False)
    )
    talks = (
        (len(volume.persuasions), "劝导"), (len(volume.inquiries), "调查"),
        (len(volume.sittings), "调解"),
    )  # fmt: skip
    held = "、".join(f"{what}{count}次" for count, what in talks if count)
    return f"{steps}。" + (f"其间{held}。" if held else "")


def _first(pair: tuple[date, str]) -> date:
    return pair[0]


def _duties(volume: Volume) -> list[Obligation]:
    agreement = volume.agreement
    return agreement.obligations if agreement and agreement.effective_on else []


def _performance(volume: Volume) -> str:
    duties = [o for o in _duties(volume) if not o.lasting]
    if not duties:
        return "没有要跟进的履行事项。"
    done = sum(facts.proved(o) for o in duties)
    return f"要跟进的履行事项{len(duties)}项，记下已经做完的{done}项。"


def _confirmation(volume: Volume) -> str:
    if not volume.applications:
        return "没有申请司法确认。"
    return "；".join(_asked(one.court_id, one.filed_on, one.answers) for one in volume.applications)


def _asked(court_id: int, filed_on: date | None, answers: list[CourtAnswer]) -> str:
    court = places.court(court_id)
    said = f"向{court.name if court else '法院'}申请司法确认"
    if filed_on is None:
        return f"准备{said}，没有交到法院。"
    if not answers:
        return f"{day(filed_on)}{said}，还没有答复。"
    last = answers[-1]
    return f"{day(filed_on)}{said}，{last.kind.value.zh}{_numbered(last.number)}。"


def _numbered(number: str) -> str:
    return f"，{number}" if number else ""


def _left(volume: Volume) -> Iterator[str]:
    """What was agreed and is not on record as done, and what goes on for good."""
    people = {p.id: p.name for p in volume.dispute.parties}
    for item in _duties(volume):
        owed = f"（{yuan(item.amount_fen)}元）" if item.amount_fen else ""
        said = f"{people[item.debtor_id]}：{item.what.rstrip('。')}{owed}"
        if item.lasting:
            yield f"长期有效——{said}"
        elif not facts.proved(item):
            yield f"没有记下做完——{said}"


def bound(volume: Volume, occasion: Occasion) -> v.BoundVolume:
    """The note on a volume: what is missing is looked up, what is said is typed."""
    dispute, kept = volume.dispute, volume.note(NoteKind.RETENTION)
    retention = RETENTIONS.get(kept.choice) if kept else None
    return v.BoundVolume(
        title=dispute.title,
        year=(dispute.accepted_on or dispute.registered_on).year,
        keeper=occasion.hand.name,
        keep=retention.zh if retention else "",
        missing=tuple(one.item.label.zh for one in volume_check(volume) if one.missing),
        said=occasion.said,
    )
