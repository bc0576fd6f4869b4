"""What the pages borrow lies here unchanged, with its licence, and calls nobody."""

from __future__ import annotations

import re

import pytest

from mediation import vendoring
from mediation.vendoring import BORROWED, FOLDER, Borrowed

FREE = {"MIT", "0BSD", "Apache-2.0", "BSD-3-Clause"}


@pytest.mark.parametrize("borrowed", vendoring.recorded(), ids=lambda b: b.name)
def test_every_file_is_as_it_came(borrowed: Borrowed) -> None:
    for name, digest in borrowed.digests.items():
        assert vendoring.digest((FOLDER / borrowed.name / name).read_bytes()) == digest


def test_the_record_names_what_the_code_asks_for() -> None:
    asked = {(b.name, b.package, b.version, b.licence) for b in BORROWED}
    assert {(b.name, b.package, b.version, b.licence) for b in vendoring.recorded()} == asked


def test_nothing_lies_there_unrecorded() -> None:
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}
    assert there == {f"{b.name}/{name}" for b in vendoring.recorded() for name in b.digests}


@pytest.mark.parametrize("borrowed", vendoring.recorded(), ids=lambda b: b.name)
def test_licences_are_free_and_lie_beside(borrowed: Borrowed) -> None:
    assert borrowed.licence in FREE
    assert any(name.startswith("LICENSE") for name in borrowed.digests)


def test_styles_fetch_nothing_from_outside() -> None:
    for path in FOLDER.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        fetched = re.findall(r"url\(\s*[\"']?([^\"')]+)", text)
        assert all(address.startswith("data:") for address in fetched)
        assert "@import" not in text
