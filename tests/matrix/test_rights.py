"""Who may do what to whose dispute: role × stage × move × ownership, against tests/golden/rights.txt.

A change of rights is a difference of that file, to be read before it is kept:

    MEDIATION_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/matrix/test_rights.py && git diff tests/golden
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mediation.permissions import Actor, Permission, Post, may, may_make, reach
from mediation.roles import ADMINISTRATORS, CASE_STAFF, Role, Scope
from mediation.workflow.stages import OPEN, Stage
from mediation.workflow.transitions import Transition, exits, leaving
from tests.matrix.goldens import hold

ME, SOMEBODY_ELSE = 1, 2
R = Role


@dataclass(slots=True, kw_only=True)
class Case:
    """A dispute in Grid 111 of Community 11, Township 1, County 1, with Committee 11 and Court 1."""

    id: int = 1
    county_id: int = 1
    township_id: int | None = 1
    community_id: int | None = 11
    grid_id: int | None = 111
    committee_id: int = 11
    court_id: int | None = 1
    mediator_id: int | None = SOMEBODY_ELSE
    opened_by_id: int | None = SOMEBODY_ELSE


# From near to far; every column of the file.
OWNERSHIP = {
    "own": Case(mediator_id=ME),
    "nobody's": Case(mediator_id=None),
    "colleague's": Case(),
    "brought": Case(opened_by_id=ME, grid_id=121, community_id=12, committee_id=12),
    "next committee": Case(community_id=12, grid_id=121, committee_id=12),
    "next township": Case(township_id=2, community_id=21, grid_id=211, committee_id=21),
    "other county": Case(
        county_id=2, township_id=3, community_id=31, grid_id=311, committee_id=31, court_id=2
    ),
}


def _post(role: Role) -> Post:
    seats = {
        R.GRID_WORKER: (111, "grid"),
        R.TOWNSHIP_MANAGER: (1, "township"),
        R.MEDIATOR: (11, "community"),
        R.COMMITTEE_CHAIR: (11, "community"),
    }
    place, kind = seats.get(role, (1, "county"))
    sits = role in (R.MEDIATOR, R.COMMITTEE_CHAIR)
    return Post(
        role,
        place,
        kind,
        f"/{place}/",
        11 if sits else None,
        1 if role is R.COURT_LIAISON else None,
    )


PEOPLE = {
    **{role.name: Actor("x", account_id=ME, posts=(_post(role),)) for role in CASE_STAFF},
    **{role.name: Actor("x", account_id=ME, posts=(_post(role),)) for role in ADMINISTRATORS},
    "PARTY OF IT": Actor("x", party_id=1, dispute_id=1),
    "PARTY OF ANOTHER": Actor("x", party_id=2, dispute_id=2),
    "NOBODY": Actor("x", account_id=ME),
}
_WIDTH = max(len(t.name) for t in Transition) + 4


def allowed(actor: Actor, stage: Stage, move: Transition, case: Case) -> bool:
    """As the service decides it, conditions aside: the move leaves from there, and it is theirs."""
    return move in leaving(stage) and may_make(actor, move, case).allowed


def _line(name: str, marks: list[bool], indent: int) -> str:
    cells = (
        ("●" if mark else "·").center(len(head))
        for mark, head in zip(marks, OWNERSHIP, strict=True)
    )
    return f"{' ' * indent}{name:<{_WIDTH - indent}}{'  '.join(cells)}".rstrip()


def _moves_of(actor: Actor) -> Iterator[str]:
    for stage in Stage:
        rows = [
            (move.name, [allowed(actor, stage, move, case) for case in OWNERSHIP.values()])
            for move in leaving(stage)
        ]
        mine = [_line(name, marks, 4) for name, marks in rows if any(marks)]
        if mine:
            yield f"  {stage.name}"
            yield from mine


def _permissions_of(actor: Actor) -> Iterator[str]:
    """What concerns no single dispute has one answer; the others one for each column."""
    for permission in Permission:
        cases = OWNERSHIP.values()
        concerns = permission.value.scope is not None
        marks = [may(actor, permission, c if concerns else None).allowed for c in cases]
        if any(marks):
            said = _line(permission.name, marks, 4) if concerns else f"    {permission.name}"
            yield said


def rights() -> str:
    lines = [
        "Who may do what, conditions aside. A line that is not here means: in no case.",
        "own: in charge of it · nobody's: of one's committee, without a mediator · colleague's: of",
        "one's committee, another's in hand · brought: registered by oneself,",
        "for a committee that is not one's own.",
    ]
    for name, actor in PEOPLE.items():
        lines += ["", f"{name:<{_WIDTH}}{'  '.join(OWNERSHIP)}"]
        lines += list(_permissions_of(actor)) + list(_moves_of(actor)) or ["    nothing"]
    return "\n".join(lines) + "\n"


def test_rights_are_those_of_the_golden_file() -> None:
    hold("rights.txt", rights())


# What must hold whatever the file says.


@pytest.mark.parametrize("stage", OPEN, ids=lambda s: s.name)
def test_a_party_of_it_may_always_leave_and_of_another_never(stage: Stage) -> None:
    for way in exits(stage):
        assert may_make(PEOPLE["PARTY OF IT"], way, Case()).allowed
        assert not may_make(PEOPLE["PARTY OF ANOTHER"], way, Case()).allowed


@pytest.mark.parametrize("name", [*(r.name for r in ADMINISTRATORS), "PARTY OF ANOTHER", "NOBODY"])
def test_who_keeps_the_machine_or_has_no_post_touches_no_case(name: str) -> None:
    for case in OWNERSHIP.values():
        assert not [t for t in Transition if may_make(PEOPLE[name], t, case).allowed]
        concerning = [p for p in Permission if p.value.scope is not None]
        assert not [p for p in concerning if may(PEOPLE[name], p, case).allowed]


@pytest.mark.parametrize("name", [n for n in PEOPLE if n != "PARTY OF IT"])
def test_nothing_reaches_into_another_county(name: str) -> None:
    far = OWNERSHIP["other county"]
    assert not [t for t in Transition if may_make(PEOPLE[name], t, far).allowed]
    assert not [r for r in reach(PEOPLE[name]) if getattr(far, r.column) == r.value]


@pytest.mark.parametrize("name", PEOPLE)
def test_whoever_may_act_may_also_see(name: str) -> None:
    """No right over a dispute that its holder could not even find."""
    actor = PEOPLE[name]
    for case in OWNERSHIP.values():
        seen = actor.dispute_id == case.id or any(
            getattr(case, r.column) == r.value for r in reach(actor)
        )
        acts = [t for t in Transition if may_make(actor, t, case).allowed]
        acts_too = [p for p in Permission if p.value.scope and may(actor, p, case).allowed]
        assert seen or not [*acts, *acts_too]


def test_a_colleagues_case_is_not_handled_by_a_mediator() -> None:
    mediator = PEOPLE[R.MEDIATOR.name]
    handled = [t for t in Transition if t.value.scope is Scope.HANDLED]
    assert not [t for t in handled if may_make(mediator, t, OWNERSHIP["colleague's"]).allowed]


def test_a_refusal_says_whose_it_is() -> None:
    verdict = may_make(PEOPLE["MEDIATOR"], Transition.CONFIRM, OWNERSHIP["own"])
    assert "法院联络员" in verdict.sentence.zh
    assert "Court liaison officer" in verdict.sentence.en
