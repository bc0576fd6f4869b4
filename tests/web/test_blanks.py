"""Blank forms on a page: every kind can be opened, with the head of one's own committee."""

from __future__ import annotations

from mediation.services.blanks import blanks
from tests.documents.paper import pages_of
from tests.site import Site


def test_every_kind_is_on_the_page_and_is_a_link(site: Site) -> None:
    mediator = site.browser("zhouguilan")
    assert "/papers/blanks" in mediator.get("/mine").links()
    page = mediator.get("/papers/blanks")
    for one in blanks():
        for language in one.languages:
            assert f"/papers/blanks/{one.slug}?language={language}" in page.links()


def test_a_blank_has_the_head_of_ones_own_committee_and_nobodys_name(site: Site) -> None:
    answer = site.browser("zhouguilan").draft("/papers/blanks/mediation-notice")
    text = "".join(pages_of(answer.data))
    assert "柳溪村人民调解委员会" in text
    assert "校验码" not in text
    assert "核对真伪" not in text


def test_the_whole_set_is_one_file(site: Site) -> None:
    """Everything that an office fills in by hand; not the poster, and not the court's own draft."""
    mediator = site.browser("zhouguilan")
    assert "/papers/blanks/all" in mediator.get("/papers/blanks").links()
    text = "".join(pages_of(mediator.draft("/papers/blanks/all").data))
    assert "授权委托书" in text
    assert "卷内目录" in text
    assert "民事裁定书" not in text


def test_what_is_no_paper_is_not_found(site: Site) -> None:
    mediator = site.browser("zhouguilan")
    mediator.get("/papers/blanks/nonsense", status=404)
    mediator.get("/papers/blanks/rights-notice?language=en", status=404)
