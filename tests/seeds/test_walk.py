"""The walker reaches every stage of the book through the real services."""

from __future__ import annotations

import pytest

from mediation.seeds.doings import ACTS
from mediation.seeds.walk import Duty, Story, Walker, dispute_at
from mediation.services.parties import PartyAnswers
from mediation.workflow.guards import Condition
from mediation.workflow.stages import Stage
from mediation.workflow.words import Side
from tests.site import Site

STORY = Story(
    title="院墙滴水",
    dispute_type="neighbours",
    place="柳溪村第一网格",
    parties=(
        PartyAnswers(name="陈桂兰", side=Side.APPLICANT),
        PartyAnswers(name="李建国", side=Side.RESPONDENT),
    ),
    duties=(
        Duty(debtor=1, creditor=0, what="赔偿修墙的钱", amount_fen=86000, how="现金", within_days=20),
        Duty(debtor=1, what="把屋檐的水引到自家院里", lasting=True),
    ),
    facts="屋檐的水滴到邻居墙上，墙皮掉了。",
)  # fmt: skip


def test_every_condition_has_its_act() -> None:
    assert set(ACTS) == set(Condition)


@pytest.mark.parametrize("stage", Stage, ids=lambda s: s.name)
def test_every_stage_is_reached(site: Site, stage: Stage) -> None:
    reference = dispute_at(stage, county=site.county, moving=site.clock, story=STORY)

    walker = Walker(site.county, site.clock, STORY)
    walker.reference = reference
    assert walker.stage is stage
