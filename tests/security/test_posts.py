"""Whatever changes something proves where it comes from, and what only shows changes nothing."""

from __future__ import annotations

from sqlalchemy import func, select

from mediation.app import CSP
from mediation.models.database import db
from mediation.models.history import DoneAct, Event
from tests.browsers import Page
from tests.counter import register
from tests.doors import NOTHING, PARTY, Browsers, Door, doors, rules
from tests.site import Site
from tests.standing import Standing

# The only routes that take a form from anybody: each is here for a reason.
OPEN_POSTS = {"sign_in.sign_in", "sign_in.sign_out", "sign_in.set_up_link", "lookup.enter",
              "verify.verify", "preferences.choose"}  # fmt: skip
# They open, look or choose, and are not about a case: no token that counts once.
WITHOUT_EVENT_TOKEN = {*OPEN_POSTS, "sign_in.change_password", "reveals.call", "reveals.reveal",
                       "accounts.password", "papers.retry", "dossiers.retry",
                       "health.retry", "press_queue.retry"}  # fmt: skip


def posts(standing: Standing) -> list[Door]:
    return [door for door in doors(standing) if "POST" in door.methods]


def counted() -> tuple[int, ...]:
    tables = (Event, DoneAct)
    found = tuple(db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables)
    db.session.rollback()
    return found


def test_no_form_is_taken_without_its_token(sqlite_standing: Standing) -> None:
    """Neither without a CSRF token, nor with that of another browser: every route that takes a form."""
    browsers, before = Browsers(sqlite_standing), counted()
    stranger = sqlite_standing.site.browser("duanshuiqing")
    _, theirs = stranger.filled(stranger.get("/password"))
    found = posts(sqlite_standing)
    assert len(found) > 50
    for who in {door.who for door in found}:  # each has a token of their own by then
        browsers[who].look("/my/case" if who == PARTY else "/mine" if who else "/sign-in")
    for door in found:
        browsers[door.who].get(
            "/" if not door.who else "/my/case" if "party" in door.who else "/mine"
        )
        for fields in ({}, {"csrf_token": "forged"}, {"csrf_token": theirs["csrf_token"]}):
            answer = browsers[door.who].request("POST", door.url, data=fields)
            assert answer.status_code == 400, f"{door} took {fields}"
    assert counted() == before


def own_token(page: Page) -> str:
    return next(
        f.get("value", "") for f in page.tree.iter("input") if f.get("name") == "csrf_token"
    )


def test_no_act_is_done_without_a_token_that_counts_once(sqlite_standing: Standing) -> None:
    """With CSRF right and every field sensible, the event token decides: missing, forged, a stranger's."""
    browsers, tokens, before = Browsers(sqlite_standing), dict[str, str](), counted()
    stranger = sqlite_standing.site.browser("duanshuiqing")
    _, theirs = stranger.filled(stranger.get("/disputes/register"))
    for door in posts(sqlite_standing):
        if door.endpoint in WITHOUT_EVENT_TOKEN or NOTHING in door.url:
            continue
        browser = browsers[door.who]
        if door.who not in tokens:
            tokens[door.who] = own_token(browser.get("/my/case" if door.who == PARTY else "/mine"))
        for token in ("", theirs["event_token"]):
            fields = {"csrf_token": tokens[door.who], "event_token": token}
            answer = browser.look(door.url, method="POST", data=fields)
            assert answer.status_code in (400, 404, 422), f"{door}: {answer.status_code}"
    assert counted() == before


def test_a_token_is_for_one_person_and_one_case(site: Site) -> None:
    one, other = register(site), register(site)
    first, second = site.browser("zhouguilan"), site.browser("hetianming")
    url = f"/disputes/{one}/records/danger-check"
    _, theirs = first.filled(first.get(url), choice="none", text="没有")
    action, own = second.filled(second.get(url))
    page = second.answer(action, {**theirs, "csrf_token": own["csrf_token"]})
    assert page.status == 422
    assert "没有丢东西" in page.words
    assert first.answer(f"/disputes/{other}/records/danger-check", theirs).status == 422
    assert events(one) == events(other) == 1


