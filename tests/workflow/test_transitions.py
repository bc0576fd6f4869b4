"""The rows as law: a way in, a way out and a way to court everywhere; no condition without an answer."""

from __future__ import annotations

import dataclasses
import inspect
import random
import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, get_type_hints

import pytest
from transitions import MachineError

from mediation.roles import ADMINISTRATORS, Role
from mediation.workflow import documents, guards, records
from mediation.workflow.dispute_types import OFFICIAL
from mediation.workflow.documents import Document, makes_sense
from mediation.workflow.facts import Facts
from mediation.workflow.guards import Condition as C
from mediation.workflow.law import CITATIONS
from mediation.workflow.machine import MACHINE, move
from mediation.workflow.plain_words import TOLD
from mediation.workflow.records import Record, record_by_slug
from mediation.workflow.stages import BEFORE_EFFECT, ENDS, INITIAL, OPEN, Phase, Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.transitions import by_slug, exits, leaving

EDGES = [(stage, move_) for move_ in T for stage in move_.value.sources]
NAMED_EDGES = [pytest.param(s, t, id=f"{s.name}-{t.name}") for s, t in EDGES]


def reached(start: Stage, without: Collection[T] = ()) -> set[Stage]:
    """Where one comes from there, the moves of `without` left out."""
    found, waiting = {start}, [start]
    while waiting:
        for onward in leaving(waiting.pop()):
            if onward.value.target not in found and onward not in without:
                found.add(onward.value.target)
                waiting.append(onward.value.target)
    return found


# Ways in, ways out, the way to court.


def test_every_stage_is_reached_from_registration() -> None:
    assert set(Stage) == reached(INITIAL)
    assert T.REGISTER.value.target is INITIAL
    assert [t for t in T if not t.value.sources] == [T.REGISTER]


@pytest.mark.parametrize("stage", Stage, ids=lambda s: s.name)
def test_every_stage_leads_to_the_archive(stage: Stage) -> None:
    assert Stage.ARCHIVED in reached(stage)
    assert bool(leaving(stage)) == (stage is not Stage.ARCHIVED)


@pytest.mark.parametrize("stage", OPEN, ids=lambda s: s.name)
def test_from_every_open_stage_a_party_goes_to_court_unasked(stage: Stage) -> None:
    """No condition, no reason, nobody's leave: that a party says so is enough."""
    ways = [t for t in exits(stage) if t.value.target is Stage.TO_COURT]
    assert len(ways) == 1
    for way in exits(stage):
        assert Role.PARTY in way.value.roles, way.name
        assert way.value.guards == (), way.name
        assert not way.value.asks_reason, way.name


@pytest.mark.parametrize("stage", BEFORE_EFFECT, ids=lambda s: s.name)
def test_before_an_agreement_a_party_also_withdraws_or_leaves(stage: Stage) -> None:
    assert {T.WITHDRAW, T.LEAVE, T.TAKE_TO_COURT} <= set(exits(stage))


@pytest.mark.parametrize("stage", ENDS, ids=lambda s: s.name)
def test_every_end_is_closed_and_archived(stage: Stage) -> None:
    assert T.CLOSE in leaving(stage)
    assert T.ARCHIVE in leaving(T.CLOSE.value.target)


def test_after_mediation_failed_the_court_is_still_one_step_away() -> None:
    assert T.TAKE_TO_COURT in leaving(Stage.TERMINATED)


def test_stages_are_those_of_four_phases() -> None:
    assert len(Phase) == 4
    assert {stage.phase for stage in Stage} == set(Phase)
    assert set(OPEN).isdisjoint(ENDS)
    assert {*OPEN, *ENDS, Stage.CLOSED, Stage.ARCHIVED} == set(Stage)


# Who.


@pytest.mark.parametrize("row", T, ids=lambda t: t.name)
def test_a_move_is_made_by_people_of_the_case(row: T) -> None:
    roles = set(row.value.roles)
    assert roles
    assert roles.isdisjoint({*ADMINISTRATORS, Role.COUNTY_MANAGER})
    if Role.COURT_LIAISON in roles:
        assert roles == {Role.COURT_LIAISON}, "what a court decided is recorded by the court alone"
    if Role.PARTY in roles and not row.value.exit:
        assert row in (T.DROP_CONFIRMATION, T.SEEK_ENFORCEMENT)


def test_only_the_court_moves_what_lies_with_it() -> None:
    with_court = (Stage.CONFIRMATION_FILED, Stage.CONFIRMATION_ACCEPTED)
    moves = {t for stage in with_court for t in leaving(stage) if not t.value.exit}
    assert all(t.value.roles == (Role.COURT_LIAISON,) for t in moves)


