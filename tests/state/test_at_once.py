"""Two people at once, and the same form twice: nothing doubled, nothing overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.history import Event
from mediation.models.papers import Paper
from tests.browsers import Browser
from tests.counter import filled_in, register
from tests.site import Site

DANGER: dict[str, Any] = {"choice": "none", "text": "看过了，没有危险"}


def counted(query: object) -> int:
    found: int = db.session.scalar(query) or 0  # type: ignore[call-overload]
    db.session.rollback()
    return found


def test_eight_copies_of_one_form_register_one_case(site: Site) -> None:
    browser = site.browser("zhouguilan")
    page = browser.get("/disputes/register")
    action, data = browser.filled(page, **filled_in(site))
    start = Barrier(8)

    def send(_: int) -> tuple[int, str]:
        client = site.app.test_client()
        for name in ("wusong", "wusong_form"):
            cookie = browser.client.get_cookie(name)
            assert cookie is not None
            client.set_cookie(name, cookie.value)
        start.wait()
        answer = client.post(action, data=data)
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {status for status, _ in answers} == {303}, answers
    assert len({place for _, place in answers}) == 1, "every copy is told of the same case"
    assert counted(select(func.count(Dispute.id))) == 1
    assert counted(select(func.count(Event.id))) == 1
    assert counted(select(func.count(Paper.id)).where(Paper.kind == "case_slip")) == 2


def test_of_two_editors_the_second_is_told_and_loses_nothing(site: Site) -> None:
    reference = register(site)
    url = f"/disputes/{reference}/records/danger-check"
    first, second = site.browser("zhouguilan"), site.browser("hetianming")
    stale = second.get(url)
    first.submit(url, **DANGER)
    answer = second.send(stale, status=409, choice="elsewhere", text="听说派出所来过，问清楚")
    assert "听说派出所来过，问清楚" in answer.text, "what the second typed is still there"
    assert "周桂兰" in answer.text, "and who was quicker"
    assert counted(select(func.count(Event.id)).where(Event.act == "DANGER_CHECK")) == 1


def test_sixteen_writers_lose_nothing(site: Site) -> None:
    """Each records one call for help of their own in the same case; all sixteen are kept."""
    reference = register(site)
    start = Barrier(16)

    def write(number: int) -> None:
        from mediation.services.notes import NoteAnswers, record_note
        from mediation.workflow.words import NoteKind

        with site.app.app_context():
            by = site.hand("zhouguilan")
            start.wait()
            record_note(
                reference, NoteKind.DANGER_CHECK,
                NoteAnswers(choice="none", text=f"第{number}次"), by=by,
            )  # fmt: skip

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(16)))
    assert counted(select(func.count(Event.id)).where(Event.act == "DANGER_CHECK")) == 16


def test_a_form_is_good_for_its_own_case_only(site: Site) -> None:
    one, other = register(site), register(site)
    browser = site.browser("zhouguilan")
    page = browser.get(f"/disputes/{one}/records/danger-check")
    _, data = browser.filled(page, **DANGER)
    answer = browser.client.post(f"/disputes/{other}/records/danger-check", data=data)
    assert answer.status_code in (400, 409, 410, 422)
    assert counted(select(func.count(Event.id)).where(Event.act == "DANGER_CHECK")) == 0


def names(browser: Browser, url: str) -> list[str]:
    """The fields a page asks for, to see at a glance what a test should send."""
    return sorted(browser.filled(browser.get(url))[1])


def test_a_used_form_is_answered_and_not_done_again(site: Site) -> None:
    """Back, other words, and once more: the second is led to what the first one led to."""
    reference = register(site)
    url = f"/disputes/{reference}/records/danger-check"
    browser = site.browser("zhouguilan")
    page = browser.get(url)
    browser.send(page, **DANGER)
    again = browser.send(page, choice="none", text="别的话")
    assert again.url.startswith(f"/disputes/{reference}")
    assert "别的话" not in again.text
    assert counted(select(func.count(Event.id)).where(Event.act == "DANGER_CHECK")) == 1


def test_who_was_slower_may_send_theirs_once_more_knowing_of_the_other(site: Site) -> None:
    reference = register(site)
    url = f"/disputes/{reference}/records/danger-check"
    first, second = site.browser("zhouguilan"), site.browser("hetianming")
    stale = second.get(url)
    first.submit(url, **DANGER)
    page = second.send(stale, status=409, choice="none", text="我也看过了")
    second.send(page)
    assert counted(select(func.count(Event.id)).where(Event.act == "DANGER_CHECK")) == 2


def test_of_eight_who_move_one_case_at_once_one_does(site: Site) -> None:
    """Eight people at eight pages, each with a form of their own for the same version."""
    reference = register(site)
    url = f"/disputes/{reference}/transitions/withdraw"
    forms = []
    for _ in range(8):
        browser = site.browser("hetianming")
        forms.append((browser, *browser.filled(browser.get(url), note="自己谈好了")))
    start = Barrier(8)

    def send(form: tuple[Browser, str, dict[str, str]]) -> int:
        browser, action, data = form
        start.wait()
        return browser.answer(action, data).status

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(send, forms))
    assert answers.count(303) <= 1
    moved = counted(select(func.count(Event.id)).where(Event.act == "WITHDRAW"))
    assert moved == answers.count(303)
