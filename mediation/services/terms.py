"""What a complete agreement needs (PML 29), and who needs a guardian."""

from __future__ import annotations

from mediation.models.agreements import Agreement, Obligation
from mediation.models.parties import Party
from mediation.wording import Text
from mediation.workflow.words import RepresentativeKind


def missing_terms(agreement: Agreement) -> tuple[Text, ...]:
    """Every thing still to be written, as sentences; empty when the terms are complete."""
    missing = []
    if not agreement.facts.strip():
        missing.append(Text("还没写纠纷的主要事实。", "The main facts are missing."))
    if not agreement.obligations:
        missing.append(Text("还没写谁要做什么。", "Nobody's duties are written down."))
    for obligation in agreement.obligations:
        missing += _missing_in(obligation)
    return tuple(missing)


def _missing_in(obligation: Obligation) -> list[Text]:
    at = obligation.position
    missing = []
    if obligation.due_on is None and not obligation.lasting and not obligation.condition:
        missing.append(Text(f"第{at}条还没写日期。", f"Item {at} has no date."))
    if obligation.amount_fen is not None and obligation.creditor_id is None:
        missing.append(
            Text(f"第{at}条有钱，还没写付给谁。", f"Item {at} names a sum but no payee.")
        )
    if obligation.amount_fen is not None and not obligation.how.strip():
        missing.append(Text(f"第{at}条还没写怎么付。", f"Item {at} does not say how to pay."))
    return missing


def capacity_settled(party: Party) -> bool:
    """A minor or a person without capacity acts through a guardian (CC 19 to 22)."""
    if not party.needs_guardian:
        return True
    return any(r.kind is RepresentativeKind.GUARDIAN for r in party.representatives)
