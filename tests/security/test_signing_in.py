"""Signing in: guessing fails, sessions end when they are told to, cookies are what they should be."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mediation.errors import TooManyTries
from mediation.models import accounts, database
from mediation.models.accounts import FailedTry, PostHeld, SignIn
from mediation.models.database import db
from mediation.roles import Role
from mediation.services import people, sign_ins
from mediation.services.acts import Token
from tests.browsers import Browser, Page
from tests.counter import PHONE, register
from tests.site import PASSWORD, Site

NEW = "夜里月亮照着河上的船"


def signed_in(site: Site, login: str = "zhouguilan") -> Browser:
    """As a person does it, over the page."""
    browser = site.browser()
    page = browser.submit("/sign-in", to="/sign-in", login=login, password=PASSWORD)
    assert page.url == "/today"
    return browser


def cookie(browser: Browser) -> str:
    found = browser.client.get_cookie("wusong")
    assert found is not None
    return str(found.value)


def is_in(site: Site, secret: str) -> bool:
    """Whether this cookie still opens a page of its owner."""
    browser = site.browser()
    browser.set_cookie("wusong", secret)
    return browser.raw("/mine").status_code == 200


def try_password(browser: Browser, login: str, password: str) -> Page:
    page = browser.get("/sign-in")
    action, fields = browser.filled(page, to="/sign-in", login=login, password=password)
    return browser.answer(action, fields)


def test_the_cookie_is_for_us_alone(sqlite_site: Site) -> None:
    browser = sqlite_site.browser()
    page = browser.get("/sign-in")
    action, fields = browser.filled(page, to="/sign-in", login="zhouguilan", password=PASSWORD)
    said = browser.request("POST", action, data=fields).headers.getlist("Set-Cookie")
    (own,) = [c for c in said if c.startswith("wusong=")]
    parts = {p.strip() for p in own.split(";")[1:]}
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not any(p.startswith(("Expires", "Max-Age", "Domain")) for p in parts), "no remembering"


def test_over_https_its_name_protects_it(sqlite_site: Site) -> None:
    browser = sqlite_site.browser()
    secure = {"base_url": "https://localhost"}
    page = browser.request("GET", "/sign-in", **secure)
    assert page.headers["Strict-Transport-Security"]
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    fields = {"login": "zhouguilan", "password": PASSWORD, "csrf_token": token}
    said = browser.request("POST", "/sign-in", data=fields, **secure).headers.getlist("Set-Cookie")
    own = next(c for c in said if c.startswith("__Host-wusong="))
    assert "Secure" in own


def test_a_cookie_brought_along_is_not_the_one_that_is_signed_in(site: Site) -> None:
    """Session fixation: whatever was in the browser before is worth nothing afterwards."""
    browser = site.browser()
    browser.set_cookie("wusong", "brought-along")
    browser.submit("/sign-in", to="/sign-in", login="zhouguilan", password=PASSWORD)
    assert cookie(browser) != "brought-along"
    assert not is_in(site, "brought-along")
    first = cookie(browser)
    browser.submit("/sign-in", to="/sign-in", login="zhouguilan", password=PASSWORD)
    assert cookie(browser) != first


def test_only_the_hash_of_a_session_is_kept(site: Site) -> None:
    secret = cookie(signed_in(site))
    kept = db.session.scalars(select(SignIn.token_hash)).all()
    db.session.rollback()
    assert secret not in kept
    assert sign_ins.token_hash(secret) in kept


def leave(site: Site, browser: Browser) -> None:
    browser.send(browser.get("/mine"), to="/sign-out")


def change_password(site: Site, browser: Browser) -> None:
    browser.submit("/password", to="/password", old=PASSWORD, password=NEW, again=NEW)


def change_password_elsewhere(site: Site, browser: Browser) -> None:
    change_password(site, signed_in(site))


def switch_off(site: Site, browser: Browser) -> None:
    people.switch("zhouguilan", active=False, by=site.hand("bailu"))


def lose_the_post(site: Site, browser: Browser) -> None:
    account = accounts.account_by_login("zhouguilan")
    assert account is not None
    people.end_post("zhouguilan", account.posts[0].id, by=site.hand("bailu", token=Token("a")))


def set_by_a_link(site: Site, browser: Browser) -> None:
    secret = people.password_link("zhouguilan", by=site.hand("bailu"))
    site.browser().submit(f"/set-up/{secret}", to=secret, password=NEW, again=NEW)


def sit_idle(site: Site, browser: Browser) -> None:
    site.clock.tick(minutes=31)


def stay_all_day(site: Site, browser: Browser) -> None:
    for _ in range(33):
        site.clock.tick(minutes=15)
        browser.raw("/mine")


def sign_in_three_times_more(site: Site, browser: Browser) -> None:
    for _ in range(3):
        signed_in(site)


ENDS: list[Callable[[Site, Browser], None]] = [
    leave, change_password, change_password_elsewhere, switch_off, lose_the_post, set_by_a_link,
    sit_idle, stay_all_day, sign_in_three_times_more,
]  # fmt: skip


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_a_session_ends_when_it_is_told_to(
    site: Site, end: Callable[[Site, Browser], None]
) -> None:
    """The very next request with the old cookie is nobody's."""
    browser = signed_in(site)
    secret = cookie(browser)
    assert is_in(site, secret)
    end(site, browser)
    assert not is_in(site, secret)


def test_a_shared_computer_forgets_after_five_minutes(site: Site) -> None:
    browser = site.browser()
    browser.submit("/sign-in", to="/sign-in", login="zhouguilan", password=PASSWORD, shared="y")
    site.clock.tick(minutes=4)
    assert is_in(site, cookie(browser))
    site.clock.tick(minutes=6)
    assert not is_in(site, cookie(browser))