# Conditions.


@pytest.mark.parametrize("condition", C, ids=lambda c: c.name)
def test_every_condition_is_used_and_names_a_record_or_none(condition: C) -> None:
    assert [t for t in T if condition in t.value.guards]
    if condition.value.record:
        assert record_by_slug(condition.value.record) in Record
    for said in (condition.value.sentence, condition.value.todo):
        assert said.zh
        assert said.en


# What no record can mend, and why; the refusal's own words then name another way.
NOT_TO_BE_MENDED = {
    C.ORAL_ALLOWED: "the type of dispute needs a written agreement",
    C.BEFORE_EXPIRY: "time has run out: it is ended, and the other ways are told",
    C.NOT_CONFIRMED_YET: "there is nothing left to ask the court for",
    C.ANOTHER_COURT: "no court would take it: perform, mediate again or sue",
    C.WITHIN_WINDOW: "the thirty days have passed: perform, or sue",
    C.CONFIRMABLE: "personal status and ownership are the court's own matter",
    C.CONFIRMED_BY_COURT: "without a ruling one sues",
    C.WITHIN_ENFORCEMENT: "the two years have passed",
    C.WITHIN_REOPENING: "the ninety days have passed: a new case is registered",
    C.SOMETHING_OVERDUE: "nobody is in breach before the day has passed",
    C.PAPERS_COMPLETE: "papers are supplied on their own page",
}
# What the way to a stage has settled for good, so that nobody is asked to record it there.
SETTLED_BEFORE = {
    C.OBLIGATIONS_EXIST: (C.TERMS_COMPLETE, C.TERMS_RECORDED),
    C.TERMS_WRITTEN: (C.EVERYONE_SIGNED, C.TERMS_WRITTEN),
}


@pytest.mark.parametrize(("stage", "row"), NAMED_EDGES)
def test_what_is_unmet_can_be_met_where_one_stands(stage: Stage, row: T) -> None:
    """The record that answers a condition is open in the stage from which the move leaves."""
    for condition in row.value.guards:
        if condition in NOT_TO_BE_MENDED or not _may_be_unmet(condition, stage):
            continue
        named = condition.value.record
        assert named, f"{condition.name} names no record and no other way"
        open_here = stage in record_by_slug(named).value.open_in
        assert open_here or condition in SETTLED_BEFORE, f"{condition.name}: {named}"


def _may_be_unmet(condition: C, stage: Stage) -> bool:
    return any(not condition.met(dataclasses.replace(f, stage=stage)) for f in SAMPLE[:200])


@pytest.mark.parametrize("condition", NOT_TO_BE_MENDED, ids=lambda c: c.name)
def test_where_nothing_mends_it_another_move_is_open(condition: C) -> None:
    assert not condition.value.record
    for stage, row in EDGES:
        if condition in row.value.guards:
            others = [t for t in leaving(stage) if condition not in t.value.guards]
            assert others, f"{stage.name} {row.name}"


@pytest.mark.parametrize("condition", SETTLED_BEFORE, ids=lambda c: c.name)
def test_what_counts_as_settled_was_a_condition_on_every_way_there(condition: C) -> None:
    """Take away the moves that ask for it: the stages where it is not recorded are out of reach."""
    asks = {t for t in T if set(SETTLED_BEFORE[condition]) & set(t.value.guards)}
    without = reached(INITIAL, without=asks)
    recorded_in = record_by_slug(condition.value.record).value.open_in
    for stage, row in EDGES:
        if condition in row.value.guards and stage not in recorded_in:
            assert stage not in without, f"{stage.name} {row.name}"


def _random_facts(chance: random.Random) -> Facts:
    """Any combination, possible or not: the guards and the machine must agree on all of them."""

    def day() -> date:
        return date(2026, 1, chance.randint(1, 10))

    values: dict[Any, Callable[[], object]] = {
        date: day,
        bool: lambda: chance.random() < 0.5,
        int: lambda: chance.randint(0, 3),
        Stage: lambda: chance.choice(tuple(Stage)),
        date | None: lambda: chance.choice((None, day())),
    }
    return Facts(**{name: values[kind]() for name, kind in get_type_hints(Facts).items()})  # type: ignore[arg-type]


_CHANCE = random.Random(20260706)
SAMPLE = tuple(_random_facts(_CHANCE) for _ in range(12000))


@pytest.mark.parametrize("condition", C, ids=lambda c: c.name)
def test_every_condition_can_hold_and_can_fail(condition: C) -> None:
    assert {condition.met(facts) for facts in SAMPLE} == {True, False}


