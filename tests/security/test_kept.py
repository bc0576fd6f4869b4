"""A session that ends under somebody's hands: what they wrote comes back to them, and to nobody else."""

from __future__ import annotations

from tests.browsers import Browser, Page
from tests.counter import register
from tests.security.test_posts import events
from tests.site import PASSWORD, Site

WORDS = "两家坐下来谈了一个下午，排水沟改到路边。"


def written_too_long(site: Site, url: str) -> tuple[Browser, Page]:
    """Somebody types for forty minutes and then presses the button."""
    browser = site.browser("zhouguilan")
    page = browser.get(url)
    site.clock.tick(minutes=40)
    return browser, browser.send(page, to="danger-check", status=401, choice="none", text=WORDS)


def test_what_was_written_comes_back_after_signing_in(site: Site) -> None:
    reference = register(site)
    browser, asked = written_too_long(site, f"/disputes/{reference}/records/danger-check")
    assert "没有丢" in asked.words
    assert WORDS not in asked.text, "whoever sits here next reads nothing"
    wrong = browser.send(
        asked, to="/sign-in", status=422, login="zhouguilan", password="not it at all"
    )
    back = browser.send(wrong, to="/sign-in", login="zhouguilan", password=PASSWORD)
    assert WORDS in back.text
    case = browser.send(back, to="danger-check")
    assert case.url.startswith(f"/disputes/{reference}")
    assert events(reference) == 2


def test_it_is_given_to_nobody_else(site: Site) -> None:
    reference = register(site)
    browser, asked = written_too_long(site, f"/disputes/{reference}/records/danger-check")
    page = browser.send(asked, to="/sign-in", login="hetianming", password=PASSWORD)
    assert page.url == "/today"
    assert WORDS not in page.text
    assert events(reference) == 1


def test_whoever_was_quicker_meanwhile_is_not_overwritten(site: Site) -> None:
    reference = register(site)
    url = f"/disputes/{reference}/records/danger-check"
    browser, asked = written_too_long(site, url)
    site.browser("hetianming").submit(url, choice="none", text="我先写的")
    back = browser.send(asked, to="/sign-in", login="zhouguilan", password=PASSWORD)
    assert WORDS in browser.send(back, to="danger-check", status=409).text
    assert events(reference) == 2


def test_what_is_no_seal_of_ours_opens_nothing(sqlite_site: Site) -> None:
    for forged in ("forged", "Zm9yZ2Vk", "é", "=" * 300):
        browser = sqlite_site.browser()
        action, fields = browser.filled(
            browser.get("/sign-in"), to="/sign-in", login="zhouguilan", password=PASSWORD
        )
        assert browser.answer(action, {**fields, "kept": forged}).status == 303
