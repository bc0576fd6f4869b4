"""The way through the book of law: the shortest run of moves to where a story is to stand."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mediation.seeds.story import Story
from mediation.workflow.dispute_types import dispute_type
from mediation.workflow.guards import Condition as C
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition, leaving

Goal = Stage | Transition
T = Transition
_ENDS_THE_RULING = (T.SET_ASIDE, T.REMEDIATE, T.REOPEN)


class NoRoad(LookupError):
    """The rows lead from here to there in no way that this story may go."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dispute stands, and whether a court's ruling holds: some moves need one."""

    stage: Stage
    confirmed: bool = False

    def after(self, move: Transition) -> Standing:
        confirmed = (self.confirmed or move is T.CONFIRM) and move not in _ENDS_THE_RULING
        return Standing(move.value.target, confirmed)

    def open(self, barred: frozenset[Transition]) -> Iterator[Transition]:
        for move in leaving(self.stage):
            guards = move.value.guards
            barring = C.NOT_CONFIRMED_YET if self.confirmed else C.CONFIRMED_BY_COURT
            if move not in barred and barring not in guards:
                yield move


def barred_for(story: Story) -> frozenset[Transition]:
    """Moves that no record can open for this type of dispute and these terms."""
    kind = dispute_type(story.dispute_type)
    shut = set() if kind.oral_allowed else {C.ORAL_ALLOWED}
    if not kind.confirmable or story.declares_status:
        shut |= {C.CONFIRMABLE}
    if not story.duties:
        shut |= {C.TERMS_RECORDED}
    if all(duty.within_days is None for duty in story.duties):
        shut |= {C.SOMETHING_OVERDUE}
    return frozenset(move for move in Transition if shut & set(move.value.guards))


def road(
    start: Standing, goals: Iterable[Goal], barred: frozenset[Transition] = frozenset()
) -> tuple[Transition, ...]:
    """The moves from one standing over every goal in turn. Raises NoRoad."""
    found: list[Transition] = []
    for goal in goals:
        leg = _leg(start, goal, barred)
        for move in leg:
            start = start.after(move)
        found += leg
    return tuple(found)


def _leg(start: Standing, goal: Goal, barred: frozenset[Transition]) -> list[Transition]:
    if start.stage is goal:
        return []
    waiting, seen = deque([(start, [])]), {start}  # type: deque[tuple[Standing, list[Transition]]], set[Standing]
    while waiting:
        here, moves = waiting.popleft()
        for move in here.open(barred):
            there = here.after(move)
            if goal in (move, there.stage):
                return [*moves, move]
            if there not in seen:
                seen.add(there)
                waiting.append((there, [*moves, move]))
    raise NoRoad(f"{start.stage.name} → {goal.name}")
