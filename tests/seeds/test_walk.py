"""The walker reaches every stage of the book through the real services."""

from __future__ import annotations

import pytest

from mediation.seeds import demo
from mediation.seeds.doings import ACTS
from mediation.seeds.walk import Duty, Story, Walker, dispute_at
from mediation.services.parties import PartyAnswers
from mediation.workflow.guards import Condition
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import Side
from tests.site import Site

S = Stage
STORY = Story(
    title="院墙滴水",
    dispute_type="neighbours",
    place="柳溪村第一网格",
    parties=(
        PartyAnswers(name="陈桂兰", side=Side.APPLICANT),
        PartyAnswers(name="李建国", side=Side.RESPONDENT),
    ),
    duties=(
        Duty(
            debtor=1, creditor=0, what="赔偿修墙的钱", amount_fen=86000, how="现金", within_days=20
        ),
        Duty(debtor=1, what="把屋檐的水引到自家院里", lasting=True),
    ),
    facts="屋檐的水滴到邻居墙上，墙皮掉了。",
)


def test_every_condition_has_its_act() -> None:
    assert set(ACTS) == set(Condition)


@pytest.mark.parametrize("stage", Stage, ids=lambda s: s.name)
def test_every_stage_is_reached(sqlite_site: Site, stage: Stage) -> None:
    site = sqlite_site
    reference = dispute_at(stage, county=site.county, moving=site.clock, story=STORY)

    walker = Walker(site.county, site.clock, STORY)
    walker.reference = reference
    assert walker.stage is stage


def test_a_walk_over_every_kind_of_move(site: Site) -> None:
    """Back and forth through the court, on both databases."""
    walker = Walker(site.county, site.clock, STORY)
    walker.go(
        T.BEGIN_PERSUASION, S.ESCALATED, T.TAKE_OVER, T.EXTEND, T.REVISE_AGREEMENT,
        T.RESUME_MEDIATION, T.MAKE_EFFECTIVE, T.RETURN_FOR_CORRECTION, S.CONFIRMATION_REFUSED,
        T.REMEDIATE, S.CONFIRMED, S.PERFORMED, S.CONFIRMATION_SET_ASIDE, T.REMEDIATE,
        T.SETTLE_ORALLY, S.BREACH, T.RESUME_PERFORMANCE, S.CLOSED, T.REOPEN, S.ARCHIVED,
    )  # fmt: skip
    moves = [e for e in walker.volume().events if e.to_stage is not None]
    assert demo.illegal_steps(moves) == []
    assert walker.stage is S.ARCHIVED


def test_a_ruling_ends_with_a_new_round(site: Site) -> None:
    """What was confirmed once cannot be enforced for what was agreed later."""
    walker = Walker(site.county, site.clock, STORY)
    walker.go(S.CONFIRMED, S.BREACH, T.REMEDIATE, S.BREACH)
    assert not walker.facts().confirmed_by_court
