"""The copy for a word processor: the same words as the paper, in order, marked as a draft everywhere."""

from __future__ import annotations

import io
import re
import runpy
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from mediation.documents.casefile import Casefile, Party
from mediation.documents.render import Mark, Printing, render
from mediation.documents.word import marking
from mediation.documents.word.copy import word_copy
from mediation.paths import LETTERS
from tests.documents.paper import FOLDERS, bare, blank, example, pages_of, printed

# Boxes put on the sheet one by one stand in another order on a sheet of text.
FREE = {"covenant_a3", "covenant_a5"}
AT = "2026年11月11日16时20分"
LONG = "买买提江·吐尔逊阿不都热依木"


def nasty(folder: str) -> Casefile:
    """Long names, sums that nearly burst, marks that a format or a template language would take for its own."""
    case = example(folder)
    words = "<w:t>&lt;{{ 7*7 }} {% x %} 𬭚䶮「“）。（“x” & ]]> 2026年11月" * 40
    return replace(
        case,
        parties=(
            *(replace(p, name=f"{LONG}{n}", address="长" * 70) for n, p in enumerate(case.parties)),
            Party(label="丙方", side="third", name="河湾<b>&amp;", kind="entity", head_name=LONG),
        ),
        dispute=replace(case.dispute, facts=words, title="关于“{{x}}”&<p>的纠纷"),
        agreement=replace(case.agreement, facts=words),
    )


CASES = {"example": example, "blank": blank, "nasty": nasty}


@cache
def made(folder: str, which: str) -> Any:
    return opened(word_copy(CASES[which](folder), printed_at=AT))


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def words_of(document: Any) -> str:
    """Every word of the body in its order; numbers that the program counts are left out."""
    return bare("".join(_texts(document.element.body)))


def _texts(body: Any) -> Iterator[str]:
    for one in body.iter(qn("w:t")):
        if one.getparent().getparent().tag != qn("w:fldSimple"):
            yield one.text or ""


def on_paper(folder: str, which: str) -> str:
    """The words that the press draws from the same draft, without its foot and head."""
    said = CASES[which](folder)
    printing = Printing(mark=Mark.DRAFT, printed_at=AT, editable=True)
    letter = render(replace(said, paper=replace(said.paper, number="")), printing)
    foot = _inside(letter.html, "footer")
    head = _inside(letter.html, 'div class="headline"')
    columns = [_bare(h) for h in re.findall(r"<thead>(.*?)</thead>", letter.html, re.DOTALL)]
    pages = pages_of(printed(letter).drawn.pdf)
    text = ""
    for number, page in enumerate(pages, start=1):
        own = foot.replace("①", str(number)).replace("②", str(len(pages)))
        assert own in page, "the foot of the page is found"
        page = page.replace(own, "", 1).replace(head, "", 1)
        again = next((h for h in columns if page.startswith(h) and h in text), "")
        text += page.removeprefix(again)
    return text


def _inside(html: str, tag: str) -> str:
    hit = re.search(rf"<{tag}>(.*?)</{tag.split()[0]}>", html, re.DOTALL)
    inner = hit[1] if hit else ""
    return _bare(inner.replace('<span class="page">', "①").replace('<span class="sheets">', "②"))


def _bare(html: str) -> str:
    return bare(unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.mark.parametrize("which", CASES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_it_says_what_the_paper_says_in_the_same_order(folder: str, which: str) -> None:
    there, paper = words_of(made(folder, which)), on_paper(folder, which)
    if folder.endswith("_en"):  # the press parts long English words at the ends of lines
        there, paper = there.replace("-", ""), paper.replace("-", "")
    if folder in FREE:
        assert sorted(there) == sorted(paper)
    else:
        assert there == paper


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_page_says_that_it_is_a_draft(folder: str) -> None:
    for which in CASES:
        document = made(folder, which)
        assert document.sections
        for section in document.sections:
            assert "草稿" in section.header.paragraphs[0].text
            assert 'string="草稿"' in section.header._element.xml, "and across the page"
            assert "草稿" in section.footer.paragraphs[0].text
            fields = [
                f.get(qn("w:instr")).strip()
                for f in section.footer._element.iter(qn("w:fldSimple"))
            ]
            assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_in_it_can_be_taken_for_the_issued_paper(folder: str) -> None:
    """No number of its own, no code to check, no picture, no place for a finger or a seal."""
    said, text = example(folder), words_of(made(folder, "example"))
    assert bare(said.check_code) not in text
    assert said.digest[:12].upper() not in text
    assert "校验码" not in text
    if "parts.number(" in (LETTERS / folder / "letter.html").read_text("utf-8"):
        assert "编号：（草稿，不是正式文书）" in text
    names = zipfile.ZipFile(io.BytesIO(word_copy(said))).namelist()
    assert [n for n in names if "media" in n or "embed" in n] == []
    if "本稿供核对，不设签署栏" in text:
        assert "方指印" not in text


def test_its_sheet_and_sizes_are_those_of_the_letter() -> None:
    """A legal paper: A4 bound left, 仿宋 15 on 24, the title 小标宋 22, columns of the party block."""
    document = made("mediation_agreement", "example")
    section = document.sections[0]
    assert (section.page_width.mm, section.left_margin.mm) == pytest.approx((210, 28), abs=0.1)
    assert section.right_margin.mm == pytest.approx(28.9, abs=0.1)
    title = document.paragraphs[0]
    assert title.style.name == "Title"
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert title.runs[0].font.size.pt == 22
    prose = next(p for p in document.paragraphs if p.text.startswith("2026年3月"))
    run = prose.runs[0]
    assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert (run.font.size.pt, prose.paragraph_format.line_spacing.pt) == (15, 24)
    first = document.tables[0]
    widths = [int(column.get(qn("w:w"))) for column in first._tbl.tblGrid]
    assert widths[:3] == [510, 1474, 1417], "9, 26 and 25 mm"
    assert first.cell(0, 0).text == first.cell(2, 0).text == "甲\n方", "one cell down three rows"


def test_a_table_may_run_over_pages_and_shows_its_head_again() -> None:
    table = made("handover_list", "example").tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_each_line_to_write_on_has_its_own_rule() -> None:
    """Word joins the borders of paragraphs that look alike, unless there is one between them."""
    ruled = list(made("ruling_draft", "blank").element.body.iter(qn("w:pBdr")))
    assert len(ruled) > 2
    assert all(one.find(qn("w:between")) is not None for one in ruled)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x0b", "\x1f", "\x7f", "\u202e", "\u200b", "\ufffe", "\u2028"]
)
def test_signs_that_no_document_may_hold_are_left_out(sign: str) -> None:
    said = replace(example("mediation_agreement"), agreement=replace(
        example("mediation_agreement").agreement, facts=f"前{sign}后",
    ))  # fmt: skip
    text = words_of(opened(word_copy(said)))
    assert "前后" in text
    assert sign not in text


def test_a_sign_made_up_on_one_computer_is_shown_as_missing() -> None:
    case = example("mediation_agreement")
    first = replace(case.parties[0], name="王\ue123")
    said = replace(case, parties=(first, *case.parties[1:]))
    assert "王〓" in words_of(opened(word_copy(said)))


def test_a_practice_site_says_so() -> None:
    document = opened(word_copy(example("rights_notice"), practice=True))
    assert "演练样张" in document.sections[0].header.paragraphs[0].text


def test_the_frame_is_what_its_script_builds() -> None:
    built = runpy.run_path(str(marking.FRAME.with_name("build_frame.py")))["build"]()
    assert _parts(built) == _parts(marking.FRAME.read_bytes())


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
