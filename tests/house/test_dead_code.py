"""Nothing lies about that nobody calls: functions, classes, constants, macros, styles of letters."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import ROOT, Room, named, rooms, templates

WORD = re.compile(r"[A-Za-z_]\w*")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# Called by a library, by name, or read by people and tests only; each with its reason.
CALLED_BY_OTHERS = {
    "main": "the installed command, and python -m",
    "upgrade": "Alembic",
    "downgrade": "Alembic",
    "down_revision": "Alembic",
    "revision": "Alembic",
    "process_bind_param": "SQLAlchemy asks a column type",
    "process_result_value": "SQLAlchemy asks a column type",
    "get_id": "Flask-Login",
    "fetch": "WeasyPrint asks whoever brings its files",
    "_ua_stylesheets": "WeasyPrint asks a page for the sheet below all others",
    "APPEND_ONLY": "the tests hold the database's own triggers against it",
    "shipped_workdays": "the tests count by the shipped table; a site counts by its own",
    "rotate": "renewing the keys by hand (a Python prompt); tried in the tests",
    "is_current": "the same: what still waits for the new key",
    "process_formdata": "WTForms asks a field",
    "pre_validate": "WTForms asks a field",
    "load": "gunicorn asks an application",
    "load_config": "gunicorn asks an application",
    "init": "gunicorn asks an application",
    "whole": "tables.as_mermaid is this, under the name the command uses",
}
DECORATED_BY_LIBRARIES = {
    "route",
    "get",
    "post",
    "command",
    "errorhandler",
    "listens_for",
    "group",
    "context_processor",
}


def _defined(room: Room) -> Iterator[tuple[str, ast.stmt]]:
    """Functions, classes, methods and module constants, as far as a name leads to them."""
    for node in ast.walk(room.tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name, node
    for statement in room.tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from ((t.id, statement) for t in targets if isinstance(t, ast.Name))


def _given_to_a_library(node: ast.stmt) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(DECORATED_BY_LIBRARIES & set(WORD.findall(ast.unparse(d))) for d in decorators)


def _names(node: ast.AST) -> str:
    """The name that stands at this point of the code, if one does."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            return name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.alias(name=name):
            return name.rsplit(".", 1)[-1]
        case ast.Constant(value=str(name)) if name.isidentifier():
            return name
    return ""


def _mentioned() -> Counter[str]:
    """How often each name stands in our code, templates and letters; comments aside."""
    found = Counter(_names(node) for room in rooms() for node in ast.walk(room.tree))
    for path in (*templates(), *templates("letters")):
        found.update(WORD.findall(COMMENT.sub("", path.read_text("utf-8"))))
    return found


MENTIONED = _mentioned()


@pytest.mark.parametrize("room", [r for r in rooms() if r.floor != "seeds"], ids=str)
def test_what_is_written_is_used(room: Room) -> None:
    """A name that stands nowhere but where it is made is dead, unless a library calls it."""
    defined = Counter(name for name, _ in _defined(room))
    dead = [
        name
        for name, node in _defined(room)
        if MENTIONED[name] <= defined[name]
        and not name.startswith("__")
        and name not in CALLED_BY_OTHERS
        and not _given_to_a_library(node)
    ]
    assert dead == []


def test_the_list_of_reasons_has_nothing_left_over() -> None:
    everything = {name for room in rooms() for name, _ in _defined(room)}
    assert set(CALLED_BY_OTHERS) - everything == set()


# Templates.


MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")
# Words of the look that the style page keeps for pages still to come.
KEPT_FOR_THE_LOOK = {
    "conflict", "days_over", "dialog", "mediator_card", "progress", "task_groups"
}  # fmt: skip


def _macros() -> dict[str, Path]:
    return {name: p for p in templates() for name in MACRO.findall(p.read_text("utf-8"))}


def test_every_macro_is_called_by_a_page() -> None:
    called: set[str] = set()
    for path in templates():
        if path.parent.name == "styleguide":
            continue
        text = COMMENT.sub("", path.read_text("utf-8"))
        called |= set(re.findall(r"\b(\w+)\(", MACRO.sub("", text)))
        called |= set(re.findall(r"\b(\w+) as \w+", text))
    unused = {name: named(path) for name, path in _macros().items() if name not in called}
    assert set(unused) - KEPT_FOR_THE_LOOK == set(), unused


def test_every_component_is_used_or_shown() -> None:
    texts = "".join(path.read_text("utf-8") for path in templates())
    for path in sorted((ROOT / "templates" / "components").glob("*.html")):
        assert f"components/{path.name}" in texts, named(path)


def test_every_script_and_style_is_loaded() -> None:
    static = ROOT / "mediation" / "static"
    texts = "".join(
        p.read_text("utf-8") for p in (*templates(), *sorted((static / "js").glob("*.js")))
    )
    texts += "".join(room.text for room in rooms() if room.floor == "web")
    for path in (*sorted((static / "css").glob("*.css")), *sorted((static / "js").glob("*.js"))):
        assert re.search(rf"\b{path.stem}\b", texts), named(path)
