"""The plan of the house: what lies at the top, which floors there are, how rooms are called and cut."""

from __future__ import annotations

import ast
import re
import tomllib
from typing import Any

import pytest

from tests.house.rooms import HOUSE, ROOT, Room, floor, imports_of, named, rooms, templates

# The nine that were asked for, and what an open repository needs beside them.
TOP = {
    "pyproject.toml", "mediation", "templates", "letters", "tests", "instance", "README.md",
    "dev", "requirements", "docs", "LICENSE", "NOTICE", ".gitignore", ".gitattributes",
    ".editorconfig", ".ci", ".pre-commit-config.yaml",
}  # fmt: skip
# Made by working in it, and never kept.
MADE = {
    ".git", ".venv", ".tools", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache",
    ".hypothesis", "build", "dist", "node_modules", "test-results", "__pycache__",
}  # fmt: skip
FLOORS = {
    "web", "forms", "services", "documents", "reports", "models", "workflow", "seeds", "static",
    "bench",
}  # fmt: skip
WORKFLOW = {
    "stages", "transitions", "guards", "facts", "documents", "deadlines", "calendar", "law",
    "machine", "tables",
}  # fmt: skip
# A room is called after what it holds; these words hold everything, so they say nothing.
EMPTY_WORDS = {
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "handle",
    "handler", "handlers", "stuff", "core", "base_utils", "tools",
}  # fmt: skip
MOST_LINES = 420
# Longer than that, with the reason why cutting it would make it harder to read.
LONG = {
    "mediation.models.migrations.versions.0001_every_table": "generated: every table once",
    "mediation.documents.casefile": "one frozen picture of a case, a class a part",
}
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]


def test_the_top_level_is_as_it_was_asked_for() -> None:
    there = {path.name for path in ROOT.iterdir()} - MADE
    assert there <= TOP, "a new thing at the top"
    assert TOP - {".git"} <= there, "something is gone from the top"