def test_every_fact_is_looked_at() -> None:
    rooms = "".join(inspect.getsource(room) for room in (guards, records, documents))
    looked_at = {*re.findall(r"\bf\.(\w+)", rooms), *re.findall(r'_before\(f, "(\w+)"', rooms)}
    assert {field.name for field in dataclasses.fields(Facts)} - looked_at == {"today"}


# The machine.


@pytest.mark.parametrize("row", [t for t in T if t.value.sources], ids=lambda t: t.name)
def test_the_machine_agrees_with_our_guards(row: T) -> None:
    """It moves when all hold, and each condition alone holds it back."""
    stage = row.value.sources[0]
    held_back: set[C] = set()
    moved = 0
    for facts in (dataclasses.replace(f, stage=stage) for f in SAMPLE):
        unmet = row.unmet(facts)
        if len(unmet) == 1 or (not unmet and not moved):
            assert move(stage, row, facts) is (None if unmet else row.value.target)
            held_back |= set(unmet)
            moved += not unmet
    assert moved
    assert held_back == {c for c in row.value.guards if _may_be_unmet(c, stage)}


def test_the_machine_has_our_moves_and_no_others() -> None:
    known = {
        (source, name) for name, event in MACHINE.events.items() for source in event.transitions
    }
    assert known == {(stage.name, row.name) for stage, row in EDGES}


def test_a_move_from_the_wrong_stage_is_an_error() -> None:
    with pytest.raises(MachineError):
        move(Stage.ARCHIVED, T.ACCEPT, Facts(today=date(2026, 1, 1), stage=Stage.ARCHIVED))  # fmt: skip


def test_a_refusal_lists_everything_at_once() -> None:
    bare = Facts(today=date(2026, 7, 6), stage=Stage.REGISTERED)
    assert T.ACCEPT.unmet(bare) == (
        C.TWO_SIDES, C.DANGER_CHECKED, C.EVERYONE_ASKED, C.MEDIATOR_NAMED, C.RIGHTS_TOLD
    )  # fmt: skip


# Law, papers, words.


def _keys() -> Iterable[str]:
    for row in T:
        yield from row.value.basis
    for kind in OFFICIAL:
        yield from kind.basis


def test_every_citation_is_in_the_book() -> None:
    assert set(_keys()) <= set(CITATIONS)
    assert [row.name for row in T if not row.value.basis] == []
    assert [row.name for row in T if len(set(row.value.basis)) < len(row.value.basis)] == []


def test_no_move_rests_on_working_rules_alone_but_the_two_that_only_they_know() -> None:
    alone = {t for t in T if all(CITATIONS[key].working_rule for key in t.value.basis)}
    assert alone == {T.EXTEND, T.RETURN_ESCALATED}


def test_every_paper_comes_of_a_move_or_a_record_or_is_asked_for() -> None:
    moves = {paper for row in T for paper in row.value.papers}
    recorded = {paper for record in Record for paper in record.value.papers}
    asked_for = {d for d in Document if d.value.on_request}
    assert moves | recorded | asked_for == set(Document)
    assert not asked_for & (moves | recorded), "printed by itself, or when somebody asks: not both"
    assert all(d.value.use.en for d in asked_for)
    assert not any(d.value.use.en for d in set(Document) - asked_for)


@pytest.mark.parametrize("paper", [d for d in Document if d.value.on_request], ids=lambda d: d.name)
def test_every_paper_on_request_makes_sense_at_some_time(paper: Document) -> None:
    always = paper is Document.VOLUME_NOTE
    assert {makes_sense(paper, facts) for facts in SAMPLE} == ({True} if always else {True, False})


def test_whoever_ends_it_early_is_told_the_other_ways_on_paper() -> None:
    tells = {
        Document.TERMINATION_NOTICE, Document.OTHER_WAYS_NOTICE, Document.NON_ACCEPTANCE_NOTICE,
        Document.REFERRAL_LETTER, Document.WITHDRAWAL_REQUEST,
    }  # fmt: skip
    early = [t for t in T if t.value.target in ENDS and t.value.target is not Stage.PERFORMED]
    assert [t.name for t in early if not tells & set(t.value.papers)] == []


def test_every_stage_tells_a_party_where_they_stand() -> None:
    assert set(TOLD) == set(Stage)
    assert all(told.stands.en and told.next.en for told in TOLD.values())


def test_names_in_addresses_lead_back() -> None:
    assert all(by_slug(row.slug) is row for row in T)
    assert all(record_by_slug(record.slug) is record for record in Record)
    with pytest.raises(KeyError):
        by_slug("no-such-move")
