"""The ends a set of stories is led to: every final stage first, then every by-way of the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from mediation.seeds.roads import Goal, NoRoad, Standing, barred_for, road
from mediation.seeds.story import Story
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
    return _road(ending.goals, barred_for(story))


@cache
def _road(goals: tuple[Goal, ...], barred: frozenset[Transition]) -> tuple[Transition, ...]:
    return road(Standing(INITIAL), goals, barred)


def _end(*goals: Goal) -> Ending:
    return Ending(goals)


# fmt: off
# One row an end. The first of them are the final stages, one each.
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


_FINALS = 9


def spread(stories: Iterable[Story]) -> list[Ending]:
    """An end for each story: as many final stages as these stories can reach, then every by-way."""
    told = list(stories)
    chosen = _finals(told)
    waiting = [*ENDINGS[_FINALS:], *ENDINGS[:_FINALS]]
    for number, story in enumerate(told):
        if number not in chosen:
            chosen[number] = next(ending for ending in waiting if ending.suits(story))
            waiting.remove(chosen[number])
            waiting.append(chosen[number])
    return [chosen[number] for number in range(len(told))]


def _finals(stories: Sequence[Story]) -> dict[int, Ending]:
    """The final stages over the stories, so that the fewest are left out."""
    finals = ENDINGS[:_FINALS]
    suiting = {end: [n for n, one in enumerate(stories) if end.suits(one)] for end in finals}
    taken: dict[int, Ending] = {}
    for ending in finals:
        _take(ending, suiting, taken, set())
    return taken


def _take(
    ending: Ending, suiting: dict[Ending, list[int]], taken: dict[int, Ending], tried: set[int]
) -> bool:
    """Give the ending a story, moving another ending to a story of its own where that is needed."""
    for story in sorted(suiting[ending], key=lambda number: number in taken):
        if story in tried:
            continue
        tried.add(story)
        if story not in taken or _take(taken[story], suiting, taken, tried):
            taken[story] = ending
            return True
    return False
