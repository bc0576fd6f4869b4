"""Drafts are drawn beside the pages: no request waits, nobody else opens one, nothing of it stays."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest

from mediation.documents.press import PressFailed, press
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.seeds.stories import STORIES
from mediation.seeds.walk import dispute_at
from mediation.services import draft_press, site
from mediation.workflow.stages import Stage
from tests.browsers import Browser
from tests.site import Site

WHO = "shenjing"
STORY = next(seed.story for seed in STORIES if seed.story.dispute_type == "neighbours")


@pytest.fixture
def signing(sqlite_site: Site) -> tuple[Site, str]:
    """A case with terms, and where its draft is."""
    at_signing = dispute_at(
        Stage.SIGNING, county=sqlite_site.county, moving=sqlite_site.clock, story=STORY
    )
    return sqlite_site, f"/disputes/{at_signing}/draft"


def keeper(found: Site) -> Browser:
    return found.browser(WHO)


def owner(found: Site, who: str = WHO) -> str:
    return f"draft:{found.hand(who).actor.account_id}"


def state_of(browser: Browser, page: Any) -> Any:
    name = page.text.split("/papers/drafts/")[1].split('"')[0]
    return browser.raw(f"/papers/drafts/{name}")


def test_the_page_answers_at_once_and_opens_the_draft_when_it_is_there(
    signing: tuple[Site, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, path = signing
    browser, free, draw = keeper(found), Event(), press.draw

    def slow(*args: Any, **rest: Any) -> Any:
        assert free.wait(30), "a request waited for the press"
        return draw(*args, **rest)

    monkeypatch.setattr(press, "draw", slow)
    page = browser.get(path)
    assert "草稿待生成" in page.words
    assert "HX-Refresh" not in state_of(browser, page).headers
    assert "草稿待生成" in browser.get(path).words, "asked again, it still waits"
    free.set()
    answer = browser.draft(path)
    assert answer.data.startswith(b"%PDF")
    assert state_of(browser, page).headers["HX-Refresh"] == "true"


def test_it_is_drawn_once_while_it_says_the_same(
    signing: tuple[Site, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, path = signing
    browser, draw = keeper(found), press.draw_volume
    asked: list[int] = []

    def counted(letters: Any, **rest: Any) -> Any:
        asked.append(len(letters))
        return draw(letters, **rest)

    monkeypatch.setattr(press, "draw_volume", counted)
    first = browser.draft(path).data
    found.clock.tick(minutes=1)
    assert browser.draft(path).data == first
    assert len(asked) == 1
    reference = path.split("/")[2]
    db.session.query(Dispute).filter_by(reference=reference).update({"facts": "后来改了一个字。"})
    db.session.commit()
    assert browser.draft(path).data != first
    assert len(asked) == 2


def test_a_draft_is_for_whoever_asked_and_in_no_backup(signing: tuple[Site, str]) -> None:
    found, path = signing
    keeper(found).draft(path)
    store = site.here().store
    (kept,) = [p for p in (store.folder / "drafts").iterdir() if not p.name.startswith(".")]
    assert b"%PDF" not in kept.read_bytes()
    for who in ("hetianming", "shenjing", "zhouguilan", "machunyan"):
        content = draft_press._tray().get(kept.name, owner(found, who))
        assert (content is not None) == (who == WHO), who
    assert kept.name not in set(store.names())


def test_it_is_gone_after_a_few_minutes(signing: tuple[Site, str]) -> None:
    found, path = signing
    keeper(found).draft(path)
    folder = site.here().store.folder / "drafts"
    (kept,) = folder.iterdir()
    later = datetime.fromtimestamp(kept.stat().st_mtime + draft_press.KEPT_S + 1, UTC)
    assert draft_press._tray().get(kept.name, owner(found)) is not None
    assert draft_press._tray().get(kept.name, owner(found), later) is None
    draft_press.sweep(later)
    assert list(folder.iterdir()) == []


def test_a_press_that_breaks_down_is_said_and_then_tried_anew(
    signing: tuple[Site, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, path = signing
    browser = keeper(found)

    def broken(*_: Any, **__: Any) -> Any:
        raise PressFailed("the press stopped: EOFError")

    with monkeypatch.context() as patch:
        patch.setattr(press, "draw_volume", broken)
        page = browser.draft(path)
    assert page.status_code == 400
    assert "排印停了一下" in page.text
    assert browser.draft(path).data.startswith(b"%PDF")


def test_a_press_killed_under_a_draft_is_begun_anew(signing: tuple[Site, str]) -> None:
    found, path = signing
    press.warm_up()
    child = press._child
    assert child is not None
    child.kill()
    child.wait()
    browser = keeper(found)
    assert browser.draft(path).data.startswith(b"%PDF")
