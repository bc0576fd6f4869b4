"""The press refuses rather than print something else than what was meant."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from mediation.documents import pdf
from mediation.documents.casefile import Casefile, Dispute, Paper, Party
from mediation.documents.render import Letter, render
from tests.documents.paper import MM, example, letter, of_example, pages_of, printed


def with_title(words: str) -> Letter:
    paper = Paper(kind="termination_notice")
    return render(Casefile(paper=paper, dispute=Dispute(title=words)))


@pytest.mark.parametrize(
    "name", ["王𬭚", "张䶮", "李𫓧", "赵𬶍", "钱𬜯", "阿依古丽·买买提", "孙㐀", "韦某"]
)
def test_rare_names_are_printed(name: str) -> None:
    case = Casefile(
        paper=Paper(kind="termination_notice"), parties=(Party(label="甲方", name=name),)
    )
    assert name in printed(render(case)).text


@pytest.mark.parametrize("sign", ["😀", "ཀ", "𠀀", "\U0003ffff", "ﷺ"])
def test_a_character_without_a_glyph_is_named(sign: str) -> None:
    with pytest.raises(pdf.PaperRefused, match=f"U\\+{ord(sign):04X}"):
        pdf.draw(with_title(f"甲{sign}乙"))


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u200b", "\u2066", "\x07", "\ufeff", "\ue000", "\ufffd"]
)
def test_unseen_signs_are_refused(sign: str) -> None:
    with pytest.raises(pdf.PaperRefused):
        pdf.draw(with_title(f"甲{sign}乙"))


def test_words_of_a_case_are_never_markup() -> None:
    made = with_title('<img src="http://x.example/a.png"><b>粗</b>')
    assert "<img" not in made.html.split("<main>")[1]
    text = printed(made).text
    assert 'src="http://x.example/a.png"' in text
    assert "<b>粗</b>" in text


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a.png",
        "file:///etc/hostname",
        "../../pyproject.toml",
        "data:image/png;base64,AA==",
        "asset:x",
    ],
)
def test_nothing_else_is_fetched(address: str) -> None:
    made = with_title("滴水")
    bent = replace(made, html=made.html.replace("<main>", f'<main><img src="{address}">'))
    with pytest.raises(pdf.PaperRefused, match="地址"):
        pdf.draw(bent)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(pdf.PaperRefused, match="nothing"):
        render(Casefile(paper=Paper(kind="nothing")))


def test_the_same_letter_gives_the_same_bytes() -> None:
    again = pdf.draw(letter(example("mediation_agreement")))
    assert again.sha256 == of_example("mediation_agreement").drawn.sha256


def test_it_is_an_archive_file_with_tags_and_a_language() -> None:
    with pikepdf.open(io.BytesIO(of_example("mediation_agreement").drawn.pdf)) as made:
        with made.open_metadata() as words:
            assert (words["pdfaid:part"], words["pdfaid:conformance"]) == ("3", "B")
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang) == "zh-CN"
        assert "人民调解协议书" in str(made.docinfo.Title)
        assert set(made.attachments) == {"facts.json"}


def test_justification_changes_no_line_and_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import inline

    def ragged(_context: Any, _line: Any, _extra: float) -> None:
        """Leave the line as it is."""

    made = letter(example("mediation_agreement"))
    flush = printed(made).pages
    monkeypatch.setattr(inline, "justify_line", ragged)
    assert pages_of(pdf.draw(made).pdf) == flush


def test_the_right_edge_is_flush() -> None:
    page = pdf.lay_out(letter(example("mediation_agreement")))[0].pages[0]
    lines = [box for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
    edge = (28 + 153.1) * MM
    full = [ln for ln in lines if len(_text(ln)) > 28 and ln.style["text_align_all"] == "justify"]
    ends = [max(b.position_x + b.width for b in _texts(line)) for line in full]
    assert sum(abs(end - edge) < 2 for end in ends) >= 5
    assert all(end < edge + 2 for end in ends)


def test_the_check_for_overlaps_sees_an_overlap() -> None:
    made = with_title("滴水")
    bent = '<div style="height: 0">压在一起</div><div>的两行字</div>'
    html = made.html.replace("<main>", f"<main>{bent}")
    assert printed(replace(made, html=html)).overlaps


def _texts(line: Any) -> list[Any]:
    return [box for box in line.descendants() if type(box).__name__ == "TextBox"]


def _text(line: Any) -> str:
    return "".join(box.text for box in _texts(line))
