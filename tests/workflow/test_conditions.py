"""Conditions on real volumes: what a record opens, and what no record can."""

from __future__ import annotations

import pytest

from mediation.errors import Refused
from mediation.seeds.doings.court import answering, choose_court
from mediation.seeds.stories import STORIES
from mediation.seeds.walk import Walker
from mediation.services import transitions
from mediation.workflow.deadlines import Deadline
from mediation.workflow.guards import Condition as C
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import AnswerKind
from tests.site import Site

STORY = next(seed.story for seed in STORIES if seed.story.dispute_type == "neighbours")


def walker(site: Site) -> Walker:
    return Walker(site.county, site.clock, STORY)


def test_persuasion_has_its_week_and_then_mediation_may_begin(site: Site) -> None:
    """Nobody is talked to without end: with no result recorded, the week's end opens mediation."""
    one = walker(site).go(T.BEGIN_PERSUASION)
    clock = next(d for d in one.volume().deadlines if d.name == Deadline.PERSUASION.name)
    assert (clock.due_on - clock.start_on).days == 7
    assert clock.met_on is None
    assert C.PERSUASION_ENDED in T.BEGIN_MEDIATION.unmet(one.facts())
    with pytest.raises(Refused):
        transitions.make(one.reference, T.BEGIN_MEDIATION, by=one.keeper())

    site.clock.tick(days=8)

    transitions.make(one.reference, T.BEGIN_MEDIATION, by=one.keeper())
    clock = next(d for d in one.read_anew().deadlines if d.name == Deadline.PERSUASION.name)
    assert clock.met_on is not None


@pytest.mark.parametrize(("ground", "open_again"), [("wrong_court", True), ("ownership", False)])
def test_another_court_only_where_the_first_was_the_wrong_one(
    sqlite_site: Site, *, ground: str, open_again: bool
) -> None:
    one = walker(sqlite_site).go(Stage.CONFIRMATION_FILED)
    answering(AnswerKind.NOT_ACCEPTED, ground=ground)(one)
    assert one.read_anew().dispute.stage is Stage.CONFIRMATION_NOT_ACCEPTED

    choose_court(one)

    shut = C.ANOTHER_COURT in T.PREPARE_CONFIRMATION.unmet(one.facts())
    assert shut is not open_again
    if not open_again:
        with pytest.raises(Refused) as refusal:
            transitions.make(one.reference, T.PREPARE_CONFIRMATION, by=one.keeper())
        assert any("起诉" in reason.zh for reason in refusal.value.reasons)
