"""The draft as a DOCX file: our frame with its marks, filled with the words of a letter."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from mediation.documents.casefile import Casefile
from mediation.documents.render import Mark, Printing, render
from mediation.documents.word.body import Body, body_of
from mediation.documents.word.marking import DRAFT, FRAME
from mediation.documents.word.parts import as_text, sound

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEAD_EN = "Draft for editing. Not the issued paper. Do not sign. 草稿"
_PRACTICE = "　演练样张"
# The mark stands above the type area whatever the letter's margins are.
_LEAST_TOP, _LEAST_BOTTOM, _FROM_EDGE = Pt(68), Pt(60), Pt(34)


def word_copy(said: Casefile, *, printed_at: str = "", practice: bool = False) -> bytes:
    """A copy to edit: marked as a draft on every page, without number, code or signing places.

    Raises PaperRefused for a kind without a letter.
    """
    bare = replace(said, paper=replace(said.paper, number=""))
    printing = Printing(mark=Mark.DRAFT, printed_at=printed_at, practice=practice, editable=True)
    letter = render(bare, printing)
    return _filled(body_of(letter.folder, letter.html), printing)


def _filled(body: Body, printing: Printing) -> bytes:
    template = DocxTemplate(FRAME)
    head = (_HEAD_EN if body.english else DRAFT.above) + (_PRACTICE if printing.practice else "")
    drafted = f"{printing.printed_at}导出" if printing.printed_at else ""
    before, between, after = ("Page ", " of ", "") if body.english else ("第 ", " 页　共 ", " 页")
    words = {
        "body": Markup("".join(as_text(block) for block in body.blocks)),  # noqa: S704 -- ours, made of escaped pieces
        "head": head,
        "drafted": sound(drafted),
        "title": body.title,
        "before": before,
        "between": between,
        "after": after,
    }
    safe = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template.render(words, jinja_env=safe)
    _set_page(template.docx, body)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _set_page(document: docx.document.Document, body: Body) -> None:
    section, page = document.sections[0], body.page
    section.page_width, section.page_height = Pt(page.wide), Pt(page.high)
    top, right, bottom, left = (Pt(edge) for edge in page.margin)
    section.top_margin, section.bottom_margin = max(top, _LEAST_TOP), max(bottom, _LEAST_BOTTOM)
    section.left_margin, section.right_margin = left, right
    section.header_distance = section.footer_distance = _FROM_EDGE
    document.core_properties.title = body.title
