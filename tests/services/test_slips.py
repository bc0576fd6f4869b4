"""A case code is recognised however it was typed, and only with its second half."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediation.models import database, disputes
from mediation.models.database import db
from mediation.seeds.stories import STORIES
from mediation.seeds.walk import dispute_at
from mediation.services import slips
from mediation.workflow.stages import Stage
from tests.site import Site

STORY = next(seed.story for seed in STORIES if seed.story.dispute_type == "neighbours")


def _wide(said: str) -> str:
    """As a Chinese keyboard writes figures and letters."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in said)


@pytest.mark.parametrize("phone", ["", "13900001234"], ids=["pin", "telephone"])
def test_figures_typed_wide_or_with_spaces_are_the_same_figures(site: Site, phone: str) -> None:
    first = replace(STORY.parties[0], phone=phone)
    story = replace(STORY, parties=(first, *STORY.parties[1:]))
    reference = dispute_at(Stage.REGISTERED, county=site.county, moving=site.clock, story=story)
    with database.transaction():
        row = disputes.find(reference, by=site.county.actor("shenjing"))
        assert row is not None
        party = row.parties[0]
        slip = slips.give_code(party)
        number = party.id
    second = slip.pin or phone[-4:]
    for typed in (second, _wide(second), " ".join(second)):
        for code in (slip.code, _wide(slip.code), slip.code.lower()):
            found = slips.recognise(code, typed)
            assert found is not None, (code, typed)
            assert found.id == number
    assert slips.recognise(slip.code, "0000" if second != "0000" else "1111") is None
    db.session.rollback()
