"""A site's own template: what a file may bring, what is found in its words, and how it is filled."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest

from mediation.documents.casefile import Casefile, Paper
from mediation.documents.word import container, marking
from mediation.documents.word.container import Unsafe
from mediation.documents.word.placeholders import BLANK, LIKEWISE, NAMES, must_have, names_on
from mediation.documents.word.site import Finding, filled, look_through
from mediation.documents.word.starter import starter
from mediation.workflow.documents import Document as D
from tests.documents.paper import bare, example
from tests.documents.test_word import made as copy_of
from tests.documents.test_word import opened, words_of

FLOOR = ("【诉讼途径】", "【不收费】")


def template(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cut(*pieces: str) -> bytes:
    """One name in several runs, as WPS leaves it after a spelling check or a change of type."""
    document = docx.Document()
    paragraph = document.add_paragraph("甲方：")
    for piece in pieces:
        paragraph.add_run(piece).bold = True
    paragraph.add_run("，以上。")
    for line in FLOOR:
        document.add_paragraph(line)
    return saved(document)


def serious(content: bytes, document: D = D.MEDIATION_AGREEMENT) -> list[str]:
    return [f.text.zh for f in look_through(content, document) if f.serious]


def fill(content: bytes, case: Casefile | None = None) -> Any:
    case = case or example("mediation_agreement")
    return opened(filled(content, case, marking.DRAFT, title="人民调解协议书"))


# What a file brings.


def rebuilt(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A good template with its parts changed by hand."""
    with zipfile.ZipFile(io.BytesIO(template("【甲方姓名】", *FLOOR))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _body(xml: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        main = parts["word/document.xml"].decode()
        parts["word/document.xml"] = main.replace("<w:body>", f"<w:body>{xml}", 1).encode()

    return change


def _link(kind: str, target: str, *, outside: bool) -> Callable[[dict[str, bytes]], None]:
    mode = ' TargetMode="External"' if outside else ""
    said = (
        f'<Relationship Id="rId99" Type="http://x/{kind}" Target="{target}"{mode}/></Relationships>'
    )

    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].decode().replace("</Relationships>", said).encode()

    return change


def _part(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


def _types(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        said = parts["[Content_Types].xml"].decode()
        assert old in said
        parts["[Content_Types].xml"] = said.replace(old, new).encode()

    return change


def _doctype(parts: dict[str, bytes]) -> None:
    main = parts["word/document.xml"].decode()
    head, rest = main.split("?>", 1)
    parts["word/document.xml"] = f'{head}?><!DOCTYPE w [<!ENTITY a "aaaa">]>{rest}'.encode()


def _field(instruction: str) -> str:
    half = len(instruction) // 2
    runs = "".join(
        f"<w:r><w:instrText>{p}</w:instrText></w:r>"
        for p in (instruction[:half], instruction[half:])
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


MAIN_TYPE = "wordprocessingml.document.main+xml"
HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "macro part": (_part("word/vbaProject.bin"), "宏"),
    "macro type": (_types(MAIN_TYPE, "ms-word.document.macroEnabled.main+xml"), "宏"),
    "template type": (_types(MAIN_TYPE, "wordprocessingml.template.main+xml"), "DOCX"),
    "remote template": (_link("attachedTemplate", "https://evil.example/t.dotm", outside=True), "外面"),
    "remote picture": (_link("image", "https://evil.example/p.png", outside=True), "外面"),
    "share": (_link("hyperlink", "file:///x/share", outside=True), "外面"),
    "alternative chunk": (_link("aFChunk", "afchunk.xml", outside=False), "嵌着"),
    "embedded object": (_part("word/embeddings/oleObject1.bin"), "嵌着"),
    "active x": (_part("word/activeX/activeX1.bin"), "嵌着"),
    "html chunk": (_part("word/afchunk.mht"), "嵌着"),
    "vector picture": (_part("word/media/image1.svg"), "嵌着"),
    "chunk element": (_body("<w:altChunk/>"), "嵌着"),
    "object element": (_body("<w:p><w:r><w:object/></w:r></w:p>"), "嵌着"),
    "tracked": (_body('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'), "修订"),
    "dtd": (_doctype, "DTD"),
    **{
        f"field {said.split()[0]}": (_body(_field(said)), "域")
        for said in (
            'INCLUDETEXT "C:\\\\x.docx"', 'INCLUDEPICTURE "http://x/y.png"', "DDEAUTO cmd x", "DDE a b",
            "LINK Excel.Sheet x", "MACROBUTTON run x", "DATABASE x", "HYPERLINK x", "DATE", "TIME", "= 1+1",
        )
    },
    "simple field": (_body('<w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'), "域"),
    "bomb": (_part("word/media/image1.png", b"\0" * (30 * 1024 * 1024)), "40兆"),
    "many parts": (lambda parts: parts.update({f"customXml/i{n}.xml": b"<a/>" for n in range(400)}), "40兆"),
    "no main part": (lambda parts: parts.clear(), "不是DOCX"),
    "broken": (_part("word/document.xml", b"<w:p>"), "不是DOCX"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_acts_or_reaches_out_is_refused_by_name(name: str) -> None:
    change, word = HOSTILE[name]
    with pytest.raises(Unsafe) as refusal:
        container.check(rebuilt(change))
    assert word in refusal.value.text.zh
    assert refusal.value.text.en


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7", "【甲方姓名】".encode(), b"x" * (6 << 20)]
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(Unsafe):
        container.check(content)


def test_an_ordinary_file_with_page_numbers_and_a_picture_is_kept() -> None:
    def change(parts: dict[str, bytes]) -> None:
        _body(_field(" PAGE ") + '<w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p>')(parts)
        parts["word/media/image1.png"] = b"\x89PNG"

    container.check(rebuilt(change))


# What is found in its words.


@pytest.mark.parametrize("sign", ["{{ x }}", "{% for %}", "{# x #}", "${x}", "<% x %>"])
def test_a_template_language_is_refused_by_name(sign: str) -> None:
    found = serious(template(f"正文{sign}", *FLOOR))
    assert any("不能写程序" in one and sign[:2] in one for one in found)


def test_a_language_hidden_in_several_runs_is_found() -> None:
    assert any("不能写程序" in one for one in serious(cut("{", "{ x ", "}", "}")))


def test_an_unknown_name_is_named_with_the_nearest_one() -> None:
    (said,) = serious(template("【甲方名字】", *FLOOR))
    assert "正文第1段" in said
    assert "【甲方姓名】" in said


def test_a_name_of_another_paper_is_named() -> None:
    (said,) = serious(template("【终止理由】", *FLOOR))
    assert "不属于这种文书" in said
    assert serious(template("【终止理由】", *FLOOR), D.TERMINATION_NOTICE) == []


def test_brackets_that_do_not_pair_are_named() -> None:
    assert any("没有成对" in one for one in serious(template("【甲方", "姓名】", *FLOOR)))


@pytest.mark.parametrize("missing", FLOOR)
@pytest.mark.parametrize("document", [d for d in D if must_have(d)])
def test_no_paper_for_parties_is_without_the_way_to_court_and_free_of_charge(
    document: D, missing: str
) -> None:
    there = [line for line in FLOOR if line != missing]
    (said,) = serious(template("【甲方姓名】", *there), document)
    assert missing in said


def test_the_floor_holds_for_every_paper_that_parties_hold() -> None:
    assert {d for d in D if d.value.for_parties or d.value.per_party} == {
        d for d in D if must_have(d)
    }
    assert must_have(D.INTAKE_REGISTER) == ()


@pytest.mark.parametrize("look", ["hidden", "white", "tiny"])
def test_the_floor_cannot_be_hidden(look: str) -> None:
    document = docx.Document()
    document.add_paragraph(FLOOR[0])
    run = document.add_paragraph().add_run(FLOOR[1])
    if look == "hidden":
        run.font.hidden = True
    elif look == "white":
        run.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
    else:
        run.font.size = docx.shared.Pt(4)
    (said,) = serious(saved(document))
    assert "看不见或太小" in said


def test_the_floor_in_the_head_of_the_page_does_not_count() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "".join(FLOOR)
    assert len(serious(saved(document))) == 2


def test_a_name_in_pieces_is_said_and_joined() -> None:
    content = cut("【甲", "方姓", "名】")
    (found,) = look_through(content, D.MEDIATION_AGREEMENT)
    assert isinstance(found, Finding)
    assert not found.serious
    assert "正文第1段" in found.text.zh
    assert fill(content).paragraphs[0].text == "甲方：陈桂兰，以上。"
    assert fill(content).paragraphs[0].runs[1].bold, "it keeps the look of its beginning"


# Filling.


def test_names_are_filled_in_text_tables_heads_and_feet() -> None:
    document = docx.Document()
    document.add_paragraph("【 甲方姓名 】与【乙方姓名】，【甲方姓名】")
    document.add_table(1, 1).cell(0, 0).text = "【调委会】"
    document.sections[0].header.paragraphs[0].text = "【卷号】"
    document.sections[0].footer.paragraphs[0].text = "【调委会电话】"
    made = fill(saved(document))
    case = example("mediation_agreement")
    assert made.paragraphs[0].text == "陈桂兰与王𬭚，陈桂兰"
    assert made.tables[0].cell(0, 0).text == case.committee.name
    heads = [p.text for p in made.sections[0].header.paragraphs]
    assert "草稿" in heads[0]
    assert heads[1] == case.dispute.number
    assert made.sections[0].footer.paragraphs[0].text == case.committee.phone


def test_a_list_that_stands_alone_becomes_paragraphs_of_the_same_look() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("【协议内容】").bold = True
    document.add_paragraph("条款：【协议内容】")
    made = fill(saved(document))
    lines = [p for p in made.paragraphs if p.text.startswith("（")]
    assert len(lines) > 5
    assert all(p.runs[0].bold for p in lines)
    assert made.paragraphs[-1].text.count("\n") > 4


def test_the_terms_are_those_of_the_agreement_itself() -> None:
    """Word for word as the paper says them, instalments and all."""
    made = fill(template("【协议内容】"))
    assert words_of(made) in words_of(copy_of("mediation_agreement", "example"))


def test_what_is_empty_becomes_a_blank() -> None:
    bare_case = Casefile(paper=Paper(kind="mediation_agreement"))
    made = fill(template("【甲方姓名】"), bare_case)
    assert made.paragraphs[0].text == BLANK


def test_words_of_a_case_are_never_read_as_names_or_language() -> None:
    case = example("mediation_agreement")
    first = replace(case.parties[0], name="【乙方姓名】{{7*7}}<w:br/>")
    made = fill(
        template("【甲方姓名】。【乙方姓名】"), replace(case, parties=(first, *case.parties[1:]))
    )
    assert made.paragraphs[0].text == "【乙方姓名】{{7*7}}<w:br/>。王𬭚"


def test_signs_that_cannot_be_kept_are_left_out() -> None:
    case = example("mediation_agreement")
    first = replace(case.parties[0], name="王\x00\u202e某")
    made = fill(template("【甲方姓名】"), replace(case, parties=(first, *case.parties[1:])))
    assert made.paragraphs[0].text == "王某"


def test_every_kind_of_page_of_every_section_is_marked() -> None:
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    document.add_section()
    second = document.sections[1]
    second.header.is_linked_to_previous = False
    second.different_first_page_header_footer = True
    document.add_section()
    made = fill(saved(document))
    for number, section in enumerate(made.sections):
        heads = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        for head in heads:
            assert "草稿" in head.paragraphs[0].text, number
            assert 'string="草稿"' in head._element.xml


def test_a_sample_says_so() -> None:
    content = filled(
        template("【甲方姓名】"), example("mediation_agreement"), marking.SAMPLE, title="x"
    )
    head = opened(content).sections[0].header
    assert "样张" in head.paragraphs[0].text
    assert 'string="样张"' in head._element.xml


# The template to begin with.


@pytest.mark.parametrize("document", list(D), ids=lambda d: d.folder)
def test_the_template_to_begin_with_passes_and_knows_every_name(document: D) -> None:
    content = starter(document)
    container.check(content)
    assert look_through(content, document) == ()
    text = words_of(opened(content))
    shown = [one for one in names_on(document) if not one.name.startswith(LIKEWISE)]
    assert all(one.written in text for one in shown)
    made = words_of(opened(filled(content, example(document.folder), marking.DRAFT, title="x")))
    assert "【" not in made
    assert "起诉" in made
    assert "不收取任何费用" in made


def test_every_name_says_something_of_some_example() -> None:
    """A name that is always blank would be a promise nobody keeps."""
    for one in NAMES:
        said = [one.fill(example(d.folder)) for d in D if one.stands_on(d)]
        if not one.name.startswith(LIKEWISE):
            assert any(bare(text) != BLANK for text in said) or one.name in UNSAID, one.name


# Invented cases have two persons and nobody who acts for them.
UNSAID = {
    f"{label}{name}" for label in ("甲方", "乙方") for name in ("法定代表人", "代理人")
}  # fmt: skip
