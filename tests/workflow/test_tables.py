"""The book of law to read: the page beside the rows is fresh, and every form of it says the same."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from mediation.cli import cli
from mediation.paths import PACKAGE
from mediation.workflow import diagrams, tables
from mediation.workflow.deadlines import Deadline
from mediation.workflow.documents import Document
from mediation.workflow.guards import Condition
from mediation.workflow.stages import Phase, Stage
from mediation.workflow.transitions import Transition

PAGE = PACKAGE / "workflow" / "README.md"
NODE = re.compile(r"^ +(\w+)(?:\(\[|\(|\[)\"", re.MULTILINE)
ARROW = re.compile(r"^ +(\w+) (-->|-\.->)\|\"([^\"]+)\"\| (\w+)$", re.MULTILINE)
PICTURES = {
    "whole": diagrams.whole(),
    "overview": diagrams.overview(),
    "ways out": diagrams.ways_out(),
    **{chapter.name: diagrams.of_chapter(chapter) for chapter in diagrams.Chapter},
}


def book() -> dict[str, Any]:
    said = CliRunner().invoke(cli, ["workflow", "--format", "json"])
    assert said.exit_code == 0, said.output
    found: dict[str, Any] = json.loads(said.output)
    return found


def test_the_page_is_fresh() -> None:
    """Red after a row was changed: run `mediation write-docs` and look at the difference."""
    assert PAGE.read_text(encoding="utf-8") == tables.readme()


def test_the_page_leaves_nothing_out() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [t.name for t in Transition if f"<br>`{t.name}` |" not in page] == []
    assert [s.name for s in Stage if f"| `{s.name}` |" not in page] == []
    assert [d.name for d in Document if f"| `{d.folder}` |" not in page] == []
    assert [c.name for c in Condition if f"| {c.value.sentence.zh} " not in page] == []
    assert [d.name for d in Deadline if f"| {d.label.zh} " not in page] == []


def test_every_line_of_a_table_has_as_many_cells_as_its_head() -> None:
    width = 0
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("| ") else 0
        assert not cells or not width or cells == width, line
        width = cells


def test_json_has_the_stages_with_their_phase() -> None:
    stages = {row["name"]: row for row in book()["stages"]}
    assert list(stages) == [stage.name for stage in Stage]
    assert {row["phase"] for row in stages.values()} == {
        "intake", "moral persuasion", "mediation", "judicial confirmation"
    }  # fmt: skip
    assert stages["ARCHIVED"]["final"] is True
    assert stages["MEDIATING"] == {
        "name": "MEDIATING",
        "label": "调解中",
        "label_en": "In mediation",
        "phase": "mediation",
        "phase_zh": "调解",
        "final": False,
    }


def test_json_has_the_transitions_with_all_they_ask_for() -> None:
    found = book()
    moves = {row["name"]: row for row in found["transitions"]}
    assert list(moves) == [move.name for move in Transition]
    names = {row["name"] for row in found["stages"]}
    for row in moves.values():
        assert {*row["from"], row["to"]} <= names
        assert row["roles"]
        assert set(row["roles"]) <= set(found["roles"])
        assert set(row["guards"]) <= set(found["guards"])
        assert set(row["papers"]) <= set(found["papers"])
        assert row["legal_basis"]
    registered = moves["REGISTER"]
    assert registered["from"] == []
    effective = moves["MAKE_EFFECTIVE"]
    assert "人民调解法第29条" in effective["legal_basis"]
    assert effective["papers"] == ["settlement_letter"]
    assert {"EVERYONE_SIGNED", "MEDIATOR_SIGNED", "SEALED"} <= set(effective["guards"])


def test_the_table_names_every_stage_and_move() -> None:
    said = CliRunner().invoke(cli, ["workflow"])
    assert said.exit_code == 0
    assert [s.name for s in Stage if f"\n{s.name} " not in said.output] == []
    assert [t.name for t in Transition if f"\n{t.name} " not in said.output] == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_draws_only_what_it_has_named(name: str) -> None:
    picture = PICTURES[name]
    nodes = set(NODE.findall(picture))
    arrows = ARROW.findall(picture)
    assert arrows
    assert {end for source, _, _, target in arrows for end in (source, target)} <= nodes
    brackets = [line.count("[") + line.count("(") - line.count("]") - line.count(")")
                for line in picture.splitlines()]  # fmt: skip
    assert not any(brackets)


def test_the_whole_picture_has_every_move_from_every_stage() -> None:
    drawn = {(source, label.partition("<")[0], target)
             for source, _, label, target in ARROW.findall(diagrams.whole())}  # fmt: skip
    assert drawn == {
        (source.name, move.label.zh, move.value.target.name)
        for move in Transition
        for source in move.value.sources
    }


def test_pictures_together_have_every_move() -> None:
    page = PAGE.read_text(encoding="utf-8")
    drawn = "、".join(label.partition("<")[0] for _, _, label, _ in ARROW.findall(page)).split("、")
    assert {t.label.zh for t in Transition if t.value.sources} == set(drawn)


def test_a_partys_right_is_dotted() -> None:
    for source, line, label, _ in ARROW.findall(diagrams.ways_out()):
        right = any(t.value.exit for t in Transition if t.label.zh in label)
        assert (line == "-.->") == right, (source, label)


def test_each_phase_has_its_chapter() -> None:
    assert {chapter.phase for chapter in diagrams.Chapter} == set(Phase)
    assert all(diagrams.chapter_of(stage).phase is stage.phase for stage in Stage)
