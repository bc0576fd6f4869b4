"""The ends a set of stories is led to: every final stage first, then every by-way of the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mediation.seeds.roads import Goal, NoRoad, Standing, barred_by, road
from mediation.seeds.story import Story
from mediation.workflow import dispute_types
from mediation.workflow.stages import INITIAL, Stage
from mediation.workflow.transitions import Transition

S, T = Stage, Transition
_WRITTEN = T.MAKE_EFFECTIVE


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a story goes: the places it must pass, in order; the shortest road lies between."""

    goals: tuple[Goal, ...]

    def suits(self, story: Story) -> bool:
        """Whether the rows have such a road for this type of dispute and these terms."""
        try:
            moves_to(self, story)
        except NoRoad:
            return False
        return True


def moves_to(ending: Ending, story: Story) -> tuple[Transition, ...]:
    """Raises NoRoad."""
    kind = dispute_types.dispute_type(story.dispute_type)
    confirmable = kind.confirmable and not story.declares_status
    barred = barred_by(oral_allowed=kind.oral_allowed, confirmable=confirmable)
    return road(Standing(INITIAL), ending.goals, barred)


def _end(*goals: Goal) -> Ending:
    return Ending(goals)


# fmt: off
# One row an end. The first nine are the nine final stages.
ENDINGS = (
    _end(T.BEGIN_PERSUASION, _WRITTEN, S.CONFIRMED, S.PERFORMED, S.ARCHIVED),
    _end(S.NOT_ACCEPTED),
    _end(_WRITTEN, S.PERFORMED),
    _end(S.REFERRED),
    _end(_WRITTEN, S.CONFIRMED, S.ENFORCEMENT),
    _end(S.MEDIATING, S.WITHDRAWN),
    _end(S.MEDIATING, T.TERMINATE),
    _end(S.MEDIATING, T.TERMINATE, S.TO_COURT),
    _end(T.BEGIN_PERSUASION, S.MEDIATING, _WRITTEN, S.PERFORMED, S.CLOSED),
    # Settled by word of mouth.
    _end(S.MEDIATING, T.PERFORM_ON_SPOT, S.PERFORMED, S.ARCHIVED),
    _end(T.BEGIN_PERSUASION, T.SETTLE_ORALLY, S.PERFORMED, S.ARCHIVED),
    _end(S.MEDIATING, T.SETTLE_ORALLY, S.CONFIRMED, S.PERFORMED, S.CLOSED),
    # By-ways of the court.
    _end(_WRITTEN, T.RETURN_FOR_CORRECTION, S.CONFIRMED, S.PERFORMED, S.ARCHIVED),
    _end(_WRITTEN, S.CONFIRMATION_REFUSED, T.REMEDIATE, _WRITTEN, S.PERFORMED, S.ARCHIVED),
    _end(_WRITTEN, S.CONFIRMATION_NOT_ACCEPTED, S.PERFORMED, S.ARCHIVED),
    _end(_WRITTEN, S.CONFIRMATION_WITHDRAWN, S.PERFORMED, S.CLOSED),
    _end(_WRITTEN, T.DROP_CONFIRMATION, S.PERFORMED, S.ARCHIVED),
    _end(_WRITTEN, S.CONFIRMED, S.PERFORMED, S.CONFIRMATION_SET_ASIDE, S.TO_COURT, S.ARCHIVED),
    _end(_WRITTEN, S.CONFIRMED, S.ENFORCEMENT, S.PERFORMED, S.ARCHIVED),
    # By-ways of talking and performing.
    _end(_WRITTEN, S.BREACH, T.RESUME_PERFORMANCE, S.PERFORMED, S.ARCHIVED),
    _end(S.MEDIATING, S.ESCALATED, T.TAKE_OVER, _WRITTEN, S.PERFORMED, S.ARCHIVED),
    _end(S.MEDIATING, T.EXTEND, _WRITTEN, T.BEGIN_PERFORMANCE, S.PERFORMED, S.ARCHIVED),
    _end(S.SIGNING, T.REVISE_AGREEMENT, _WRITTEN, S.PERFORMED, S.ARCHIVED),
    _end(S.SIGNING, T.RESUME_MEDIATION, T.LEAVE, S.ARCHIVED),
    _end(_WRITTEN, S.PERFORMED, S.CLOSED, T.REOPEN, _WRITTEN, S.PERFORMED, S.ARCHIVED),
    _end(T.BEGIN_PERSUASION, T.LEAVE, S.TO_COURT, S.ARCHIVED),
    _end(S.MEDIATING, S.ESCALATED, T.RETURN_ESCALATED, T.TERMINATE, S.ARCHIVED),
    _end(_WRITTEN, S.BREACH, T.REMEDIATE, _WRITTEN, S.CONFIRMED, S.PERFORMED, S.ARCHIVED),
)
# fmt: on


def spread(stories: Iterable[Story]) -> Iterator[Ending]:
    """An end for each story: in turn, and an end that suits nobody now waits for one it suits."""
    waiting = list(ENDINGS)
    for story in stories:
        chosen = next(ending for ending in waiting if ending.suits(story))
        waiting.remove(chosen)
        waiting.append(chosen)
        yield chosen
