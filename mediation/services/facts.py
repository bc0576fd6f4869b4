"""From the rows of a volume to the facts the guards look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from mediation.models.agreements import Obligation, Signature
from mediation.models.history import Event
from mediation.models.notes import Note
from mediation.models.parties import Party
from mediation.services import deadlines
from mediation.services.papers_due import missing_papers
from mediation.services.terms import capacity_settled, missing_terms
from mediation.services.volumes import Volume
from mediation.workflow import dispute_types
from mediation.workflow.deadlines import Deadline
from mediation.workflow.facts import Facts
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import (
    WRONG_COURT,
    AgreementForm,
    Answer,
    AnswerKind,
    Initiation,
    NoteKind,
    Question,
    Side,
    SignerKind,
    SigningWay,
)

NO_DANGER = ("none", "elsewhere")
# A new round of talking: answers and sessions of the round before no longer count.
_ROUNDS = (T.REMEDIATE.name, T.REOPEN.name)
# Who gave an application up has taken their wish back: the next one is asked for anew.
_GIVEN_UP = (T.DROP_CONFIRMATION.name, T.WITHDRAW_APPLICATION.name)


def facts_of(volume: Volume) -> Facts:
    """Plain answers about the dispute on this day."""
    dispute = volume.dispute
    return Facts(
        today=volume.today,
        stage=dispute.stage,
        on_application=dispute.initiation is Initiation.APPLICATION,
        **_intake(volume),
        **_talks(volume),
        **_agreement(volume),
        **_confirmation(volume),
        **_end(volume),
    )


def last_event(volume: Volume, *names: str) -> Event | None:
    found = [e for e in volume.events if e.act in names]
    return found[-1] if found else None


def _round_began(volume: Volume) -> datetime | None:
    return _moment_of(volume, *_ROUNDS)


def _in_round(volume: Volume, kind: NoteKind) -> bool:
    """Whether such a note was written since talking last began anew."""
    note, began = volume.note(kind), _round_began(volume)
    return note is not None and (began is None or note.recorded_at > began)


def _moment_of(volume: Volume, *names: str) -> datetime | None:
    event = last_event(volume, *names)
    return event.recorded_at if event else None


def everyone(
    volume: Volume,
    question: Question,
    test: Callable[[Answer], bool] = lambda a: a is Answer.YES,
    since: datetime | None = None,
) -> bool:
    """Whether every disputant's latest answer (since a moment) passes the test."""

    def passes(party: Party) -> bool:
        said = volume.answer(party, question)
        return (
            said is not None and test(said.answer) and (since is None or said.recorded_at > since)
        )

    return bool(volume.disputants) and all(passes(p) for p in volume.disputants)


def _intake(volume: Volume) -> dict[str, Any]:
    danger = volume.note(NoteKind.DANGER_CHECK)
    answers = [volume.answer(p, Question.MEDIATION) for p in volume.disputants]
    return {
        "sides": len({p.side for p in volume.disputants} & {Side.APPLICANT, Side.RESPONDENT}),
        "everyone_asked": bool(answers) and all(answers),
        "somebody_refuses": any(a is not None and a.answer is not Answer.YES for a in answers),
        "somebody_denies": any(
            a is not None and a.answer in (Answer.NOT_SO, Answer.NOT_ME)
            for a in (volume.answer(p, Question.TRUE) for p in volume.disputants)
        ),
        "danger_checked": danger is not None,
        "danger_open": unreported_danger(volume) is not None,
        "taken_elsewhere": danger is not None and danger.choice == "elsewhere",
        "mediator_named": volume.dispute.mediator_id is not None,
        "conflict_open": _conflict_open(volume),
        "rights_told": volume.note(NoteKind.RIGHTS_READING) is not None,
        "ground_chosen": volume.note(NoteKind.NON_ACCEPTANCE) is not None,
        "referral_named": volume.note(NoteKind.REFERRAL) is not None,
        "accepted": volume.dispute.accepted_on is not None,
    }


