"""The only caller of the machine: check, move, let the move take effect, log, issue papers."""

from __future__ import annotations

from datetime import date

from mediation.errors import NotAllowed, Refused
from mediation.models.disputes import Dispute
from mediation.permissions import may_make
from mediation.services import deadlines, effects, papers
from mediation.services.acts import Case, Hand, act, past_day
from mediation.services.facts import facts_of
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Text
from mediation.workflow.machine import move
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition, leaving


def make(
    reference: str, transition: Transition, *, by: Hand, on: date | None = None, note: str = ""
) -> Dispute:
    """Make one move of the book, whole: the stage, its effects, history, papers, deadlines.

    Raises Refused with every unmet condition in one go, and what `act` raises.
    """
    with act(reference, by=by, permission=None) as case:
        return make_in(case, transition, on=on, note=note)


def make_in(
    case: Case, transition: Transition, *, on: date | None = None, note: str = ""
) -> Dispute:
    """The same inside an act that has already begun, where recording and moving are one act."""
    dispute, hand = case.dispute, case.hand
    verdict = may_make(hand.actor, transition, dispute)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    day = past_day("on", on, by=hand, not_before=dispute.registered_on)
    volume = open_volume(dispute, hand.today)
    before, after = dispute.stage, _checked_target(volume, transition, note)
    dispute.stage = after
    effects.take_effect(volume, transition, hand, day)
    case.log(transition.name, on=day, note=note, from_stage=before, to_stage=after)
    papers.issue_for(volume, transition, hand, day, note)
    deadlines.refresh(dispute, hand)
    return dispute


def _checked_target(volume: Volume, transition: Transition, note: str) -> Stage:
    """The stage the move leads to. Raises Refused, with all the reasons there are."""
    stage = volume.dispute.stage
    if transition not in leaving(stage):
        raise Refused(
            Text(
                f"这件事现在是“{stage.label.zh}”，不能“{transition.label.zh}”。请看最新的下一步。",
                f"The case is “{stage.label.en}” now; “{transition.label.en}” is not open.",
            )
        )
    facts = facts_of(volume)
    reasons = [c.value.todo for c in transition.unmet(facts)]
    if transition.value.asks_reason and not note.strip():
        reasons.append(Text("写上原因，一句话就行。", "Write the reason; one sentence will do."))
    if reasons:
        raise Refused(*reasons)
    target = move(stage, transition, facts)
    assert target is not None, "the machine and our own guards disagree"
    return target
