"""The casefile keeps its values through JSON, and its digest tells any change."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest

from mediation.documents import plain
from mediation.documents.casefile import Casefile, Dispute, Party, check_code, from_plain
from tests.documents.paper import FOLDERS, example


@pytest.mark.parametrize("folder", FOLDERS)
def test_comes_back_from_json_as_it_was(folder: str) -> None:
    case = example(folder)
    again = from_plain(json.loads(case.canonical()))
    assert again == case
    assert again.digest == case.digest


def test_digest_does_not_depend_on_the_order_of_keys() -> None:
    stored = json.loads(example("mediation_agreement").canonical())
    turned = {key: stored[key] for key in reversed(stored)}
    assert from_plain(turned).digest == example("mediation_agreement").digest


def test_one_changed_character_changes_the_digest() -> None:
    case = Casefile(dispute=Dispute(title="滴水"))
    assert replace(case, dispute=Dispute(title="漏水")).digest != case.digest


def test_the_same_name_typed_in_two_ways_is_one_name() -> None:
    composed, taken_apart = "é", unicodedata.normalize("NFD", "é")
    one, other = (Casefile(parties=(Party(name=n),)) for n in (composed, taken_apart))
    assert one.digest == other.digest


def test_check_code_is_the_beginning_of_the_digest() -> None:
    assert check_code("7f3a92c10b6e" + "0" * 52) == "7F3A 92C1 0B6E"


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {"nobody": 1},
        {"parties": "甲方"},
        {"dispute": {"title": 3}},
        {"dispute": {"registered_on": "yesterday"}},
        {"agreement": {"obligations": [{"amount_fen": True}]}},
    ],
)
def test_a_snapshot_we_cannot_read_is_refused(stored: object) -> None:
    with pytest.raises(plain.BadSnapshot):
        from_plain(stored)
