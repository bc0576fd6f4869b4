"""Every kind of page on a phone and on a desk, in both languages: its measures, and what axe says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Open
from tests.browser.kinds import KINDS, Finder, Kind
from tests.browser.looks import axed, measured, switches

pytestmark = pytest.mark.browser
# What answers with a file, with bare words, or only sends on to another page.
_NO_PAGES = {
    "static", "home.healthz", "home.readyz", "lookup.short", "evidence.file", "papers.file",
    "papers.draft", "papers.draft_state", "print_runs.volume", "print_runs.letters",
    "court.ruling_draft", "party.paper", "covenants.draft", "covenants.read_file", "reports.csv", "reports.xlsx",
    "imports.template", "imports.left_out", "imports.left_out_of_look",
    "imports.original", "blanks.blank", "dossiers.file", "dossiers.spine", "word_copies.draft",
    "word_copies.paper", "word_templates.beginning", "word_templates.file", "word_templates.sample",
}  # fmt: skip

_FOR_THE_OTHERS = (
    "case signing",
    "case long names",
    "record terms",
    "record sitting",
    "move accept",
)


def opened(kind: Kind, finder: Finder, visit: Open, **rest: object) -> Page:
    path = kind.path(finder)
    who = finder.keeper_of(path) if kind.who == "keeper" else kind.who
    return visit(path, who=who, status=kind.status, keep=True, **rest)


def _one_of_many(kind: Kind) -> bool:
    """Forty pages are drawn by three templates; one of each stands for the others."""
    family = kind.name.partition(" ")[0]
    return family in ("case", "record", "move") and kind.name not in _FOR_THE_OTHERS


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_page(kind: Kind, language: str, finder: Finder, visit: Open) -> None:
    """axe reads every phone's page in Chinese, and the desk's in English once for each template."""
    page = opened(kind, finder, visit, language=language)
    wrong = {"phone": measured(page), "desk": []}
    if language == "zh":
        wrong["phone"] += axed(page)
    page.set_viewport_size({"width": WIDTHS["desk"], "height": 800})
    wrong["desk"] += measured(page)
    if language == "en" and not _one_of_many(kind):
        wrong["desk"] += axed(page)
    assert wrong == {"phone": [], "desk": []}
    assert switches(page) >= 1, "no way to the other language"


@pytest.mark.parametrize(
    "name", ["case long names", "court review long names", "register", "party", "board"]
)
@pytest.mark.parametrize("width", [320, 640])
def test_narrow_and_enlarged(name: str, width: int, finder: Finder, visit: Open) -> None:
    """The narrowest phone, and a desk at 200 %, which gets the phone's page."""
    kind = next(k for k in KINDS if k.name == name)
    page = opened(kind, finder, visit)
    page.set_viewport_size({"width": width, "height": 700})
    assert measured(page) == []
    assert not page.locator(".doors-wide").is_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["case long names", "register", "today", "court review"])
def test_large_letters(name: str, language: str, finder: Finder, visit: Open) -> None:
    kind = next(k for k in KINDS if k.name == name)
    page = opened(kind, finder, visit, language=language)
    page.context.add_cookies([{"name": "large", "value": "1", "url": page.url}])
    page.reload()
    try:
        assert page.locator("html.large").count() == 1
        assert measured(page, least=22, target=60) == []
    finally:
        page.context.clear_cookies(name="large")


def test_every_page_of_the_site_is_among_the_kinds(finder: Finder) -> None:
    """A new page joins the list in kinds.py, and with it all the measures above."""
    app = finder.site.app
    routes = app.url_map.bind("localhost")
    walked = {
        routes.match(kind.path(finder).partition("?")[0])[0] for kind in KINDS if kind.status == 200
    }
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - walked - _NO_PAGES == set()