def events(reference: str) -> int:
    from mediation.models.disputes import Dispute

    query = select(func.count(Event.id)).join(Dispute, Dispute.id == Event.dispute_id)
    found = db.session.scalar(query.where(Dispute.reference == reference)) or 0
    db.session.rollback()
    return found


def test_a_form_left_open_too_long_is_asked_for_again_and_keeps_its_words(site: Site) -> None:
    reference = register(site)
    url = f"/disputes/{reference}/records/danger-check"
    browser = site.browser("zhouguilan")
    page = browser.get(url)
    from mediation.web import tokens

    lifetime, tokens.LIFETIME_S = tokens.LIFETIME_S, -1
    try:
        back = browser.send(page, status=422, choice="none", text="写了很久的一段话")
    finally:
        tokens.LIFETIME_S = lifetime
    assert "写了很久的一段话" in back.text
    browser.send(back, to="danger-check")
    assert events(reference) == 2


def test_who_puts_a_form_right_does_not_overwrite_who_was_quicker(site: Site) -> None:
    """The page that comes back with an error still knows what its writer had before their eyes."""
    reference = register(site)
    url = f"/disputes/{reference}/records/danger-check"
    slow, quick = site.browser("zhouguilan"), site.browser("hetianming")
    page = slow.get(url)
    quick.submit(url, choice="none", text="我先写的")
    back = slow.send(page, status=422, text="慢的人写的")  # nothing chosen: put it right
    answer = slow.send(back, to="danger-check", status=409, choice="none")
    assert "慢的人写的" in answer.text
    assert events(reference) == 2


def test_looking_changes_nothing_and_runs_nothing_foreign(shared_standing: Standing) -> None:
    """No GET writes to a case; every answer keeps the browser to what we shipped."""
    browsers, before = Browsers(shared_standing), counted()
    for door in doors(shared_standing):
        if "GET" in door.methods:
            answer = browsers[door.who].request("GET", door.url)
            policy = answer.headers["Content-Security-Policy"]
            assert policy in (CSP, "default-src 'none'; sandbox"), str(door)
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert counted() == before
    assert "unsafe" not in CSP


def test_what_is_open_to_everybody_is_a_short_list(sqlite_site: Site) -> None:
    from mediation.web import gate

    app = sqlite_site.app
    public = {r.endpoint for r in rules(app) if gate.stamped(app, r.endpoint) is None}
    assert {
        e for e in public if any("POST" in (r.methods or ()) for r in rules(app) if r.endpoint == e)
    } == OPEN_POSTS
    assert public - OPEN_POSTS == {
        "home.home", "home.healthz", "home.readyz", "lookup.short", "verify.by_token",
        "covenants.read", "covenants.read_file", "styleguide.index",
    }  # fmt: skip


def test_fields_nobody_asked_for_change_nothing(site: Site) -> None:
    """Every column of a case, sent along with an honest form."""
    from mediation.models.disputes import Dispute

    reference = register(site)
    row = db.session.scalars(select(Dispute)).one()
    before = {c.name: getattr(row, c.name) for c in Dispute.__table__.columns}
    db.session.rollback()
    browser = site.browser("zhouguilan")
    url = f"/disputes/{reference}/records/danger-check"
    _, fields = browser.filled(browser.get(url), choice="none", text="没有")
    browser.post(
        url, {**dict.fromkeys(before, "1"), "stage": "ARCHIVED", "dispute_id": "99", **fields}
    )
    row = db.session.scalars(select(Dispute)).one()
    after = {c.name: getattr(row, c.name) for c in Dispute.__table__.columns}
    db.session.rollback()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"version", "touched_at"}
