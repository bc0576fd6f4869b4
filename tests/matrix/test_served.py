"""What each role is answered at each door, by real requests, against tests/golden/doors.txt.

A route that opens to somebody else is a difference of that file, to be read before it is kept:

    MEDIATION_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/matrix/test_served.py && git diff tests/golden
"""

from __future__ import annotations

import re
from contextvars import Context
from functools import partial

import pytest
from werkzeug.test import TestResponse

from mediation.permissions import Permission
from mediation.roles import Role
from mediation.web import gate
from tests.browsers import Browser
from tests.doors import PARTY, WHO, Door, browser_of, doors
from tests.matrix.goldens import hold
from tests.standing import Standing

# The columns: nobody signed in, a party by their code, then one person for each role.
COLUMNS = {"nobody": "", "party": PARTY, **{role.name.lower(): who for role, who in WHO.items()}}
# People of another township, each in a role that would do at home.
STRANGERS = ("machunyan", "fengdegui", "guyan", "tangxiu")
SIGNS = {200: "●", 302: "→", 303: "→"}
# A door that ends what the others need.
_ENDS_THE_SIGN_IN = "sign_in.sign_out"
_WIDTH = 62
# Values that choose among pages; all others are only this database's own.
_CHOOSING = {"slug", "name", "column"}
# What is new on every page: the forms' own one-time marks.
_MARK = re.compile(r"[\w.-]{50,}")


def _named(standing: Standing, door: Door) -> str:
    """The address as the route writes it; of its values only those that choose a page."""
    method = "GET" if "GET" in door.methods else "POST"
    routes = standing.site.app.url_map.bind("")
    rule, values = routes.match(door.url, method=method, return_rule=True)
    said = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule)
    for name in _CHOOSING & set(values):
        said = said.replace(f"<{name}>", str(values[name]))
    return f"{method} {said}"


def _status(browser: Browser, door: Door, *, closely: bool) -> int:
    """The answer to asking for the page; where there is none, to sending nothing at all.

    Every page is read closely on one database; on the other its answer is enough.
    """
    method = "GET" if "GET" in door.methods else "POST"
    ask = browser.request if closely else partial(_apart_from, browser)
    return ask(method, door.url).status_code


def _apart_from(browser: Browser, method: str, url: str) -> TestResponse:
    return Context().run(browser.client.open, url, method=method)


def served(standing: Standing) -> str:
    people = {name: browser_of(standing, who) for name, who in COLUMNS.items()}
    heads = [name.replace("_", " ") for name in COLUMNS]
    lines = [
        "● shown   → led elsewhere (to sign in, as a rule)   a number: the answer's status.",
        "What is only posted to answers 400 to everybody here: its form's mark is asked for first.",
        "",
        f"{'':<{_WIDTH}}{'  '.join(heads)}",
    ]
    for name, door in sorted({_named(standing, door): door for door in doors(standing)}.items()):
        if door.endpoint == _ENDS_THE_SIGN_IN:
            continue
        closely = standing.site.engine == "sqlite"
        answers = [_status(one, door, closely=closely) for one in people.values()]
        said = [SIGNS.get(a, str(a)).center(len(h)) for a, h in zip(answers, heads, strict=True)]
        lines.append(f"{name:<{_WIDTH}}{'  '.join(said)}".rstrip())
    return "\n".join(lines) + "\n"


def test_doors_open_to_whom_the_golden_file_says(shared_standing: Standing) -> None:
    hold("doors.txt", served(shared_standing))


@pytest.mark.parametrize("name", [n for n, who in COLUMNS.items() if who])
def test_nothing_is_done_for_whom_the_door_is_shut(shared_standing: Standing, name: str) -> None:
    """A form sent with a good mark, to every door that this role may not open: 403 each time."""
    app = shared_standing.site.app
    browser = browser_of(shared_standing, COLUMNS[name])
    mark = {"csrf_token": _mark_of(browser)}
    role = Role.PARTY if name == "party" else Role[name.upper()]
    for door in doors(shared_standing):
        permission: Permission | None = gate.stamped(app, door.endpoint)
        if permission is None or "POST" not in door.methods or role in permission.value.roles:
            continue
        assert browser.request("POST", door.url, data=mark).status_code == 403, str(door)


def _mark_of(browser: Browser) -> str:
    """The mark of a form that everybody has: the switch of languages."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/my").text)
    assert found
    return found[1]


def _concerning(standing: Standing) -> list[Door]:
    references = set(standing.cases.values())
    return [door for door in doors(standing) if references & set(door.url.split("/"))]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_strangers_reference_is_nowhere(shared_standing: Standing, who: str) -> None:
    """404 for whoever could open the page at home: nobody learns that the case is there."""
    browser = shared_standing.site.browser(who)
    actor = shared_standing.site.county.actor(who)
    mark = {"csrf_token": _mark_of(browser)}
    for door in _concerning(shared_standing):
        permission: Permission = gate.stamped(shared_standing.site.app, door.endpoint)
        at_home = bool(actor.roles & set(permission.value.roles))
        posted = "GET" not in door.methods
        answer = browser.request(
            "POST" if posted else "GET", door.url, data=mark if posted else None
        )
        if answer.status_code == 303:
            answer = browser.request("GET", answer.location)
        assert answer.status_code == (404 if at_home else 403), str(door)


@pytest.mark.parametrize("who", STRANGERS)
def test_a_reference_that_is_not_answers_as_a_strangers_does(
    shared_standing: Standing, who: str
) -> None:
    """Not there and not yours are the same answer, to the letter."""
    browser = shared_standing.site.browser(who)
    for door in _concerning(shared_standing):
        if "GET" not in door.methods:
            continue
        reference = next(r for r in shared_standing.cases.values() if r in door.url)
        theirs = browser.raw(door.url)
        nobodys = browser.raw(door.url.replace(reference, "zzzzzzzzzz"))
        assert theirs.status_code == nobodys.status_code
        said = _without_marks(theirs.text, reference)
        assert said == _without_marks(nobodys.text, "zzzzzzzzzz")


def _without_marks(page: str, reference: str) -> str:
    return _MARK.sub("", page).replace(reference, "")
