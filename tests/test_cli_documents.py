"""`mediation documents`: every paper is listed, and every paper is an empty form too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mediation.cli import cli
from mediation.documents import render
from mediation.errors import Refused
from mediation.services.blanks import blanks, draw_blanks
from tests.documents.paper import pages_of


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["documents", *arguments])


def test_the_list_names_every_folder_of_letters_and_nothing_else() -> None:
    listed = json.loads(run("list", "--json").output)
    folders = {render.folder_of(one["kind"], code) for one in listed for code in one["languages"]}
    assert folders == set(render.kinds())
    assert all(one["label"] and one["label_en"] and one["item_en"] for one in listed)


def test_the_list_says_what_a_volume_must_hold() -> None:
    listed = {one["kind"]: one for one in json.loads(run("list", "--json").output)}
    assert {kind for kind, one in listed.items() if one["must"]} >= {
        "intake_register", "rights_notice", "identity_sheet", "mediation_record",
        "mediation_agreement", "volume_cover", "volume_index", "volume_back",
    }  # fmt: skip
    for kind in ("power_of_attorney", "inquiry_record", "evidence_list", "volume_note"):
        assert not listed[kind]["must"]
    assert listed["power_of_attorney"]["per_party"]
    plain = run("list").output
    assert all(kind in plain for kind in listed)


def test_every_paper_is_an_empty_form_without_number_or_code() -> None:
    for one in blanks():
        for language in one.languages:
            text = "".join(pages_of(draw_blanks([one.kind], language)))
            assert text, one.kind
            assert "None" not in text, one.kind
            assert not re.search(r"(?:校验码|Checkcode)[0-9A-F]", text), one.kind
            assert "人调字第0" not in text, one.kind


def test_a_blank_is_written_to_its_file(tmp_path: Path) -> None:
    out = tmp_path / "blank.pdf"
    done = run("blank", "power-of-attorney", "-o", str(out))
    assert done.exit_code == 0, done.output
    text = "".join(pages_of(out.read_bytes()))
    assert "授权委托书" in text
    assert "☑" not in text
    assert "✓" not in text


def test_several_blanks_are_one_file_of_the_same_pages(tmp_path: Path) -> None:
    out = tmp_path / "set.pdf"
    kinds = ("intake-register", "rights-notice", "volume-cover")
    assert run("blank", *kinds, "-o", str(out)).exit_code == 0
    apart = [page for kind in kinds for page in pages_of(draw_blanks([kind.replace("-", "_")]))]
    assert pages_of(out.read_bytes()) == apart


def test_a_blank_leans_on_the_law_though_it_has_no_case(tmp_path: Path) -> None:
    assert "第二十三条" in "".join(pages_of(draw_blanks(["rights_notice"])))


def test_the_courts_draft_is_a_draft_when_it_is_empty() -> None:
    assert all("草稿" in page for page in pages_of(draw_blanks(["ruling_draft"])))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "mediation_agreement"),
        (("nonsense",), "volume_spine"),
        (("rights_notice", "--language", "en"), "权利义务告知书"),
    ],
)
def test_what_cannot_be_printed_is_said(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    out = tmp_path / "blank.pdf"
    done = run("blank", *arguments, "-o", str(out))
    assert done.exit_code == 1
    assert isinstance(done.exception, Refused)
    assert said in done.exception.reasons[0].zh
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    done = run("blank", "case_slip", "-o", str(tmp_path / "nowhere" / "blank.pdf"))
    assert isinstance(done.exception, Refused)
    assert "写不进" in done.exception.reasons[0].zh
