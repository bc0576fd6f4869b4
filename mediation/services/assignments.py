"""Naming the mediator, declaring ties, and handing over a leaver's cases."""

from __future__ import annotations

from dataclasses import dataclass

from mediation.errors import Invalid
from mediation.models import accounts, disputes, lists, places
from mediation.models.accounts import Account
from mediation.models.database import db
from mediation.permissions import Permission
from mediation.services.acts import Case, Hand, act, append_event, free_act
from mediation.services.effects import end_assignment
from mediation.services.notes import NoteAnswers, add_note
from mediation.wording import Text
from mediation.workflow.records import Record
from mediation.workflow.words import NoteKind


def assign(
    reference: str,
    account_id: int,
    *,
    by: Hand,
    reason: str = "",
    chosen_by_party: bool = False,
    ties: str = "none",
    ties_text: str = "",
) -> None:
    """Name who handles it. Ties are declared in the same act; with ties, every party must accept."""
    permission = (
        Permission.RECORD_FACTS if account_id == by.actor.account_id else Permission.ASSIGN_MEDIATOR
    )
    with act(reference, by=by, permission=permission) as case:
        mediator = _of_committee(case, account_id)
        give(case, mediator, reason=reason, chosen_by_party=chosen_by_party)
        add_note(
            case,
            NoteKind.CONFLICT,
            NoteAnswers(choice=ties, text=ties_text, target_id=mediator.id),
            by.today,
        )


def give(case: Case, mediator: Account, *, reason: str = "", chosen_by_party: bool = False) -> None:
    """One open assignment at a time; the one before ends now."""
    end_assignment(case.dispute.id, case.hand)
    db.session.flush()
    db.session.add(
        lists.Assignment(
            dispute_id=case.dispute.id,
            account_id=mediator.id,
            chosen_by_party=chosen_by_party,
            reason=reason,
            from_at=case.hand.now,
        )
    )
    case.dispute.mediator = mediator
    case.log(Record.ASSIGNMENT.name, note=mediator.name, detail=reason)


def _of_committee(case: Case, account_id: int) -> Account:
    for account in accounts.mediators_of(case.dispute.committee_id, case.hand.today):
        if account.id == account_id:
            return account
    raise Invalid(
        "account_id",
        Text("请从本委员会的名单里选。", "Choose from this committee's list."),
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who mediates within one's reach, and how many open cases they have in hand."""

    account_id: int
    name: str
    load: int


def colleagues(*, by: Hand) -> list[Colleague]:
    """Mediators and chairs of every committee that one may hand cases over in."""
    found = {a.id: a.name for c in _committees(by) for a in accounts.mediators_of(c, by.today)}
    loads = disputes.open_counts(list(found))
    return [Colleague(number, name, loads.get(number, 0)) for number, name in found.items()]


def _committees(by: Hand) -> list[int]:
    """One's own committee, or every committee at or below one's place."""
    held = [p for p in by.actor.posts if p.role in Permission.HAND_OVER_CASES.value.roles]
    own = {p.committee_id for p in held if p.committee_id is not None}
    below = {
        place.id
        for p in held
        if p.committee_id is None
        for place in places.places_under(p.place_path)
    }
    return sorted(own | {c.id for c in places.committees() if c.place_id in below})


def hand_over(from_id: int, to_id: int, *, by: Hand, reason: str) -> int:
    """Give every open case of one mediator to another of the same committee; how many moved."""
    with free_act(by=by, permission=Permission.HAND_OVER_CASES):
        if from_id == to_id:
            raise Invalid("to_id", Text("接手的要是另一位。", "Choose somebody else."))
        moved = 0
        for dispute in disputes.open_of_mediator(from_id, by=by.actor):
            receiving = next(
                (a for a in accounts.mediators_of(dispute.committee_id, by.today) if a.id == to_id),
                None,
            )
            if receiving is None:
                raise Invalid(
                    "to_id",
                    Text(
                        "接手的人要在同一个委员会。", "The receiver must be of the same committee."
                    ),
                )
            end_assignment(dispute.id, by)
            db.session.flush()
            db.session.add(
                lists.Assignment(
                    dispute_id=dispute.id, account_id=to_id, reason=reason, from_at=by.now
                )
            )
            dispute.mediator_id, dispute.touched_at = to_id, by.now
            append_event(dispute, by, Record.ASSIGNMENT.name, note=receiving.name, detail=reason)
            moved += 1
        return moved
