"""Whole numbers of a person, one at a time: a call to a party of one's own case, or with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from mediation.errors import Invalid, NotAllowed, NotFound, TooManyTries
from mediation.models import database, history
from mediation.models.disputes import Dispute
from mediation.models.parties import Party
from mediation.permissions import Permission, may
from mediation.services.acts import Hand, reach_of
from mediation.wording import Text

MOST_AN_HOUR = 20
_REVEAL, _CALL = "reveal_identity", "call_party"


@dataclass(frozen=True, slots=True)
class Whole:
    """What was shown in full, to be shown once."""

    reference: str
    name: str
    phone: str
    id_number: str = ""
    address: str = ""


def call(reference: str, party_id: int, *, by: Hand) -> Whole:
    """The telephone of a party of one's own case, put on record."""
    dispute, party = _party(reference, party_id, by, Permission.CALL_PARTY)
    if not party.phone:
        raise Invalid("party_id", Text("这位当事人没有留电话。", "This party left no telephone."))
    _record(_CALL, dispute, party, by, "")
    return Whole(reference, party.name, party.phone)


def reveal(reference: str, party_id: int, reason: str, *, by: Hand) -> Whole:
    """Telephone, ID number and address in full, for a reason; so many an hour and no more."""
    dispute, party = _party(reference, party_id, by, Permission.REVEAL_IDENTITY)
    if len(reason.strip()) < 2:
        raise Invalid("reason", Text("写上为什么要看，一句话。", "Write why, in one sentence."))
    _check_limit(by)
    whole = Whole(
        reference, party.name, party.phone or "", party.id_number or "", party.address or ""
    )
    _record(_REVEAL, dispute, party, by, reason.strip())
    return whole


def revealable(reference: str, party_id: int, *, by: Hand) -> str:
    """The name of the party somebody is about to ask for; raises what `reveal` would."""
    return _party(reference, party_id, by, Permission.REVEAL_IDENTITY)[1].name


def _party(
    reference: str, party_id: int, by: Hand, permission: Permission
) -> tuple[Dispute, Party]:
    dispute = reach_of(by, reference)
    verdict = may(by.actor, permission, dispute)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    for party in dispute.parties:
        if party.id == party_id:
            return dispute, party
    raise NotFound


def _check_limit(by: Hand) -> None:
    since = by.now - timedelta(hours=1)
    if history.audits_since(by.actor.account_id or 0, _REVEAL, since) >= MOST_AN_HOUR:
        raise TooManyTries(
            Text(
                f"一小时最多看{MOST_AN_HOUR}次。过一会儿再看，或请委员会主任看。",
                f"At most {MOST_AN_HOUR} an hour. Try again later, or ask the chair.",
            )
        )


def _record(act: str, dispute: Dispute, party: Party, by: Hand, reason: str) -> None:
    entry = history.AuditEntry(
        at=by.now,
        account_id=by.actor.account_id,
        by_name=by.name,
        act=act,
        dispute_id=dispute.id,
        subject=f"party {party.id}",
        reason=reason[:200],
    )
    with database.transaction():
        history.audit(entry)
