"""A paper that cannot be drawn says why in the language of whoever asks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mediation.documents.glyphs import GlyphMissing, PaperRefused, SignRefused, check
from mediation.documents.press import press
from mediation.models import disputes, papers
from mediation.models.database import db
from mediation.seeds.stories import STORIES
from mediation.seeds.walk import dispute_at
from mediation.services import paper_files
from mediation.workflow.documents import Document
from mediation.workflow.stages import Stage
from tests.documents.paper import example, letter
from tests.site import Site

HAN = re.compile(r"[\u3400-\u9fff]")
STORY = next(seed.story for seed in STORIES if seed.story.dispute_type == "neighbours")


@pytest.mark.parametrize(("text", "kind"), [("滴水😀", GlyphMissing), ("滴\u202e水", SignRefused)])
def test_a_refused_sign_is_named_in_both_languages(text: str, kind: type[PaperRefused]) -> None:
    with pytest.raises(kind) as refusal:
        check(text)
    assert "文书不能生成" in refusal.value.said.zh
    assert "U+" in refusal.value.said.en
    assert not HAN.search(refusal.value.said.en)


def test_the_reason_comes_whole_from_the_press() -> None:
    """The press is a process of its own; what it says crosses over in both languages."""
    made = letter(example("case_slip"))
    with pytest.raises(PaperRefused) as refusal:
        press.draw(replace(made, html=made.html.replace("<main>", "<main>😀")))
    assert refusal.value.said.zh == str(refusal.value)
    assert refusal.value.said.en.startswith("Our fonts do not hold this character")


def test_a_page_says_it_in_its_own_language(site: Site) -> None:
    reference = dispute_at(Stage.REGISTERED, county=site.county, moving=site.clock, story=STORY)
    row = disputes.find(reference, by=site.county.actor("shenjing"))
    assert row is not None
    asked_for = Document.MEDIATION_APPLICATION.folder
    paper = next(p for p in papers.papers_of(row.id) if p.kind == asked_for)
    number, address = paper.id, f"/papers/{paper.public_id}"
    db.session.rollback()
    with pytest.raises(GlyphMissing) as refusal:
        check("😀")
    paper_files.give_up(number, refusal.value.said)

    assert refusal.value.said.zh in site.browser("shenjing").get(address).words
    english = site.browser("shenjing", language="en").get(address).words
    assert refusal.value.said.en in english
    assert "字库" not in english