def unreported_danger(volume: Volume) -> Note | None:
    """A danger that was seen and told to nobody yet. Seeing none later does not undo it (PML 25)."""
    seen = [n for n in volume.notes if n.kind is NoteKind.DANGER_CHECK]
    for position, note in enumerate(seen):
        if note.choice in NO_DANGER:
            continue
        if not any(later.addressee for later in seen[position:]):
            return note
    return None


def _conflict_open(volume: Volume) -> bool:
    """Ties of the present mediator that not every party has knowingly accepted."""
    ties = [
        n
        for n in volume.notes
        if n.kind is NoteKind.CONFLICT and n.target_id == volume.dispute.mediator_id
    ]
    if not ties or ties[-1].choice == "none":
        return False
    return not everyone(volume, Question.MEDIATOR_TIES, since=ties[-1].recorded_at)


def _talks(volume: Volume) -> dict[str, Any]:
    began = _round_began(volume)
    handed_up = _moment_of(volume, T.ESCALATE.name)
    declined = [volume.answer(p, Question.PERSUASION) for p in volume.disputants]
    handover = volume.note(NoteKind.ESCALATION)
    return {
        "persuasion_agreed": everyone(volume, Question.PERSUASION),
        "persuasion_results": len(volume.persuasions),
        "mediation_asked_for": any(a and a.answer is not Answer.YES for a in declined),
        "persuasion_due_on": deadlines.due_on(volume, Deadline.PERSUASION),
        "sittings_held": len(
            [s for s in volume.sittings if began is None or s.recorded_at > began]
        ),
        "inquiries_held": len(volume.inquiries),
        "evidence_kept": len([e for e in volume.evidence if not e.void_reason]),
        "mediation_due_on": deadlines.mediation_due(volume),
        "extension_agreed": everyone(
            volume, Question.MORE_TIME, since=_moment_of(volume, T.EXTEND.name, *_ROUNDS)
        ),
        "escalation_named": handover is not None
        and (handed_up is None or handover.recorded_at > handed_up),
        "escalation_agreed": everyone(volume, Question.ESCALATION, since=handed_up),
        "termination_reason_given": _in_round(volume, NoteKind.TERMINATION),
    }


def _agreement(volume: Volume) -> dict[str, Any]:
    agreement = volume.agreement
    kind = dispute_types.dispute_type(volume.dispute.dispute_type)
    signed = [s for s in agreement.signatures if s.digest == agreement.digest] if agreement else []
    parties = {s.party_id for s in signed if _counts(s, kind)}
    everyone_signed = bool(volume.disputants) and {p.id for p in volume.disputants} <= parties
    obligations = agreement.obligations if agreement else []
    return {
        "oral_allowed": kind.oral_allowed,
        "terms_recorded": bool(obligations),
        "terms_complete": agreement is not None and not missing_terms(agreement),
        "terms_written": agreement is not None
        and (agreement.form is AgreementForm.WRITTEN or everyone_signed),
        "status_or_ownership_declared": bool(agreement and agreement.declares_status),
        "capacity_settled": all(capacity_settled(p) for p in volume.dispute.parties),
        "confirmation_asked": everyone(
            volume, Question.CONFIRMATION, test=lambda _: True, since=_round_began(volume)
        ),
        "everyone_signed": everyone_signed,
        "mediator_signed": any(s.kind is SignerKind.MEDIATOR for s in signed),
        "sealed": any(s.kind is SignerKind.SEAL for s in signed),
        "obligations": len(obligations),
        "everything_proved": bool(obligations) and all(proved(o) for o in obligations),
        "something_overdue": any(overdue(volume, o) for o in obligations),
    }


def _counts(signature: Signature, kind: dispute_types.DisputeType) -> bool:
    """Labour and medical agreements name signature or seal only (LAB 14, MED 39)."""
    if signature.kind is not SignerKind.PARTY:
        return False
    return kind.fingerprint_enough or signature.way is not SigningWay.FINGERPRINT


def proved(obligation: Obligation) -> bool:
    """Performed and proved; a lasting duty has nothing to tick off."""
    return obligation.lasting or any(p.complete for p in obligation.performances)


def due_date(volume: Volume, obligation: Obligation) -> date | None:
    """Its day, or the newer one both sides agreed on."""
    moved = [
        n for n in volume.notes if n.kind is NoteKind.NEW_DATE and n.target_id == obligation.id
    ]
    return date.fromisoformat(moved[-1].choice) if moved else obligation.due_on


