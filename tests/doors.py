"""Every route of the site with real values in it, and who it is open to: a new route joins by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from mediation.permissions import Permission
from mediation.roles import Role
from mediation.web import gate
from mediation.web.records import PAGES
from mediation.workflow.records import Record
from mediation.workflow.stages import Stage
from tests.browsers import Browser
from tests.standing import Standing

# Who stands for a role in the practice county, the one who may most first.
WHO = {
    Role.COMMITTEE_CHAIR: "hetianming",
    Role.MEDIATOR: "zhouguilan",
    Role.TOWNSHIP_MANAGER: "fangwei",
    Role.COUNTY_MANAGER: "shenjing",
    Role.COURT_LIAISON: "luoyiming",
    Role.GRID_WORKER: "linxiaohe",
    Role.SYSTEM_ADMIN: "tianlu",
    Role.SECURITY_ADMIN: "bailu",
    Role.AUDIT_ADMIN: "huoqing",
}
PARTY = "a party"
NOTHING = "0000000000"


@dataclass(frozen=True, slots=True)
class Door:
    """One route with its values, and somebody to whom it is open ("" for everybody)."""

    endpoint: str
    url: str
    who: str
    methods: frozenset[str]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.url}"


def rules(app: Flask) -> list[Rule]:
    return [r for r in app.url_map.iter_rules() if r.endpoint != "static"]


def doors(standing: Standing) -> Iterator[Door]:
    """Every route, once for every value it knows. Raises KeyError for an argument nobody taught."""
    app = standing.site.app
    with app.test_request_context():
        for rule in rules(app):
            for given in _given(standing, rule):
                url = app.url_for(rule.endpoint, **given)
                methods = frozenset(rule.methods or ()) & {"GET", "POST"}
                yield Door(rule.endpoint, url, _who(app, rule.endpoint, given), methods)


def _who(app: Flask, endpoint: str, given: dict[str, Any]) -> str:
    permission: Permission | None = gate.stamped(app, endpoint)
    if permission is None:
        return ""
    if endpoint == "records.record" and Record[_upper(given["slug"])].value.court:
        return WHO[Role.COURT_LIAISON]
    roles = permission.value.roles
    return next((login for role, login in WHO.items() if role in roles), PARTY)


def _upper(slug: str) -> str:
    return slug.upper().replace("-", "_")


def _given(standing: Standing, rule: Rule) -> Iterator[dict[str, Any]]:
    if rule.endpoint == "records.record":
        for record in PAGES:
            open_in = standing.at(*record.value.open_in)
            yield {"reference": open_in, "slug": record.slug}
        return
    table = _values(standing)
    names = sorted(rule.arguments)
    for values in product(*(_known(table, rule.endpoint, name) for name in names)):
        yield dict(zip(names, values, strict=True))


def _known(table: dict[str, list[Any]], endpoint: str, name: str) -> list[Any]:
    """The values of an argument: of this very route, of its blueprint, or of all."""
    blueprint = endpoint.split(".")[0]
    for key in (f"{endpoint} {name}", f"{blueprint} {name}", name):
        if key in table:
            return table[key]
    raise KeyError(f"tests/doors.py knows no value for <{name}> of {endpoint}")


def _values(standing: Standing) -> dict[str, list[Any]]:
    known = standing.known
    return {
        "reference": [standing.cases[Stage.MEDIATING]],
        "disputes.registered reference": [standing.cases[Stage.REGISTERED]],
        "court reference": [standing.cases[Stage.CONFIRMATION_ACCEPTED]],
        "covenants reference": [known["covenant"]],
        "disputes slug": ["withdraw"],
        "disputes.transition reference": [standing.cases[Stage.ACCEPTED]],
        "party slug": ["leave"],
        "party name": ["more-time"],
        "covenants name": ["adopt", "file", "post", "pledge", "sign", "new-version", "repeal"],
        "board name": ["registered"],
        "reports name": ["case-statement"],
        "column": ["cases"],
        "login": ["linxiaohe"],
        # No import waits in this county: these answer with 404, and must do so to everybody.
        "imports name": [NOTHING],
        "papers name": [NOTHING],
        "imports reference": [NOTHING],
        "print_runs reference": [NOTHING],
        "print_runs act": ["start", "pause", "cancel", "retry"],
        "number": [1],
        "form": ["csv"],
        "blanks kind": ["power-of-attorney"],
        "paper_requests kind": ["mediation-notice", "service-receipt", "volume-note"],
        "word_templates kind": ["rights-notice"],
        "public_id": [known["paper"]],
        "covenants public_id": [known["covenant_paper"]],
        "party public_id": [known["own_paper"]],
        "party_id": [known["party"]],
        "evidence_id": [known["evidence"]],
        "binding_id": [known["binding"]],
        "signatory_id": [known["signatory"]],
        "post_id": [known["post"]],
        "place_id": [known["place"]],
        "committee_id": [known["committee"]],
        "court_id": [known["court"]],
        "token": [known["check_token"]],
        "sign_in token": [known["set_up"]],
    }


class Browsers(dict[str, Browser]):
    """One browser for each person who is asked for: a fourth sign-in would end the first."""

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self._standing = standing

    def __missing__(self, who: str) -> Browser:
        self[who] = browser_of(self._standing, who)
        return self[who]


def browser_of(standing: Standing, who: str) -> Browser:
    """A browser of theirs; a party's is signed in by their case code's right."""
    if who != PARTY:
        return standing.site.browser(who or None)
    browser = standing.site.browser()
    browser.set_cookie("wusong", standing.party_sign_in())
    return browser
