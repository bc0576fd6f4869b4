"""Every door has its lock: routes, permissions and templates, none without the other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from mediation.app import create_app
from mediation.permissions import Permission
from mediation.roles import Role
from mediation.web import gate
from mediation.workflow.transitions import Transition
from tests.house.rooms import ROOT, rooms, templates
from tests.site import settings

# Whoever asks may have these: signing in, a party's own code, checking a paper, a posted covenant.
PUBLIC = {
    "home.home", "home.healthz", "home.readyz", "sign_in.sign_in", "sign_in.sign_out",
    "sign_in.set_up_link", "lookup.enter", "lookup.short", "verify.verify", "verify.by_token",
    "covenants.read", "covenants.read_file", "preferences.choose", "styleguide.index",
}  # fmt: skip
_NAMED = re.compile(r"[\"']([\w/]+\.html)[\"']")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings(tmp_path_factory.mktemp("instance")))


def _endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint != "static"}


def test_every_route_has_a_permission_or_is_declared_public(app: Flask) -> None:
    stamps = {endpoint: gate.stamped(app, endpoint) for endpoint in _endpoints(app)}
    assert [endpoint for endpoint, stamp in stamps.items() if stamp == "missing"] == []
    assert {endpoint for endpoint, stamp in stamps.items() if stamp is None} == PUBLIC
    assert all(isinstance(stamp, Permission) for stamp in stamps.values() if stamp is not None)


def test_the_site_does_not_start_with_an_open_door(app: Flask) -> None:
    fresh = Flask("unlocked")
    fresh.add_url_rule("/open", "open", lambda: "come in")
    with pytest.raises(RuntimeError, match="no permission"):
        gate.check_all_stamped(fresh)


def test_every_permission_is_asked_for_somewhere() -> None:
    asked = {
        node.attr
        for room in rooms()
        if room.name != "mediation.permissions"
        for node in ast.walk(room.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Permission"
    }
    assert {permission.name for permission in Permission} == asked


def test_every_role_opens_something_and_says_what_it_is() -> None:
    for role in Role:
        assert [p for p in Permission if role in p.value.roles], role.name
        assert role.value.duty.zh
        assert role.value.duty.en


def test_every_permission_is_a_sentence_for_somebody() -> None:
    for permission in Permission:
        row = permission.value
        assert row.roles, permission.name
        assert row.sentence.zh
        assert row.sentence.en
    assert len({p.value.sentence.zh for p in Permission}) == len(Permission)


def test_pages_that_change_something_take_only_what_is_posted(app: Flask) -> None:
    """An act has its own address; what only shows never answers a POST alone, nor does a page act."""
    for rule in app.url_map.iter_rules():
        assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule


def test_moves_have_one_page(app: Flask) -> None:
    """One route serves every move of the book: a new one needs no page of its own."""
    slugs = {move.slug for move in Transition if move.value.sources}
    rules = [r.rule for r in app.url_map.iter_rules() if r.rule.startswith("/disputes")]
    assert "/disputes/<reference>/transitions/<slug>" in rules
    # Setting a piece of evidence aside is a record's own act, and no move.
    own = {part for rule in rules for part in rule.split("/") if "evidence" not in rule}
    assert not own & slugs


# Templates.


def _rendered() -> set[str]:
    """Templates that a page renders by name."""
    return {
        node.value
        for room in rooms()
        for node in ast.walk(room.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.endswith(".html")
    }


def _asked_for_by_templates() -> set[str]:
    return {name for path in templates() for name in _NAMED.findall(path.read_text("utf-8"))}


def test_every_template_is_used() -> None:
    there = {path.relative_to(ROOT / "templates").as_posix() for path in templates()}
    # Errors are found by their number.
    by_number = {
        f"errors/{path.name}" for path in (ROOT / "templates" / "errors").glob("[0-9]*.html")
    }
    used = _rendered() | _asked_for_by_templates() | by_number
    assert there - used == set()


def test_every_template_asked_for_is_there() -> None:
    there = {path.relative_to(ROOT / "templates").as_posix() for path in templates()}
    asked = _asked_for_by_templates() | {n for n in _rendered() if n.partition("/")[2] in there}
    assert {name for name in asked if "/" in name} - there == set()


def test_every_error_with_a_page_of_its_own_has_it() -> None:
    from mediation.web.errors import _OWN_PAGES

    numbers = {int(p.stem) for p in (ROOT / "templates" / "errors").glob("[0-9]*.html")}
    assert numbers == _OWN_PAGES


def test_templates_compile(app: Flask) -> None:
    for path in templates():
        app.jinja_env.get_template(path.relative_to(ROOT / "templates").as_posix())


def test_addresses_are_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[/a-zA-Z0-9.-]*", fixed), rule.rule


def test_every_link_by_name_leads_somewhere(app: Flask) -> None:
    """Every `url_for` names a route that is there."""
    texts = [*(p.read_text("utf-8") for p in templates()), *(r.text for r in rooms())]
    named = {n for text in texts for n in re.findall(r"url_for\(\s*[\"']([\w.]+)[\"']", text)}
    assert named - _endpoints(app) == {"static"}


def test_scripts_asked_for_are_there() -> None:
    folder = ROOT / "mediation" / "static"
    texts = [path.read_text("utf-8") for path in templates()]
    files = {n for text in texts for n in re.findall(r"filename=[\"']([\w/.-]+)[\"']\)", text)}
    assert [name for name in files if not Path(folder, name).is_file()] == []