def overdue(volume: Volume, obligation: Obligation) -> bool:
    due = due_date(volume, obligation)
    return not proved(obligation) and due is not None and due < volume.today


def _confirmation(volume: Volume) -> dict[str, Any]:
    agreement, application = volume.agreement, volume.application
    answers = application.answers if application else []
    last = answers[-1].kind if answers else None
    kind = dispute_types.dispute_type(volume.dispute.dispute_type)
    return {
        "urged": _since_last_move(
            volume, NoteKind.URGING, T.BEGIN_PERFORMANCE, T.RESUME_PERFORMANCE
        ),
        "everyone_wants_confirmation": everyone(
            volume, Question.CONFIRMATION, since=_moment_of(volume, *_ROUNDS, *_GIVEN_UP)
        ),
        "effective_on": agreement.effective_on if agreement else None,
        "confirmation_due_on": deadlines.due_on(volume, Deadline.CONFIRMATION),
        "confirmable": kind.confirmable,
        "court_competent": application is not None and application.open,
        "filed_on": application.filed_on if application else None,
        "first_filed_on": volume.first_filed_on,
        "corrections_named": last is AnswerKind.CORRECTION,
        "court_number": bool(application and application.court_number and application.accepted_on),
        "not_acceptance_ground": last is AnswerKind.NOT_ACCEPTED,
        "another_court_open": _another_court_open(volume),
        "refusal_ground": last is AnswerKind.REFUSED,
        "withdrawal_recorded": last is AnswerKind.WITHDRAWN,
        "ruling_valid": last is AnswerKind.CONFIRMED,
        "confirmed_by_court": confirmed_by_court(volume),
        "enforcement_due_on": deadlines.due_on(volume, Deadline.ENFORCEMENT),
        "set_aside_recorded": last is AnswerKind.SET_ASIDE,
        "everyone_would_remediate": everyone(
            volume, Question.REMEDIATION, since=_last_move_at(volume)
        ),
    }


def _another_court_open(volume: Volume) -> bool:
    """Not accepted: only where that court was the wrong one may another be asked (INT 355)."""
    refusals = [
        answer
        for application in volume.applications
        for answer in application.answers
        if answer.kind is AnswerKind.NOT_ACCEPTED
    ]
    return not refusals or refusals[-1].ground == WRONG_COURT


def confirmed_by_court(volume: Volume) -> bool:
    """A ruling says that what was agreed is valid; it ends when set aside, or with a new round."""
    newest = last_event(volume, T.CONFIRM.name, T.SET_ASIDE.name, *_ROUNDS)
    return newest is not None and newest.act == T.CONFIRM.name


def _last_move_at(volume: Volume) -> datetime | None:
    moves = [e for e in volume.events if e.to_stage is not None]
    return moves[-1].recorded_at if moves else None


def _since_last_move(volume: Volume, kind: NoteKind, *moves: T) -> bool:
    """Whether such a note was written after the newest of these moves."""
    move, note = last_event(volume, *(m.name for m in moves)), volume.note(kind)
    return note is not None and (move is None or note.recorded_at >= move.recorded_at)


def _end(volume: Volume) -> dict[str, Any]:
    closed = last_event(volume, T.CLOSE.name)
    began = _round_began(volume)
    visited = [v for v in volume.visits if began is None or v.recorded_at > began]
    return {
        "visited_or_excused": bool(visited) or _in_round(volume, NoteKind.NO_VISIT),
        "reopening_due_on": deadlines.due_on(volume, Deadline.REOPENING),
        "new_owner": closed is not None and _owner_changed(volume, closed.recorded_at),
        "papers_complete": not missing_papers(volume),
        "papers_issued": len(volume.papers),
        "retention_chosen": volume.note(NoteKind.RETENTION) is not None,
    }


def _owner_changed(volume: Volume, since: datetime) -> bool:
    """Whether somebody else than the one who closed it has it now."""
    before = [a.account_id for a in volume.assignments if a.from_at <= since]
    return bool(before) and volume.dispute.mediator_id not in (None, before[-1])
