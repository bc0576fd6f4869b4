"""Kinds of disputes: three lists that must meet, and the rules some of them bring along."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from mediation.workflow.deadlines import Deadline
from mediation.workflow.dispute_types import (
    EVERYDAY,
    LIST_VERSION,
    OFFICIAL,
    TYPES,
    DisputeType,
    EverydayKind,
    dispute_type,
    everyday_kind,
    recognise,
)
from mediation.workflow.law import cite


def test_the_official_list_has_eighteen_types_of_one_version() -> None:
    assert len(OFFICIAL) == len(TYPES) == 18
    assert {row.list_version for row in OFFICIAL} == {LIST_VERSION}
    assert len({row.label.zh for row in OFFICIAL}) == 18
    assert len({row.label.en for row in OFFICIAL}) == 18


@pytest.mark.parametrize("row", OFFICIAL, ids=lambda row: row.code)
def test_every_reason_is_in_the_book_of_law(row: DisputeType) -> None:
    assert [cite(key) for key in row.basis] or row.oral_allowed
    assert row.confirmable_hint.zh
    assert row.confirmable_hint.en


def test_an_agreement_must_be_written_for_labour_medical_and_land() -> None:
    written = {row.code for row in OFFICIAL if not row.oral_allowed}
    assert written == {"wages", "labour", "medical", "land"}
    assert not dispute_type("medical").fingerprint_enough


def test_no_electronic_signature_on_family_papers() -> None:
    assert [row.code for row in OFFICIAL if not row.e_signature_allowed] == ["family"]


def test_types_with_a_clock_or_a_way_of_their_own() -> None:
    assert {row.code: row.clock for row in OFFICIAL if row.clock} == {
        "wages": Deadline.LABOUR_MEDIATION,
        "labour": Deadline.LABOUR_MEDIATION,
        "medical": Deadline.MEDICAL_MEDIATION,
    }
    assert {row.code for row in OFFICIAL if row.arbitration} == {"wages", "labour", "land"}


@pytest.mark.parametrize("kind", EVERYDAY, ids=lambda kind: kind.code)
def test_each_picture_stands_for_an_official_type(kind: EverydayKind) -> None:
    assert kind.type is TYPES[kind.type_code]
    assert len(kind.label.zh) <= 4
    assert everyday_kind(kind.code) is kind


def test_there_are_twelve_pictures() -> None:
    assert len(EVERYDAY) == len({kind.code for kind in EVERYDAY}) == 12


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("邻里纠纷", "neighbours"),
        ("邻里", "neighbours"),
        ("物业纠纷", "property_management"),
        ("其他劳动争议", "labour"),
        ("劳动争议纠纷", "labour"),
        ("欠工钱", "wages"),
        ("遗产继承纠纷", "family"),
        ("医疗健康纠纷", "medical"),
        (" 治安刑事纠纷 ", "damage"),
        ("e_commerce", "e_commerce"),
    ],
)
def test_names_from_outside_are_recognised(name: str, code: str) -> None:
    found = recognise(name)
    assert found is not None
    assert found.code == code


def test_a_name_nobody_knows_is_not_guessed() -> None:
    assert recognise("外星纠纷") is None
    assert recognise("") is None


@pytest.mark.cases
def test_every_kind_of_the_real_cases_is_recognised() -> None:
    named = os.environ.get("MEDIATION_REAL_CASES")
    if not named:
        pytest.skip("did not run: MEDIATION_REAL_CASES names no file of real cases")
    lines = Path(named).read_text(encoding="utf-8").splitlines()
    kinds = {str(json.loads(line)["dispute_type"]) for line in lines if line.strip()}
    assert len(kinds) == 13
    assert [kind for kind in kinds if recognise(kind) is None] == []
