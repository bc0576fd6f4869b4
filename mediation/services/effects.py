"""What a move changes beside the stage: numbers, dates, owners, the fate of a signing copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mediation.models import lists
from mediation.models.places import committee
from mediation.services.acts import Hand
from mediation.services.agreements import next_revision
from mediation.services.numbering import volume_number
from mediation.services.volumes import Volume
from mediation.workflow.documents import Document
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import AgreementForm, AgreementState, NoteKind, PaperState

Effect = Callable[[Volume, Hand, date], None]


def take_effect(volume: Volume, transition: T, hand: Hand, on: date) -> None:
    effect = _EFFECTS.get(transition)
    if effect is not None:
        effect(volume, hand, on)


def _accept(volume: Volume, hand: Hand, on: date) -> None:
    volume.dispute.accepted_on = on
    if volume.dispute.number is None:
        volume.dispute.number = volume_number(volume.dispute.committee, hand.today.year)


def _issue_signing_copy(volume: Volume, hand: Hand, on: date) -> None:
    agreement = volume.agreement
    assert agreement is not None
    agreement.state, agreement.form, agreement.made_on = (
        AgreementState.SIGNING,
        AgreementForm.WRITTEN,
        on,
    )


def _take_back(volume: Volume, hand: Hand, on: date) -> None:
    """The frozen copy becomes 已撤回; its terms live on in the next revision's draft."""
    agreement = volume.agreement
    if agreement is None or agreement.state is not AgreementState.SIGNING:
        return
    _void_papers(volume, on)
    next_revision(agreement, AgreementState.WITHDRAWN, hand)


def _void_papers(volume: Volume, on: date) -> None:
    for paper in volume.papers:
        if paper.kind == Document.MEDIATION_AGREEMENT.folder:
            paper.state, paper.withdrawn_on = PaperState.WITHDRAWN, on


def _make_effective(volume: Volume, hand: Hand, on: date) -> None:
    """In effect from the last of the three layers (PML 29), whatever day it is entered."""
    agreement = volume.agreement
    assert agreement is not None
    days = [s.signed_on for s in agreement.signatures if s.digest == agreement.digest]
    agreement.state, agreement.effective_on = AgreementState.EFFECTIVE, max(days)


def _settle_orally(volume: Volume, hand: Hand, on: date) -> None:
    """An oral agreement is in effect when reached (PML 30)."""
    agreement = volume.agreement
    assert agreement is not None
    agreement.form, agreement.state = AgreementForm.ORAL, AgreementState.EFFECTIVE
    agreement.made_on = agreement.effective_on = on


def _escalate(volume: Volume, hand: Hand, on: date) -> None:
    note = volume.note(NoteKind.ESCALATION)
    assert note is not None
    assert note.target_id is not None
    volume.dispute.first_committee_id = (
        volume.dispute.first_committee_id or volume.dispute.committee_id
    )
    _move_to_committee(volume, note.target_id, hand)


def _return_escalated(volume: Volume, hand: Hand, on: date) -> None:
    first = volume.dispute.first_committee_id
    assert first is not None
    _move_to_committee(volume, first, hand)


def _move_to_committee(volume: Volume, committee_id: int, hand: Hand) -> None:
    receiving = committee(committee_id)
    assert receiving is not None
    volume.dispute.committee = receiving
    volume.dispute.mediator = None
    end_assignment(volume.dispute.id, hand)


def end_assignment(dispute_id: int, hand: Hand) -> None:
    current = lists.open_assignment(dispute_id)
    if current is not None:
        current.until_at = hand.now


def _file(volume: Volume, hand: Hand, on: date) -> None:
    """From now on the dispute lies within the court's reach."""
    application = volume.application
    assert application is not None
    volume.dispute.court_id = application.court_id


def _return_for_correction(volume: Volume, hand: Hand, on: date) -> None:
    """The parties file again: the day of filing is to be recorded anew."""
    application = volume.application
    assert application is not None
    application.filed_on = None


def _end_application(volume: Volume, hand: Hand, on: date) -> None:
    if volume.application is not None:
        volume.application.open = False


def _new_round(volume: Volume, hand: Hand, on: date) -> None:
    """Talking begins again; what was agreed before is kept, and counts no longer."""
    _end_application(volume, hand, on)
    if volume.agreement is not None:
        volume.agreement.state = AgreementState.SUPERSEDED
    volume.dispute.closed_on = None
    volume.dispute.accepted_on = on


def _close(volume: Volume, hand: Hand, on: date) -> None:
    volume.dispute.closed_on = on


_EFFECTS: dict[T, Effect] = {
    T.ACCEPT: _accept,
    T.TAKE_OVER: _accept,
    T.ISSUE_SIGNING_COPY: _issue_signing_copy,
    T.REVISE_AGREEMENT: _take_back,
    T.RESUME_MEDIATION: _take_back,
    T.MAKE_EFFECTIVE: _make_effective,
    T.SETTLE_ORALLY: _settle_orally,
    T.PERFORM_ON_SPOT: _settle_orally,
    T.ESCALATE: _escalate,
    T.RETURN_ESCALATED: _return_escalated,
    T.FILE_APPLICATION: _file,
    T.RETURN_FOR_CORRECTION: _return_for_correction,
    T.DROP_CONFIRMATION: _end_application,
    T.COURT_DOES_NOT_ACCEPT: _end_application,
    T.REJECT: _end_application,
    T.WITHDRAW_APPLICATION: _end_application,
    T.REMEDIATE: _new_round,
    T.REOPEN: _new_round,
    T.CLOSE: _close,
}
