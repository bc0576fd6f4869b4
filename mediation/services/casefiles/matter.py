"""The matter on a paper: the dispute, the persuasions, one session, one return visit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mediation.clock import civil_date, local
from mediation.documents import casefile as c
from mediation.documents import volume_parts as parts
from mediation.models.persuasions import Persuasion
from mediation.models.sittings import MinuteLine, Sitting
from mediation.models.visits import Visit
from mediation.services.casefiles.people import label_of
from mediation.services.volumes import Volume
from mediation.workflow.dispute_types import OFFICIAL, dispute_type
from mediation.workflow.words import Channel, Initiation, NoteKind, Question

_SENT_BY_OTHERS = (Channel.POLICE, Channel.COURT, Channel.PETITION)
_SEVERAL = re.compile(r"[；;、\n]+")
_NUMBERED = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[）)、.．]\s*)")
# What the notice of rights says, in a few words each: ticked once it was read out.
RIGHTS = (
    "自愿、平等，不收费",
    "可以选择、更换调解员",
    "可以随时终止调解",
    "可以要求公开或不公开",
    "不影响仲裁、行政和诉讼",
    "个人信息如何处理",
)
# The party's own yes or no, as the record of the visit says it.
_PERFORMED = {"yes": "做到了", "no": "没有做到"}
_HEARD = {"yes": "有", "no": "没有"}
_RESPECTED = {"yes": "受到了", "no": "没有"}
_SAID_BEFORE = "调解开始前已告知当事人的权利和义务"


def dispute(volume: Volume) -> c.Dispute:
    row = volume.dispute
    told = volume.note(NoteKind.RIGHTS_READING) is not None
    return c.Dispute(
        reference=row.reference,
        number=row.number or "",
        title=row.title,
        type_label=dispute_type(row.dispute_type).label.zh,
        type_labels=tuple(kind.label.zh for kind in OFFICIAL),
        source=c.APPLICATION if row.initiation is Initiation.APPLICATION else c.OWN_MOTION,
        channel_label=row.channel.value.zh,
        referred_by=row.channel.value.zh if row.channel in _SENT_BY_OTHERS else "",
        registered_on=row.registered_on,
        registered_time=_registered_at(volume),
        accepted_on=row.accepted_on,
        facts=row.facts,
        claims=tuple(_NUMBERED.sub("", line).strip() for line in _lines(row.claims)),
        rights_told=RIGHTS if told else (),
        court_invited=row.court_invited,
    )


def _registered_at(volume: Volume) -> str:
    """The hour, where it was written down on the day itself."""
    first = volume.events[0] if volume.events else None
    if first is None or civil_date(first.recorded_at) != volume.dispute.registered_on:
        return ""
    moment = local(first.recorded_at)
    return f"{moment.hour}时{moment.minute:02}分"


def _lines(text: str) -> Iterable[str]:
    return (line for line in text.splitlines() if line.strip())


def names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEVERAL.split(text) if part.strip())


def consents(volume: Volume, question: Question) -> tuple[str, ...]:
    """One line a party: 陈桂兰同意（当面说的）."""
    said = ((p, volume.answer(p, question)) for p in volume.disputants)
    return tuple(f"{p.name}{s.answer.value.zh}（{s.way.value.zh}）" for p, s in said if s)


def persuasion(row: Persuasion, volume: Volume) -> c.Persuasion:
    return c.Persuasion(
        held_on=row.held_on,
        persuader=row.persuader,
        tie=row.tie,
        spot=row.spot,
        theme=row.theme.value.zh,
        clause=row.clause,
        consents=consents(volume, Question.PERSUASION),
        said=row.said,
        promise=row.promise,
        result=row.result.value.zh,
        next_on=row.next_on,
        recorder=row.recorded_by,
    )


def sitting(row: Sitting, volume: Volume) -> c.Sitting:
    """`read_aloud` stays open: the record says read back or read, and the party ticks which."""
    return c.Sitting(
        ordinal=volume.sittings.index(row) + 1,
        held_on=row.held_on,
        begins=row.begins,
        ends=row.ends,
        spot=row.spot,
        present=names(row.present),
        invited=names(row.invited),
        rights_told=_SAID_BEFORE if row.rights_told else "",
        lines=tuple(_line(one) for one in row.lines),
        result=row.result.value.zh,
        outcome=row.outcome,
    )


def _line(row: MinuteLine) -> parts.MinuteLine:
    return parts.MinuteLine(speaker=row.speaker, text=row.text)


def visit(row: Visit, volume: Volume) -> c.Visit:
    party = next((p for p in volume.dispute.parties if p.id == row.party_id), None)
    label = label_of(volume, row.party_id)
    return c.Visit(
        visited_on=row.visited_on,
        visited=f"{party.name}（{label}）" if party and label else party.name if party else "",
        way=row.way,
        reason=row.reason,
        findings=row.findings,
        performed=_PERFORMED.get(row.performed, row.performed),
        heard=_HEARD.get(row.heard, row.heard),
        respected=_RESPECTED.get(row.respected, row.respected),
        visitor=row.visitor,
    )
