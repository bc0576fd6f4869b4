"""The one door to the transitions library: a single machine for the process, built from the rows."""

from __future__ import annotations

from transitions import EventData, Machine

from mediation.workflow.facts import Facts
from mediation.workflow.guards import Condition
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition


class Walker:
    """Carries a state through one move, so that no library ever holds on to a stored row."""

    def __init__(self, stage: Stage) -> None:
        self.state = stage


def _as_condition(condition: Condition):  # type: ignore[no-untyped-def]  # the library's own protocol
    def holds(event: EventData) -> bool:
        return condition.met(event.kwargs["facts"])

    return holds


def build() -> Machine:
    """See house.md: no model, no initial state, no automatic `to_*` doors, no queue, no callbacks."""
    machine = Machine(
        model=None,
        states=Stage,
        initial=None,
        auto_transitions=False,
        queued=False,
        send_event=True,
    )
    for transition in Transition:
        row = transition.value
        for source in row.sources:
            machine.add_transition(
                transition.name,
                source,
                row.target,
                conditions=[_as_condition(c) for c in row.guards],
            )
    return machine


MACHINE = build()


def move(stage: Stage, transition: Transition, facts: Facts) -> Stage | None:
    """The stage the move leads to, or None when a condition does not hold.

    Raises transitions.MachineError when the move does not leave from this stage.
    """
    walker = Walker(stage)
    moved = MACHINE.events[transition.name].trigger(walker, facts=facts)
    return walker.state if moved else None