def test_leaving_empties_the_browser(sqlite_site: Site) -> None:
    browser = signed_in(sqlite_site)
    action, fields = browser.filled(browser.get("/mine"), to="/sign-out")
    answer = browser.request("POST", action, data=fields)
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert browser.client.get_cookie("wusong") is None


def test_rights_are_read_anew_on_every_request(site: Site) -> None:
    """A post that ends today opens nothing tomorrow, in a session that goes on."""
    with database.transaction():
        account = accounts.account_by_login("fangwei")
        assert account is not None
        last = site.clock.clock.today() + timedelta(days=1)
        db.session.add(
            PostHeld(
                account_id=account.id, role=Role.COUNTY_MANAGER, to_on=last,
                place_id=site.county.places["临溪县"], from_on=date(2026, 1, 1),
            )
        )  # fmt: skip
    browser = signed_in(site, "fangwei")
    assert browser.raw("/organisation").status_code == 200
    site.clock.tick(days=2)
    assert browser.raw("/organisation").status_code != 200


def test_the_sixth_guess_is_not_even_looked_at(site: Site) -> None:
    browser = site.browser()
    for n in range(5):
        page = try_password(browser, "zhouguilan", f"guess number {n}")
        assert (page.status, "账号或密码不对" in page.words) == (422, True)
    page = try_password(browser, "zhouguilan", PASSWORD)
    assert page.status == 429
    assert "15分钟" in page.words
    site.clock.tick(minutes=16)
    assert try_password(browser, "zhouguilan", PASSWORD).status == 303


def test_an_account_cannot_be_tried_under_other_spellings(site: Site) -> None:
    browser = site.browser()
    for spelling in ("zhouguilan", "ZHOUGUILAN", " ZhouGuiLan ", "zhouguilan", "ｚｈｏｕguilan"):
        try_password(browser, spelling, "a wrong one")
    try_password(browser, "zhouguilan", "a wrong one")
    assert try_password(browser, "Zhouguilan", PASSWORD).status == 429


def test_capitals_in_an_account_name_are_understood(sqlite_site: Site) -> None:
    assert try_password(sqlite_site.browser(), "ZhouGuiLan", PASSWORD).status == 303


def test_one_source_cannot_try_everybody(site: Site) -> None:
    browser = site.browser()
    for n in range(sign_ins.TRIES_PER_SOURCE):
        try_password(browser, f"somebody{n}", "a wrong one")
    assert try_password(browser, "hetianming", PASSWORD).status == 429


def test_the_right_password_forgives_the_wrong_ones(site: Site) -> None:
    browser = site.browser()
    for _ in range(4):
        try_password(browser, "zhouguilan", "a wrong one")
    assert try_password(browser, "zhouguilan", PASSWORD).status == 303
    for _ in range(4):
        assert try_password(browser, "zhouguilan", "a wrong one").status == 422


def test_guesses_sent_at_once_are_all_counted(site: Site) -> None:
    """Twelve at the same moment: five are looked at, as if they had come one by one."""
    looked_at: list[str] = []
    passwords = site.app.extensions["passwords"]
    matches = passwords.matches

    def counted(stored: str, password: str) -> bool:
        looked_at.append(password)
        return bool(matches(stored, password))

    def guess(n: int) -> None:
        with site.app.app_context():
            try:
                sign_ins.sign_in(
                    "zhouguilan", f"guess number {n}", source=f"{n}", shared=False,
                    clock=site.clock.clock, passwords=passwords,
                )  # fmt: skip
            except TooManyTries:
                pass
            finally:
                db.session.remove()

    passwords.matches = counted
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(guess, range(12)))
    assert len(looked_at) == sign_ins.TRIES_PER_ACCOUNT


def test_nobody_learns_which_accounts_there_are(sqlite_site: Site) -> None:
    browser = sqlite_site.browser()
    people.switch("linxiaohe", active=False, by=sqlite_site.hand("bailu"))
    said = {
        try_password(browser, login, "a wrong one").words
        for login in ("zhouguilan", "nobody", "linxiaohe")
    }
    assert len(said) == 1


def test_what_was_tried_is_not_written_down(site: Site) -> None:
    try_password(site.browser(), "zhouguilan", "secret-as-typed")
    row = db.session.scalars(select(FailedTry)).one()
    assert "zhouguilan" not in (row.subject, row.source)
    assert (len(row.subject), len(row.source)) == (64, 64)
    db.session.rollback()


def look_up(browser: Browser, code: str, second: str) -> Page:
    page = browser.get("/my")
    action, fields = browser.filled(page, to="/my", code=code, second=second)
    return browser.answer(action, fields)


def test_a_case_code_is_tried_five_times(site: Site) -> None:
    register(site)
    browser = site.browser()
    for n in range(5):
        page = look_up(browser, "7K3M-9XWP-2QRT", f"{n}000")
        assert (page.status, "案件码或后四位不对" in page.words) == (422, True)
    # However it is written, it is the same code.
    assert look_up(browser, "7k3m 9xwp 2qrt", PHONE[-4:]).status == 429


def test_one_source_cannot_try_many_codes(site: Site) -> None:
    browser = site.browser()
    for n in range(20):
        look_up(browser, f"7K3M-9XWP-{n:04}", "0101")
    assert look_up(browser, "7K3M-9XWP-2QRT", "0101").status == 429
    tried = db.session.scalar(select(func.count()).select_from(FailedTry))
    db.session.rollback()
    assert tried == 20
