"""The usual next step: which move fits what people have said and done, and what it still needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from mediation.services.volumes import Volume
from mediation.workflow.facts import Facts
from mediation.workflow.guards import Condition
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import (
    Answer,
    PersuasionResult,
    Question,
    SittingResult,
)

Fits = Callable[[Facts, Volume], bool]


class Open(Protocol):
    """A move as a page sees it."""

    @property
    def transition(self) -> T: ...
    @property
    def unmet(self) -> tuple[Condition, ...]: ...
    @property
    def allowed(self) -> bool: ...


M = TypeVar("M", bound=Open)


def usual(moves: Sequence[M], facts: Facts, volume: Volume) -> M | None:
    """The one move to offer: what somebody has prepared, else the main road, else the way out.

    A move that needs a reason is a step back or aside: never the usual one. Where nothing is this
    person's turn, the move that others are expected to make.
    """
    forward = [m for m in moves if _forward(m) or (_unsettled(m, volume))]
    main = [m for m in forward if m.transition not in _BY_WAYS and _fits(m, facts, volume)]
    mine = [m for m in forward if m.allowed]
    prepared = [m for m in mine if m.transition in _BY_WAYS and not m.unmet]
    aside = [m for m in mine if m.transition in _WAYS_OUT]
    for found in (prepared, [m for m in main if m.allowed], aside, main, forward, moves):
        if found:
            return found[0]
    return None


def _forward(move: Open) -> bool:
    return not move.transition.value.asks_reason and move.transition not in _RARE


def _unsettled(move: Open, volume: Volume) -> bool:
    """A closed case of which a party says that it is not settled is opened, not archived."""
    return move.transition is T.REOPEN and says_unsettled(volume)


def says_unsettled(volume: Volume) -> bool:
    """Whether some party, asked last, says that the matter is not really settled."""
    said = [volume.answer(p, Question.SOLVED) for p in volume.disputants]
    return any(a is not None and a.answer is Answer.NO for a in said)


def still_needed(move: Open, volume: Volume) -> Condition | None:
    """The first thing to record for a move. Talks that go on are continued before they are written up."""
    if move.transition is T.DRAFT_AGREEMENT and _sits_again(volume):
        return Condition.SITTING_HELD
    recordable = [c for c in move.unmet if c.value.record]
    return recordable[0] if recordable else None


def _fits(move: Open, facts: Facts, volume: Volume) -> bool:
    test = _FITS.get(move.transition)
    return test is None or test(facts, volume)


# Not a step of anybody's day: only when a court has really set its ruling aside.
_RARE = (T.SET_ASIDE,)
# Beside the main road: offered as the next step only to who has recorded all that they need.
_BY_WAYS = (
    T.DO_NOT_ACCEPT, T.REFER, T.PERFORM_ON_SPOT, T.EXTEND, T.ESCALATE, T.TERMINATE,
)  # fmt: skip
# Where the main road is shut, one of these tells the parties the other ways.
_WAYS_OUT = (T.DO_NOT_ACCEPT, T.TERMINATE)


def _may_be_taken(facts: Facts, volume: Volume) -> bool:
    return not facts.somebody_refuses and not facts.taken_elsewhere


def _persuasion_welcome(facts: Facts, volume: Volume) -> bool:
    """Nobody has declined it: whoever does goes straight on to mediation (PML 3, 17)."""
    return not facts.mediation_asked_for and not facts.somebody_refuses


def _settled_by_persuasion(facts: Facts, volume: Volume) -> bool:
    """The persuader brought them together: what is left is to write it down."""
    last = volume.persuasions[-1].result if volume.persuasions else None
    settled = facts.stage is Stage.PERSUADING and last is PersuasionResult.SETTLED
    return settled and facts.oral_allowed and not facts.somebody_refuses


def _to_be_mediated(facts: Facts, volume: Volume) -> bool:
    last = volume.persuasions[-1].result if volume.persuasions else None
    if facts.stage is Stage.PERSUADING and last is PersuasionResult.REFUSED:
        return False
    return not facts.somebody_refuses and not _settled_by_persuasion(facts, volume)


def _by_their_own_wish(facts: Facts, volume: Volume) -> bool:
    """Enforcement is a party's own application: never the mediator's usual step."""
    return False


def _talks_go_on(facts: Facts, volume: Volume) -> bool:
    last = volume.sittings[-1].result if volume.sittings else None
    return not facts.somebody_refuses and not (
        last is SittingResult.NOT_AGREED and facts.sittings_held > 0 and not facts.terms_recorded
    )


def _sits_again(volume: Volume) -> bool:
    """The last session was to be continued, and nothing has been agreed since."""
    last = volume.sittings[-1] if volume.sittings else None
    return last is not None and last.result is SittingResult.CONTINUE and volume.agreement is None


def _confirmation_wanted(facts: Facts, volume: Volume) -> bool:
    """Both ask for it, or nobody has been asked yet; and a court could still take it."""
    if facts.confirmed_by_court or not facts.confirmable or facts.status_or_ownership_declared:
        return False
    if facts.confirmation_due_on is None or facts.today > facts.confirmation_due_on:
        return False
    if facts.stage is Stage.CONFIRMATION_NOT_ACCEPTED and not facts.another_court_open:
        return False
    unasked = not facts.confirmation_asked and facts.stage is not Stage.PERFORMING
    return facts.everyone_wants_confirmation or (unasked and not _declines(volume))


def _declines(volume: Volume) -> bool:
    said = [volume.answer(p, Question.CONFIRMATION) for p in volume.disputants]
    return any(a is not None and a.answer is not Answer.YES for a in said)


def _nothing_late(facts: Facts, volume: Volume) -> bool:
    return facts.everything_proved or not facts.something_overdue


def _late(facts: Facts, volume: Volume) -> bool:
    return facts.something_overdue


def _both_would_talk(facts: Facts, volume: Volume) -> bool:
    """After a breach only who both said so; after a court's no the question itself comes first."""
    if facts.stage is Stage.BREACH:
        return facts.everyone_would_remediate
    said = [volume.answer(p, Question.REMEDIATION) for p in volume.disputants]
    return not any(a is not None and a.answer is not Answer.YES for a in said)


def _nobody_objects(facts: Facts, volume: Volume) -> bool:
    return not says_unsettled(volume)


_FITS: dict[T, Fits] = {
    T.ACCEPT: _may_be_taken,
    T.BEGIN_PERSUASION: _persuasion_welcome,
    T.BEGIN_MEDIATION: _to_be_mediated,
    T.SETTLE_ORALLY: _settled_by_persuasion,
    T.SEEK_ENFORCEMENT: _by_their_own_wish,
    T.DRAFT_AGREEMENT: _talks_go_on,
    T.PREPARE_CONFIRMATION: _confirmation_wanted,
    T.DECLARE_PERFORMED: _nothing_late,
    T.DECLARE_BREACH: _late,
    T.REMEDIATE: _both_would_talk,
    T.ARCHIVE: _nobody_objects,
}
