"""How a matter ends or goes elsewhere, on a paper: refused, referred, handed on, extended, ended."""

from __future__ import annotations

from collections.abc import Iterator

from mediation.documents import casefile as c
from mediation.models import places
from mediation.models.notes import Note
from mediation.services import deadlines
from mediation.services.casefiles.matter import consents
from mediation.services.casefiles.occasion import Occasion
from mediation.services.casefiles.people import label_of
from mediation.services.notes import ENDINGS, GROUNDS, REFERRAL_BASES
from mediation.services.volumes import Volume
from mediation.wording import Text
from mediation.workflow.deadlines import Deadline
from mediation.workflow.documents import Document as D
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import NoteKind, PaperState, Question

_TALK_CLOCKS = (Deadline.MEDIATION, Deadline.MEDICAL_MEDIATION, Deadline.COURT_INVITED_MEDIATION)


def non_acceptance(volume: Volume, occasion: Occasion) -> c.NonAcceptance:
    note = volume.note(NoteKind.NON_ACCEPTANCE)
    if note is None:
        return c.NonAcceptance(decided_on=occasion.on)
    return c.NonAcceptance(
        decided_on=occasion.on,
        reason=_reason(note, GROUNDS),
        go_to=tuple(line.strip() for line in note.addressee.splitlines() if line.strip()),
    )


def _reason(note: Note, choices: dict[str, Text]) -> str:
    """The ground of the list, then what was explained, as one sentence without its stop."""
    ground = choices[note.choice].zh if note.choice in choices else ""
    return "，".join(part for part in (ground, note.text.strip().rstrip("。")) if part)


def termination(volume: Volume, occasion: Occasion) -> c.Termination:
    """Why and when the talks ended; after an agreement took effect there are none to end."""
    claimed_on = volume.dispute.registered_on
    agreed = volume.agreement is not None and volume.agreement.effective_on is not None
    if agreed and occasion.document is D.OTHER_WAYS_NOTICE:
        return c.Termination(claimed_on=claimed_on)
    return c.Termination(
        ended_on=occasion.on, reason=_why_ended(volume, occasion), claimed_on=claimed_on
    )


def _why_ended(volume: Volume, occasion: Occasion) -> str:
    note = volume.note(NoteKind.TERMINATION)
    if note is not None and occasion.transition is T.TERMINATE:
        return _reason(note, ENDINGS)
    who = label_of(volume, occasion.hand.actor.party_id) or "当事人"
    said = occasion.note.strip().rstrip("。")
    return f"{who}要求终止调解" + (f"，{said}" if said else "")


def referral(volume: Volume, occasion: Occasion) -> c.Move:
    note = volume.note(NoteKind.REFERRAL)
    reason = note.text.rstrip("。") if note else ""
    if note and note.choice == "consent":
        reason = "，".join(part for part in (reason, REFERRAL_BASES["consent"].zh) if part)
    return c.Move(
        to=note.addressee if note else "",
        reason=reason,
        on=occasion.on,
        items=tuple(_items(volume)),
        contact=_contact(volume, occasion),
    )


def handover(volume: Volume, occasion: Occasion) -> c.Move:
    """To the committee that takes it over. By now the dispute is already in its hands."""
    note = volume.note(NoteKind.ESCALATION)
    return c.Move(
        to=volume.dispute.committee.name,
        reason=note.text if note else "",
        on=occasion.on,
        items=tuple(_items(volume)),
        consents=consents(volume, Question.ESCALATION),
        contact=_contact(volume, occasion),
    )


def sender(volume: Volume) -> places.Committee | None:
    """The committee that had the dispute until this very move, which history does not hold yet."""
    before = [e for e in volume.events if e.act in (T.ESCALATE.name, T.RETURN_ESCALATED.name)]
    if before and before[-1].act == T.ESCALATE.name:
        earlier = [
            n
            for n in volume.notes
            if n.kind is NoteKind.ESCALATION and n.recorded_at <= before[-1].recorded_at
        ]
        return places.committee(earlier[-1].target_id or 0) if earlier else None
    return places.committee(volume.dispute.first_committee_id or 0)


def _items(volume: Volume) -> Iterator[c.Item]:
    """What changes hands: the papers of the volume but letters to one party, and the evidence."""
    for paper in volume.papers:
        ours = D.__members__.get(paper.kind.upper())
        if ours is None or ours.value.per_party or paper.language != "zh":
            continue
        if paper.state is not PaperState.WITHDRAWN:
            yield c.Item(name=ours.label.zh, pages=paper.pages or None, note=paper.number)
    for piece in volume.evidence:
        if not piece.void_reason:
            yield c.Item(name=piece.name, pages=piece.pages, note=piece.source)


def _contact(volume: Volume, occasion: Occasion) -> str:
    phone = (occasion.committee or volume.dispute.committee).phone
    return "，".join(part for part in (occasion.hand.name, phone) if part)


def extension(volume: Volume, occasion: Occasion) -> c.Move:
    """The old last day, and the new one counted from the day both agreed."""
    return c.Move(
        reason=occasion.note,
        on=occasion.on,
        due_on=deadlines.mediation_due(volume),
        until_on=next(
            (
                clock.due(occasion.on, volume.workdays).on
                for clock, _ in deadlines.started(volume)
                if clock in _TALK_CLOCKS
            ),
            None,
        ),
        consents=consents(volume, Question.MORE_TIME),
    )


def withdrawal(volume: Volume, occasion: Occasion) -> c.Move:
    return c.Move(reason=occasion.note, on=occasion.on)