def test_every_floor_is_there_and_no_other() -> None:
    folders = {p.name for p in HOUSE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == FLOORS
    assert {room.noun for room in floor("workflow")} >= WORKFLOW
    assert (HOUSE / "workflow" / "README.md").is_file()


def test_the_instance_is_empty_in_the_repository() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert "instance/*" in ignored
    assert (ROOT / "instance" / ".gitkeep").is_file()


# Names and size.


@pytest.mark.parametrize("room", rooms(), ids=str)
def test_a_room_is_small_named_and_introduced(room: Room) -> None:
    words = set(room.noun.split("_"))
    assert not words & EMPTY_WORDS, f"{room.name} is called after nothing"
    assert room.lines <= MOST_LINES or room.name in LONG, f"{room.lines} lines: cut it in two"
    said = ast.get_docstring(room.tree)
    assert said, "a room opens with one sentence: what it is"
    assert said.splitlines()[0].endswith("."), "its first line is a whole sentence"


def test_long_rooms_are_still_long() -> None:
    """An exception that is needed no more is taken off the list."""
    assert set(LONG) == {room.name for room in rooms() if room.lines > MOST_LINES}


@pytest.mark.parametrize("folder", ["tests", "letters"])
def test_other_python_has_the_same_manners(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if text.strip():
            assert ast.get_docstring(ast.parse(text)), named(path)
        assert not set(path.stem.split("_")) & EMPTY_WORDS, named(path)


# The staircase: the same noun on every floor.

# A page or form whose noun is said otherwise by the services, and why.
SAID_OTHERWISE = {
    "court": "court_queue",  # the court's own side of applications
    "handovers": "assignments",  # a leaver's cases are assigned anew
    "sign_in": "sign_ins",  # one page, many sign-ins
    "lookup": "lookups",
    "party": "own_case",  # a party sees one case: their own
    "verify": "verification",
    "audit": "auditing",
    "accounts": "people",
    "lists": "workday_lists",
    "reports": "",  # read straight from the floor of reports
    "records": "",  # one page for all facts; each record's service has its own noun
    "home": "",
    "preferences": "people",
    "styleguide": "",
    "casework": "",  # the small forms of talks, agreement and performance, side by side
}
# Rooms of the web that are no page but what pages are made with.
NO_PAGES = {"acting", "dates", "errors", "gate", "kept", "pages", "tokens", "conflicts"}
NO_FORMS = {"base", "fields"}


def _pages() -> list[str]:
    return [
        r.noun for r in floor("web") if r.noun not in NO_PAGES and not r.noun.endswith("_views")
    ]


def _there(name: str, wing: str) -> bool:
    return (HOUSE / wing / f"{name}.py").is_file() or (HOUSE / wing / name).is_dir()


@pytest.mark.parametrize("noun", _pages())
def test_every_page_has_its_service(noun: str) -> None:
    service = SAID_OTHERWISE.get(noun, noun)
    assert not service or _there(service, "services"), f"web/{noun}.py has no services/{service}.py"


@pytest.mark.parametrize("noun", [r.noun for r in floor("forms") if r.noun not in NO_FORMS])
def test_every_form_has_its_service(noun: str) -> None:
    service = SAID_OTHERWISE.get(noun, noun)
    assert not service or _there(service, "services"), f"forms/{noun}.py: services/{service}.py"


def test_every_folder_of_templates_has_its_page() -> None:
    shared = {"layouts", "components", "errors"}
    folders = {p.name for p in (ROOT / "templates").iterdir()} - shared
    assert folders <= {*_pages(), "disputes"}, "templates that no page is called after"


@pytest.mark.parametrize("folder", sorted(p for p in (ROOT / "letters").iterdir() if p.is_dir()),
                         ids=lambda p: p.name)  # fmt: skip
def test_every_letter_is_whole(folder: Any) -> None:
    if folder.name == "base":
        return
    assert {p.name for p in folder.iterdir()} == {"letter.html", "letter.css", "example.json"}


def test_tests_mirror_the_floors() -> None:
    beside = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir()}
    assert {"house", "journeys", "matrix", "golden", "state", "security", "browser"} <= beside
    assert {"workflow", "services", "documents", "web", "seeds"} <= beside


# Imports only go down. ./dev check runs import-linter itself; this reads the same contracts, so that
# whoever runs only the tests is told too.


def _layers() -> dict[str, int]:
    rows = next(c for c in CONTRACTS if c["id"] == "floors")["layers"]
    return {name: depth for depth, row in enumerate(rows) for name in re.findall(r"\((\w+)\)", row)}


def _apart() -> set[frozenset[str]]:
    """Neighbours on one floor that may not know each other."""
    rows = next(c for c in CONTRACTS if c["id"] == "floors")["layers"]
    names = [re.findall(r"\((\w+)\)", row) for row in rows if "|" in row]
    return {frozenset((a, b)) for row in names for a in row for b in row if a != b}


def test_imports_only_go_down() -> None:
    depth, apart = _layers(), _apart()
    wrong = []
    for room in rooms():
        for name, line in imports_of(room):
            parts = name.split(".")
            if parts[0] != "mediation" or len(parts) < 2 or parts[1] not in depth or not room.floor:
                continue
            up = depth[parts[1]] < depth[room.floor]
            if up or frozenset((parts[1], room.floor)) in apart:
                wrong.append(f"{room.name}:{line} imports {name}")
    assert wrong == []


def test_every_room_has_its_floor_in_the_contract() -> None:
    named_there = set(_layers())
    assert {room.floor for room in rooms() if room.floor} <= named_there


@pytest.mark.parametrize("contract", [c for c in CONTRACTS if c["type"] == "protected"],
                         ids=lambda c: c["id"])  # fmt: skip
def test_one_door_per_library(contract: dict[str, Any]) -> None:
    allowed, guarded = contract["allowed_importers"], contract["protected_modules"]
    wrong = [
        f"{room.name}:{line} imports {name}"
        for room in rooms()
        # Flask-Migrate runs this one itself; it is no part of the graph.
        if room.name != "mediation.models.migrations.env"
        for name, line in imports_of(room)
        if any(name == g or name.startswith(f"{g}.") for g in guarded)
        and not any(room.name == a or room.name.startswith(f"{a}.") for a in allowed)
        and not any(room.name == g or room.name.startswith(f"{g}.") for g in guarded)
    ]
    assert wrong == []


def test_allowed_importers_are_there() -> None:
    """import-linter stops, and checks nothing, when a contract names what is not there."""
    names = {room.name for room in rooms()}
    for contract in CONTRACTS:
        assert set(contract.get("allowed_importers", ())) <= names, contract["id"]


def test_forms_and_pages_know_no_rows() -> None:
    contract = next(c for c in CONTRACTS if c["id"] == "rows")
    for room in rooms():
        if any(room.name.startswith(source) for source in contract["source_modules"]):
            known = [name for name, _ in imports_of(room) if name.startswith("mediation.models")]
            assert known == [], room.name


def test_templates_lie_where_pages_find_them() -> None:
    assert templates()
    assert not list(HOUSE.rglob("*.html")), "templates belong in templates/, letters in letters/"
